//! A folder to work in, the program to run in it, and checks that hold for every run.
//!
//! A [`Workdir`] is a new folder; files below it are named relative to it. [`Workdir::dechaff`] takes a command line
//! as one string, because that is how it reads in a manual. Whatever a run does, [`Dechaff::run`] checks that
//!
//! * nothing that was there before has changed (bytes, time, permissions), outputs aside: what begins with `out`,
//!   `back` or `removed` is an output,
//! * no unfinished file (`.dechaff-*.tmp`) is left,
//! * no panic was printed.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A text with junk, and what is left of it.
pub(crate) const JUNKY: &str =
    "The bridge was opened in 1931.\n\nAdvertisement\n\nIt carried trams until 1960.\n";
pub(crate) const CLEAN: &str = "The bridge was opened in 1931.\n\nIt carried trams until 1960.\n";

/// No run may take longer: one that hangs is ended and fails its test.
const PATIENCE: Duration = Duration::from_secs(60);
/// Files up to this size are compared by their bytes, larger ones by size and time.
const COMPARED_BYTES: u64 = 1 << 20;

/// The pack that all tests use.
pub(crate) fn small_pack() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/small.toml")
}

/// A new folder, removed when dropped.
pub(crate) struct Workdir {
    folder: TempDir,
}

impl Workdir {
    /// A folder with these files.
    pub(crate) fn with<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let work = Self { folder: tempfile::Builder::new().prefix("dechaff-test-").tempdir().unwrap() };
        for (path, bytes) in files {
            work.write(path, bytes);
        }
        work
    }

    /// A folder with the one file `in/a.txt`, which has junk.
    pub(crate) fn junky() -> Self {
        Self::with(&[("in/a.txt", JUNKY)])
    }

    pub(crate) fn path(&self, below: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(below)
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn folder(&self, path: &str) {
        fs::create_dir_all(self.path(path)).unwrap();
    }

    pub(crate) fn link(&self, to: &str, path: &str) {
        std::os::unix::fs::symlink(to, self.path(path)).unwrap();
    }

    /// Runs a tool of the system here, such as `mkfifo`. False if it is missing or fails.
    pub(crate) fn tool(&self, line: &str) -> bool {
        let ran = Command::new("bash").args(["-c", line]).current_dir(self.folder.path()).output();
        ran.is_ok_and(|ran| ran.status.success())
    }

    pub(crate) fn bytes(&self, path: impl AsRef<Path>) -> Vec<u8> {
        let path = self.path(path);
        fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) fn text(&self, path: impl AsRef<Path>) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    pub(crate) fn exists(&self, path: impl AsRef<Path>) -> bool {
        fs::symlink_metadata(self.path(path)).is_ok()
    }

    /// All files below a folder with their bytes; links, pipes and folders left out.
    pub(crate) fn tree(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path(folder);
        let files =
            walkdir::WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
        files
            .map(|e| (e.path().strip_prefix(&root).unwrap().to_owned(), fs::read(e.path()).unwrap()))
            .collect()
    }

    /// The names of all files below a folder, for comparing with a list.
    pub(crate) fn names(&self, folder: &str) -> Vec<String> {
        self.tree(folder).keys().map(|path| path.to_string_lossy().into_owned()).collect()
    }

    /// A command line without the program's name; words are separated by spaces. Commands that clean
    /// get the small pack and no other.
    pub(crate) fn dechaff(&self, line: &str) -> Dechaff<'_> {
        let mut words = line.split_whitespace();
        let mut args: Vec<std::ffi::OsString> = Vec::new();
        args.extend(words.next().map(Into::into));
        if ["clean", "check", "eval", "explain"].iter().any(|name| line.starts_with(name)) {
            args.extend(["--no-builtin-packs".into(), "--pack".into(), small_pack().into_os_string()]);
        }
        args.extend(words.map(Into::into));
        Dechaff {
            work: self,
            args,
            environment: Vec::new(),
            wrapper: Vec::new(),
            stdin: Vec::new(),
            program: None,
        }
    }

    /// Everything that is there, with what a run must not change.
    fn state(&self) -> BTreeMap<PathBuf, State> {
        let root = self.folder.path();
        let entries = walkdir::WalkDir::new(root).min_depth(1).into_iter().filter_map(Result::ok);
        entries
            .map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), State::of(entry.path())))
            .collect()
    }
}

