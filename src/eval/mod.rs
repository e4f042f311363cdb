//! Measuring: how well cleaning did on texts of which it is known what should be left.
//!
//! A [`Labeled`] text comes with its *gold*: what a person kept of it. [`score`] holds what cleaning kept against the gold,
//! [`Summary`] adds documents up, [`Evaluation`] is all of it. Two rulers, because each sees what the other does not: *shingles*, runs of four
//! words, count text wherever it stands and however lines are broken; *labels* say of each line whether it is gold or junk, so that
//! a removal can be called right or wrong. All of it is words: spacing and punctuation count for nothing.
//!
//! The definitions are those that evaluations of article extraction use, so that figures can be set beside theirs. Nothing here
//! decides what goes.

mod evaluation;
mod labeled;
mod labels;
mod measures;
mod score;
mod shingles;
mod summary;
mod words;

pub use evaluation::{Evaluation, FileScore, FileSummary, PatternScore, SCHEMA};
pub use labeled::Labeled;
pub use labels::{Label, label_lines};
pub use measures::{Measures, UnitMeasures, measures};
pub use score::{Score, Scored, score};
pub use summary::Summary;
