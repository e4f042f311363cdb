//! What folding and cleaning promise, held against texts that nobody would think of.
//!
//! Two promises carry the rest. A key must not depend on how often a text is folded, because phrases and lines are folded by
//! the same code at different times. And cleaning must only delete: what stays together with what went is the input,
//! byte for byte, so that nothing is ever lost without a record. Both are about *all* texts, so examples cannot show
//! them; the texts are made by chance, the same in every run, and biased to what breaks such code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop with a panic"
)]

mod util {
    pub(crate) mod documents;
    pub(crate) mod packs;
}

use dechaff::clean::{BlockPart, Buffers, Why};
use dechaff::document::{Case, Document, Key, fold, lines};
use dechaff::patterns::{Place, Signal};
use dechaff::{Cleaner, Level, Options, Weights};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use util::documents::{DocumentRecipe, Examples, engine, every_way};

/// Parts of texts on which folding could go wrong.
const NASTY: &[&str] = &[
    // Marks that combine with what stands before them, and what stands before them.
    "\u{301}",
    "\u{307}",
    "\u{308}",
    "\u{30c}",
    "\u{323}",
    "\u{345}",
    "\u{338}",
    "e",
    "i",
    "I",
    "İ",
    "ı",
    "ǰ",
    "Å",
    "ΐ",
    // Characters that leave nothing behind, and so bring their neighbors together.
    "\u{200b}",
    "\u{200d}",
    "\u{ad}",
    "\u{fe0f}",
    "\u{34f}",
    "\u{640}",
    "\u{0}",
    "\u{7f}",
    "*",
    "**",
    "_",
    "__",
    "___",
    "\u{e0041}",
    // Letters with several forms.
    "ß",
    "ẞ",
    "ς",
    "Σ",
    "σ",
    "ﬁ",
    "Ａ",
    "［",
    "］",
    "（",
    "）",
    "＿",
    "＊",
    "．",
    "①",
    "½",
    "™",
    "ª",
    "ﾆ",
    "ｶ",
    "ﾞ",
    "ﾟ",
    "が",
    "ᄀ",
    "ᅡ",
    "ᆨ",
    "ᅠ",
    "ㅏ",
    "한",
    "ی",
    "ك",
    "٣",
    "३",
    "ﷺ",
    "ǆ",
    "Ω",
    "K",
    // Letters that pass for others.
    "Pe",
    "а",
    "е",
    "р",
    "ж",
    "х",
    "o",
    "α",
    "ο",
    "λ",
    "z",
    "аd",
    // Markdown, decoration, quotation marks and spaces.
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "[a](b)",
    "[[a](b)](c)",
    "«",
    "»",
    "“",
    "'",
    "-",
    "–",
    "…",
    ".",
    ":",
    "•",
    "🙂",
    "o ",
    "  o ",
    "?",
    "!",
    "©",
    " ",
    "  ",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "\r",
    "\n",
    "\u{b}",
    "\u{feff}",
    // Letters apart, and noncharacters.
    "a b c",
    "A D ",
    " R",
    "x ",
    "\u{fdd0}",
    "\u{fdd1}",
    "\u{fdef}",
    "\u{ffff}",
    "read more",
];

fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(select(NASTY), 0..10).prop_map(|parts| parts.concat()),
        1 => prop::collection::vec(prop_oneof![any::<char>().prop_map(String::from), select(NASTY).prop_map(str::to_owned)], 0..10)
            .prop_map(|parts| parts.concat()),
    ]
}

/// The same chance in every run; a failing case is shown, not filed.
fn config(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_101),
        max_shrink_iters: 5_000,
        ..Config::default()
    }
}

fn folded(line: &str) -> String {
    let mut out = String::new();
    fold(line, Case::Fold, &mut out);
    out
}

/// Folding twice is folding once.
fn check_fold(line: &str) -> Result<(), TestCaseError> {
    let once = folded(line);
    prop_assert_eq!(folded(&once), once, "folding the key of {:?} again", line);
    Ok(())
}

/// The key with capitals has each byte where the key has it.
fn check_cased(line: &str) -> Result<(), TestCaseError> {
    let key = Key::new(line);
    let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    let cased = key.cased(line);
    prop_assert_eq!(
        places(cased),
        places(key.text()),
        "capitals of {:?}: {:?} and {:?}",
        line,
        cased,
        key.text()
    );
    Ok(())
}

