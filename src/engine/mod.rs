//! Matching: many patterns against one line, at a cost that does not grow with their number.
//!
//! An [`Engine`] is compiled once, never changes, and is shared by all threads; other patterns mean another
//! engine. For each line it gives [`Hit`]s. What becomes of the line is decided in [`crate::clean`].
//!
//! How a line is matched depends on its length in bytes, and this is part of the pattern format:
//!
//! * up to [`SHORT_LINE_BYTES`]: the line is folded into its [`Key`] and compared with everything;
//! * up to [`LONG_LINE_BYTES`]: only with phrases that begin with fixed text, two bytes of it at least. The beginning of the line is folded
//!   first, and the rest only if such a phrase begins that way, which in running text is rare;
//! * beyond: only with spans, and from [`SPAN_LINE_BYTES`] on with nothing.
//!
//! Three quarters of the bytes of real text stand in long paragraphs, so this decides the speed.

mod compile;
mod gate;
mod holes;
mod index;
mod needles;
mod phrase;
mod regexes;
mod spans;
mod tree;

use crate::document::{Key, word_count};
use crate::patterns::{Pack, Pattern, Phrasing, Problem};
use holes::{Holes, View};
use index::{Asked, Index, Side};
use phrase::{Compiled, Lazy};
use spans::Spans;
use std::ops::Range;
use std::sync::Arc;

/// Lines up to this length are compared with all phrases.
pub const SHORT_LINE_BYTES: usize = 256;
/// Lines up to this length are compared with phrases that begin with fixed text.
pub const LONG_LINE_BYTES: usize = 2048;
/// Lines up to this length are searched for spans.
pub const SPAN_LINE_BYTES: usize = 64 << 10;
/// Bytes of a long line that are folded first.
const HEAD_BYTES: usize = 64;
/// Bytes that the folded beginning must have to be asked instead of the whole key.
const MIN_HEAD_KEY_BYTES: usize = 16;

/// What a phrase that was hit stands for in its pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The pattern describes this line.
    Line,
    /// The pattern describes a part of this line.
    Span,
    /// The line opens the pattern's block.
    Open,
    /// The line may follow in the block.
    Follow,
    /// The line closes the block.
    Close,
    /// The line ends the block and is not part of it.
    Stop,
}

/// A pattern found in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    /// The pattern's number in [`Engine::patterns`].
    pub pattern: u32,
    /// What was found of it.
    pub role: Role,
    /// Which of its phrasings, in the order of [`Pattern::phrasings`].
    pub phrasing: u32,
}

#[derive(Clone, Debug)]
enum Test {
    /// The index has compared the whole key.
    Whole,
    Phrase(Compiled),
    Template(Lazy),
    Regex(regexes::Lazy),
}

#[derive(Clone, Debug)]
struct Tested {
    pattern: u32,
    phrasing: u32,
    role: Role,
    test: Test,
}

/// Compiled patterns.
#[derive(Debug)]
pub struct Engine {
    patterns: Vec<Pattern>,
    /// By pattern, the language of its pack.
    languages: Vec<Option<Arc<str>>>,
    tested: Vec<Tested>,
    index: Index,
    spans: Spans,
}

/// Memory that matching uses again from line to line; each thread has its own.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    key: Key,
    candidates: Vec<u32>,
}

impl Engine {
    /// Compiles the patterns of `packs`.
    ///
    /// # Errors
    /// All problems of phrases that cannot be compiled: those that fold to nothing or have too little fixed
    /// text, regexes that are too large, packs over the limits of `patterns/README.md`.
    pub fn new(packs: Vec<Pack>) -> Result<Self, Vec<Problem>> {
        let mut builder = compile::Builder::default();
        let mut number = 0;
        for pack in &packs {
            let holes = Arc::new(Holes::new(&pack.words));
            for pattern in &pack.patterns {
                builder.add(pattern, number, &holes);
                number += 1;
            }
        }
        let language = |pack: &Pack| pack.language.as_deref().map(Arc::<str>::from);
        let languages =
            packs.iter().flat_map(|pack| std::iter::repeat_n(language(pack), pack.patterns.len()));
        let languages = languages.collect();
        builder.finish(packs, languages)
    }

    /// Compiles all regexes now, to say which of them are too large. A run compiles those that a text comes near to.
    pub fn check_regexes(&self) -> Vec<Problem> {
        let is_too_large = |tested: &&Tested| matches!(&tested.test, Test::Regex(regex) if !regex.compiles());
        let problem = |tested: &Tested| {
            let pattern = &self.patterns[tested.pattern as usize];
            let line = pattern
                .phrasings()
                .nth(tested.phrasing as usize)
                .map_or(pattern.line, |phrasing| phrasing.line);
            Problem::error(&pattern.file, line, "regex is too large")
                .of(&pattern.id)
                .hint(regexes::TOO_LARGE_HINT)
        };
        self.tested.iter().filter(is_too_large).map(problem).collect()
    }

