//! Where the phrases of a pack are filed in the engine's index.
//!
//! The engine works it out ([`crate::engine`]), which takes longer than all else in starting up. So it is kept with the pack, and
//! the built-in packs bring theirs along. Here is only what it is made of.

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// How the phrases of a pack are tested and what leads to them; made by [`file_phrases`](crate::engine::file_phrases). They are numbered in the order of [`Pattern::phrasings`](super::Pattern::phrasings).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// By phrase.
    pub(crate) tests: Vec<Test>,
    /// What a line is asked for.
    pub(crate) clues: Clues,
    /// Whether some of the clues are words inside the key.
    pub(crate) has_words: bool,
    /// Clues that a long line must have to be folded for the sake of a whole key.
    pub(crate) begins: Vec<u64>,
    /// Text anywhere in the key.
    pub(crate) inside: Vec<(String, Lead)>,
    /// Words after a mark, for spans.
    pub(crate) spans: Vec<(String, u32)>,
}

/// A phrase, and what a key must be like that is compared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lead {
    pub phrase: u32,
    pub gate: Gate,
}

/// Clues, each a hash of a few bytes of a key and of where they stand, with the phrases that they lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clues(pub Vec<(u64, Lead)>);

/// What remains to be done where a needle has led to a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Test {
    /// The key is compared with the phrase.
    Whole,
    /// The phrase is matched.
    Phrase,
    /// The phrase is looked for in the line as it is.
    Span,
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

/// Bytes of a clue and its lead as they are stored: there are hundreds of thousands, and reading them one number at a time takes
/// longer than all that is done with them.
const STORED: usize = 33;

impl Serialize for Clues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::with_capacity(self.0.len() * STORED);
        for (clue, Lead { phrase, gate }) in &self.0 {
            bytes.extend(clue.to_le_bytes());
            bytes.extend(phrase.to_le_bytes());
            bytes.extend(gate.pairs.0[0].to_le_bytes());
            bytes.extend(gate.pairs.0[1].to_le_bytes());
            bytes.extend(gate.length.0.to_le_bytes());
            bytes.extend(gate.length.1.to_le_bytes());
            bytes.push(gate.lines as u8);
        }
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Clues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(StoredClues)
    }
}

struct StoredClues;

impl Visitor<'_> for StoredClues {
    type Value = Clues;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("clues")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Clues, E> {
        let (stored, rest) = bytes.as_chunks::<STORED>();
        if !rest.is_empty() {
            return Err(E::custom("clues are cut off"));
        }
        stored
            .iter()
            .map(read_clue)
            .collect::<Option<_>>()
            .map(Clues)
            .ok_or_else(|| E::custom("a clue is damaged"))
    }
}

fn read_clue(stored: &[u8; STORED]) -> Option<(u64, Lead)> {
    let (clue, rest) = stored.split_first_chunk()?;
    let (phrase, rest) = rest.split_first_chunk()?;
    let (first, rest) = rest.split_first_chunk()?;
    let (second, rest) = rest.split_first_chunk()?;
    let (least, rest) = rest.split_first_chunk()?;
    let (most, rest) = rest.split_first_chunk()?;
    let lines = match rest {
        [0] => Lines::Short,
        [1] => Lines::Long,
        [2] => Lines::All,
        _ => return None,
    };
    let pairs = Pairs([u64::from_le_bytes(*first), u64::from_le_bytes(*second)]);
    let gate = Gate { pairs, length: (u16::from_le_bytes(*least), u16::from_le_bytes(*most)), lines };
    Some((u64::from_le_bytes(*clue), Lead { phrase: u32::from_le_bytes(*phrase), gate }))
}
