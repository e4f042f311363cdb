//! Regions are protected: code, tables, verse and such stay, whatever is found in them.
//!
//! Looking for regions costs more than matching, so it is done at most once a document, and only if something might go that a
//! region could hold. Of single lines that patterns are sure of these are few: see [`may_hold_junk`].

use super::rows::{Row, Rows, Verdict};
use crate::document::{JunkIn, RegionLine, has_fence, may_be_item, may_hold_junk, regions};
use crate::engine::{Engine, Hit, Role};
use crate::patterns::Strength;

/// Lines on each side in which a list goes on that a line is an item of.
const NEAR_LINES: usize = 3;

/// Protects regions if patterns could take something in them.
pub(super) fn from_patterns(rows: &mut Rows, text: &str, engine: &Engine) {
    if rows.has_regions {
        return;
    }
    let is_open = |hit: &Hit| hit.role == Role::Open && engine.pattern(*hit).strength == Strength::Sure;
    let needs = || {
        !rows.cuts.is_empty()
            || rows.all_hits().iter().any(is_open)
            || has_fence(text)
            || rows
                .rows
                .iter()
                .enumerate()
                .any(|(i, row)| rows.is_sure(row, engine) && may_be_held(rows, i, text, engine))
    };
    if needs() {
        from_all(rows, text, engine);
    }
}

/// Protects regions from everything. Says whether there are new ones.
pub(super) fn from_all(rows: &mut Rows, text: &str, engine: &Engine) -> bool {
    if std::mem::replace(&mut rows.has_regions, true) {
        return false;
    }
    let line =
        |(i, row): (usize, &Row)| RegionLine { text: rows.line(i, text), is_junk: rows.is_sure(row, engine) };
    let lines: Vec<RegionLine<'_>> = rows.rows.iter().enumerate().map(line).collect();
    let regions = regions(&lines);
    for (row, _) in rows.rows.iter_mut().zip(&regions).filter(|(_, region)| region.is_some()) {
        row.verdict = Verdict::Stay;
    }
    rows.cuts.retain(|cut| regions[cut.row].is_none());
    rows.left.retain(|(row, _)| regions[*row].is_none());
    regions.iter().any(Option::is_some)
}

fn may_be_held(rows: &Rows, i: usize, text: &str, engine: &Engine) -> bool {
    match may_hold_junk(&text[rows.rows[i].start..rows.rows[i].text_end]) {
        JunkIn::Nothing => false,
        JunkIn::Anything => true,
        // An item is part of a list only where other items or an introduction are near.
        JunkIn::List => {
            let is_text = |row: &&Row| !row.is_blank && !rows.is_sure(row, engine);
            let before = rows.rows[..i].iter().rev().filter(is_text).take(NEAR_LINES);
            let mut near = before.chain(rows.rows[i + 1..].iter().filter(is_text).take(NEAR_LINES));
            near.any(|row| {
                let line = &text[row.start..row.text_end];
                line.trim_end().ends_with([':', '：']) || may_be_item(line)
            })
        }
    }
}
