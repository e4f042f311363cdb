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
    pub needles: Vec<(Needle, Gate)>,
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

/// Fixed text that a line must hold to match a phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Needle {
    /// The whole key.
    Whole(String),
    /// The beginning of the key.
    Start(String),
    /// The end of the key.
    End(String),
    /// A word of the key.
    Word(String),
    /// Anywhere in the key.
    Inside(String),
    /// The beginning of the key of a long line: all phrases that begin with fixed text have it besides.
    Long(String),
    /// A word after a mark, for spans.
    AfterMark(String),
}

impl Needle {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Whole(text)
            | Self::Start(text)
            | Self::End(text)
            | Self::Word(text)
            | Self::Inside(text)
            | Self::Long(text)
            | Self::AfterMark(text) => text,
        }
    }
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
}
