//! Texts that look like junk and are none: tables with a cell a line, forums, price lists, recipes, poems, in thirty languages.
//!
//! Evidence must leave them alone: at the default level what goes is what single patterns take, and no more; at `thorough`, which is
//! for whole pages, more from one text in fifty at most.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use dechaff::{Document, Level, Options, builtin_cleaner};
use std::fs;
use std::path::Path;

fn documents() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/honest");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path| fs::read_to_string(path).unwrap();
    paths.iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

#[test]
fn evidence_takes_nothing_from_honest_documents() {
    let documents = documents();
    assert!(documents.len() >= 400, "{}", documents.len());
    let [patterns, balanced, thorough] = Level::ALL.map(|level| builtin_cleaner(Options::at(level)).unwrap());
    for (cleaner, most) in [(&balanced, 0), (&thorough, documents.len() / 50)] {
        let mut wrong = String::new();
        let mut count = 0;
        for (name, text) in &documents {
            let document = Document::new(text);
            let cleaned = cleaner.clean(&document);
            if cleaned.text != patterns.clean(&document).text {
                count += 1;
                let taken = cleaned.removals.iter().filter(|r| cleaner.taken_by(r) == Some("evidence"));
                let lines: Vec<&str> = taken.map(|removal| removal.text.trim()).collect();
                wrong += &format!("{name}: {lines:?}\n");
            }
        }
        assert!(count <= most, "{count} documents\n{wrong}");
    }
}

/// Single labels in very short texts are what patterns take from some of them. Whoever writes a pattern that takes more finds out here.
#[test]
fn most_honest_documents_come_out_whole() {
    let cleaner = builtin_cleaner(Options::default()).unwrap();
    let documents = documents();
    let changed: Vec<&str> = documents
        .iter()
        .filter(|(_, text)| cleaner.clean(&Document::new(text)).text != *text)
        .map(|(name, _)| name.as_str())
        .collect();
    assert!(changed.len() <= 65, "{} of {}: {changed:?}", changed.len(), documents.len());
}
