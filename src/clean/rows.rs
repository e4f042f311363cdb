//! The lines of a document with what is known of each: hits, cuts and, in the end, a verdict.

use super::cleaned::Why;
use crate::document::Document;
use crate::engine::{Engine, Hit, Role, Scratch};
use crate::patterns::{Place, Strength};
use std::ops::Range;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Nothing has taken it.
    Open,
    /// A `keep` pattern or a region protects it.
    Stay,
    /// It goes.
    Go(Why),
}

/// One line. Positions are bytes of the document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub start: usize,
    /// Without the line ending.
    pub text_end: usize,
    pub end: usize,
    pub is_blank: bool,
    pub verdict: Verdict,
    first_hit: u32,
    last_hit: u32,
}

/// A part of a line that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub row: usize,
    pub range: Range<usize>,
    pub hit: Hit,
}

/// All lines of one document. The text itself is passed along, so that the memory serves the next one.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub rows: Vec<Row>,
    /// In order, none inside another.
    pub cuts: Vec<Cut>,
    /// What cuts leave of a row, by row.
    pub left: Vec<(usize, String)>,
    hits: Vec<Hit>,
    /// Whether regions have been looked for, see `protect.rs`.
    pub has_regions: bool,
    /// Whether likely spans are cut, too.
    cuts_likely: bool,
}

/// Cuts in one line at most. A line with more is made to cost time, and is left as it is.
const MAX_CUTS: usize = 64;

impl Rows {
    /// Splits a document and matches its lines.
    pub(super) fn fill(
        &mut self,
        document: &Document<'_>,
        engine: &Engine,
        scratch: &mut Scratch,
        cuts_likely: bool,
    ) {
        self.cuts_likely = cuts_likely;
        self.rows.clear();
        self.cuts.clear();
        self.left.clear();
        self.hits.clear();
        self.has_regions = false;
        let spans = engine.may_hold_span(document.text());
        for line in document.lines() {
            let is_blank = line.is_blank();
            let first_hit = self.hits.len();
            if !is_blank {
                engine.hits(line.text, scratch, &mut self.hits);
                if spans && engine.may_hold_span(line.text) {
                    let row = self.rows.len();
                    self.cut(row, (line.start, line.text), first_hit, engine, scratch, &|_| true);
                }
            }
            // A byte order mark belongs to the document, not to its first line.
            let mark = if line.start == 0 && line.text.starts_with('\u{feff}') { 3 } else { 0 };
            self.rows.push(Row {
                start: line.start + mark,
                text_end: line.start + line.text.len(),
                end: line.end(),
                is_blank,
                verdict: Verdict::Open,
                first_hit: narrow(first_hit),
                last_hit: narrow(self.hits.len()),
            });
        }
    }

    /// Takes spans out of a line that begins at `start`, and matches what is left of it as a line of its own.
    fn cut(
        &mut self,
        row: usize,
        (start, text): (usize, &str),
        first_hit: usize,
        engine: &Engine,
        scratch: &mut Scratch,
        is_wanted: &dyn Fn(u32) -> bool,
    ) {
        let is_sure = |hit: &Hit, wanted| engine.pattern(*hit).strength == wanted;
        // What stays whole is not cut, nor what goes whole.
        let goes = |hit: &Hit| {
            is_sure(hit, Strength::Sure) && hit.role == Role::Line && engine.pattern(*hit).place == Place::Any
        };
        if self.hits[first_hit..]
            .iter()
            .any(|hit| is_sure(hit, Strength::Keep) || (is_wanted(hit.pattern) && goes(hit)))
        {
            return;
        }
        // What is left, with where each byte of it stands in the document.
        let mut left = text.to_owned();
        let mut origins: Vec<usize> = (start..start + left.len()).collect();
        let first_cut = self.cuts.len();
        for rounds in 0.. {
            let found = engine.spans(&left);
            let may_cut = |(hit, _): &(Hit, _)| {
                let is_likely = self.cuts_likely && is_sure(hit, Strength::Likely);
                (is_likely || is_sure(hit, Strength::Sure)) && is_wanted(hit.pattern)
            };
            let Some((hit, range)) = found.into_iter().find(may_cut) else {
                break;
            };
            if rounds == MAX_CUTS {
                return self.cuts.truncate(first_cut);
            }
            for &origin in &origins[range.clone()] {
                match self.cuts[first_cut..].last_mut() {
                    Some(cut) if cut.hit == hit && cut.range.end == origin => cut.range.end += 1,
                    _ => self.cuts.push(Cut { row, range: origin..origin + 1, hit }),
                }
            }
            origins.drain(range.clone());
            left.replace_range(range, "");
        }
        if self.cuts.len() > first_cut {
            self.cuts[first_cut..].sort_by_key(|cut| cut.range.start);
            self.hits.truncate(first_hit);
            engine.hits(&left, scratch, &mut self.hits);
            self.left.push((row, left));
        }
    }

