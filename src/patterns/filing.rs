//! Where the phrases of a pack are filed in the engine's index.
//!
//! The engine works it out ([`crate::engine`]), which takes longer than all else in starting up. So it is kept with the pack, and
//! the built-in packs bring theirs along. Here is only what it is made of.

use serde::{Deserialize, Serialize};

/// How the phrases of a pack are tested and what leads to them; made by [`file_phrases`](crate::engine::file_phrases). They are numbered in the order of [`Pattern::phrasings`](super::Pattern::phrasings).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// By phrase.
    pub(crate) tests: Vec<Test>,
    /// What a line is asked for. Of built-in packs they stand beside the packs in the binary, see [`Clues::Stored`].
    #[serde(skip)]
    pub(crate) clues: Clues,
    /// How many there are.
    pub(crate) clue_count: u32,
    /// Whether some of the clues are words inside the key.
    pub(crate) has_words: bool,
    /// Clues that a long line must have to be folded for the sake of a whole key.
    pub(crate) begins: Vec<u64>,
    /// Text anywhere in the key.
    pub(crate) inside: Vec<(String, Lead)>,
    /// Words after a mark, for spans.
    pub(crate) spans: Vec<(String, u32)>,
}

impl Filing {
    /// Adds a clue. Those that are stored are complete.
    pub(crate) fn add(&mut self, clue: u64, lead: Lead) {
        if let Clues::Own(own) = &mut self.clues {
            own.push((clue, lead));
            self.clue_count += 1;
        }
    }
}

/// A phrase, and what a key must be like that is compared with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lead {
    pub phrase: u32,
    pub gate: Gate,
}

/// Clues, each a hash of a few bytes of a key and of where they stand, with the phrases that they lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Clues {
    Own(Vec<(u64, Lead)>),
    /// As [`Clues::stored`] writes them. There are hundreds of thousands in the binary; copying them would take most of
    /// the time and memory of a start.
    Stored(&'static [u8]),
}

impl Default for Clues {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

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

/// Bytes of a clue and its lead as they are stored.
pub(crate) const STORED_CLUE: usize = 33;

impl Clues {
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, Lead)> {
        let (own, stored): (&[(u64, Lead)], &[u8]) = match self {
            Self::Own(own) => (own, &[]),
            Self::Stored(stored) => (&[], stored),
        };
        own.iter().copied().chain(stored.as_chunks::<STORED_CLUE>().0.iter().filter_map(read))
    }

    /// The bytes that [`Clues::Stored`] reads. Only the build script asks for them.
    #[allow(dead_code, reason = "see above")]
    pub(crate) fn stored(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (clue, Lead { phrase, gate }) in self.iter() {
            bytes.extend(clue.to_le_bytes());
            bytes.extend(phrase.to_le_bytes());
            bytes.extend(gate.pairs.0[0].to_le_bytes());
            bytes.extend(gate.pairs.0[1].to_le_bytes());
            bytes.extend(gate.length.0.to_le_bytes());
            bytes.extend(gate.length.1.to_le_bytes());
            bytes.push(gate.lines as u8);
        }
        bytes
    }
}

/// Nothing is ever missing: the array is as long as what is read from it.
#[inline]
fn read(stored: &[u8; STORED_CLUE]) -> Option<(u64, Lead)> {
    let (clue, rest) = stored.split_first_chunk()?;
    let (phrase, rest) = rest.split_first_chunk()?;
    let (first, rest) = rest.split_first_chunk()?;
    let (second, rest) = rest.split_first_chunk()?;
    let (least, rest) = rest.split_first_chunk()?;
    let (most, rest) = rest.split_first_chunk()?;
    let pairs = Pairs([u64::from_le_bytes(*first), u64::from_le_bytes(*second)]);
    let lines = match rest.first()? {
        0 => Lines::Short,
        1 => Lines::Long,
        _ => Lines::All,
    };
    let gate = Gate { pairs, length: (u16::from_le_bytes(*least), u16::from_le_bytes(*most)), lines };
    Some((u64::from_le_bytes(*clue), Lead { phrase: u32::from_le_bytes(*phrase), gate }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_clues_are_read_as_they_were() {
        let lead = |phrase, lines| {
            let gate = Gate { pairs: Pairs([u64::from(phrase) << 40, 7]), length: (3, u16::MAX), lines };
            Lead { phrase, gate }
        };
        let own =
            vec![(1 << 60, lead(1, Lines::Short)), (2, lead(70_000, Lines::Long)), (3, lead(3, Lines::All))];
        let stored: &'static [u8] = Clues::Own(own.clone()).stored().leak();
        assert_eq!(Clues::Stored(stored).iter().collect::<Vec<_>>(), own);
    }
}
