//! Reads packs from disk: one file, or a folder with `pack.toml` and a file for each category.
#![expect(clippy::disallowed_methods, reason = "this file is where packs are read from disk")]

use super::pack::{MAX_FILE_BYTES, Pack, PackFile};
use super::problem::Problem;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Reads the pack at `path`, with all that is wrong in it. There is no pack if any problem is an error.
pub fn load(path: &Path) -> (Option<Pack>, Vec<Problem>) {
    let problem = |message: String, hint: &str| {
        (None, vec![Problem::error(&path.display().to_string(), 0, message).hint(hint)])
    };
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return problem(format!("cannot open the pack: {error}"), "check the path"),
    };
    if metadata.is_file() {
        return match read(path, None) {
            Ok(file) => Pack::parse(&[file]),
            Err(problem) => (None, vec![problem]),
        };
    }
    if !metadata.is_dir() {
        return problem("neither a file nor a folder".into(), "name a `.toml` file or a folder of them");
    }
    let mut paths = Vec::new();
    match fs::read_dir(path) {
        Ok(entries) => paths.extend(entries.flatten().map(|entry| entry.path())),
        Err(error) => return problem(format!("cannot list the pack: {error}"), "check the permissions"),
    }
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml") && p.is_file());
    paths.sort_by_key(|p| (p.file_name().is_none_or(|n| n != "pack.toml"), p.clone()));
    if paths.first().is_none_or(|p| p.file_name().is_none_or(|n| n != "pack.toml")) {
        return problem(
            "the folder has no `pack.toml`".into(),
            "name the folder of one pack, such as `patterns/en`",
        );
    }
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in &paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        match read(path, (stem != "pack").then(|| stem.into_owned())) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return (None, problems);
    }
    Pack::parse(&files)
}

fn read(path: &Path, category: Option<String>) -> Result<PackFile, Problem> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a larger file is seen to be larger without being read whole.
    let read = fs::File::open(path).and_then(|f| f.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(Problem::error(&name, 0, format!("cannot read the file: {error}")));
    }
    // A cut in the middle of a letter would read as bad UTF-8; the size is the true mistake.
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Problem::error(&name, 0, format!("file has more than {MAX_FILE_BYTES} bytes"))
            .hint("split it by topic"));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(PackFile { name, category, text }),
        Err(error) => {
            let line =
                1 + memchr::memchr_iter(b'\n', &error.as_bytes()[..error.utf8_error().valid_up_to()]).count();
            Err(Problem::error(&name, line, "not UTF-8").hint("save the file as UTF-8"))
        }
    }
}
