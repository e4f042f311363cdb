//! The built-in packs prove themselves: what `packs check` says of them, and what every shipped pattern must have.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use dechaff::clean::self_test;
use dechaff::patterns::{BUILTIN_FILES, Pack, PackFile, Place, Strength, builtin};
use dechaff::{Document, Level, Options, builtin_cleaner};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The categories of `patterns/README.md`.
const CATEGORIES: [&str; 30] = [
    "ad-continue",
    "ad-label",
    "affiliate-disclosure",
    "ai-disclaimer",
    "app-promo",
    "breadcrumb",
    "byline-furniture",
    "cms-default",
    "comments",
    "cookie",
    "copyright",
    "donation",
    "ecommerce",
    "error-js",
    "events",
    "forum-ui",
    "image-credit",
    "legal",
    "nav",
    "newsletter",
    "paywall",
    "press-release",
    "print-email",
    "read-more",
    "related-links",
    "social-counter",
    "social-share",
    "timestamp",
    "video-player",
    "wiki-ui",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_list_of_files_is_the_folder() {
    let mut found = BTreeSet::new();
    for pack in fs::read_dir(root().join("patterns")).unwrap().map(|entry| entry.unwrap().path()) {
        if !pack.is_dir() {
            continue;
        }
        for file in fs::read_dir(&pack).unwrap().map(|entry| entry.unwrap().path()) {
            found.insert(file.strip_prefix(root().join("patterns")).unwrap().to_str().unwrap().to_owned());
        }
    }
    let listed: BTreeSet<String> = BUILTIN_FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(listed, found, "src/patterns/builtin.rs lists the files of patterns/");
}

#[test]
fn packs_check_finds_nothing() {
    let packs = builtin().unwrap();
    let common: Vec<String> =
        packs.iter().filter_map(|pack| pack.words.get("common")).flatten().cloned().collect();
    let mut problems: Vec<String> =
        packs.iter().flat_map(|pack| self_test(pack, &common)).map(|problem| problem.to_string()).collect();
    // What reading a pack warns of, such as too few examples.
    for files in BUILTIN_FILES.chunk_by(|a, b| a.0.split('/').next() == b.0.split('/').next()) {
        let files: Vec<PackFile> = files
            .iter()
            .map(|(path, text)| {
                let stem = Path::new(path).file_stem().unwrap().to_str().unwrap();
                let category = (stem != "pack").then(|| stem.to_owned());
                PackFile { name: (*path).to_owned(), category, text: (*text).to_owned() }
            })
            .collect();
        problems.extend(Pack::parse(&files).1.iter().map(ToString::to_string));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn english_has_all_categories_and_enough_phrases() {
    let packs = builtin().unwrap();
    for pack in &packs {
        let categories: BTreeSet<&str> = pack.patterns.iter().map(|p| p.category()).collect();
        let unknown: Vec<_> = categories.iter().filter(|c| !CATEGORIES.contains(c)).collect();
        assert!(unknown.is_empty(), "{}: {unknown:?}", pack.name);
        if pack.name == "en" {
            assert_eq!(categories.len(), CATEGORIES.len(), "{categories:?}");
            let phrases: usize = pack.phrase_count();
            assert!(phrases >= 1_500, "{phrases}");
        }
    }
}

/// The honest lines of all packs, each as a document, come out whole: no pattern of one language may hit another's.
#[test]
fn no_pack_takes_an_honest_line_of_another() {
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    let mut taken = String::new();
    for pattern in cleaner.engine().patterns() {
        for example in &pattern.text {
            let cleaned = cleaner.clean(&Document::new(&example.text));
            let by: Vec<&str> =
                cleaned.removals.iter().filter_map(|r| cleaner.pattern(r)).map(|p| p.id.as_str()).collect();
            if !by.is_empty() {
                taken += &format!("{}: {:?} is taken by {by:?}\n", pattern.id, example.text);
            }
        }
    }
    assert!(taken.is_empty(), "{taken}");
}

/// A single line of junk goes wherever the pattern says it does: the examples hold in the full set, too.
#[test]
fn junk_of_sure_patterns_goes_with_all_packs_on() {
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    let mut left = String::new();
    let mut count = 0;
    for pattern in cleaner.engine().patterns() {
        if pattern.strength != Strength::Sure || pattern.place != Place::Any {
            continue;
        }
        for example in pattern.junk.iter().filter(|example| !example.text.contains('\n')) {
            count += 1;
            let text = format!("{}\n", example.text);
            if cleaner.clean(&Document::new(&text)).removals.is_empty() {
                let kept = cleaner.clean(&Document::new(&text)).signals;
                if !kept.contains(&dechaff::Signal::Guarded) {
                    left += &format!("{}: {:?}\n", pattern.id, example.text);
                }
            }
        }
    }
    assert!(count > 500, "{count}");
    assert!(left.is_empty(), "{left}");
}