/// A zero-width character at the end of a line changes nothing, though it sends an ASCII line another way.
fn check_ways(line: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(folded(&format!("{line}\u{200b}")), folded(line), "folding {:?} as ASCII and not", line);
    Ok(())
}

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn folding_twice_is_folding_once(line: String) {
        check_fold(&line)?;
    }

    #[test]
    fn folding_nasty_text_twice_is_folding_it_once(line in nasty()) {
        check_fold(&line)?;
    }

    #[test]
    fn capitals_stand_where_the_key_has_small_letters(line in nasty(), other: String) {
        check_cased(&line)?;
        check_cased(&other)?;
    }

    #[test]
    fn ascii_is_folded_as_all_text_is(line in "[ -~\t]{0,24}", short in "[a-cO o_*.()\\[\\]!-]{0,12}") {
        check_ways(&line)?;
        check_ways(&short)?;
    }

    #[test]
    fn lines_put_together_are_the_text(text in nasty(), other in "[a\\n\\r]{0,12}") {
        for text in [text, other] {
            let mut together = String::new();
            for line in lines(&text) {
                prop_assert_eq!(line.start, together.len());
                prop_assert!(!line.text.contains(['\n', '\r']), "a line break inside a line of {:?}", text);
                prop_assert!(matches!(line.ending, "\n" | "\r\n" | "\r" | ""), "ending {:?}", line.ending);
                together += line.text;
                together += line.ending;
                prop_assert_eq!(line.end(), together.len());
            }
            prop_assert_eq!(together, text);
        }
    }
}

/// The English pack and one that uses every way of removing, compiled once for all tests.
struct Subject {
    examples: Examples,
    /// By patterns with the guard as it is by default and without it, and by evidence without the guard.
    cleaners: [Cleaner; 3],
}

static SUBJECT: LazyLock<Subject> = LazyLock::new(|| {
    let packs = [util::packs::pack("en").0, every_way()];
    let mut unguarded = Options::at(Level::Patterns);
    unguarded.max_loss = Some(1.0);
    let mut thorough = Options::at(Level::Thorough);
    thorough.max_loss = Some(1.0);
    let cleaners = [Options::at(Level::Patterns), unguarded, thorough]
        .map(|options| Cleaner::new(engine(&packs), Weights::builtin().unwrap(), options));
    Subject { examples: Examples::of(&packs), cleaners }
});

/// Everything that cleaning promises of any text.
fn check_clean(cleaner: &Cleaner, text: &str) -> Result<(), TestCaseError> {
    let document = Document::new(text);
    let cleaned = cleaner.clean(&document);

    // What stays and what went are the input.
    let mut restored = cleaned.text.to_string();
    let mut end = 0;
    for removal in &cleaned.removals {
        prop_assert!(removal.offset >= end, "removals overlap or are not in order: {:?}", removal);
        end = removal.offset + removal.text.len();
        prop_assert!(removal.offset <= restored.len(), "removal beyond the text: {:?}", removal);
        restored.insert_str(removal.offset, removal.text);
    }
    prop_assert_eq!(&restored, text, "what stays with what went is not the input");

    // Whole lines went, or parts of one line.
    let all: Vec<_> = document.lines().collect();
    for removal in &cleaned.removals {
        let line = all[removal.line - 1];
        let mark = if line.start == 0 && line.text.starts_with('\u{feff}') { 3 } else { 0 };
        let range = removal.offset..removal.offset + removal.text.len();
        prop_assert!(!range.is_empty(), "an empty removal: {:?}", removal);
        let is_line = range == (line.start + mark..line.end());
        let is_part = line.start <= range.start && range.end <= line.start + line.text.len();
        let is_cut = matches!(removal.why, Why::Span(_));
        prop_assert!(is_line || (is_cut && is_part), "{:?} is not (a part of) line {:?}", removal, line);
        let is_blank = removal.text.trim().is_empty();
        prop_assert!(is_blank || removal.why != Why::Blank, "a line with text went as blank: {:?}", removal);
    }

    // Nothing is copied if nothing went.
    prop_assert_eq!(matches!(cleaned.text, Cow::Borrowed(_)), cleaned.removals.is_empty());

    // The two ways to clean are one, with buffers that were used before too.
    let (mut buffers, mut out) = (Buffers::default(), String::from("left over"));
    for other in ["Advertisement\n\nTea advertisement\n", text] {
        let outcome = cleaner.clean_into(&Document::new(other), &mut buffers, &mut out);
        prop_assert_eq!(outcome.changed, !outcome.removals.is_empty());
        if other == text {
            prop_assert_eq!(if outcome.changed { &out } else { text }, &*cleaned.text);
            prop_assert_eq!(&outcome.removals, &cleaned.removals);
            prop_assert_eq!(&outcome.signals, &cleaned.signals);
        }
    }

    // Cleaning twice is cleaning once.
    let again = cleaner.clean(&Document::new(&cleaned.text));
    prop_assert!(again.removals.is_empty(), "left {:?}\nand then took {:?}", cleaned.text, again.removals);
    Ok(())
}

