//! Telling: what a run did, as plain data that adds up.

pub mod removals;

use crate::patterns::Signal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The version of the JSON form. It grows when a field changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// What happened to one source.
#[derive(Clone, Debug, Default)]
pub struct SourceReport {
    /// Size of the source, in bytes.
    pub bytes_in: u64,
    /// Size of what was kept, in bytes.
    pub bytes_out: u64,
    /// Lines, and parts of lines, removed by each pattern: id and count.
    pub removed: BTreeMap<String, u64>,
    /// Blank lines that went with them.
    pub blank_lines: u64,
    /// What was learned about the document.
    pub signals: Vec<Signal>,
    /// Whether the guard left it out.
    pub dropped: bool,
    /// The encoding, if it was not UTF-8.
    pub encoding: Option<&'static str>,
}

/// Totals of a run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The version of this form, see [`SCHEMA`].
    pub schema: u32,
    /// The version of dechaff.
    pub version: &'static str,
    /// Packs used: name and version.
    pub packs: BTreeMap<String, String>,
    /// Sources that were cleaned.
    pub documents: u64,
    /// Their size, in bytes.
    pub bytes_in: u64,
    /// What was kept, in bytes.
    pub bytes_out: u64,
    /// Documents from which something was removed.
    pub changed: u64,
    /// Documents from which nothing was removed.
    pub untouched: u64,
    /// Documents that the guard left out.
    pub dropped: u64,
    /// Lines, and parts of lines, that went; blank lines aside.
    pub removed: u64,
    /// The same by category.
    pub by_category: BTreeMap<String, u64>,
    /// The same by pattern.
    pub by_pattern: BTreeMap<String, u64>,
    /// Blank lines that went with them.
    pub blank_lines: u64,
    /// Documents by signal.
    pub signals: BTreeMap<&'static str, u64>,
    /// Documents that were not UTF-8, by encoding.
    pub transcoded: BTreeMap<&'static str, u64>,
    /// Files that were left out, being no text or no files.
    pub skipped: u64,
    /// Sources that could not be read or written.
    pub failed: u64,
}

impl Report {
    /// An empty report of a run with these packs.
    pub fn new(packs: impl IntoIterator<Item = (String, String)>) -> Self {
        let version = env!("CARGO_PKG_VERSION");
        Self { schema: SCHEMA, version, packs: packs.into_iter().collect(), ..Self::default() }
    }

    /// Adds one source.
    pub fn add(&mut self, source: &SourceReport) {
        self.documents += 1;
        self.bytes_in += source.bytes_in;
        self.bytes_out += source.bytes_out;
        let changed = !source.removed.is_empty();
        self.changed += u64::from(changed);
        self.dropped += u64::from(source.dropped);
        self.untouched += u64::from(!changed && !source.dropped);
        self.blank_lines += source.blank_lines;
        for (pattern, count) in &source.removed {
            self.removed += count;
            let category = pattern.split('/').nth(1).unwrap_or(pattern);
            *self.by_category.entry(category.to_owned()).or_default() += count;
            *self.by_pattern.entry(pattern.clone()).or_default() += count;
        }
        for signal in &source.signals {
            *self.signals.entry(signal.name()).or_default() += 1;
        }
        if let Some(encoding) = source.encoding {
            *self.transcoded.entry(encoding).or_default() += 1;
        }
    }

    /// Documents with a signal.
    pub fn with(&self, signal: Signal) -> u64 {
        self.signals.get(signal.name()).copied().unwrap_or_default()
    }
}

/// The entries of a count with the largest first; equal counts by name.
pub fn largest_first(counts: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut sorted: Vec<(&str, u64)> = counts.iter().map(|(name, &count)| (name.as_str(), count)).collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    sorted
}
