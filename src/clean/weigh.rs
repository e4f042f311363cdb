//! Evidence decides: scores for units, the best path through them, until a second cleaning would change nothing.
//!
//! The first round sees what patterns have taken, as evidence for what stands around it. Later rounds see
//! only what is left, as a second cleaning of the output would, and go on until nothing changes. So cleaning twice is cleaning
//! once at these levels too, nearly always: units that a round has found to be text for certain are not asked again.

use super::cleaned::{Score, Why};
use super::rows::{Rows, Verdict};
use super::units::Units;
use super::{decide, protect, repeats};
use crate::document::Document;
use crate::engine::Engine;
use crate::evidence::{Section, Table, Unit};
use crate::weights::{State, Weights, best_path};

/// Rounds at most. Real documents need two to four.
const MAX_ROUNDS: usize = 8;

/// What decides.
pub(super) struct Judge<'c> {
    pub engine: &'c Engine,
    pub weights: &'c Weights,
    pub sections: &'c [Option<Section>],
    /// What a score must exceed.
    pub limit: f32,
    /// Whether reasons are wanted.
    pub reasons: bool,
}

/// The memory of the decision, used again from document to document.
#[derive(Debug, Default)]
pub(super) struct Weighing {
    units: Units,
    table: Table,
    /// Units that are being scored, and the scores of all.
    open: Vec<u32>,
    scores: Vec<f32>,
    /// By row: scored as text for certain.
    is_text: Vec<bool>,
    states: Vec<State>,
    steps: Vec<[bool; 2]>,
    junk: Vec<bool>,
    shares: Vec<f32>,
}

/// Words and units of running text that a document must have for evidence to act.
const BODY_WORDS: f32 = 40.0;
const BODY_UNITS: usize = 2;

/// Whether there is enough running text to tell what stands around it. Poems, tables, price lists and notices have too
/// little; without patterns there is no knowing what of them is furniture.
fn has_body(units: &[Unit]) -> bool {
    let prose = units.iter().filter(|unit| unit.hit != Unit::GONE && unit.shape.is_prose());
    let (count, words) = prose.fold((0, 0.0), |(n, words), unit| (n + 1, words + unit.shape.words()));
    count >= BODY_UNITS && words >= BODY_WORDS
}

/// A sentence that no pattern speaks against.
fn is_plain_sentence(unit: &Unit) -> bool {
    unit.hit < Unit::LIKELY && unit.shape.is_sentence()
}

impl Weighing {
    /// Decides all rows that patterns have left open.
    pub(super) fn decide(&mut self, rows: &mut Rows, document: &Document<'_>, judge: &Judge<'_>) {
        let text = document.text();
        self.states.clear();
        self.units.look(rows, document, &judge.weights.function_words);
        self.is_text.clear();
        self.is_text.resize(rows.rows.len(), false);
        let mut is_first = true;
        for _ in 0..MAX_ROUNDS {
            self.units.put_together(rows, text, judge.engine, judge.sections, is_first);
            if !has_body(&self.units.units) {
                break;
            }
            self.table.measure(&self.units.units);
            self.weigh(rows, judge);
            best_path(&self.states, judge.weights.switch, &mut self.steps, &mut self.junk);
            let takes = self
                .junk
                .iter()
                .zip(&self.states)
                .any(|(&junk, state)| junk && matches!(state, State::Score(_)));
            if takes && protect::from_all(rows, text, judge.engine) {
                continue; // the same again, with what regions protect
            }
            let had_gone = is_first && self.units.units.iter().any(|unit| unit.hit == Unit::GONE);
            is_first = false;
            if takes {
                self.take(rows, judge);
            }
            let repeats = repeats::take(rows, text, self.units.shapes());
            if takes || repeats {
                decide::by_patterns(rows, text, judge.engine);
            } else if !had_gone {
                break;
            }
        }
    }

