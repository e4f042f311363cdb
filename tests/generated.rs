//! Pages made from the program stay fresh.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]
#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn the_page_of_patterns_is_fresh() {
    let made = Command::new(env!("CARGO_BIN_EXE_dechaff")).args(["packs", "document"]).output().unwrap();
    assert!(made.status.success());
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/patterns.md");
    assert!(
        fs::read(&page).unwrap() == made.stdout,
        "docs/patterns.md is stale: run scripts/document-patterns"
    );
}

#[test]
fn the_format_page_is_printed_whole() {
    let made =
        Command::new(env!("CARGO_BIN_EXE_dechaff")).args(["packs", "explain-format"]).output().unwrap();
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("patterns/README.md");
    assert_eq!(made.stdout, fs::read(page).unwrap());
}
