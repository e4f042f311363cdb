//! Which phrases a key may match, at a cost that does not grow with their number.
//!
//! A phrase without holes is looked up by its whole text. A phrase with holes begins, ends, or somewhere goes on
//! with fixed text; its first or last 16, 8, 4 or 2 bytes are a *clue*, and a key asks for its own first and last
//! bytes at these four lengths: eight look-ups, whatever the number of phrases. A bit table of 8 KiB answers most of
//! them. Only phrases with holes at both ends need an automaton over the whole key. Candidates are then
//! compared in full.
//!
//! Measured on the designs tried (`benches/`): a look-up beats every automaton by 2 to 10 times, and
//! the more phrases the further.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Lengths of a clue in bytes, longest first.
const CLUE_BYTES: [usize; 4] = [16, 8, 4, 2];

/// Whether a clue is taken from the beginning or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Start,
    End,
}

/// Fixed text that a line must hold to match a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needle {
    /// The whole key.
    Whole(String),
    /// The beginning or the end of the key.
    Edge(Side, String),
    /// Anywhere in the key.
    Inside(String),
}

/// Shortest text that can be a clue.
pub(super) const MIN_EDGE_BYTES: usize = CLUE_BYTES[3];
/// Shortest text worth an automaton.
pub(super) const MIN_INSIDE_BYTES: usize = 3;

/// From needles to the phrases that they belong to.
#[derive(Debug)]
pub(super) struct Index {
    whole: HashTable<(Box<str>, Vec<u32>)>,
    edges: HashTable<(u64, Vec<u32>)>,
    edge_bits: Vec<u64>,
    inside: Option<AhoCorasick>,
    inside_phrases: Vec<Vec<u32>>,
}

const EDGE_BITS: usize = 1 << 16;

impl Index {
    /// The index over needles with the number of the phrase that each belongs to. `None` if the automaton
    /// would be too large.
    pub(super) fn new(needles: Vec<(Needle, u32)>) -> Option<Self> {
        let mut index = Self {
            whole: HashTable::new(),
            edges: HashTable::new(),
            edge_bits: vec![0; EDGE_BITS / 64],
            inside: None,
            inside_phrases: Vec::new(),
        };
        let mut inside: Vec<(String, u32)> = Vec::new();
        for (needle, phrase) in needles {
            match needle {
                Needle::Whole(text) => index.add_whole(text, phrase),
                Needle::Edge(side, text) => index.add_edge(side, &text, phrase),
                Needle::Inside(text) => inside.push((text, phrase)),
            }
        }
        inside.sort();
        let mut texts: Vec<String> = Vec::new();
        for (text, phrase) in inside {
            if texts.last() != Some(&text) {
                texts.push(text);
                index.inside_phrases.push(Vec::new());
            }
            if let Some(phrases) = index.inside_phrases.last_mut() {
                phrases.push(phrase);
            }
        }
        if !texts.is_empty() {
            let builder = AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .match_kind(MatchKind::Standard)
                .build(&texts);
            index.inside = Some(builder.ok()?);
        }
        Some(index)
    }

