//! Which phrases a key may match, at a cost that does not grow with their number.
//!
//! A phrase without holes is looked up by its whole text. A phrase with holes begins, ends, or somewhere goes on
//! with fixed text. Of fixed text at an end, the first or last 16, 8, 4 or 2 bytes are a *clue*, and a key asks for its own
//! first and last bytes at these four lengths; of fixed text inside, a word is the clue, and a key asks with each of its words. A
//! bit table of 16 KiB answers most of these questions. Only fixed text inside without a whole word, as in scripts without spaces,
//! needs an automaton over the whole key. Candidates are then compared in full.
//!
//! Measured on the designs tried: a look-up beats every automaton by 2 to 10 times, and the more phrases the further.

use crate::document::{is_unspaced, is_word_char};
use crate::patterns::{Gate, Lead, Lines, Pairs};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::ops::Range;

/// Lengths of a clue in bytes, longest first.
const CLUE_BYTES: [usize; 4] = [16, 8, 4, 2];

/// Where a clue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// At the beginning of the key.
    Start,
    /// At its end.
    End,
    /// At the beginning of a word inside.
    Word,
}

/// Fixed text that a line must hold to match a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Needle {
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
}

impl Needle {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Whole(text)
            | Self::Start(text)
            | Self::End(text)
            | Self::Word(text)
            | Self::Inside(text) => text,
        }
    }

    /// What the index asks a line for. `None` if the text is too short to ask for.
    pub(super) fn lead(self) -> Option<Lead> {
        Some(match self {
            Self::Whole(text) => Lead::Whole(text),
            Self::Start(text) => Lead::Clue(edge_clue(Side::Start, &text)?),
            Self::End(text) => Lead::Clue(edge_clue(Side::End, &text)?),
            Self::Word(word) => Lead::Clue(word_clue(word.as_bytes())),
            Self::Inside(text) => match word_in(&text) {
                Some(word) => Lead::Clue(word_clue(word.as_bytes())),
                None => Lead::Inside(text),
            },
        })
    }
}

/// A key that asks, with what gates look at.
pub(super) struct Asked<'k> {
    key: &'k str,
    is_long: bool,
    /// Counted when a gate first asks: most keys come to none.
    pairs: OnceCell<Pairs>,
}

impl<'k> Asked<'k> {
    /// In a long text nearly all pairs stand, so they are not looked for.
    pub(super) fn new(key: &'k str, is_long: bool) -> Self {
        let pairs = if is_long { OnceCell::from(Pairs::ALL) } else { OnceCell::new() };
        Self { key, is_long, pairs }
    }

    #[inline]
    pub(super) fn pairs(&self) -> Pairs {
        *self.pairs.get_or_init(|| Pairs::of(self.key))
    }

    fn bytes(&self) -> u16 {
        u16::try_from(self.key.len()).unwrap_or(u16::MAX)
    }

    /// Adds to `out` the phrases whose gate lets the key pass.
    #[inline]
    fn admit(&self, phrases: &[(u32, Gate)], out: &mut Vec<u32>) {
        let (bytes, pairs) = (self.bytes(), self.pairs());
        out.extend(
            phrases
                .iter()
                .filter(|(_, gate)| gate.lets(pairs, bytes, self.is_long))
                .map(|(phrase, _)| phrase),
        );
    }
}

/// Shortest text that can be a clue.
pub(super) const MIN_EDGE_BYTES: usize = CLUE_BYTES[3];
/// Shortest text inside.
pub(super) const MIN_INSIDE_BYTES: usize = 3;

/// From leads to the phrases that they belong to.
#[derive(Debug)]
pub(super) struct Index {
    whole: HashTable<(Box<str>, Vec<u32>)>,
    clues: Clues,
    /// Clues that a long line may have, and beginnings of whole keys.
    long_starts: Bits,
    inside: Option<AhoCorasick>,
    inside_phrases: Vec<Vec<(u32, Gate)>>,
    /// What a key in ASCII holds if the automaton finds something in it; these are few.
    inside_ascii: Vec<Pairs>,
}

