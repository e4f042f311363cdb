//! One document: what cleaning kept, held against its gold.
//!
//! Shingles are taken of the whole cleaned text, so that a cut within a line counts too. Lines are not looked for in
//! the cleaned text: the removals say which went. A line is deleted when none of its words is left.

use super::labeled::Labeled;
use super::labels::{Label, Labels};
use super::shingles::Shingles;
use super::words::Vocabulary;
use crate::clean::Cleaned;
use serde::Serialize;

/// The numbers of one document. Shingles are runs of four words; lines are counted if they are not blank.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// The document's name.
    pub id: String,
    /// The share of what was kept that is gold, by shingles; none if nothing was kept.
    pub precision: Option<f64>,
    /// The share of the gold that was kept, by shingles; none if there is no gold.
    pub recall: Option<f64>,
    /// Shingles of the gold that the raw text has.
    pub content: u64,
    /// Those that are still there.
    pub content_kept: u64,
    /// Shingles of the raw text that are not gold.
    pub junk: u64,
    /// Those that are still there.
    pub junk_left: u64,
    /// Lines that are junk.
    pub junk_rows: u64,
    /// Those that went.
    pub junk_rows_deleted: u64,
    /// Lines that are gold.
    pub gold_rows: u64,
    /// Those that went.
    pub gold_rows_deleted: u64,
    /// Lines of which the gold does not tell.
    pub unsure_rows: u64,
}

impl Score {
    /// The share of the content that is still there.
    pub fn content_share(&self) -> Option<f64> {
        share(self.content_kept, self.content)
    }

    /// The share of the junk that went.
    pub fn junk_share(&self) -> Option<f64> {
        share(self.junk.saturating_sub(self.junk_left), self.junk)
    }
}

/// The score of a document, and whether each removal was right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The numbers.
    pub score: Score,
    /// For each removal, in order, what went: a line's label, or that of the part. None for a blank line.
    pub removed: Vec<Option<Label>>,
}

/// Scores what cleaning has made of a text.
///
/// ```
/// use dechaff::eval::{Label, Labeled, score};
/// use dechaff::{Document, Options, builtin_cleaner};
///
/// let cleaner = builtin_cleaner(Options::default())?;
/// let text = r#"{"id": "bridge", "raw": "Advertisement\n\nThe bridge was opened in 1931.", "gold": "The bridge was opened in 1931."}"#;
/// let labeled = Labeled::parse(text)?;
/// let scored = score(&labeled, &cleaner.clean(&Document::new(&labeled.raw)));
/// assert_eq!(scored.removed, [Some(Label::Junk), None]);
/// assert_eq!(scored.score.precision, Some(1.0));
/// # Ok::<(), dechaff::Error>(())
/// ```
pub fn score(labeled: &Labeled, cleaned: &Cleaned<'_>) -> Scored {
    let mut vocabulary = Vocabulary::default();
    let raw_words = vocabulary.words(&labeled.raw);
    let gold_words = vocabulary.words(&labeled.gold);
    let kept_words = vocabulary.words(&cleaned.text);
    let [raw, gold, kept] = [&raw_words, &gold_words, &kept_words].map(|words| Shingles::new(&words.exact));
    let content = gold.common(&raw);
    let junk = raw.without(&gold);
    let right = gold.common(&kept).len();
    let mut score = Score {
        id: labeled.id.clone(),
        precision: share(right, kept.len()),
        recall: share(right, gold.len()),
        content: content.len(),
        content_kept: content.common(&kept).len(),
        junk: junk.len(),
        junk_left: junk.common(&kept.without(&gold)).len(),
        ..Score::default()
    };

    let labels = Labels::new(&labeled.raw, &raw_words, &labeled.gold, &gold_words);
    let mut words_gone = vec![0; labels.rows.len()];
    let mut removed = Vec::with_capacity(cleaned.removals.len());
    for removal in &cleaned.removals {
        let words = raw_words.within(removal.offset..removal.offset + removal.text.len());
        let row = labels.rows.binary_search_by_key(&removal.line, |row| row.line).ok();
        removed.push(row.map(|i| {
            words_gone[i] += words.len();
            let row = &labels.rows[i];
            if words == row.words { row.label } else { labels.of_part(words) }
        }));
    }
    for (row, gone) in labels.rows.iter().zip(words_gone) {
        let is_deleted = u64::from(gone > 0 && gone == row.words.len());
        match row.label {
            Label::Gold => {
                score.gold_rows += 1;
                score.gold_rows_deleted += is_deleted;
            }
            Label::Junk => {
                score.junk_rows += 1;
                score.junk_rows_deleted += is_deleted;
            }
            Label::Unsure => score.unsure_rows += 1,
        }
    }
    Scored { score, removed }
}

