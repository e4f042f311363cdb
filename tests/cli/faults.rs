//! Faults of the machine: a full disk, files that vanish, grow or shrink while they are read, no permission.
//!
//! The exit code is 1, the error names path, operation and what to do, the other files are done. That no half-written
//! or unfinished file is left is checked by the harness and by comparing outputs.

use crate::workdir::{CLEAN, Dechaff, JUNKY, Workdir, is_root, skipped, until};

/// Seven files, of which `in/d.txt` meets the fault.
const FILES: [&str; 7] =
    ["in/a.txt", "in/b.txt", "in/c.txt", "in/d.txt", "in/e.txt", "in/sub/f.txt", "in/z.txt"];

fn seven() -> Workdir {
    Workdir::with(&FILES.map(|file| (file, JUNKY)))
}

/// All outputs but those of `missing` are there, and right.
#[track_caller]
fn all_but(work: &Workdir, missing: &[&str]) {
    let tree = work.tree("out");
    let expected: Vec<_> =
        FILES.iter().map(|file| &file[3..]).filter(|file| !missing.contains(file)).collect();
    assert_eq!(tree.keys().map(|path| path.to_str().unwrap()).collect::<Vec<_>>(), expected);
    for (path, bytes) in tree {
        assert!(bytes == CLEAN.as_bytes(), "{} is wrong", path.display());
    }
}

/// A file system of its own on a folder, for as long as this lives.
struct Mounted<'w>(&'w Workdir);

impl<'w> Mounted<'w> {
    /// Mounts one on `out`; `None` if that is not possible here.
    fn on_out(work: &'w Workdir, options: &str) -> Option<Self> {
        work.folder("out");
        if !is_root() || !work.tool(&format!("mount -t tmpfs -o {options} tmpfs out")) {
            skipped("no file system can be mounted here");
            return None;
        }
        Some(Self(work))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        self.0.tool("umount -l out");
    }
}

/// The call with a system call on one file failing or lying; `None` if it cannot be provoked here.
fn with_fault<'w>(
    work: &Workdir,
    call: Dechaff<'w>,
    file: &str,
    calls: &str,
    fault: &str,
) -> Option<Dechaff<'w>> {
    if !work.tool("strace -o /dev/null true") {
        skipped("there is no strace that may trace");
        return None;
    }
    let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:{fault}"));
    Some(call.through(&["strace", "-qq", "-f", "-o", "trace", "-P", file, "-e", &trace, "-e", &inject]))
}

#[test]
fn a_file_that_vanishes_after_planning_fails_alone() {
    let work = seven();
    let call = work.dechaff("clean in -o out");
    let Some(call) = with_fault(&work, call, "in/d.txt", "openat", "error=ENOENT:when=1+") else { return };
    let ran = call.run();
    ran.exits(1).says("error: in/d.txt: cannot open: no such file or directory\nhint: check the path");
    ran.says("failed       1 file");
    assert!(work.text("trace").contains("INJECTED"), "the fault was not provoked");
    all_but(&work, &["d.txt"]);
}

#[test]
fn a_file_that_is_removed_in_mid_run_fails_alone() {
    // The run stands still while the file is removed: after the first output has appeared all is planned.
    for _ in 0..20 {
        let work = Workdir::with(&[
            ("in/a.txt", JUNKY.to_owned()),
            ("in/b.txt", JUNKY.repeat(20_000)),
            ("in/c.txt", JUNKY.to_owned()),
        ]);
        let mut running = work.dechaff("clean in -o out -j 1").start();
        until("the first output", || work.exists("out/a.txt") || running.has_ended());
        running.signal("STOP");
        let is_too_late = work.exists("out/c.txt");
        if !is_too_late {
            std::fs::rename(work.path("in/c.txt"), work.path("out/moved")).unwrap();
        }
        running.signal("CONT");
        if is_too_late {
            running.end();
            continue;
        }
        // The harness would see that `in/c.txt` has gone, which was our own doing.
        let ran = running.without_watching("in/c.txt").end();
        ran.exits(1);
        ran.says("error: in/c.txt: cannot open: no such file or directory");
        assert_eq!(work.names("out"), ["a.txt", "b.txt", "moved"]);
        assert_eq!(work.text("out/b.txt").len(), CLEAN.len() * 20_000);
        return;
    }
    skipped("the run was always faster");
}

#[test]
fn a_file_that_shrinks_while_it_is_read_fails_alone() {
    let work = seven();
    let call = work.dechaff("clean in -o out");
    let Some(call) = with_fault(&work, call, "in/d.txt", "read", "retval=0:when=1+") else { return };
    let ran = call.run();
    ran.exits(1).says("error: in/d.txt: the file shrank while it was read, from 76 to 0 bytes\nhint: ");
    ran.says("failed       1 file");
    all_but(&work, &["d.txt"]);
}