/// The clue of a text that stands at an edge: that of the greatest length it has.
fn edge_clue(side: Side, text: &str) -> Option<u64> {
    let length = CLUE_BYTES.into_iter().find(|&n| n <= text.len())?;
    Some(Near::of(side, text.as_bytes()).clue(side, length))
}

/// A set of clues that may say yes where it should say no. It stays in the cache.
#[derive(Debug)]
struct Bits(Vec<u64>);

impl Bits {
    /// For so many clues: eight bits each, so that a question that should be answered no gets past in one case of eight.
    fn with_capacity(clues: usize) -> Self {
        Self(vec![0; (clues / 8).next_power_of_two().max(256)])
    }

    fn place(&self, clue: u64) -> (usize, u64) {
        ((clue >> 40) as usize & (self.0.len() - 1), 1 << (clue >> 34 & 63))
    }

    fn add(&mut self, clue: u64) {
        let (word, bit) = self.place(clue);
        self.0[word] |= bit;
    }

    #[inline]
    fn may_have(&self, clue: u64) -> bool {
        let (word, bit) = self.place(clue);
        self.0[word] & bit != 0
    }
}

/// From clues to phrases.
#[derive(Debug)]
struct Clues {
    bits: Bits,
    /// Where the phrases of a clue begin and end.
    table: HashTable<(u64, Range<u32>)>,
    phrases: Vec<(u32, Gate)>,
}

impl Clues {
    fn new(mut found: Vec<(u64, u32, Gate)>) -> Self {
        found.sort_unstable_by_key(|(clue, number, _)| (*clue, *number));
        let mut clues = Self {
            bits: Bits::with_capacity(found.len()),
            table: HashTable::with_capacity(found.len()),
            phrases: Vec::with_capacity(found.len()),
        };
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let start = clues.phrases.len();
            clues.phrases.extend(group.iter().map(|(_, number, gate)| (*number, *gate)));
            let range = bounded(start)..bounded(clues.phrases.len());
            clues.bits.add(group[0].0);
            clues.table.insert_unique(group[0].0, (group[0].0, range), |entry| entry.0);
        }
        clues
    }

    /// Adds to `out` the phrases with this clue that the key may match.
    #[inline]
    fn find(&self, clue: u64, asked: &Asked<'_>, out: &mut Vec<u32>) {
        if self.bits.may_have(clue)
            && let Some((_, range)) = self.table.find(clue, |entry| entry.0 == clue)
        {
            asked.admit(&self.phrases[range.start as usize..range.end as usize], out);
        }
    }

    /// Adds to `out` the phrases with a clue that the key has at this side.
    #[inline]
    fn edge(&self, side: Side, asked: &Asked<'_>, out: &mut Vec<u32>) {
        let bytes = Near::of(side, asked.key.as_bytes());
        for length in CLUE_BYTES {
            if length <= asked.key.len() {
                self.find(bytes.clue(side, length), asked, out);
            }
        }
    }
}