/// A part of a whole; none of nothing.
#[expect(clippy::cast_precision_loss, reason = "shown to four digits")]
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::{Removal, Why};

    /// Takes these parts, each with the number of its line, out of a text.
    fn scored(raw: &str, gold: &str, parts: &[(usize, &'static str)]) -> Scored {
        let (mut text, mut removals, mut at) = (String::new(), Vec::new(), 0);
        for &(line, part) in parts {
            let offset = at + raw[at..].find(part).unwrap();
            text.push_str(&raw[at..offset]);
            removals.push(Removal { line, offset, text: part, why: Why::Blank });
            at = offset + part.len();
        }
        text.push_str(&raw[at..]);
        let labeled = Labeled { id: "a".into(), raw: raw.into(), gold: gold.into() };
        score(&labeled, &Cleaned { text: text.into(), removals, signals: Vec::new(), dropped: false })
    }

    const RAW: &str = "Share this page now\n\nThe bridge was opened in 1931 (Wire)\nAlso read: ten bridges\n";
    const GOLD: &str = "The bridge was opened in 1931";

    #[test]
    fn what_stays_is_held_against_the_gold() {
        // 15 words and 12 shingles, 3 of which are the gold's.
        let score = scored(RAW, GOLD, &[]).score;
        assert_eq!((score.content, score.content_kept, score.junk, score.junk_left), (3, 3, 9, 9));
        assert_eq!((score.precision, score.recall), (Some(0.25), Some(1.0)));
        assert_eq!((score.junk_rows, score.gold_rows, score.unsure_rows), (2, 1, 0));
        assert_eq!((score.junk_rows_deleted, score.gold_rows_deleted), (0, 0));

        // 11 words stay, 8 shingles; the 4 of the first line's words went.
        let Scored { score, removed } = scored(RAW, GOLD, &[(1, "Share this page now\n"), (2, "\n")]);
        assert_eq!((score.content_kept, score.junk_left), (3, 5));
        assert_eq!((score.precision, score.recall), (Some(0.375), Some(1.0)));
        assert_eq!((score.junk_rows_deleted, score.gold_rows_deleted), (1, 0));
        assert_eq!(removed, [Some(Label::Junk), None]);

        // The gold goes too: 4 words stay, of the junk.
        let parts = [(1, "Share this page now\n"), (3, "The bridge was opened in 1931 (Wire)\n")];
        let Scored { score, removed } = scored(RAW, GOLD, &parts);
        assert_eq!((score.content_kept, score.junk_left), (0, 1));
        assert_eq!((score.precision, score.recall), (Some(0.0), Some(0.0)));
        assert_eq!((score.junk_rows_deleted, score.gold_rows_deleted), (1, 1));
        assert_eq!(removed, [Some(Label::Junk), Some(Label::Gold)]);
    }

    #[test]
    fn a_part_is_judged_by_itself() {
        let Scored { score, removed } = scored(RAW, GOLD, &[(3, " (Wire)")]);
        assert_eq!((score.junk_rows_deleted, score.gold_rows_deleted), (0, 0));
        assert_eq!(removed, [Some(Label::Junk)]);
        let Scored { score, removed } =
            scored(RAW, GOLD, &[(3, "in 1931"), (4, "Also read: "), (4, "ten bridges")]);
        assert_eq!((score.junk_rows_deleted, score.gold_rows_deleted), (1, 0), "a line goes in two parts");
        assert_eq!(removed, [Some(Label::Gold), Some(Label::Junk), Some(Label::Junk)]);
        let removed = scored("The bridge was opened.", "The bridge was opened", &[(1, ".")]).removed;
        assert_eq!(removed, [Some(Label::Unsure)], "no word");
    }

    #[test]
    fn texts_of_few_words_or_none_have_a_score() {
        let score = scored("It rained", "It rained", &[]).score;
        assert_eq!((score.precision, score.recall, score.content, score.junk), (Some(1.0), Some(1.0), 1, 0));
        let score = scored("It rained\nMenu", "It rained", &[(2, "Menu")]).score;
        // The three words of the raw text are one shingle, and it is not the gold's.
        assert_eq!((score.precision, score.recall, score.content, score.junk), (Some(1.0), Some(1.0), 0, 1));
        let score = scored("Menu", "", &[(1, "Menu")]).score;
        assert_eq!((score.precision, score.recall, score.junk, score.junk_left), (None, None, 1, 0));
        let score = scored("Menu", "", &[]).score;
        assert_eq!((score.precision, score.recall, score.junk_left), (Some(0.0), None, 1));
    }
}
