//! Where a phrase is filed in the engine's index.
//!
//! The engine works it out ([`crate::engine`]), which takes longer than all else in starting up. So it is kept with the phrase, and
//! the built-in packs bring theirs along. Here is only what it is made of.

use serde::{Deserialize, Serialize};

/// How a phrase is tested and what leads to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Filing {
    pub test: Test,
    /// Each with what a key must be like besides.
    pub leads: Vec<(Lead, Gate)>,
}

/// What remains to be done where a needle has led to a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Test {
    /// Nothing: the needle is the whole key.
    Whole,
    /// The phrase is matched.
    Phrase,
    /// The phrase is looked for in the line as it is.
    Span,
}

/// What a line is asked for to come to a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lead {
    /// The whole key.
    Whole(String),
    /// A clue: a hash of a few bytes of the key, and of where they stand.
    Clue(u64),
    /// Text anywhere in the key.
    Inside(String),
    /// A word after a mark, for spans.
    AfterMark(String),
}

/// A set of classes of pairs of neighboring bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Pairs(pub [u64; 2]);

/// What a key must be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Gate {
    /// What it holds.
    pub pairs: Pairs,
    /// Its bytes, at least and at most. No key is longer than `u16` can say.
    pub length: (u16, u16),
    /// Of which lines it may be.
    pub lines: Lines,
}

/// Lines that are compared with a phrase; see [`crate::engine`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Lines {
    Short,
    Long,
    All,
}