/// What must stay of a file that is no output.
#[derive(PartialEq, Eq)]
struct State {
    mode: u32,
    bytes: u64,
    /// Not of folders, in which outputs may appear.
    modified: Option<(i64, i64)>,
    inode: u64,
    text: Option<Vec<u8>>,
}

impl State {
    fn of(path: &Path) -> Self {
        let metadata = fs::symlink_metadata(path).unwrap();
        let modified = (!metadata.is_dir()).then(|| (metadata.mtime(), metadata.mtime_nsec()));
        let bytes = if metadata.is_file() { metadata.len() } else { 0 };
        let is_compared = metadata.is_file() && bytes <= COMPARED_BYTES;
        let text = is_compared.then(|| fs::read(path).ok()).flatten();
        Self { mode: metadata.mode(), bytes, modified, inode: metadata.ino(), text }
    }
}

/// A command, not yet run.
pub(crate) struct Dechaff<'w> {
    work: &'w Workdir,
    args: Vec<std::ffi::OsString>,
    environment: Vec<(&'static str, &'static str)>,
    wrapper: Vec<String>,
    stdin: Vec<u8>,
    program: Option<PathBuf>,
}

impl<'w> Dechaff<'w> {
    /// Adds an argument as it is.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    /// Adds words; for calls to which the pack must not be added.
    pub(crate) fn args(self, line: &str) -> Self {
        line.split_whitespace().fold(self, Self::arg)
    }

    pub(crate) fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Self {
        self.stdin = bytes.as_ref().to_vec();
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Runs it through another command, such as `strace …`.
    pub(crate) fn through(mut self, words: &[&str]) -> Self {
        self.wrapper = words.iter().map(|&word| word.to_owned()).collect();
        self
    }

    /// Runs a line of `bash` in which `"$@"` is the command.
    pub(crate) fn in_bash(self, line: &str) -> Self {
        self.through(&["bash", "-c", line, "bash"])
    }

    /// Runs a copy of the program.
    pub(crate) fn program(mut self, path: PathBuf) -> Self {
        self.program = Some(path);
        self
    }

    /// Begins the run. Its streams are pipes.
    pub(crate) fn start(self) -> Running<'w> {
        let program = self.program.unwrap_or_else(|| env!("CARGO_BIN_EXE_dechaff").into());
        let before = self.work.state();
        let mut words: Vec<std::ffi::OsString> = self.wrapper.iter().map(Into::into).collect();
        words.push(program.into_os_string());
        words.extend(self.args);
        let shown = words
            .iter()
            .map(|word| word.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ")
            .escape_debug()
            .to_string();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(self.work.folder.path());
        command.env_remove("NO_COLOR").env("TERM", "xterm").envs(self.environment);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{shown}: {error}"));
        let (stdin, bytes) = (child.stdin.take(), self.stdin);
        // The program may end without reading it all.
        std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&bytes)));
        let stderr = drain(child.stderr.take());
        let stdout = child.stdout.take().map(BufReader::new);
        Running { work: self.work, before, shown, child, stdout, stderr }
    }

    /// Runs it to its end.
    pub(crate) fn run(self) -> Ran {
        self.start().end()
    }
}

fn drain(stderr: Option<ChildStderr>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stderr.map(|mut pipe| pipe.read_to_end(&mut bytes));
        bytes
    })
}

/// Tries until it holds; the only waiting that there is.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A command that runs.
pub(crate) struct Running<'w> {
    work: &'w Workdir,
    before: BTreeMap<PathBuf, State>,
    shown: String,
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
    stderr: JoinHandle<Vec<u8>>,
}

