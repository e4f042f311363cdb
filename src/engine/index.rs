//! Which phrases a key may match, at a cost that does not grow with their number.
//!
//! A phrase without holes is looked up by its whole text. A phrase with holes begins, ends, or somewhere goes on
//! with fixed text. Of fixed text at an end, the first or last 16, 8, 4 or 2 bytes are a *clue*, and a key asks for its own
//! first and last bytes at these four lengths; of fixed text inside, a word is the clue, and a key asks with each of its words. A
//! table of bits answers most of these questions. Only fixed text inside without a whole word, as in scripts without spaces,
//! needs an automaton over the whole key. Candidates are then compared in full.
//!
//! Measured on the designs tried: a look-up beats every automaton by 2 to 10 times, and the more phrases the further.

use super::gate::OPEN;
use crate::document::{is_unspaced, is_word_char};
use crate::patterns::{Filing, Lead, Lines, Pairs};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::cell::OnceCell;

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
    /// In the whole key.
    Whole,
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

    /// Files it for a phrase, by the clue that it gives or by itself.
    pub(super) fn file(self, lead: Lead, filing: &mut Filing) -> Option<(u64, Lead)> {
        let clue = match self {
            Self::Whole(text) => {
                filing.begins.extend(edge_clue(Side::Start, &text));
                Some(whole_clue(&text))
            }
            Self::Start(text) => edge_clue(Side::Start, &text),
            Self::End(text) => edge_clue(Side::End, &text),
            Self::Word(word) => {
                filing.has_words = true;
                Some(word_clue(word.as_bytes()))
            }
            Self::Inside(text) => match word_in(&text) {
                Some(word) => return Self::Word(word.to_owned()).file(lead, filing),
                None => {
                    filing.inside.push((text, lead));
                    None
                }
            },
        };
        clue.map(|clue| (clue, lead))
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
    fn admit<'l>(&self, leads: impl Iterator<Item = &'l Lead>, out: &mut Vec<u32>) {
        let mut leads = leads.peekable();
        if leads.peek().is_none() {
            return;
        }
        let (bytes, pairs) = (self.bytes(), self.pairs());
        let lets = |lead: &&Lead| lead.gate.lets(pairs, bytes, self.is_long);
        out.extend(leads.filter(lets).map(|lead| lead.phrase));
    }
}

/// Shortest text that can be a clue.
pub(super) const MIN_EDGE_BYTES: usize = CLUE_BYTES[3];
/// Shortest text inside.
pub(super) const MIN_INSIDE_BYTES: usize = 3;

/// From keys to the phrases that they may match.
#[derive(Debug)]
pub(super) struct Index {
    clues: Table,
    has_words: bool,
    /// Clues that a long line may begin with.
    long_starts: Bits,
    inside: Option<AhoCorasick>,
    inside_leads: Vec<Vec<Lead>>,
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
    /// For so many clues: 16 bits and two places each, so that of fifty questions that should be answered no one gets past.
    fn with_capacity(clues: usize) -> Self {
        Self(vec![0; (clues / 4).next_power_of_two().max(2048)])
    }

    #[inline]
    fn place(&self, clue: u64) -> (usize, u64) {
        let word = (clue >> 40) as usize & (self.0.len() - 1);
        (word, 1 << (clue >> 34 & 63) | 1 << (clue >> 28 & 63))
    }

    fn add(&mut self, clue: u64) {
        let (word, bits) = self.place(clue);
        self.0[word] |= bits;
    }

    #[inline]
    fn may_have(&self, clue: u64) -> bool {
        let (word, bits) = self.place(clue);
        self.0[word] & bits == bits
    }
}

/// From clues to phrases: the clues that begin with the same bits stand side by side. Filling it takes two passes and no
/// comparisons, since that is most of what starting up takes.
#[derive(Debug)]
struct Table {
    bits: Bits,
    /// Where the clues that begin with each number begin.
    starts: Vec<u32>,
    clues: Vec<u64>,
    leads: Vec<Lead>,
}

