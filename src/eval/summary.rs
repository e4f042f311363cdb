//! Many documents in a few numbers.
//!
//! Means are over documents, so that a long page counts as much as a short note. A document in which a number has no meaning, such as
//! the share of junk that went where there was none, is left out of its mean; if all are, there is no number.

use super::score::{Score, share};
use serde::Serialize;

/// A document that keeps a smaller share of its content has lost something that its reader would miss.
const KEPT_ENOUGH: f64 = 0.95;

/// Totals over documents. Shares are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many.
    pub documents: u64,
    /// How much of what was kept is gold: mean by shingles.
    pub precision: Option<f64>,
    /// How much of the gold was kept: mean by shingles.
    pub recall: Option<f64>,
    /// The harmonic mean of the two means.
    pub f1: Option<f64>,
    /// How much of the gold that was there is still there: mean by shingles.
    pub content_kept: Option<f64>,
    /// How many documents keep less than 0.95 of it.
    pub documents_losing: u64,
    /// How much of the junk went: mean by shingles, over documents that have any.
    pub junk_removed: Option<f64>,
    /// The same over all shingles of all documents.
    pub junk_removed_pooled: Option<f64>,
    /// How many of the lines that went are junk, lines that are unsure left out.
    pub line_precision: Option<f64>,
    /// How many of the junk lines went.
    pub line_recall: Option<f64>,
    /// How many of the gold lines went.
    pub gold_lines_lost: Option<f64>,
    /// Lines that are junk.
    pub junk_lines: u64,
    /// Lines that are gold.
    pub gold_lines: u64,
    /// Lines of which the gold does not tell.
    pub unsure_lines: u64,
}

impl Summary {
    /// Adds up these documents.
    pub fn of<'s>(scores: impl Iterator<Item = &'s Score> + Clone) -> Self {
        let sum = |number: fn(&Score) -> u64| scores.clone().map(number).sum::<u64>();
        let mean = |number: fn(&Score) -> Option<f64>| mean(scores.clone().filter_map(number));
        let precision = mean(|score| score.precision);
        let recall = mean(|score| score.recall);
        let (junk_gone, gold_gone) = (sum(|s| s.junk_rows_deleted), sum(|s| s.gold_rows_deleted));
        let is_losing = |score: &&Score| score.content_share().is_some_and(|kept| kept < KEPT_ENOUGH);
        let (junk, junk_left) = (sum(|s| s.junk), sum(|s| s.junk_left));
        Self {
            documents: scores.clone().count() as u64,
            precision,
            recall,
            f1: precision.zip(recall).map(|(p, r)| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }),
            content_kept: mean(Score::content_share),
            documents_losing: scores.clone().filter(is_losing).count() as u64,
            junk_removed: mean(Score::junk_share),
            junk_removed_pooled: share(junk - junk_left, junk),
            line_precision: share(junk_gone, junk_gone + gold_gone),
            line_recall: share(junk_gone, sum(|s| s.junk_rows)),
            gold_lines_lost: share(gold_gone, sum(|s| s.gold_rows)),
            junk_lines: sum(|s| s.junk_rows),
            gold_lines: sum(|s| s.gold_rows),
            unsure_lines: sum(|s| s.unsure_rows),
        }
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), number| (sum + number, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_leave_out_what_has_no_meaning() {
        let lossy = Score {
            precision: Some(0.5),
            recall: Some(1.0),
            content: 100,
            content_kept: 94,
            junk: 10,
            junk_left: 5,
            junk_rows: 4,
            junk_rows_deleted: 2,
            gold_rows: 8,
            gold_rows_deleted: 1,
            ..Score::default()
        };
        let clean = Score { content: 20, content_kept: 19, junk: 30, junk_left: 30, ..lossy.clone() };
        let emptied = Score { recall: Some(0.0), unsure_rows: 1, ..Score::default() };
        let summary = Summary::of([&lossy, &clean, &emptied].into_iter());
        let expected = Summary {
            documents: 3,
            precision: Some(0.5),
            recall: Some(2.0 / 3.0),
            f1: Some(4.0 / 7.0),
            content_kept: Some(f64::midpoint(0.94, 0.95)),
            documents_losing: 1,
            junk_removed: Some(0.25),
            junk_removed_pooled: Some(0.125),
            line_precision: Some(4.0 / 6.0),
            line_recall: Some(0.5),
            gold_lines_lost: Some(0.125),
            junk_lines: 8,
            gold_lines: 16,
            unsure_lines: 1,
        };
        assert_eq!(Summary { f1: expected.f1, ..summary.clone() }, expected);
        assert!(summary.f1.zip(expected.f1).is_some_and(|(a, b)| (a - b).abs() < 1e-12));
    }

    #[test]
    fn nothing_has_no_numbers() {
        assert_eq!(Summary::of([].into_iter()), Summary::default());
        let nothing_right = Score { precision: Some(0.0), recall: Some(0.0), ..Score::default() };
        assert_eq!(Summary::of([&nothing_right].into_iter()).f1, Some(0.0));
    }
}
