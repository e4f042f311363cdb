//! The shape of the source: which module may use which, how large files are, and that each says what it is for.
//!
//! ARCHITECTURE.md describes the layers; this holds them. `clippy.toml` holds that the pure modules know no files.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules and the crates that it may use.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("error", &[], &[]),
    ("document", &[], &["memchr", "unicode_normalization"]),
    ("patterns", &["error"], &["memchr", "serde", "toml"]),
    (
        "engine",
        &["document", "patterns"],
        &["aho_corasick", "foldhash", "hashbrown", "memchr", "regex", "regex_syntax"],
    ),
    ("evidence", &["document"], &["foldhash", "hashbrown"]),
    ("weights", &["error", "evidence"], &["serde", "toml"]),
    ("clean", &["document", "engine", "evidence", "patterns", "weights"], &["whatlang"]),
    ("formats", &[], &["chardetng", "encoding_rs", "memchr"]),
    ("report", &["clean", "error", "patterns"], &["serde", "serde_json"]),
    (
        "eval",
        &["clean", "document", "error"],
        &["foldhash", "hashbrown", "serde", "serde_json", "unicode_normalization"],
    ),
    (
        "corpus",
        &["clean", "document", "error", "formats", "report"],
        &["globset", "rayon", "tempfile", "walkdir"],
    ),
    ("builtin", &["clean", "engine", "error", "patterns", "weights"], &["postcard"]),
    ("cli", &[], &["anstyle", "clap", "dechaff", "indicatif", "serde_json", "signal_hook", "similar"]),
];

/// Lines that a file may have. Longer files hide more than one thing.
const MAX_LINES: usize = 500;

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The code of a file without comments and without its unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
    code.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
}

fn module(path: &Path) -> String {
    let below = path.strip_prefix(src()).unwrap();
    below.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The names after `before::` in a file.
fn names_after(code: &str, before: &str) -> Vec<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    code.match_indices(before).map(|(at, _)| word(&code[at + before.len()..])).collect()
}

#[test]
fn modules_use_only_what_lies_below() {
    let mut wrong = Vec::new();
    for path in sources(&src()) {
        let (name, code) = (module(&path), code(&path));
        if ["lib", "main"].contains(&name.as_str()) {
            continue;
        }
        let (_, below, crates) =
            LAYERS.iter().find(|layer| layer.0 == name).expect("a layer for each module");
        for used in names_after(&code, "crate::") {
            let is_module = LAYERS.iter().any(|layer| layer.0 == used);
            if name != "cli" && is_module && used != name && !below.contains(&used.as_str()) {
                wrong.push(format!("{}: uses crate::{used}", path.display()));
            }
        }
        for used in names_after(&code, "\nuse ").into_iter().chain(names_after(&code, "\npub use ")) {
            let known = ["crate", "std", "super", "self"].contains(&used.as_str());
            let own_child = code.contains(&format!("mod {used};"));
            if !known && !own_child && !crates.contains(&used.as_str()) {
                wrong.push(format!("{}: uses the crate {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let benches = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
    let mut wrong = Vec::new();
    for path in [src(), tests, benches].iter().flat_map(|folder| sources(folder)) {
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > MAX_LINES {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{}: does not begin with what it is for", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn threads_and_walking_stay_where_they_are() {
    for (used, only) in [("rayon", "corpus/run.rs"), ("walkdir", "corpus/walk.rs"), ("clap", "cli/")] {
        for path in sources(&src()) {
            let uses = code(&path).contains(&format!("use {used}"));
            assert!(!uses || path.to_str().unwrap().contains(only), "{}: uses {used}", path.display());
        }
    }
}
