//! How well cleaning does on pages with known answers, in 38 languages: `tests/fixtures/pages.jsonl`.
//!
//! The built-in weights were fitted to these pages among others, so the figures are no proof of quality; they show that a change has
//! broken something. `scripts/fit` validates on texts that were held back.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use dechaff::eval::{Evaluation, Labeled};
use dechaff::{Level, Options, builtin_cleaner};
use std::fs;
use std::path::Path;

fn pages() -> Vec<Labeled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages.jsonl");
    Labeled::read(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn each_level_removes_more_and_keeps_nearly_all_content() {
    let pages = vec![("pages".to_owned(), pages())];
    assert!(pages[0].1.len() >= 250);
    let mut before = 0.0;
    for (level, least_kept, least_gone) in
        [(Level::Patterns, 0.999, 0.35), (Level::Balanced, 0.997, 0.58), (Level::Thorough, 0.987, 0.7)]
    {
        let found = Evaluation::new(&builtin_cleaner(Options::at(level)).unwrap(), [], &pages).all;
        let (kept, gone) = (found.content_kept.unwrap(), found.junk_removed.unwrap());
        assert!(kept >= least_kept && gone >= least_gone, "{}: kept {kept}, gone {gone}", level.name());
        assert!(gone > before, "{} removes no more than the level below", level.name());
        before = gone;
    }
}

/// What is clean already stays: a second scraper or cleaner before this one is no reason to lose text.
#[test]
fn clean_texts_stay_whole() {
    let clean = |page: Labeled| Labeled { raw: page.gold.clone(), ..page };
    let texts = vec![("gold".to_owned(), pages().into_iter().map(clean).collect::<Vec<_>>())];
    let found = Evaluation::new(&builtin_cleaner(Options::default()).unwrap(), [], &texts).all;
    assert!(found.content_kept.unwrap() >= 0.999, "{found:?}");
    assert_eq!(found.documents_losing, 0, "{found:?}");
}
