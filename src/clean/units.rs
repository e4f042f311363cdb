//! Units: what is kept or removed as a whole.
//!
//! Mostly a line. Two kinds of text need more: paragraphs that were broken into lines of even width, and sentences that were
//! split at links and markup, one piece a line. Their lines are put together before they are measured, so that no
//! part of a sentence goes alone.

use super::rows::{Rows, Verdict};
use crate::document::Document;
use crate::engine::{Engine, Role};
use crate::evidence::{End, FunctionWords, Section, Shape, Start, Unit};
use crate::patterns::Strength;
use std::ops::Range;

/// Lines of a unit at most.
const MAX_ROWS: usize = 40;
/// Widths at which text is wrapped, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=120;
/// Pairs of lines that must look wrapped, and their share.
const WRAPPED_PAIRS: usize = 3;
const WRAPPED_SHARE: f64 = 0.5;
/// Characters by which a full line may miss the width or exceed it.
const SLACK: usize = 3;
/// Words of a piece of text that may be the beginning of a split sentence.
const PIECE_WORDS: f32 = 5.0;

/// The units of a document. The memory is used again.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// What is measured.
    pub units: Vec<Unit>,
    /// The rows of each unit, as a range of `visible`.
    members: Vec<Range<usize>>,
    /// Rows that count, in order.
    visible: Vec<usize>,
    /// By row: its look, and its width in characters.
    shapes: Vec<Shape>,
    widths: Vec<u32>,
    buffer: String,
}

impl Units {
    /// Measures all rows; once a document.
    pub(super) fn look(&mut self, rows: &Rows, document: &Document<'_>, words: &FunctionWords) {
        self.shapes.clear();
        self.widths.clear();
        for (i, row) in rows.rows.iter().enumerate() {
            if row.is_blank {
                self.shapes.push(Shape::default());
                self.widths.push(0);
                continue;
            }
            let line = rows.line(i, document.text());
            self.shapes.push(Shape::of(line, words, &mut self.buffer));
            let width = if line.is_ascii() { line.len() } else { line.chars().count() };
            self.widths.push(u32::try_from(width).unwrap_or(u32::MAX));
        }
    }

    /// Puts the rows together. With `gone`, rows that patterns have taken count too, as evidence for what stands around them;
    /// without, only what a second cleaning would see.
    pub(super) fn put_together(
        &mut self,
        rows: &Rows,
        text: &str,
        engine: &Engine,
        sections: &[Option<Section>],
        gone: bool,
    ) {
        self.visible.clear();
        self.units.clear();
        self.members.clear();
        let is_here =
            |i: &usize| !rows.rows[*i].is_blank && (gone || !matches!(rows.rows[*i].verdict, Verdict::Go(_)));
        self.visible.extend((0..rows.rows.len()).filter(is_here));
        let width = self.wrap_width(rows);
        let mut at = 0;
        let mut before = 0;
        while at < self.visible.len() {
            let first = self.visible[at];
            let (hit, section) = evidence(rows, first, engine, sections);
            let mut unit = Unit { shape: self.shapes[first], gap: gap(rows, before, first), hit, section };
            let mut end = at + 1;
            if rows.rows[first].verdict == Verdict::Open {
                while end < self.visible.len() && end - at < MAX_ROWS {
                    let (last, next) = (self.visible[end - 1], self.visible[end]);
                    if gap(rows, last + 1, next) > 0 || rows.rows[next].verdict != Verdict::Open {
                        break;
                    }
                    if !self.is_wrapped(last, next, width, rows, text) && !self.is_split(&unit.shape, next) {
                        break;
                    }
                    let (hit, _) = evidence(rows, next, engine, sections);
                    unit.shape.join(&self.shapes[next]);
                    unit.hit = unit.hit.min(hit);
                    end += 1;
                }
            }
            before = self.visible[end - 1] + 1;
            self.members.push(at..end);
            self.units.push(unit);
            at = end;
        }
    }

    /// The look of each row.
    pub(super) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// The rows of a unit.
    pub(super) fn rows_of(&self, unit: usize) -> &[usize] {
        &self.visible[self.members[unit].clone()]
    }

    /// The width at which the text is wrapped, if it is.
    fn wrap_width(&self, rows: &Rows) -> Option<usize> {
        let pairs = self
            .visible
            .windows(2)
            .filter(|w| gap(rows, w[0] + 1, w[1]) == 0)
            .map(|w| self.widths[w[0]] as usize)
            .filter(|&w| w >= *WIDTHS.start() * 2 / 3);
        // The width that most lines stay just below.
        let mut counts = [0usize; 122];
        let mut all = 0;
        for width in pairs {
            counts[width.min(121)] += 1;
            all += 1;
        }
        if all < WRAPPED_PAIRS || counts[121] * 20 > all {
            return None;
        }
        let mut above = counts[121];
        let width = WIDTHS.rev().find(|&w| {
            above += counts[w];
            above * 50 > all
        })?;
        let near: usize = counts[width.saturating_sub(12)..=width].iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = near as f64 / all as f64;
        (near >= WRAPPED_PAIRS && share >= WRAPPED_SHARE).then_some(width)
    }

