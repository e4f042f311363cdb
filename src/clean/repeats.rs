//! Repeated headlines: the same line twice, with nothing but junk between.
//!
//! Pages print their headline for the reader, for the share bar and for the list of what others read. Once what stands between has
//! gone, the copies stand one below the other, before the text begins. The first stays. Farther down, repetition means less: refrains, tables
//! and forms repeat too, and there the copies are only one measure among others.

use super::cleaned::Why;
use super::rows::{Rows, Verdict};
use crate::document::is_prose;
use crate::evidence::Shape;

/// Words that a line must have: labels repeat for good reasons.
const MIN_WORDS: f32 = 4.0;

/// Takes second copies before the first running text. `shapes` has the look of each row. Says whether there were any.
pub(super) fn take(rows: &mut Rows, text: &str, shapes: &[Shape]) -> bool {
    let mut changed = false;
    let mut above: Option<usize> = None;
    for (i, shape) in shapes.iter().enumerate() {
        let row = rows.rows[i];
        if row.is_blank || matches!(row.verdict, Verdict::Go(_)) {
            continue;
        }
        if is_prose(rows.line(i, text)) {
            break;
        }
        match above {
            Some(first)
                if row.verdict == Verdict::Open
                    && shape.words() >= MIN_WORDS
                    && rows.line(i, text).trim() == rows.line(first, text).trim() =>
            {
                rows.rows[i].verdict = Verdict::Go(Why::Repeated(first + 1));
                changed = true;
            }
            _ => above = Some(i),
        }
    }
    changed
}
