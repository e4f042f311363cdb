//! Deciding: from hits to a cleaned document.
//!
//! A [`Cleaner`] looks at all lines of a document and says which go. It only deletes: what stays is
//! byte for byte what was there, in order, and what stays together with what went is the input. Each removal names what
//! took it.
//!
//! The steps are `rows` (lines with their hits), `decide` (verdicts by patterns), `weigh` (verdicts by evidence, of
//! what patterns leave open), `guard` (too much?) and `emit` (what stays and what went).

mod blocks;
mod broad;
mod cleaned;
mod decide;
mod emit;
mod guard;
mod language;
mod options;
mod place;
mod protect;
mod repeats;
mod rows;
mod selftest;
mod signals;
mod units;
mod weigh;

pub use cleaned::{BlockPart, Cleaned, Outcome, Reason, Removal, Score, Why};
pub use options::{Level, OnGuard, Options};
pub use selftest::self_test;

use crate::document::Document;
use crate::engine::{Engine, Scratch};
use crate::evidence::Section;
use crate::patterns::{Pattern, Signal};
use crate::weights::Weights;
use std::borrow::Cow;

/// What evidence other than patterns is called where a pattern's id would stand.
pub const EVIDENCE: &str = "evidence";

/// Cleans documents with one engine and one set of options. It never changes and is shared by all threads.
///
/// ```
/// use dechaff::{Document, builtin_cleaner};
///
/// let cleaner = builtin_cleaner(Default::default())?;
/// let cleaned = cleaner.clean(&Document::new("Advertisement\n\nThe bridge was opened in 1931.\n"));
/// assert_eq!(cleaned.text, "The bridge was opened in 1931.\n");
/// assert_eq!(cleaner.pattern(&cleaned.removals[0]).unwrap().category(), "ad-label");
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Cleaner {
    engine: Engine,
    weights: Weights,
    /// What each pattern opens.
    sections: Vec<Option<Section>>,
    options: Options,
}

/// Memory that cleaning uses again from document to document; each thread has its own.
#[derive(Debug, Default)]
pub struct Buffers {
    scratch: Scratch,
    rows: rows::Rows,
    weighing: weigh::Weighing,
}