/// The limits of packs keep it far below.
fn bounded(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

impl Index {
    /// The index over leads with the number of the phrase that each belongs to. `None` if the automaton
    /// would be too large.
    pub(super) fn new(leads: Vec<(Lead, Gate, u32)>) -> Option<Self> {
        let mut index = Self {
            whole: HashTable::new(),
            clues: Clues::new(Vec::new()),
            long_starts: Bits::with_capacity(leads.len()),
            inside: None,
            inside_phrases: Vec::new(),
            inside_ascii: Vec::new(),
        };
        let (mut clues, mut inside) = (Vec::with_capacity(leads.len()), Vec::new());
        for (lead, gate, number) in leads {
            match lead {
                Lead::Whole(text) => index.add_whole(text, number),
                Lead::Clue(clue) => {
                    if gate.lines != Lines::Short {
                        index.long_starts.add(clue);
                    }
                    clues.push((clue, number, gate));
                }
                Lead::Inside(text) => inside.push((text, number, gate)),
                Lead::AfterMark(_) => {} // looked for in the line itself
            }
        }
        index.clues = Clues::new(clues);
        index.add_inside(inside)?;
        Some(index)
    }

    fn add_whole(&mut self, text: String, phrase: u32) {
        if let Some(clue) = edge_clue(Side::Start, &text) {
            self.long_starts.add(clue);
        }
        let hash = hash(text.as_bytes());
        let rehash = |entry: &(Box<str>, Vec<u32>)| self::hash(entry.0.as_bytes());
        match self.whole.entry(hash, |entry| *entry.0 == text, rehash) {
            hashbrown::hash_table::Entry::Occupied(mut entry) => entry.get_mut().1.push(phrase),
            hashbrown::hash_table::Entry::Vacant(entry) => {
                entry.insert((text.into_boxed_str(), vec![phrase]));
            }
        }
    }

    fn add_inside(&mut self, mut inside: Vec<(String, u32, Gate)>) -> Option<()> {
        inside.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        let mut texts: Vec<&str> = Vec::new();
        for group in inside.chunk_by(|a, b| a.0 == b.0) {
            let text = group[0].0.as_str();
            texts.push(text);
            self.inside_ascii.extend(text.is_ascii().then(|| Pairs::of(text)));
            self.inside_phrases.push(group.iter().map(|(_, number, gate)| (*number, *gate)).collect());
        }
        if !texts.is_empty() {
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::Standard);
            self.inside = Some(builder.build(&texts).ok()?);
        }
        Some(())
    }

    /// The phrases that are the key.
    #[inline]
    pub(super) fn whole(&self, key: &str) -> &[u32] {
        self.whole.find(hash(key.as_bytes()), |entry| *entry.0 == *key).map_or(&[], |entry| &entry.1)
    }

    /// Adds to `out` the phrases that may match a key with this beginning or end.
    #[inline]
    pub(super) fn edge(&self, side: Side, asked: &Asked<'_>, out: &mut Vec<u32>) {
        self.clues.edge(side, asked, out);
    }

    /// Whether some phrase begins as this beginning of a long key does, which has 16 bytes or more. May be wrong when it says
    /// yes.
    pub(super) fn may_begin(&self, head: &str) -> bool {
        let bytes = Near::of(Side::Start, head.as_bytes());
        CLUE_BYTES
            .iter()
            .map(|&length| bytes.clue(Side::Start, length))
            .any(|clue| self.long_starts.may_have(clue))
    }

    /// Adds to `out` the phrases that may match a key with this text anywhere.
    #[inline]
    pub(super) fn inside(&self, asked: &Asked<'_>, out: &mut Vec<u32>) {
        each_word(asked.key, |word| self.clues.find(word_clue(word), asked, out));
        let Some(automaton) = &self.inside else { return };
        if asked.key.is_ascii() && !self.inside_ascii.iter().any(|&needed| asked.pairs().holds(needed)) {
            return;
        }
        for found in automaton.find_overlapping_iter(asked.key) {
            asked.admit(&self.inside_phrases[found.pattern().as_usize()], out);
        }
    }
}

/// Calls `each` with every word of a key. Where scripts without spaces meet others, as in
/// `続きfacebook`, both sides are words.
#[inline]
fn each_word(key: &str, mut each: impl FnMut(&[u8])) {
    let mut start = None;
    let mut end_word = |start: &mut Option<usize>, end: usize| {
        if let Some(start) = start.take() {
            each(&key.as_bytes()[start..end]);
        }
    };
    if key.is_ascii() {
        for (at, b) in key.bytes().enumerate() {
            match b.is_ascii_alphanumeric() {
                true => start = start.or(Some(at)),
                false => end_word(&mut start, at),
            }
        }
    } else {
        let mut before = false;
        for (at, c) in key.char_indices() {
            let here = is_unspaced(c);
            if !is_word_char(c) || here != before {
                end_word(&mut start, at);
            }
            start = if is_word_char(c) { start.or(Some(at)) } else { None };
            before = here;
        }
    }
    end_word(&mut start, key.len());
}

