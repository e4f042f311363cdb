//! The engine against a matcher that is slow and obviously right.
//!
//! The engine never holds a line against all phrases: look-ups by the first and last bytes, an automaton, a glance at the
//! beginning of a long line decide which phrases are tried at all. A mistake there makes no noise: a pattern just
//! does not hit, on some lines. So here every line goes through both, and the answers must be the same. The
//! slow matcher stands in `util/naive.rs` and is written from `patterns/README.md`, not from the engine.
//!
//! Three kinds of lines are tried: those of the packs' own examples and of the test documents, lines made from the packs' phrases by chance, and
//! lines made from the phrases of packs that are themselves made by chance. The chance is the same in every run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop with a panic"
)]

mod util {
    pub(crate) mod grammar;
    pub(crate) mod naive;
    pub(crate) mod packs;
    pub(crate) mod random_packs;
    pub(crate) mod recipes;
    pub(crate) mod texts;
    pub(crate) mod words;
}

use dechaff::document::Key;
use dechaff::engine::{Engine, SHORT_LINE_BYTES, Scratch};
use dechaff::patterns::Phrase;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use util::naive::{Found, Naive};
use util::packs;
use util::random_packs::PackRecipe;
use util::recipes::Recipe;
use util::texts;
use util::words::is_word_char;

/// An engine and the matcher that judges it, over the same packs.
struct Pair {
    engine: Engine,
    naive: Naive,
}

impl Pair {
    /// What the two say differently about a line, for people; `None` if they agree.
    fn difference(&self, line: &str) -> Option<String> {
        self.hits_differ(line).or_else(|| self.spans_differ(line))
    }

    fn hits_differ(&self, line: &str) -> Option<String> {
        let mut hits = Vec::new();
        self.engine.hits(line, &mut Scratch::default(), &mut hits);
        let numbers: Vec<u32> = hits.iter().map(|hit| hit.pattern).collect();
        if !numbers.is_sorted() {
            return Some(self.report(line, &format!("hits are not in the order of the patterns: {hits:?}")));
        }
        let mut found: Found = hits.iter().map(|hit| (hit.pattern as usize, hit.role)).collect();
        if found.len() != hits.len() {
            return Some(self.report(line, &format!("a pattern is hit twice in one role: {hits:?}")));
        }
        for hit in &hits {
            if !self.naive.phrasing_fits(hit.pattern as usize, hit.phrasing as usize, line) {
                let wrong = self.engine.phrasing(*hit);
                return Some(
                    self.report(
                        line,
                        &format!("the hit names a phrase that does not fit: {hit:?} {wrong:?}"),
                    ),
                );
            }
        }
        let mut expected = self.naive.hits(line);
        if line.len() > SHORT_LINE_BYTES {
            // Whether a regex begins with fixed text, and so is compared with a longer line, is not specified.
            let has_regex: BTreeSet<usize> = self
                .naive
                .phrases
                .iter()
                .filter(|phrase| phrase.is_regex())
                .map(|phrase| phrase.pattern)
                .collect();
            found.retain(|(pattern, _)| !has_regex.contains(pattern));
            expected.retain(|(pattern, _)| !has_regex.contains(pattern));
        }
        (found != expected).then(|| {
            let shown = |only: &Found, not: &Found| {
                let one = |&(pattern, role): &_| format!("\n    {} as {role:?}", self.describe(pattern));
                only.difference(not).map(one).collect::<String>()
            };
            self.report(
                line,
                &format!(
                    "hits differ\n  only the engine has:{}\n  only the slow matcher has:{}",
                    shown(&found, &expected),
                    shown(&expected, &found)
                ),
            )
        })
    }

    fn spans_differ(&self, line: &str) -> Option<String> {
        let found = self.engine.spans(line);
        let expected = self.naive.spans(line);
        // A phrase and where it stands, white space around it aside.
        let trimmed = |start: usize, end: usize| {
            let text = &line[start..end];
            let start = start + text.len() - text.trim_start().len();
            (start, start + text.trim().len())
        };
        let left: BTreeSet<_> = found
            .iter()
            .map(|(hit, range)| {
                (hit.pattern as usize, hit.phrasing as usize, trimmed(range.start, range.end))
            })
            .collect();
        let right: BTreeSet<_> = expected
            .iter()
            .map(|span| (span.pattern, span.phrasing, trimmed(span.range.start, span.range.end)))
            .collect();
        if left != right {
            let shown = |only: &BTreeSet<_>, not: &BTreeSet<_>| {
                let one = |&(pattern, _, (start, end)): &(usize, usize, (usize, usize))| {
                    format!("\n    {} at {start}..{end}: {:?}", self.describe(pattern), &line[start..end])
                };
                only.difference(not).map(one).collect::<String>()
            };
            let (engine, naive) = (shown(&left, &right), shown(&right, &left));
            let message =
                format!("spans differ\n  only the engine has:{engine}\n  only the slow matcher has:{naive}");
            return Some(self.report(line, &message));
        }
        for (hit, range) in &found {
            let (before, after) = (&line[..range.start], &line[range.end..]);
            let is_doubled = before.ends_with(char::is_whitespace) && after.starts_with(char::is_whitespace);
            if is_doubled && !before.trim().is_empty() && !after.trim().is_empty() {
                let message =
                    format!("the cut {range:?} of {} leaves two spaces", self.describe(hit.pattern as usize));
                return Some(self.report(line, &message));
            }
            if has_usual_casing(&line[range.clone()]) && !self.engine.may_hold_span(line) {
                let message =
                    format!("{} is found, but `may_hold_span` says no", self.describe(hit.pattern as usize));
                return Some(self.report(line, &message));
            }
        }
        None
    }