    /// Units that stay although the score comes near the limit, with their first line from 1.
    pub(super) fn nearly_taken(&self, judge: &Judge<'_>, margin: f32) -> Vec<(usize, Score)> {
        let mut shares = vec![0.0; Table::WIDTH];
        let units = self.states.iter().enumerate().filter_map(|(unit, state)| match state {
            State::Score(score) if *score > -margin && !self.junk[unit] => Some((unit, *score)),
            _ => None,
        });
        let near = units.map(|(unit, score)| {
            let row = self.table.row(unit);
            judge.weights.forest.shares(row, &mut shares);
            (self.units.rows_of(unit)[0] + 1, Score::new(score, row, &shares))
        });
        near.collect()
    }

    fn weigh(&mut self, rows: &Rows, judge: &Judge<'_>) {
        let units = self.units.units.len();
        let verdict = |unit: usize| rows.rows[self.units.rows_of(unit)[0]].verdict;
        self.open.clear();
        // Beyond twice the price of a change the path does not depend on how far beyond.
        let margin = 2.0 * judge.weights.switch;
        let bounds = (judge.limit - margin, judge.limit + margin);
        self.scores.clear();
        self.scores.resize(units, bounds.0 - 1.0);
        for unit in (0..units).filter(|&unit| verdict(unit) == Verdict::Open) {
            if !self.is_text[self.units.rows_of(unit)[0]] {
                self.scores[unit] = 0.0;
                self.open.push(u32::try_from(unit).unwrap_or(u32::MAX));
            }
        }
        judge.weights.forest.scores(self.table.values(), Table::WIDTH, &self.open, bounds, &mut self.scores);
        for unit in 0..units {
            // Most of a text is so plain that what goes elsewhere does not matter; it is not scored again.
            self.is_text[self.units.rows_of(unit)[0]] |= self.scores[unit] <= bounds.0 - 1.0;
        }
        self.states.clear();
        self.states.extend((0..units).map(|unit| match verdict(unit) {
            Verdict::Go(_) => State::Junk,
            Verdict::Stay => State::Text,
            // Neighbors pull labels and headlines along, and what patterns call likely junk, but never another sentence: it would have to
            // go by itself.
            Verdict::Open
                if self.scores[unit] <= judge.limit && is_plain_sentence(&self.units.units[unit]) =>
            {
                State::Text
            }
            Verdict::Open => State::Score(self.scores[unit] - judge.limit),
        }));
    }

    /// Takes what is junk on the path.
    fn take(&mut self, rows: &mut Rows, judge: &Judge<'_>) {
        for unit in 0..self.junk.len() {
            if !self.junk[unit] || !matches!(self.states[unit], State::Score(_)) {
                continue;
            }
            let why = Why::Evidence(if judge.reasons {
                let row = self.table.row(unit);
                self.shares.resize(row.len(), 0.0);
                let score = judge.weights.forest.shares(row, &mut self.shares) - judge.limit;
                Score::new(score, row, &self.shares)
            } else {
                Score { score: self.scores[unit] - judge.limit, ..Score::default() }
            });
            for &i in self.units.rows_of(unit) {
                rows.rows[i].verdict = Verdict::Go(why);
            }
        }
    }

    /// The measures of the units that patterns leave open, before evidence takes any: lines (from 1) and values.
    pub(super) fn measures(
        &mut self,
        rows: &Rows,
        document: &Document<'_>,
        judge: &Judge<'_>,
    ) -> Vec<(Vec<usize>, Vec<f32>)> {
        self.units.look(rows, document, &judge.weights.function_words);
        self.units.put_together(rows, document.text(), judge.engine, judge.sections, true);
        self.table.measure(&self.units.units);
        let open = (0..self.units.units.len())
            .filter(|&unit| rows.rows[self.units.rows_of(unit)[0]].verdict == Verdict::Open);
        let lines = |unit| self.units.rows_of(unit).iter().map(|row| row + 1).collect();
        open.map(|unit| (lines(unit), self.table.row(unit).to_vec())).collect()
    }
}
