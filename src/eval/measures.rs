//! What is measured of labeled texts: the input of `scripts/fit`.

use super::labeled::Labeled;
use super::labels::{Label, label_lines};
use crate::clean::Cleaner;
use crate::document::{Document, word_count};
use serde::Serialize;
use std::collections::HashMap;

/// The measures of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Measures {
    /// The document's id.
    pub id: String,
    /// The label of each line that is not blank, in order: `+` gold, `-` junk, `?` unsure.
    pub labels: String,
    /// Its units that patterns leave open.
    pub units: Vec<UnitMeasures>,
}

/// The measures of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitMeasures {
    /// The share of its words that stand in gold lines; none if nothing is known of it.
    pub gold: Option<f64>,
    /// Its words.
    pub words: usize,
    /// Its lines, from 1.
    pub lines: Vec<usize>,
    /// A value for each of [`FEATURES`](crate::evidence::FEATURES).
    pub values: Vec<f32>,
}

/// Measures a document as the cleaner sees it.
pub fn measures(cleaner: &Cleaner, labeled: &Labeled) -> Measures {
    let labels: Vec<(usize, Label)> = label_lines(&labeled.raw, &labeled.gold);
    let by_line: HashMap<usize, Label> = labels.iter().copied().collect();
    let document = Document::new(&labeled.raw);
    let texts: Vec<&str> = document.lines().map(|line| line.text).collect();
    let unit = |(lines, values): (Vec<usize>, Vec<f32>)| {
        let (mut all, mut gold, mut known) = (0, 0, 0);
        for line in &lines {
            let count = texts.get(line - 1).map_or(0, |text| word_count(text));
            all += count;
            match by_line.get(line) {
                Some(Label::Gold) => (gold, known) = (gold + count, known + count),
                Some(Label::Junk) => known += count,
                _ => {}
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let gold = (known > 0).then(|| gold as f64 / known as f64);
        UnitMeasures { gold, words: all, lines, values }
    };
    let units = cleaner.measures(&document).into_iter().map(unit).collect();
    let label = |label: &(usize, Label)| match label.1 {
        Label::Gold => '+',
        Label::Junk => '-',
        Label::Unsure => '?',
    };
    Measures { id: labeled.id.clone(), labels: labels.iter().map(label).collect(), units }
}