impl Cleaner {
    /// A cleaner that decides by these patterns and weights. [`Level::Patterns`] asks for no weights.
    pub fn new(engine: Engine, weights: Weights, options: Options) -> Self {
        let sections =
            engine.patterns().iter().map(|p| weights.sections.get(p.category()).copied()).collect();
        Self { engine, weights, sections, options }
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Cleans one document. Where many are cleaned, [`clean_into`](Self::clean_into) saves memory traffic.
    pub fn clean<'t>(&self, document: &Document<'t>) -> Cleaned<'t> {
        let mut text = String::new();
        let Outcome { changed, removals, signals, dropped } =
            self.clean_into(document, &mut Buffers::default(), &mut text);
        let text = if changed { Cow::Owned(text) } else { Cow::Borrowed(document.text()) };
        Cleaned { text, removals, signals, dropped }
    }

    /// Cleans one document into `out`, which is cleared first. If nothing is removed `out` stays empty and
    /// [`Outcome::changed`] is false: the document itself is the result, and need not be copied.
    pub fn clean_into<'t>(
        &self,
        document: &Document<'t>,
        buffers: &mut Buffers,
        out: &mut String,
    ) -> Outcome<'t> {
        out.clear();
        let Buffers { scratch, rows, weighing } = buffers;
        rows.fill(document, &self.engine, scratch, self.cuts_likely());
        let text = document.text();
        if rows.has_hits() {
            language::drop_foreign(rows, text, &self.engine, scratch, self.origin(document));
            decide::by_patterns(rows, text, &self.engine);
        }
        if let Some(limit) = self.limit() {
            weighing.decide(rows, document, &self.judge(limit));
        }
        let mut signals = signals::signals(rows, text, &self.engine);
        if guard::is_too_much(rows, text, &self.options) {
            signals.push(Signal::Guarded);
            match self.options.on_guard {
                OnGuard::Flag => {}
                OnGuard::Keep => return Outcome { signals, ..Outcome::default() },
                OnGuard::Drop => return Outcome { signals, dropped: true, ..Outcome::default() },
            }
        }
        let removals = emit::emit(rows, text, out);
        if !removals.is_empty() && out.trim_start_matches('\u{feff}').is_empty() {
            signals.push(Signal::Emptied);
        }
        Outcome { changed: !removals.is_empty(), removals, signals, dropped: false }
    }

    /// What is measured of each unit of a document that patterns leave open: its lines (from 1) and a value for each of
    /// [`FEATURES`](crate::evidence::FEATURES). Weights are fitted to these.
    pub fn measures(&self, document: &Document<'_>) -> Vec<(Vec<usize>, Vec<f32>)> {
        let Buffers { mut scratch, mut rows, mut weighing } = Buffers::default();
        rows.fill(document, &self.engine, &mut scratch, self.cuts_likely());
        let origin = self.origin(document);
        language::drop_foreign(&mut rows, document.text(), &self.engine, &mut scratch, origin);
        decide::by_patterns(&mut rows, document.text(), &self.engine);
        weighing.measures(&rows, document, &self.judge(0.0))
    }

    /// Whole pages are cleaned of marks that a corpus of lines keeps, such as `[edit]` after a heading.
    fn cuts_likely(&self) -> bool {
        self.options.level == Level::Thorough
    }

    fn origin<'d>(&'d self, document: &Document<'d>) -> language::Origin<'d> {
        language::Origin {
            language: document.language().or(self.options.language.as_deref()),
            host: document.host().or(self.options.site.as_deref()),
        }
    }

    fn judge(&self, limit: f32) -> weigh::Judge<'_> {
        let reasons = self.options.reasons;
        weigh::Judge {
            engine: &self.engine,
            weights: &self.weights,
            sections: &self.sections,
            limit,
            reasons,
        }
    }

    /// What a score must exceed: the logarithm of the cost of a wrong removal. None if only patterns decide.
    fn limit(&self) -> Option<f32> {
        match self.options.level {
            Level::Patterns => None,
            level => Some(self.options.cost.or_else(|| self.weights.costs.get(level.name()).copied())?.ln()),
        }
    }

    /// The pattern that took a removal; `None` for a blank line that was left behind.
    pub fn pattern(&self, removal: &Removal<'_>) -> Option<&Pattern> {
        removal.why.hit().map(|hit| self.engine.pattern(hit))
    }

    /// What took a removal, in a word: the pattern's id, or `evidence`; `None` for a blank line that was left behind.
    pub fn taken_by(&self, removal: &Removal<'_>) -> Option<&str> {
        match removal.why {
            Why::Evidence(_) | Why::Repeated(_) => Some(EVIDENCE),
            _ => self.pattern(removal).map(|pattern| pattern.id.as_str()),
        }
    }

    /// The units of a document that stay but nearly went: those of which the score is at most `margin` below what takes them. With the
    /// number of their first line, from 1.
    pub fn nearly_removed(&self, document: &Document<'_>, margin: f32) -> Vec<(usize, Score)> {
        let (mut buffers, mut out) = (Buffers::default(), String::new());
        match (
            self.limit(),
            self.clean_into(document, &mut buffers, &mut out).signals.contains(&Signal::Guarded),
        ) {
            (Some(limit), false) => buffers.weighing.nearly_taken(&self.judge(limit), margin),
            _ => Vec::new(),
        }
    }

    /// What decided a removal, in plain words, one clause for each piece of evidence.
    pub fn evidence(&self, removal: &Removal<'_>) -> Vec<String> {
        cleaned::evidence(&self.engine, removal)
    }
}
