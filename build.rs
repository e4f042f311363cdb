//! Reads the packs under `patterns/`, files their phrases, and writes both into the binary (`src/builtin.rs`).
//!
//! It is the library's own code that reads and files them. A mistake in a pack stops the build and is shown with file and line.
#![allow(dead_code, missing_docs, unreachable_pub, unused_imports, reason = "the modules are the library's")]
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "a build script reads files and may fail")]

#[path = "src/document/mod.rs"]
mod document;
#[path = "src/engine/mod.rs"]
mod engine;
#[path = "src/error.rs"]
mod error;
#[path = "src/patterns/mod.rs"]
mod patterns;

use patterns::{Pack, Problem, Severity};
use std::mem::take;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    for path in ["build.rs", "patterns", "src/document", "src/engine", "src/error.rs", "src/patterns"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let (mut packs, mut problems) = (Vec::new(), Vec::new());
    for path in pack_paths(Path::new("patterns")) {
        let (pack, found) = patterns::load(&path);
        problems.extend(found.into_iter().filter(|problem| problem.severity == Severity::Error));
        let Some(mut pack) = pack else { continue };
        problems.extend(engine::file_phrases(&mut pack));
        packs.push(pack);
    }
    if problems.is_empty() {
        // What only people read is kept apart: a run does without.
        let patterns = packs.iter_mut().flat_map(|pack| &mut pack.patterns);
        let words: Vec<_> =
            patterns.map(|p| (take(&mut p.about), take(&mut p.junk), take(&mut p.text))).collect();
        let filings = packs.iter().filter_map(|pack| pack.filing.as_ref());
        write("clues.bin", Ok(filings.flat_map(|filing| filing.clues.stored()).collect()));
        write("words.bin", postcard::to_allocvec(&words));
        write("packs.bin", postcard::to_allocvec(&packs));
    }
    for problem in problems {
        println!("cargo::error={}", problem.to_string().replace('\n', " - "));
    }
}

fn write(name: &str, bytes: postcard::Result<Vec<u8>>) {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder")).join(name);
    fs::write(out, bytes.expect("packs can be written")).expect("the folder is writable");
}

/// The packs, English first, then those of no language, then languages and sites: where several packs know a line, the first is named.
fn pack_paths(folder: &Path) -> Vec<PathBuf> {
    let listed = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten();
        entries.map(|entry| entry.expect("patterns/ can be listed").path()).collect()
    };
    let (platforms, sites) = (folder.join("platforms"), folder.join("sites"));
    let mut paths: Vec<PathBuf> = listed(folder).into_iter().filter(|path| path.is_dir()).collect();
    paths.retain(|path| *path != platforms && *path != sites);
    paths.extend(listed(&platforms).into_iter().chain(listed(&sites)));
    let rank = |path: &Path| match path {
        path if path.ends_with("en") => 0,
        path if path.ends_with("common") || path.starts_with(&platforms) => 1,
        path if path.starts_with(&sites) => 3,
        _ => 2,
    };
    paths.sort_by_key(|path| (rank(path), path.clone()));
    paths
}
