//! Tables that lost their rows: every cell stands on a line of its own, as scrapers dump them that know no layout.
//!
//! What is left of the table is its rhythm: numbers and words come again in the same order, row by row. Menus have no numbers,
//! lists of headlines and prices have rows of two; so a row needs three cells, and there must be many of them.

use super::Region;
use super::rows::{Marks, Row};
use crate::document::{ends_sentence, word_count};

/// Cells of a row.
const PERIODS: std::ops::RangeInclusive<usize> = 3..=12;
/// Rows of the table.
const MIN_ROWS: usize = 6;
/// Bytes and words of a cell.
const MAX_CELL: usize = 60;
const MAX_WORDS: usize = 6;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    Number,
    Words,
    /// The line is no cell.
    None,
}

/// Marks stretches in which the kinds of cells repeat.
pub(super) fn find(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let cells: Vec<Cell> = rows.iter().map(|row| cell(row.text)).collect();
    // Most texts have too few numbers for any of this.
    if cells.iter().filter(|&&cell| cell == Cell::Number).count() < MIN_ROWS {
        return;
    }
    for period in PERIODS {
        let mut start = 0;
        for i in 0..cells.len() {
            let repeats = cells[i] != Cell::None && cells.get(i + period) == Some(&cells[i]);
            if repeats {
                continue;
            }
            // Rows from `start` on are repeated by those one period further, of which the last is before `i + period`.
            let has = |kind| cells[start..i].iter().take(period).any(|&cell| cell == kind);
            if i >= start + (MIN_ROWS - 1) * period && has(Cell::Number) && has(Cell::Words) {
                marks.protect(&rows[start..i + period], Region::Table);
            }
            start = i + 1;
        }
    }
}

fn cell(text: &str) -> Cell {
    if text.len() > MAX_CELL {
        return Cell::None;
    }
    let (mut digits, mut letters) = (0, 0);
    for c in text.chars() {
        digits += usize::from(c.is_numeric());
        letters += usize::from(c.is_alphabetic());
    }
    if digits > 0 && letters <= 1 {
        Cell::Number
    } else if letters > 0 && word_count(text) <= MAX_WORDS && !ends_sentence(text) {
        Cell::Words
    } else {
        Cell::None
    }
}