fn check_documents(cleaner: &Cleaner, cases: u32) {
    let result = TestRunner::new(config(cases)).run(&DocumentRecipe::any(), |recipe| {
        let text = recipe.text(&SUBJECT.examples);
        check_clean(cleaner, &text)
            .map_err(|error| TestCaseError::fail(format!("document {text:?}\n{error}")))
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn cleaning_only_deletes_and_does_so_once() {
    check_documents(&SUBJECT.cleaners[0], 400);
}

#[test]
fn cleaning_without_the_guard_only_deletes_and_does_so_once() {
    check_documents(&SUBJECT.cleaners[1], 600);
}

#[test]
fn cleaning_by_evidence_keeps_its_promises() {
    check_documents(&SUBJECT.cleaners[2], 600);
}

proptest! {
    #![proptest_config(config(500))]

    #[test]
    fn cleaning_keeps_its_promises_on_any_text(text: String, bad in nasty()) {
        for text in [text, bad] {
            check_clean(&SUBJECT.cleaners[1], &text)?;
        }
    }
}

#[test]
fn a_line_with_many_marks_is_clean_after_one_cleaning() {
    let line = ["(Tea House Wire)"; 12].join(" and ");
    check_clean(&SUBJECT.cleaners[1], &line).unwrap();
}

/// A cut can make a line too short to be prose, which moves the beginning of the text.
#[test]
fn a_line_that_is_prose_only_before_it_is_cut_does_not_move_the_text() {
    // 27 words without the end of a sentence, of which the cut leaves 24: 25 make prose.
    let long = "Nine of them walked home that night in the rain and then all the way back to the old bridge \
                over the cold river (Tea House Wire)";
    let prose = "The council met on Tuesday and after a long debate it voted to keep the old bridge open.";
    let text = format!("{long}\nTea House Daily\n{prose}\nTea House Nightly\n{long}\n");
    check_clean(&SUBJECT.cleaners[1], &text).unwrap();
}

#[test]
fn a_document_without_junk_comes_back_borrowed() {
    let text = "The council met on Tuesday and after a long debate it voted to keep the old bridge open.\r\n\r\n\r\nTea is served.";
    let cleaned = SUBJECT.cleaners[0].clean(&Document::new(text));
    assert!(matches!(cleaned.text, Cow::Borrowed(same) if std::ptr::eq(same, text)));
    assert!(cleaned.removals.is_empty() && cleaned.signals.is_empty());
}

/// The documents would prove little if nothing happened in them.
#[test]
fn the_documents_made_by_chance_show_every_kind_of_removal() {
    let mut runner = TestRunner::new(config(1));
    let mut seen = BTreeSet::new();
    for _ in 0..400 {
        let text = DocumentRecipe::any().new_tree(&mut runner).unwrap().current().text(&SUBJECT.examples);
        for (cleaner, name) in SUBJECT.cleaners.iter().zip(["guarded", "unguarded", "thorough"]) {
            let cleaned = cleaner.clean(&Document::new(&text));
            for removal in &cleaned.removals {
                seen.insert(match removal.why {
                    Why::Line(_) => "line",
                    Why::Span(_) => "span",
                    Why::Evidence(_) => "evidence",
                    Why::Repeated(_) => "repeated",
                    Why::Blank => "blank",
                    Why::Block(_, BlockPart::Open) => "open",
                    Why::Block(_, BlockPart::Follow) => "follow",
                    Why::Block(_, BlockPart::Shape) => "shape",
                    Why::Block(_, BlockPart::Close) => "close",
                    Why::Block(_, BlockPart::Above) => "above",
                });
                seen.extend(cleaner.pattern(removal).and_then(|pattern| match pattern.place {
                    Place::Any => None,
                    Place::Head => Some("head"),
                    Place::Tail => Some("tail"),
                    Place::Edge => Some("edge"),
                }));
            }
            if cleaned.removals.is_empty() {
                seen.insert("nothing");
            }
            if cleaned.signals.contains(&Signal::Guarded) {
                assert_eq!(name, "guarded");
                seen.insert("guarded");
            }
        }
    }
    let expected = [
        "line", "span", "blank", "open", "follow", "shape", "close", "above", "head", "tail", "nothing",
        "guarded", "evidence",
    ];
    let missing: Vec<_> = expected.iter().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "no document shows {missing:?}");
}