#[test]
fn a_file_that_grows_is_cleaned_as_far_as_it_was() {
    // A writer adds whole lines as fast as it can; the output is a whole number of them. A write that crosses a page of
    // memory may be seen half done, so each fills an eighth of one.
    let rest = "x".repeat(512 - JUNKY.len() - 1) + "\n";
    let (added, kept) = (format!("{JUNKY}{rest}"), format!("{CLEAN}{rest}"));
    let work = Workdir::with(&[("in/a.txt", JUNKY), ("out-log/growing.txt", "")]);
    let path = work.path("out-log/growing.txt");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            use std::io::Write;
            let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
            for _ in 0..20_000 {
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return;
                }
                file.write_all(added.as_bytes()).unwrap();
            }
        });
        for number in 0..5 {
            work.dechaff(&format!("clean out-log/growing.txt -o out{number}.txt -q")).run().exits(0);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    let last = kept.repeat(20_000);
    for number in 0..5 {
        let text = work.text(format!("out{number}.txt"));
        assert!(
            last.starts_with(&text) && text.len().is_multiple_of(kept.len()),
            "a part of a line was read"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_fails_alone() {
    let work = seven();
    let call = work.dechaff("clean in -o out");
    let Some(call) = with_fault(&work, call, "in/d.txt", "read", "error=EIO:when=1+") else { return };
    call.run().exits(1).says("error: in/d.txt: cannot read: input/output error");
    all_but(&work, &["d.txt"]);
}

#[test]
fn an_interrupted_system_call_is_tried_again() {
    let work = seven();
    let call = work.dechaff("clean in -o out");
    let Some(call) = with_fault(&work, call, "in/d.txt", "read", "error=EINTR:when=1") else { return };
    call.run().exits(0);
    assert!(work.text("trace").contains("INJECTED"), "the fault was not provoked");
    all_but(&work, &[]);
}

#[test]
fn an_output_that_cannot_be_renamed_fails_alone_and_is_removed() {
    let work = seven();
    let call = work.dechaff("clean in -o out");
    let Some(call) = with_fault(&work, call, "out/d.txt", "rename,renameat,renameat2", "error=EIO:when=1+")
    else {
        return;
    };
    call.run().exits(1).says("error: out/d.txt: cannot rename the finished file to: input/output error");
    all_but(&work, &["d.txt"]);
}

#[test]
fn a_file_that_becomes_too_large_fails_alone() {
    // A limit on the size of files is a full disk for large files only.
    let work = seven();
    work.write("in/d.txt", CLEAN.repeat(1000));
    let limited = r#"trap "" XFSZ; ulimit -f 16; exec "$@""#;
    let ran = work.dechaff("clean in -o out --removed removed.jsonl").in_bash(limited).run();
    ran.exits(1);
    ran.says("error: out/d.txt: cannot write: file too large").says("failed       1 file");
    all_but(&work, &["d.txt"]);
    work.write("in/d.txt", JUNKY.repeat(400));
    let ran = work.dechaff("clean in -n --removed removed-long.jsonl").in_bash(limited).run();
    ran.exits(1);
    ran.says("removed-long.jsonl: cannot write: file too large");
    assert!(!work.exists("removed-long.jsonl"), "a log that is not whole must not look like one");
}

#[test]
fn a_limit_on_file_sizes_does_not_kill_the_run() {
    // The same without a parent that ignores the signal: it must be an error, not the end.
    let work = seven();
    work.write("in/d.txt", CLEAN.repeat(1000));
    let ran = work.dechaff("clean in -o out").in_bash(r#"ulimit -f 16; exec "$@""#).run();
    ran.exits(1).says("error: out/d.txt: cannot write: file too large");
    all_but(&work, &["d.txt"]);
}

#[test]
fn a_full_disk_fails_the_files_that_do_not_fit() {
    let work = seven();
    work.write("in/d.txt", CLEAN.repeat(10_000));
    let Some(_mounted) = Mounted::on_out(&work, "size=256k") else { return };
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(1).says("error: out/d.txt: cannot write: no space left on device\nhint: make room");
    ran.says("failed       1 file");
    all_but(&work, &["d.txt"]);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_named() {
    let work = seven();
    let Some(_mounted) = Mounted::on_out(&work, "ro") else { return };
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(1)
        .says("out/a.txt: cannot create a file beside: read-only file system")
        .says("failed       7 files");
    let ran = work.dechaff("clean in -n --removed out/removed.jsonl").run();
    ran.exits(1).says("out/removed.jsonl: cannot create a file beside: read-only file system");
}

#[test]
fn a_folder_in_the_way_of_an_output_fails_that_file() {
    let work = seven();
    work.folder("out/d.txt/sub");
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(1);
    ran.says("error: out/d.txt: a folder is in the way of the file");
    all_but(&work, &["d.txt"]);
}

#[test]
fn too_few_open_files_allowed_is_no_reason_to_leave_files_out() {
    let work = seven();
    let ran = work.dechaff("clean in -o out -j 4").in_bash(r#"ulimit -n 24; exec "$@""#).run();
    if ran.code == 0 {
        all_but(&work, &[]);
    } else {
        ran.exits(1).says("too many open files");
    }
}