    /// Matches these rows (in order) again, with only the patterns that are wanted: what another pattern has cut out of them is put back.
    pub(super) fn match_again(
        &mut self,
        rows: &[usize],
        text: &str,
        engine: &Engine,
        scratch: &mut Scratch,
        is_wanted: &dyn Fn(u32) -> bool,
    ) {
        let is_meant = |row: usize| rows.binary_search(&row).is_ok();
        self.cuts.retain(|cut| !is_meant(cut.row));
        self.left.retain(|(row, _)| !is_meant(*row));
        for &row in rows {
            let (start, line) = (self.rows[row].start, &text[self.rows[row].start..self.rows[row].text_end]);
            let first_hit = self.hits.len();
            engine.hits(line, scratch, &mut self.hits);
            self.cut(row, (start, line), first_hit, engine, scratch, is_wanted);
            (self.rows[row].first_hit, self.rows[row].last_hit) =
                (narrow(first_hit), narrow(self.hits.len()));
        }
        self.cuts.sort_by_key(|cut| (cut.row, cut.range.start));
        self.left.sort_by_key(|(row, _)| *row);
    }

    /// The text of a row, less what is cut out of it: what a second cleaning would see.
    pub(super) fn line<'a>(&'a self, row: usize, text: &'a str) -> &'a str {
        match self.left.binary_search_by_key(&row, |(row, _)| *row) {
            Ok(i) => &self.left[i].1,
            Err(_) => &text[self.rows[row].start..self.rows[row].text_end],
        }
    }

    pub(super) fn has_hits(&self) -> bool {
        !self.hits.is_empty() || !self.cuts.is_empty()
    }

    /// Whether a pattern is sure that a row is junk, or that it opens a box.
    pub(super) fn is_sure(&self, row: &Row, engine: &Engine) -> bool {
        let is_sure = |hit: &Hit| {
            matches!(hit.role, Role::Line | Role::Open) && engine.pattern(*hit).strength == Strength::Sure
        };
        self.hits(row).iter().any(is_sure)
    }

    /// The hits of all rows.
    pub(super) fn all_hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Forgets the hits that are not wanted.
    pub(super) fn retain_hits(&mut self, is_wanted: impl Fn(&Hit) -> bool) {
        let old = std::mem::take(&mut self.hits);
        for row in &mut self.rows {
            let first = narrow(self.hits.len());
            let own = &old[row.first_hit as usize..row.last_hit as usize];
            self.hits.extend(own.iter().filter(|hit| is_wanted(hit)));
            (row.first_hit, row.last_hit) = (first, narrow(self.hits.len()));
        }
    }

    /// The hits of a row.
    pub(super) fn hits(&self, row: &Row) -> &[Hit] {
        &self.hits[row.first_hit as usize..row.last_hit as usize]
    }

    /// The first hit of a row with this role whose pattern fits.
    pub(super) fn hit(
        &self,
        row: &Row,
        role: Role,
        engine: &Engine,
        fits: impl Fn(&crate::patterns::Pattern) -> bool,
    ) -> Option<Hit> {
        self.hits(row).iter().copied().find(|&hit| hit.role == role && fits(engine.pattern(hit)))
    }
}

/// Hits are counted in 32 bits: four billion of them would need a document of many GiB.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
