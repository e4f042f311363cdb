//! Documents with their right answer: `tests/fixtures/documents/<topic>/<case>/input.txt` and `expected.txt`.
//!
//! Cases below `honest/` hold text that looks like junk and is none: nothing may go. The others say what a careful
//! editor would delete of what the patterns can know. All are cleaned with the built-in packs and the defaults.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use dechaff::{Document, Level, Options, builtin_cleaner};
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folders = |path: &Path| -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        found.sort();
        found
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documents");
    folders(&root).iter().flat_map(|topic| folders(topic)).collect()
}

#[test]
fn every_document_comes_out_as_an_editor_would_have_it() {
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    let mut wrong = String::new();
    let cases = cases();
    assert!(cases.len() >= 80, "{} cases", cases.len());
    for case in &cases {
        let read = |name| fs::read_to_string(case.join(name)).unwrap();
        let (input, expected) = (read("input.txt"), read("expected.txt"));
        let cleaned = cleaner.clean(&Document::new(&input));
        if cleaned.text != expected {
            wrong += &format!("\n{}\n", case.display());
            for removal in &cleaned.removals {
                let id = cleaner.pattern(removal).map_or("blank", |pattern| &pattern.id);
                wrong += &format!("  removed {:?} ({id})\n", removal.text);
            }
            wrong += &format!("  expected {expected:?}\n  found    {:?}\n", cleaned.text);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn cleaning_them_twice_is_cleaning_them_once() {
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    let inputs = cases().into_iter().map(|case| fs::read_to_string(case.join("input.txt")).unwrap());
    for input in inputs.chain([WRAPPED.to_owned()]) {
        let once = cleaner.clean(&Document::new(&input)).text.into_owned();
        let twice = cleaner.clean(&Document::new(&once)).text.into_owned();
        assert_eq!(once, twice, "of {input:?}");
    }
}

/// Lines of even width, with junk in the middle that goes: whether they are a paragraph, and with it where the tail begins, must
/// not depend on whether it is still there.
const WRAPPED: &str = "\
The bridge was opened in 1931, and for forty years it carried the trams to the harbor and back again.

Follow us
Nobody knows who painted the first of the lamps, or why it was
green. The second lamp was painted a week later by two men who
came from the other side and went back there before the day was
Comments are closed.
";

#[test]
fn honest_documents_are_not_touched() {
    for case in cases().iter().filter(|case| case.parent().is_some_and(|topic| topic.ends_with("honest"))) {
        let read = |name| fs::read(case.join(name)).unwrap();
        assert_eq!(read("input.txt"), read("expected.txt"), "{}", case.display());
    }
}