impl Table {
    /// The filings, each with what is added to its numbers.
    fn new(filings: &[(u32, Filing)]) -> Self {
        let all =
            || filings.iter().flat_map(|(base, filing)| filing.clues.iter().map(move |found| (*base, found)));
        let count = filings.iter().map(|(_, filing)| filing.clue_count as usize).sum::<usize>();
        let buckets = (count / 2).next_power_of_two().max(16);
        let mut table = Self {
            bits: Bits::with_capacity(count),
            starts: vec![0; buckets + 1],
            clues: vec![0; count],
            leads: vec![Lead { phrase: 0, gate: OPEN }; count],
        };
        for (_, (clue, _)) in all() {
            table.bits.add(clue);
            let bucket = table.bucket(clue);
            table.starts[bucket + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut table.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = table.starts.clone();
        for (base, (clue, lead)) in all() {
            let at = &mut next[table.bucket(clue)];
            table.clues[*at as usize] = clue;
            table.leads[*at as usize] = Lead { phrase: base + lead.phrase, ..lead };
            *at += 1;
        }
        table
    }

    fn bucket(&self, clue: u64) -> usize {
        (clue >> 8) as usize & (self.starts.len() - 2)
    }

    /// The phrases with this clue.
    #[inline]
    fn leads(&self, clue: u64) -> impl Iterator<Item = &Lead> {
        let range = match self.bits.may_have(clue) {
            true => {
                let bucket = self.bucket(clue);
                self.starts[bucket] as usize..self.starts[bucket + 1] as usize
            }
            false => 0..0,
        };
        let here = self.clues[range.clone()].iter().zip(&self.leads[range]);
        here.filter(move |(other, _)| **other == clue).map(|(_, lead)| lead)
    }

    /// Adds to `out` the phrases with this clue that the key may match.
    #[inline]
    fn find(&self, clue: u64, asked: &Asked<'_>, out: &mut Vec<u32>) {
        asked.admit(self.leads(clue), out);
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

impl Index {
    /// The index over filings, each with what is added to its numbers. `None` if the automaton would be too large.
    pub(super) fn new(filings: &[(u32, Filing)]) -> Option<Self> {
        let mut index = Self {
            clues: Table::new(filings),
            has_words: filings.iter().any(|(_, filing)| filing.has_words),
            long_starts: Bits::with_capacity(
                filings.iter().map(|(_, filing)| filing.clue_count as usize).sum(),
            ),
            inside: None,
            inside_leads: Vec::new(),
            inside_ascii: Vec::new(),
        };
        let long = index.clues.clues.iter().zip(&index.clues.leads);
        for (&clue, _) in long.filter(|(_, lead)| lead.gate.lines != Lines::Short) {
            index.long_starts.add(clue);
        }
        let mut inside = Vec::new();
        for (base, filing) in filings {
            filing.begins.iter().for_each(|&clue| index.long_starts.add(clue));
            let numbered = |lead: &Lead| Lead { phrase: base + lead.phrase, ..*lead };
            inside.extend(filing.inside.iter().map(|(text, lead)| (text.as_str(), numbered(lead))));
        }
        index.add_inside(inside)?;
        Some(index)
    }

    fn add_inside(&mut self, mut inside: Vec<(&str, Lead)>) -> Option<()> {
        inside.sort_by_key(|(text, lead)| (*text, lead.phrase));
        let mut texts: Vec<&str> = Vec::new();
        for group in inside.chunk_by(|a, b| a.0 == b.0) {
            let text = group[0].0;
            texts.push(text);
            self.inside_ascii.extend(text.is_ascii().then(|| Pairs::of(text)));
            self.inside_leads.push(group.iter().map(|(_, lead)| *lead).collect());
        }
        if !texts.is_empty() {
            let mut builder = AhoCorasick::builder();
            builder.kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(MatchKind::Standard);
            self.inside = Some(builder.build(&texts).ok()?);
        }
        Some(())
    }

    /// Adds to `out` the phrases that may be the key.
    #[inline]
    pub(super) fn whole(&self, key: &str, out: &mut Vec<u32>) {
        out.extend(self.clues.leads(whole_clue(key)).map(|lead| lead.phrase));
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
        if self.has_words {
            each_word(asked.key, |word| self.clues.find(word_clue(word), asked, out));
        }
        let Some(automaton) = &self.inside else { return };
        if asked.key.is_ascii() && !self.inside_ascii.iter().any(|&needed| asked.pairs().holds(needed)) {
            return;
        }
        for found in automaton.find_overlapping_iter(asked.key) {
            asked.admit(self.inside_leads[found.pattern().as_usize()].iter(), out);
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

/// The clue of a whole key: those of its pieces of 16 bytes and of its end, mixed.
#[inline]
fn whole_clue(key: &str) -> u64 {
    let key = key.as_bytes();
    let mix = |all: u64, near: Near| {
        (all.rotate_left(23) ^ near.clue(Side::Whole, 16)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    };
    let pieces = key.chunks_exact(16).map(|piece| Near::of(Side::Whole, piece));
    mix(pieces.fold(key.len() as u64, mix), Near::of(Side::End, key))
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
            (Side::Start | Side::Word | Side::Whole, Some(first), _) => first,
            (Side::End, _, Some(last)) => last,
            (Side::Start | Side::Word | Side::Whole, ..) => {
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
            Side::Start | Side::Word | Side::Whole => Self { near: low, far: high },
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
            Side::Start | Side::Word | Side::Whole => (self.near << unused) >> unused,
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
        let mut filing = Filing::default();
        for (needle, phrase) in needles {
            let (clue, lead) = needle.file(Lead { phrase, gate: OPEN }, &mut filing).expect("a clue");
            filing.add(clue, lead);
        }
        let index = Index::new(&[(0, filing)]).expect("a small automaton");
        let candidates = |key: &str| {
            let mut out = Vec::new();
            let asked = Asked::new(key, false);
            index.whole(key, &mut out);
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