impl Running<'_> {
    /// Sends a signal by its name, such as `INT`. Nothing happens if it has ended.
    pub(crate) fn signal(&self, name: &str) {
        let line = format!("kill -s {name} {}", self.child.id());
        let _ = Command::new("bash").args(["-c", &line]).stderr(Stdio::null()).status();
    }

    /// The next line of its output.
    pub(crate) fn read_line(&mut self) -> String {
        let mut line = String::new();
        self.stdout.as_mut().unwrap().read_line(&mut line).unwrap();
        line
    }

    /// Goes away as a reader of its output.
    pub(crate) fn close_stdout(&mut self) {
        self.stdout = None;
    }

    /// Leaves a file out of the comparison with what was there before, because the test itself changed it.
    pub(crate) fn without_watching(mut self, path: &str) -> Self {
        self.before.remove(Path::new(path));
        self
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for the end and checks what holds for every run.
    pub(crate) fn end(mut self) -> Ran {
        let stdout = self.stdout.take();
        let stdout = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stdout.map(|mut pipe| pipe.read_to_end(&mut bytes));
            bytes
        });
        let start = Instant::now();
        let status = loop {
            match self.child.try_wait().unwrap() {
                Some(status) => break status,
                None if start.elapsed() > PATIENCE => {
                    let _ = self.child.kill();
                    panic!("hangs: {}", self.shown);
                }
                None => std::thread::sleep(Duration::from_millis(1)),
            }
        };
        let ended = Instant::now();
        let (stdout, stderr) = (stdout.join().unwrap(), self.stderr.join().unwrap());
        let after = self.work.state();
        let new = after.keys().filter(|path| !self.before.contains_key(*path)).cloned().collect();
        let code = status.code().unwrap_or_else(|| -status.signal().unwrap_or_default());
        let ran = Ran { shown: self.shown, code, stdout, stderr, new, ended };
        for (path, state) in &self.before {
            let is_output =
                ["out", "back", "removed"].iter().any(|name| path.to_string_lossy().starts_with(name));
            if !is_output && after.get(path) != Some(state) {
                ran.fail(&format!("{} was changed", path.display()));
            }
        }
        if let Some(path) = after.keys().find(|path| path.extension() == Some(OsStr::new("tmp"))) {
            ran.fail(&format!("an unfinished file was left: {}", path.display()));
        }
        if ran.stderr_text().contains("panicked at") {
            ran.fail("it panicked");
        }
        ran
    }
}

/// A command that has ended.
pub(crate) struct Ran {
    shown: String,
    /// The exit code; minus the number of the signal that ended it.
    pub code: i32,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    /// What was not there before.
    pub new: Vec<PathBuf>,
    pub ended: Instant,
}

impl Ran {
    pub(crate) fn stdout_text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    pub(crate) fn stderr_text(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Stops the test, and says all that is known of the run.
    #[track_caller]
    pub(crate) fn fail(&self, why: &str) -> ! {
        let indented = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(&bytes[..bytes.len().min(6000)]).into_owned();
            text.split('\n').map(|line| format!("  | {}\n", line.escape_debug())).collect::<String>()
        };
        let new: Vec<_> = self.new.iter().take(20).map(|path| path.display().to_string()).collect();
        panic!(
            "{why}\n$ {}\nexit code {}\nstdout\n{}stderr\n{}new files: {}",
            self.shown,
            self.code,
            indented(&self.stdout),
            indented(&self.stderr),
            new.join(", ")
        );
    }

    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        if self.code != code {
            self.fail(&format!("exit code {} and not {code}", self.code));
        }
        self
    }

    /// stderr holds this.
    #[track_caller]
    pub(crate) fn says(&self, text: &str) -> &Self {
        if !self.stderr_text().contains(text) {
            self.fail(&format!("stderr does not say `{text}`"));
        }
        self
    }

    /// stderr is empty.
    #[track_caller]
    pub(crate) fn says_nothing(&self) -> &Self {
        if !self.stderr.is_empty() {
            self.fail("stderr is not empty");
        }
        self
    }

    /// stdout is this, byte for byte.
    #[track_caller]
    pub(crate) fn prints(&self, text: &str) -> &Self {
        if self.stdout != text.as_bytes() {
            self.fail(&format!("stdout is not\n{text}"));
        }
        self
    }

    /// No file or folder has appeared.
    #[track_caller]
    pub(crate) fn creates_nothing(&self) -> &Self {
        if !self.new.is_empty() {
            self.fail("something was created");
        }
        self
    }

    /// Nothing was printed that acts on a terminal or hides from its reader; line feeds are ours.
    #[track_caller]
    pub(crate) fn is_tame(&self) -> &Self {
        let is_wild = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
                || matches!(c, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
        };
        for text in [self.stdout_text(), self.stderr_text()] {
            if let Some(c) = text.chars().find(|&c| is_wild(c)) {
                self.fail(&format!("{c:?} was printed raw"));
            }
        }
        self
    }
}

/// Says why a test could not be made on this machine.
#[allow(clippy::print_stderr, reason = "a note for whoever runs the tests")]
pub(crate) fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// Whether the tests run as root, for whom permissions mean nothing.
pub(crate) fn is_root() -> bool {
    let ran = Command::new("id").arg("-u").output();
    ran.is_ok_and(|ran| ran.stdout == b"0\n")
}
