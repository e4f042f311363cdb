//! The last check: a document that would lose too much of its text is kept whole.
//!
//! Judged on prose and as a share: short labels may well be the most of the lines, and a fixed number of
//! characters would be fooled by a long footer.

use super::options::Options;
use super::rows::{Rows, Verdict};
use crate::document::is_prose;

/// Whether more of the prose would go than the options allow.
pub(super) fn is_too_much(rows: &Rows, text: &str, options: &Options) -> bool {
    let prose = |gone: bool| -> usize {
        let counted =
            (0..rows.rows.len()).filter(|&i| matches!(rows.rows[i].verdict, Verdict::Go(_)) == gone);
        counted.map(|i| rows.line(i, text)).filter(|line| is_prose(line)).map(str::len).sum()
    };
    let gone = prose(true);
    if gone == 0 {
        return false; // nearly always, and it spares a look at all the text
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of up to 2^52 bytes")]
    let share = gone as f64 / (gone + prose(false)) as f64;
    share > options.max_loss.unwrap_or_else(|| options.level.max_loss())
}