    fn add_whole(&mut self, text: String, phrase: u32) {
        let hash = hash(text.as_bytes());
        let rehash = |entry: &(Box<str>, Vec<u32>)| self::hash(entry.0.as_bytes());
        match self.whole.entry(hash, |entry| *entry.0 == text, rehash) {
            hashbrown::hash_table::Entry::Occupied(mut entry) => entry.get_mut().1.push(phrase),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                entry.insert((text.into_boxed_str(), vec![phrase]));
            }
        }
    }

    fn add_edge(&mut self, side: Side, text: &str, phrase: u32) {
        let Some(&length) = CLUE_BYTES.iter().find(|&&n| n <= text.len()) else { return };
        let clue = clue(side, text.as_bytes(), length);
        self.edge_bits[bit(clue) / 64] |= 1 << (bit(clue) % 64);
        match self.edges.entry(clue, |entry| entry.0 == clue, |entry| entry.0) {
            hashbrown::hash_table::Entry::Occupied(mut entry) => entry.get_mut().1.push(phrase),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                entry.insert((clue, vec![phrase]));
            }
        }
    }

    /// The phrases that are the key.
    #[inline]
    pub(super) fn whole(&self, key: &str) -> &[u32] {
        self.whole.find(hash(key.as_bytes()), |entry| *entry.0 == *key).map_or(&[], |entry| &entry.1)
    }

    /// Adds to `out` the phrases that may match a key with this beginning or end.
    #[inline]
    pub(super) fn edge(&self, side: Side, text: &str, out: &mut Vec<u32>) {
        let text = text.as_bytes();
        for length in CLUE_BYTES {
            if length > text.len() {
                continue;
            }
            let clue = clue(side, text, length);
            if self.edge_bits[bit(clue) / 64] >> (bit(clue) % 64) & 1 == 0 {
                continue;
            }
            if let Some((_, phrases)) = self.edges.find(clue, |entry| entry.0 == clue) {
                out.extend(phrases);
            }
        }
    }

    /// Adds to `out` the phrases that may match a key with this text anywhere.
    #[inline]
    pub(super) fn inside(&self, key: &str, out: &mut Vec<u32>) {
        let Some(automaton) = &self.inside else { return };
        for found in automaton.find_overlapping_iter(key) {
            out.extend(&self.inside_phrases[found.pattern().as_usize()]);
        }
    }
}

/// Not seeded by chance: the same packs give the same tables in every run.
fn hash(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

/// A hash of the first or last `length` bytes; two texts that differ there have, but for one case in 2^64,
/// different clues, and every candidate is compared in full.
#[inline]
fn clue(side: Side, text: &[u8], length: usize) -> u64 {
    let bytes = match side {
        Side::Start => &text[..length],
        Side::End => &text[text.len() - length..],
    };
    let mut word = [0u8; 16];
    word[..length].copy_from_slice(bytes);
    let word = u128::from_le_bytes(word);
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are meant")]
    let (low, high) = (word as u64, (word >> 64) as u64);
    let salt = length as u64 | (u64::from(side == Side::End) << 8);
    let mixed = u128::from(low ^ 0x9E37_79B9_7F4A_7C15) * u128::from(high ^ salt.wrapping_mul(0xD6E8_FEB8_6659_FD93));
    #[expect(clippy::cast_possible_truncation, reason = "the two halves are meant")]
    let folded = mixed as u64 ^ (mixed >> 64) as u64;
    folded
}

fn bit(clue: u64) -> usize {
    (clue >> 48) as usize % EDGE_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needles_lead_to_their_phrases() {
        let edge = |side, text: &str| Needle::Edge(side, text.to_owned());
        let index = Index::new(vec![
            (Needle::Whole("also read".into()), 0),
            (Needle::Whole("also read".into()), 1),
            (edge(Side::Start, "by "), 2),
            (edge(Side::Start, "copyright the"), 3),
            (edge(Side::End, " comments"), 4),
            (Needle::Inside(" via ".into()), 5),
            (edge(Side::Start, "sign up for our free newsletter"), 6),
        ])
        .expect("a small automaton");
        let candidates = |key: &str| {
            let mut out = index.whole(key).to_vec();
            index.edge(Side::Start, key, &mut out);
            index.edge(Side::End, key, &mut out);
            index.inside(key, &mut out);
            out
        };
        assert_eq!(candidates("also read"), [0, 1]);
        assert_eq!(candidates("by jane"), [2]);
        assert_eq!(candidates("copyright the times"), [3]);
        assert_eq!(candidates("7 comments"), [4]);
        assert_eq!(candidates("jane via example"), [5]);
        assert_eq!(candidates("sign up for our free newsletter now"), [6]);
        assert!(candidates("").is_empty());
        assert!(candidates("nothing at all here").is_empty());
    }
}
