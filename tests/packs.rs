//! The built-in packs prove themselves: what `packs check` says of them, and what every shipped pattern must have.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use dechaff::clean::self_test;
use dechaff::patterns::{Pack, PackFile, Place, Strength, load};
use dechaff::{Document, Engine, Level, Options, builtin_cleaner, builtin_packs, builtin_packs_in_full};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

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

/// The folders and files of packs.
fn folders() -> Vec<PathBuf> {
    let listed = |folder: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(root().join(folder)).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let is_pack = |path: &PathBuf| path.is_dir() && !path.ends_with("platforms") && !path.ends_with("sites");
    let folders = listed("patterns").into_iter().filter(is_pack);
    folders.chain(listed("patterns/platforms")).chain(listed("patterns/sites")).collect()
}

#[test]
fn all_packs_are_built_in_as_they_are_written() {
    let built_in = builtin_packs_in_full().unwrap();
    assert_eq!(built_in.len(), folders().len());
    assert_eq!(built_in[0].name, "en");
    for folder in folders() {
        let written = load(&folder).0.unwrap();
        let pack = built_in.iter().find(|pack| pack.name == written.name).unwrap();
        let ids = |pack: &Pack| pack.patterns.iter().map(|p| p.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(pack), ids(&written));
        assert_eq!(pack.phrase_count(), written.phrase_count());
    }
}

#[test]
fn packs_check_finds_nothing() {
    let packs = builtin_packs_in_full().unwrap();
    let english = packs[0].words["common"].clone();
    let common = |pack: &Pack| {
        let own = pack.words.get("common").into_iter().flatten();
        own.chain(&english).cloned().collect::<Vec<_>>()
    };
    let mut problems: Vec<String> = packs
        .iter()
        .flat_map(|pack| self_test(pack, &common(pack)))
        .map(|problem| problem.to_string())
        .collect();
    // What reading a pack warns of, such as too few examples.
    for folder in folders() {
        problems.extend(load(&folder).1.iter().map(ToString::to_string));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn english_has_all_categories_and_enough_phrases() {
    let packs = builtin_packs_in_full().unwrap();
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
    for pattern in builtin_packs_in_full().unwrap().iter().flat_map(|pack| &pack.patterns) {
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

/// A text of the site that a pack is for, if it is for one.
fn from_home<'t>(text: &'t str, pack: &'t Pack) -> Document<'t> {
    let document = Document::new(text);
    pack.site.as_deref().map_or(document, |site| document.at_url(site))
}

/// A single line of junk goes wherever the pattern says it does: the examples hold in the full set, too.
#[test]
fn junk_of_sure_patterns_goes_with_all_packs_on() {
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    let mut left = String::new();
    let mut count = 0;
    let packs = builtin_packs_in_full().unwrap();
    let all = packs.iter().flat_map(|pack| pack.patterns.iter().map(move |pattern| (pack, pattern)));
    for (pack, pattern) in all {
        if pattern.strength != Strength::Sure || pattern.place != Place::Any {
            continue;
        }
        for example in pattern.junk.iter().filter(|example| !example.text.contains('\n')) {
            count += 1;
            let text = format!("{}\n", example.text);
            if cleaner.clean(&from_home(&text, pack)).removals.is_empty() {
                let kept = cleaner.clean(&from_home(&text, pack)).signals;
                if !kept.contains(&dechaff::Signal::Guarded) {
                    left += &format!("{}: {:?}\n", pattern.id, example.text);
                }
            }
        }
    }
    assert!(count > 500, "{count}");
    assert!(left.is_empty(), "{left}");
}

/// The limits are for packs of one's own: what the built-in ones would use up of them is not counted against them.
#[test]
fn a_pack_has_room_beside_the_built_in_ones() {
    let regexes: Vec<String> = (0..500).map(|i| format!("'phrase number {i} [a-z]{{1,9}}'")).collect();
    let text = format!(
        "[pack]\nname = \"mine\"\nversion = \"2026.11.0\"\nlicense = \"MIT\"\n[[pattern]]\nid = \"phrases\"\ncategory = \"nav\"\n\
         about = \"For a test.\"\nstrength = \"likely\"\njunk = [\"Phrase number 7 x\", \"Phrase number 8 x\"]\n\
         text = [\"A number.\", \"A phrase.\"]\nregex = [{}]\n",
        regexes.join(", ")
    );
    let file = PackFile { name: "mine.toml".to_owned(), category: None, text };
    let (pack, problems) = Pack::parse(&[file]);
    assert!(problems.is_empty(), "{problems:?}");
    let packs = builtin_packs().unwrap().into_iter().chain(pack).collect();
    assert!(Engine::new(packs).is_ok());
}
