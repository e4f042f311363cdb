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
mod filing;
mod gate;
mod holes;
mod index;
mod needles;
mod phrase;
mod regexes;
mod spans;
mod tree;

use crate::document::{Key, word_count};
use crate::patterns::{Form, Pack, Pattern, Phrasing, Problem, Test, Words};
use holes::{Holes, View};
use index::{Asked, Index, Side};
use phrase::Folded;
use spans::Spans;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

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

/// A phrase of a pattern in its place.
#[derive(Debug)]
struct Tested {
    pattern: u32,
    phrasing: u32,
    role: Role,
    test: Test,
    /// Made ready when a line first comes near it: a run needs few of thousands.
    folded: OnceLock<Box<Folded>>,
}

/// The holes of a pack, made from its word lists when they are first needed.
#[derive(Debug)]
struct PackHoles {
    words: Words,
    holes: OnceLock<Holes>,
}

impl PackHoles {
    fn get(&self) -> &Holes {
        self.holes.get_or_init(|| Holes::new(&self.words))
    }
}

/// Compiled patterns.
#[derive(Debug)]
pub struct Engine {
    patterns: Vec<Pattern>,
    /// By pattern, the number of its pack.
    of_pack: Vec<usize>,
    /// By pack, its language, its site and its holes.
    languages: Vec<Option<Arc<str>>>,
    sites: Vec<Option<Arc<str>>>,
    holes: Vec<PackHoles>,
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

/// Works out beforehand how the phrases of a pack are filed, so that compiling it takes a fraction of the time. For a pack that is
/// stored and read again; [`Engine::new`] does it for others.
/// Returns what is wrong with phrases that cannot be compiled, as [`Engine::new`] does.
pub fn file_phrases(pack: &mut Pack) -> Vec<Problem> {
    let mut builder = compile::Builder::default();
    pack.filing = Some(builder.file(pack, &Holes::new(&pack.words)));
    builder.problems()
}

impl Engine {
    /// Compiles the patterns of `packs`.
    ///
    /// # Errors
    /// All problems of phrases that cannot be compiled: those that fold to nothing or have too little fixed
    /// text, regexes that are too large, packs over the limits of `patterns/README.md`.
    pub fn new(mut packs: Vec<Pack>) -> Result<Self, Vec<Problem>> {
        let mut builder = compile::Builder::default();
        let mut holes = Vec::new();
        for pack in &mut packs {
            let of_pack = PackHoles { words: std::mem::take(&mut pack.words), holes: OnceLock::new() };
            builder.add(pack, &of_pack);
            holes.push(of_pack);
        }
        builder.finish(packs, holes)
    }

    /// Compiles all regexes now, to say which of them are too large. A run compiles those that a text comes near to.
    pub fn check_regexes(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for tested in &self.tested {
            let pattern = &self.patterns[tested.pattern as usize];
            let regex = self.written(tested).filter(|phrasing| matches!(phrasing.form, Form::Regex(_)));
            if let (Some(phrasing), Folded::Regex(None)) = (regex, self.folded(tested)) {
                let problem = Problem::error(&pattern.file, phrasing.line, "regex is too large");
                problems.push(problem.of(&pattern.id).hint(regexes::TOO_LARGE_HINT));
            }
        }
        problems
    }

    fn written(&self, tested: &Tested) -> Option<&Phrasing> {
        self.patterns[tested.pattern as usize].phrasings().nth(tested.phrasing as usize)
    }

    fn folded<'e>(&'e self, tested: &'e Tested) -> &'e Folded {
        tested.folded.get_or_init(|| {
            let holes = self.holes[self.of_pack[tested.pattern as usize]].get();
            let fold = |phrasing| Folded::new(phrasing, tested.test, holes);
            Box::new(self.written(tested).map_or(Folded::Phrases(Vec::new()), fold))
        })
    }

    /// All patterns, in the order of their packs.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The language that a pattern is for, if its pack is for one (ISO 639-1).
    pub fn language(&self, pattern: u32) -> Option<&str> {
        self.languages[*self.of_pack.get(pattern as usize)?].as_deref()
    }

    /// The domain that a pattern is for, if its pack is for one site.
    pub fn site(&self, pattern: u32) -> Option<&str> {
        self.sites[*self.of_pack.get(pattern as usize)?].as_deref()
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
        self.index.whole(text, candidates);
        let asked = Asked::new(text, !is_short);
        self.index.edge(Side::Start, &asked, candidates);
        if is_short {
            self.index.edge(Side::End, &asked, candidates);
            self.index.inside(&asked, candidates);
        }
        if !candidates.is_empty() {
            self.confirm((key, line, &asked), candidates, out);
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
    fn confirm(
        &self,
        (key, line, asked): (&Key, &str, &Asked<'_>),
        candidates: &mut Vec<u32>,
        out: &mut Vec<Hit>,
    ) {
        candidates.sort_unstable();
        candidates.dedup();
        let first = out.len();
        let mut words = None;
        for tested in candidates.iter().map(|&number| &self.tested[number as usize]) {
            let known = |hit: &Hit| hit.pattern == tested.pattern && hit.role == tested.role;
            if out[first..].iter().any(known) {
                continue;
            }
            if self.patterns[tested.pattern as usize].is_off {
                continue;
            }
            let fits = match tested.test {
                Test::Whole => self.folded(tested).is(key.text()),
                Test::Phrase | Test::Span => {
                    self.folded(tested).is_in(View { key, line, pairs: asked.pairs() })
                }
            };
            let max_words = self.patterns[tested.pattern as usize].max_words;
            if fits
                && max_words.is_none_or(|most| *words.get_or_insert_with(|| word_count(key.text())) <= most)
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
        let candidates = self.spans.candidates(line);
        if candidates.is_empty() {
            return Vec::new();
        }
        let folded = |&number: &u32| (number, self.folded(&self.tested[number as usize]));
        let found = spans::find(line, candidates.iter().map(folded)).into_iter().map(|(number, range)| {
            let tested = &self.tested[number as usize];
            (Hit { pattern: tested.pattern, role: Role::Span, phrasing: tested.phrasing }, range)
        });
        found
            .filter(|(hit, _)| !self.pattern(*hit).is_off)
            .filter(|(hit, _)| self.pattern(*hit).max_words.is_none_or(|most| word_count(line) <= most))
            .collect()
    }
}