    /// All patterns, in the order of their packs.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The language that a pattern is for, if its pack is for one (ISO 639-1).
    pub fn language(&self, pattern: u32) -> Option<&str> {
        self.languages.get(pattern as usize)?.as_deref()
    }

    /// The pattern of a hit.
    pub fn pattern(&self, hit: Hit) -> &Pattern {
        &self.patterns[hit.pattern as usize]
    }

    /// The phrase of a hit, as it is written in the pack.
    pub fn phrasing(&self, hit: Hit) -> Option<&Phrasing> {
        self.pattern(hit).phrasings().nth(hit.phrasing as usize)
    }

    /// Adds to `out` the hits of a line, each pattern and role once, in the order of the patterns. Spans are
    /// found by [`Engine::spans`].
    #[inline]
    pub fn hits(&self, line: &str, scratch: &mut Scratch, out: &mut Vec<Hit>) {
        scratch.candidates.clear();
        let is_short = line.len() <= SHORT_LINE_BYTES;
        if !is_short && (line.len() > LONG_LINE_BYTES || !self.may_begin(line, scratch)) {
            return;
        }
        let Scratch { key, candidates } = scratch;
        key.set(line);
        let text = key.text();
        if text.is_empty() {
            return;
        }
        candidates.extend(self.index.whole(text));
        let asked = Asked::new(text, !is_short);
        if is_short {
            self.index.edge(Side::Start, &asked, candidates);
            self.index.edge(Side::End, &asked, candidates);
            self.index.inside(&asked, candidates);
        } else {
            self.index.long(&asked, candidates);
        }
        if !candidates.is_empty() {
            let pairs = asked.pairs();
            self.confirm(View { key, line, pairs }, candidates, out);
        }
    }

    /// Whether a phrase begins with the beginning of a long line. Cheap, and never wrong when it says no.
    fn may_begin(&self, line: &str, scratch: &mut Scratch) -> bool {
        let Some(cut) = line[..line.floor_char_boundary(HEAD_BYTES)].rfind(char::is_whitespace) else {
            return true;
        };
        // A link may be cut in two; its text could then be seen only with the whole line.
        if line[..cut].contains('[') {
            return true;
        }
        scratch.key.set(&line[..cut]);
        let head = scratch.key.text();
        if head.len() < MIN_HEAD_KEY_BYTES {
            return true;
        }
        self.index.may_begin(head)
    }

    /// Turns candidates into hits.
    fn confirm(&self, view: View<'_>, candidates: &mut Vec<u32>, out: &mut Vec<Hit>) {
        candidates.sort_unstable();
        candidates.dedup();
        let first = out.len();
        let mut words = None;
        for tested in candidates.iter().map(|&number| &self.tested[number as usize]) {
            let known = |hit: &Hit| hit.pattern == tested.pattern && hit.role == tested.role;
            if out[first..].iter().any(known) {
                continue;
            }
            let fits = match &tested.test {
                Test::Whole => true,
                Test::Phrase(phrase) => phrase.find(view).is_some(),
                Test::Template(template) => template.is_in(view),
                Test::Regex(regex) => regex.is_match(view.text()),
            };
            let max_words = self.patterns[tested.pattern as usize].max_words;
            if fits
                && max_words.is_none_or(|most| *words.get_or_insert_with(|| word_count(view.text())) <= most)
            {
                out.push(Hit { pattern: tested.pattern, role: tested.role, phrasing: tested.phrasing });
            }
        }
    }

    /// Whether a span may stand in `text`, a line or a whole document. Cheap, and never wrong when it says no.
    pub fn may_hold_span(&self, text: &str) -> bool {
        self.spans.may_hold(text)
    }

    /// The spans in a line, with the bytes that each takes.
    pub fn spans(&self, line: &str) -> Vec<(Hit, Range<usize>)> {
        if line.len() > SPAN_LINE_BYTES {
            return Vec::new();
        }
        let found = self.spans.find(line).into_iter().map(|(number, range)| {
            let tested = &self.tested[number as usize];
            (Hit { pattern: tested.pattern, role: Role::Span, phrasing: tested.phrasing }, range)
        });
        found
            .filter(|(hit, _)| self.pattern(*hit).max_words.is_none_or(|most| word_count(line) <= most))
            .collect()
    }
}