    fn describe(&self, pattern: usize) -> String {
        let pattern = &self.engine.patterns()[pattern];
        format!("{} ({}:{})", pattern.id, pattern.file, pattern.line)
    }

    fn report(&self, line: &str, message: &str) -> String {
        format!("line {line:?} ({} bytes)\n  key {:?}\n  {message}", line.len(), Key::new(line).text())
    }

    /// All differences on these lines, the first few in full.
    fn agree_on(&self, lines: &[String]) {
        let half = lines.len().div_ceil(2);
        let compare =
            |lines: &[String]| lines.iter().filter_map(|line| self.difference(line)).collect::<Vec<_>>();
        let differences = std::thread::scope(|scope| {
            let threads: Vec<_> =
                lines.chunks(half.max(1)).map(|part| scope.spawn(move || compare(part))).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        let first: Vec<&str> = differences.iter().take(10).map(String::as_str).collect();
        assert!(differences.is_empty(), "{} lines differ:\n{}", differences.len(), first.join("\n"));
    }
}

/// Words in small letters, in capitals, or with a capital: the casings in which spans are looked for.
fn has_usual_casing(text: &str) -> bool {
    let is_usual = |word: &str| {
        let rest = word.get(1..).unwrap_or_default();
        rest == rest.to_lowercase() || word == word.to_uppercase()
    };
    text.is_ascii() && !text.contains(['*', '_']) && text.split(|c| !is_word_char(c)).all(is_usual)
}

/// The same chance in every run; a failing case is shown, not filed.
fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_261_101),
        max_shrink_iters: 500,
        ..Config::default()
    })
}

/// A pack of the repository with its examples, compiled once for all tests.
struct Subject {
    pair: Pair,
    examples: Vec<String>,
}

impl Subject {
    fn of(language: &str) -> Self {
        let (pack, engine) = packs::pack(language);
        let examples = texts::example_lines(&pack);
        assert!(!examples.is_empty());
        Self { pair: Pair { engine, naive: Naive::hasty(&[pack]) }, examples }
    }

    /// Holds lines made from the phrases of the pack against it.
    fn check_made_lines(&self, cases: u32) {
        let written: Vec<&Phrase> = self.pair.naive.phrases.iter().map(|phrase| &phrase.written).collect();
        let result = runner(cases).run(&Recipe::any(), |recipe| {
            match self.pair.difference(&recipe.line(&written, &self.examples)) {
                Some(difference) => Err(TestCaseError::fail(difference)),
                None => Ok(()),
            }
        });
        if let Err(error) = result {
            panic!("{error}");
        }
    }
}

static ENGLISH: LazyLock<Subject> = LazyLock::new(|| Subject::of("en"));
static DANISH: LazyLock<Subject> = LazyLock::new(|| Subject::of("da"));

#[test]
fn both_say_the_same_of_all_english_examples() {
    ENGLISH.pair.agree_on(&ENGLISH.examples);
}

#[test]
fn both_say_the_same_of_all_danish_examples() {
    DANISH.pair.agree_on(&DANISH.examples);
}

#[test]
fn both_say_the_same_of_whole_documents() {
    let lines = texts::fixture_lines();
    assert!(!lines.is_empty());
    ENGLISH.pair.agree_on(&lines);
    DANISH.pair.agree_on(&lines);
}

#[test]
fn both_say_the_same_of_lines_made_from_english_phrases() {
    ENGLISH.check_made_lines(300);
}

#[test]
fn both_say_the_same_of_lines_made_from_danish_phrases() {
    DANISH.check_made_lines(300);
}

#[test]
fn both_say_the_same_for_packs_made_by_chance() {
    let lines = prop::collection::vec(Recipe::any(), 12);
    let result = runner(150).run(&(PackRecipe::any(), lines), |(pack, lines)| {
        let pack = pack.pack();
        let templates: Vec<String> = pack.patterns.iter().map(|pattern| pattern.about.clone()).collect();
        let packs = vec![pack];
        let naive = Naive::new(&packs);
        let pair = Pair { engine: Engine::new(packs).expect("each pattern compiles alone"), naive };
        let written: Vec<&Phrase> = pair.naive.phrases.iter().map(|phrase| &phrase.written).collect();
        if written.is_empty() {
            return Ok(());
        }
        let examples = ["go go go 5 more".to_owned(), "a na na na go: x".to_owned()];
        for recipe in &lines {
            if let Some(difference) = pair.difference(&recipe.line(&written, &examples)) {
                return Err(TestCaseError::fail(format!("{difference}\n  patterns {templates:#?}")));
            }
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
