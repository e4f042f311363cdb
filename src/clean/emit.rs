//! What stays and what went, byte for byte.
//!
//! Between two lines that stay, the removal of lines can leave two groups of blank lines: the first is kept,
//! the rest go too. At the beginning and the end of a document none is kept. Blank lines where nothing was removed
//! are not touched.

use super::cleaned::{Removal, Why};
use super::rows::{Row, Rows, Verdict};

/// Writes what stays to `out` and returns what went, in order.
pub(super) fn emit<'t>(rows: &mut Rows, text: &'t str, out: &mut String) -> Vec<Removal<'t>> {
    drop_left_blanks(rows);
    let mut removals = Vec::new();
    let mut copied = 0; // everything before is in `out` or in a removal
    let mut cuts = rows.cuts.iter().peekable();
    for (i, row) in rows.rows.iter().enumerate() {
        let mut remove = |range: std::ops::Range<usize>, why| {
            out.push_str(&text[copied..range.start]);
            copied = range.end;
            removals.push(Removal { line: i + 1, offset: range.start, text: &text[range], why });
        };
        match row.verdict {
            Verdict::Go(why) => {
                while cuts.next_if(|cut| cut.row == i).is_some() {}
                remove(row.start..row.end, why);
            }
            _ => {
                while let Some(cut) = cuts.next_if(|cut| cut.row == i) {
                    remove(cut.range.clone(), Why::Span(cut.hit));
                }
            }
        }
    }
    out.push_str(&text[copied..]);
    removals
}

/// Marks the blank lines that removals would leave behind, and lines of which cuts leave nothing.
fn drop_left_blanks(rows: &mut Rows) {
    for cut in &rows.cuts {
        let row = &mut rows.rows[cut.row];
        if cut.range == (row.start..row.text_end) && row.verdict == Verdict::Open {
            row.verdict = Verdict::Go(Why::Span(cut.hit));
        }
    }
    let rows = &mut rows.rows;
    let mut start = 0;
    while start < rows.len() {
        if stays(&rows[start]) {
            start += 1;
            continue;
        }
        let gap = rows[start..].iter().position(stays).map_or(rows.len(), |n| start + n);
        if rows[start..gap].iter().any(|row| matches!(row.verdict, Verdict::Go(_))) {
            let is_edge = start == 0 || gap == rows.len();
            let mut keeps = !is_edge;
            let mut in_kept_group = false;
            for row in &mut rows[start..gap] {
                if !row.is_blank {
                    keeps &= !in_kept_group;
                } else if keeps {
                    in_kept_group = true;
                } else {
                    row.verdict = Verdict::Go(Why::Blank);
                }
            }
        }
        start = gap;
    }
}

/// A line with text that stays.
fn stays(row: &Row) -> bool {
    !row.is_blank && !matches!(row.verdict, Verdict::Go(_))
}
