//! All of a measurement, as plain data with a JSON form.
//!
//! The numbers of each document are part of it, so that measurements of several collections, or of parts of one, can be put
//! together elsewhere. Patterns are counted over all files: a false alarm is one wherever it happens.

use super::labeled::Labeled;
use super::labels::Label;
use super::score::{Score, score};
use super::summary::Summary;
use crate::clean::Cleaner;
use crate::document::Document;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The version of the JSON form. It grows when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// The name for removals that no pattern took.
const NO_PATTERN: &str = "no pattern";

/// How cleaning did on labeled texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evaluation {
    /// The version of this form, see [`SCHEMA`].
    pub schema: u32,
    /// The version of dechaff.
    pub version: &'static str,
    /// Packs used: name and version.
    pub packs: BTreeMap<String, String>,
    /// All documents together.
    pub all: Summary,
    /// Each file.
    pub files: Vec<FileSummary>,
    /// What took something, with the most false alarms first, then with the most removals.
    pub patterns: Vec<PatternScore>,
    /// Each document.
    pub documents: Vec<FileScore>,
}

/// Totals over the documents of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FileSummary {
    /// The file's name.
    pub file: String,
    /// Its totals.
    #[serde(flatten)]
    pub summary: Summary,
}

/// The numbers of a document in a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FileScore {
    /// The file's name.
    pub file: String,
    /// The document's numbers.
    #[serde(flatten)]
    pub score: Score,
}

/// What a pattern took: lines, and parts of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PatternScore {
    /// The pattern's id.
    pub pattern: String,
    /// Gold: false alarms.
    pub gold: u64,
    /// Junk.
    pub junk: u64,
    /// Of which the gold does not tell.
    pub unsure: u64,
}

impl PatternScore {
    /// All that it took.
    pub fn removals(&self) -> u64 {
        self.gold + self.junk + self.unsure
    }
}

impl Evaluation {
    /// Cleans the texts of these files, each with its name, and scores them.
    pub fn new(
        cleaner: &Cleaner,
        packs: impl IntoIterator<Item = (String, String)>,
        files: &[(String, Vec<Labeled>)],
    ) -> Self {
        let (mut documents, mut summaries) = (Vec::new(), Vec::new());
        let mut patterns: BTreeMap<&str, PatternScore> = BTreeMap::new();
        for (file, texts) in files {
            let first = documents.len();
            for labeled in texts {
                let cleaned = cleaner.clean(&Document::new(&labeled.raw));
                let scored = score(labeled, &cleaned);
                for (removal, label) in cleaned.removals.iter().zip(scored.removed) {
                    let Some(label) = label else { continue };
                    let id = cleaner.taken_by(removal).unwrap_or(NO_PATTERN);
                    let counts = patterns.entry(id).or_default();
                    match label {
                        Label::Gold => counts.gold += 1,
                        Label::Junk => counts.junk += 1,
                        Label::Unsure => counts.unsure += 1,
                    }
                }
                documents.push(FileScore { file: file.clone(), score: scored.score });
            }
            let summary = Summary::of(documents[first..].iter().map(|document| &document.score));
            summaries.push(FileSummary { file: file.clone(), summary });
        }
        let named = |(id, counts): (&str, PatternScore)| PatternScore { pattern: id.to_owned(), ..counts };
        let mut patterns: Vec<PatternScore> = patterns.into_iter().map(named).collect();
        patterns.sort_by_key(|counts| Reverse((counts.gold, counts.removals())));
        Self {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            packs: packs.into_iter().collect(),
            all: Summary::of(documents.iter().map(|document| &document.score)),
            files: summaries,
            patterns,
            documents,
        }
    }
}