fn word_clue(word: &[u8]) -> u64 {
    Near::of(Side::Word, word).clue(Side::Word, word.len().min(16))
}

/// Whether a word can be found as a word: it is long enough, and in a script with spaces.
pub(super) fn is_findable(word: &str) -> bool {
    !word.is_empty() && !word.chars().any(is_unspaced)
}

/// The longest word in `text` that is whole in it: something else stands before and after.
fn word_in(text: &str) -> Option<&str> {
    let mut words: Vec<&str> = text.split(|c: char| !is_word_char(c)).skip(1).collect();
    words.pop();
    words.into_iter().filter(|word| is_findable(word)).max_by_key(|word| word.len())
}

/// Not seeded by chance: the same packs give the same tables in every run.
fn hash(bytes: &[u8]) -> u64 {
    FixedState::default().hash_one(bytes)
}

/// The first or last 16 bytes of a text, as two numbers; the eight outermost are in `near`.
/// Shorter texts are filled up with zeros.
#[derive(Clone, Copy)]
struct Near {
    near: u64,
    far: u64,
}

impl Near {
    #[inline]
    fn of(side: Side, text: &[u8]) -> Self {
        let mut padded = [0; 16];
        let bytes = match (side, text.first_chunk(), text.last_chunk()) {
            (Side::Start | Side::Word, Some(first), _) => first,
            (Side::End, _, Some(last)) => last,
            (Side::Start | Side::Word, ..) => {
                padded[..text.len()].copy_from_slice(text);
                &padded
            }
            (Side::End, ..) => {
                padded[16 - text.len()..].copy_from_slice(text);
                &padded
            }
        };
        let whole = u128::from_le_bytes(*bytes);
        #[expect(clippy::cast_possible_truncation, reason = "the two halves are meant")]
        let (low, high) = (whole as u64, (whole >> 64) as u64);
        match side {
            Side::Start | Side::Word => Self { near: low, far: high },
            Side::End => Self { near: high, far: low },
        }
    }

    /// A hash of `length` bytes. Two texts of which these bytes are the same have the same clue; others rarely do, and
    /// every candidate is compared in full.
    #[inline]
    fn clue(self, side: Side, length: usize) -> u64 {
        #[expect(clippy::cast_possible_truncation, reason = "at most 16")]
        let unused = 64_u32.saturating_sub(8 * length as u32);
        let near = match side {
            Side::Start | Side::Word => (self.near << unused) >> unused,
            Side::End => self.near >> unused,
        };
        let far = if length > 8 { self.far } else { 0 };
        let salt = length as u64 | ((side as u64) << 8);
        let mixed =
            (near ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ far.wrapping_mul(0xD6E8_FEB8_6659_FD93);
        (mixed ^ (mixed >> 32)).wrapping_mul(0xFF51_AFD7_ED55_8CCD)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::gate::OPEN;

    #[test]
    fn needles_lead_to_their_phrases() {
        let needles = [
            (Needle::Whole("also read".into()), 0),
            (Needle::Whole("also read".into()), 1),
            (Needle::Start("by ".into()), 2),
            (Needle::Start("copyright the".into()), 3),
            (Needle::End(" comments".into()), 4),
            (Needle::Inside(" via ".into()), 5),
            (Needle::Start("sign up for our free newsletter".into()), 6),
        ];
        let leads = needles.map(|(needle, number)| (needle.lead().expect("long enough"), OPEN, number));
        let index = Index::new(leads.into()).expect("a small automaton");
        let candidates = |key: &str| {
            let mut out = index.whole(key).to_vec();
            let asked = Asked::new(key, false);
            index.edge(Side::Start, &asked, &mut out);
            index.edge(Side::End, &asked, &mut out);
            index.inside(&asked, &mut out);
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