    /// Whether `next` goes on where `last` was full.
    fn is_wrapped(&self, last: usize, next: usize, width: Option<usize>, rows: &Rows, text: &str) -> bool {
        let Some(width) = width else { return false };
        if matches!(self.shapes[next].start(), Start::Item | Start::Heading)
            || self.shapes[last].start() == Start::Heading
        {
            return false;
        }
        let word = rows.line(next, text).split_whitespace().next().map_or(0, |word| word.chars().count());
        self.widths[last] as usize + 1 + word + SLACK > width
    }

    /// Whether `next` goes on with a sentence that was split.
    fn is_split(&self, so_far: &Shape, next: usize) -> bool {
        let next_shape = &self.shapes[next];
        if matches!(so_far.end(), End::Sentence | End::Colon | End::Ellipsis)
            && next_shape.start() != Start::Continuation
        {
            return false;
        }
        let is_piece = so_far.words() >= PIECE_WORDS;
        match next_shape.start() {
            Start::Continuation => true,
            Start::Small => is_piece || next_shape.words() >= PIECE_WORDS,
            Start::Item | Start::Heading => false,
            _ => is_piece && (so_far.ends_function_word() || so_far.end() == End::Comma),
        }
    }
}

/// Blank lines between a row and the one before it: of several groups of them the first, since a removal leaves no other.
fn gap(rows: &Rows, from: usize, to: usize) -> u32 {
    let blanks = rows.rows[from..to].iter().skip_while(|row| !row.is_blank).take_while(|row| row.is_blank);
    if from == 0 { 0 } else { u32::try_from(blanks.count()).unwrap_or(u32::MAX) }
}

/// What patterns say of a row.
fn evidence(rows: &Rows, i: usize, engine: &Engine, sections: &[Option<Section>]) -> (u8, Option<Section>) {
    let row = &rows.rows[i];
    let mut strength = 0;
    let mut section = None;
    for hit in rows.hits(row).iter().filter(|hit| matches!(hit.role, Role::Line | Role::Open)) {
        let says = match engine.pattern(*hit).strength {
            Strength::Keep => continue,
            Strength::Sure => 3,
            Strength::Likely => Unit::LIKELY,
            Strength::Hint => 1,
        };
        if says >= Unit::LIKELY {
            section = section.or(sections[hit.pattern as usize]);
        }
        strength = strength.max(says);
    }
    if let Verdict::Go(why) = row.verdict {
        strength = Unit::GONE;
        section = section.or(why.hit().and_then(|hit| sections[hit.pattern as usize]));
    }
    (strength, section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Scratch;

    /// The units of a text without patterns, their lines joined by `/`.
    fn units(text: &str) -> Vec<String> {
        let engine = Engine::new(Vec::new()).ok();
        let Some(engine) = engine else { return Vec::new() };
        let document = Document::new(text);
        let mut rows = Rows::default();
        rows.fill(&document, &engine, &mut Scratch::default(), false);
        let mut units = Units::default();
        units.look(&rows, &document, &FunctionWords::new(["the", "of", "in", "and"]));
        units.put_together(&rows, text, &engine, &[], true);
        let lines =
            |unit| units.rows_of(unit).iter().map(|&row| rows.line(row, text)).collect::<Vec<_>>().join("/");
        (0..units.units.len()).map(lines).collect()
    }

    #[test]
    fn sentences_that_were_split_at_links_are_put_together() {
        assert_eq!(
            units("He was seen that day in the\nOld Harbor\n, where he bought\nfish.\nHome\nSports"),
            ["He was seen that day in the/Old Harbor/, where he bought/fish.", "Home", "Sports"]
        );
        assert_eq!(units("home\nabout us\ncontact"), ["home", "about us", "contact"], "labels are no pieces");
        assert_eq!(
            units("It was closed.\nand never opened again by anybody"),
            ["It was closed.", "and never opened again by anybody"]
        );
    }

    #[test]
    fn paragraphs_that_were_broken_at_a_width_are_put_together() {
        let text = "\
The bridge was opened in 1931 by the mayor of the town, and it
Carried Trams to the Harbor for forty years. Then nobody would
Pay for the paint, and it stood empty for as long as they both
lived in the town.

Nobody knows who painted the first of the lamps, or why it was
Green. The second lamp was painted a week later by two men who
left.

* Home
* Sports
";
        let found = units(text);
        assert_eq!(
            found.iter().map(|unit| unit.split('/').count()).collect::<Vec<_>>(),
            [4, 3, 1, 1],
            "{found:?}"
        );
    }
}
