//! The last check: a document that would lose too much of its text is kept whole.
//!
//! Judged on prose and as a share: short labels may well be the most of the lines, and a fixed number of
//! characters would be fooled by a long footer.

use super::options::Options;
use super::rows::{Rows, Verdict};
use crate::document::is_prose;

/// Whether more of the prose would go than the options allow.
pub(super) fn is_too_much(rows: &Rows, text: &str, options: &Options) -> bool {
    let (mut all, mut gone) = (0usize, 0usize);
    for row in &rows.rows {
        let line = &text[row.start..row.text_end];
        if is_prose(line) {
            all += line.len();
            if matches!(row.verdict, Verdict::Go(_)) {
                gone += line.len();
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of up to 2^52 bytes")]
    let share = gone as f64 / all.max(1) as f64;
    share > options.max_loss
}
