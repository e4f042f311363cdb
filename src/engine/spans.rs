//! Patterns that cut a part out of a line.
//!
//! They may stand in long paragraphs, which are never folded otherwise. So each span has a *seed*, its longest
//! word, and one automaton looks for all seeds in the text as it is, in their usual casings; only a line that
//! holds a seed is folded, this time with a record of which byte of the key comes from where. Casings such as
//! `rEaD` and disguised words are missed: a missed span is a small loss, reading all text twice is not.

use super::holes::View;
use super::phrase::{Compiled, Part};
use crate::document::{Key, is_word_char};
use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;

/// Shortest seed, in bytes.
const MIN_SEED_BYTES: usize = 3;

/// All spans with the automaton over their seeds.
#[derive(Debug)]
pub(super) struct Spans {
    seeds: AhoCorasick,
    /// Phrase number and phrase.
    phrases: Vec<(u32, Compiled)>,
}

impl Spans {
    /// `None` if there are no spans, or the automaton would be too large.
    pub(super) fn new(phrases: Vec<(u32, Compiled)>) -> Option<Self> {
        let seeds: Vec<String> = phrases.iter().filter_map(|(_, p)| seed(p)).flat_map(casings).collect();
        if seeds.is_empty() {
            return None;
        }
        let seeds = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(&seeds).ok()?;
        Some(Self { seeds, phrases })
    }

    /// Whether a span may stand in `text`, which may be a line or a document.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        self.seeds.is_match(text)
    }

    /// The spans in `line`: their phrases, and the bytes that they take, with white space that would be left
    /// doubled or at the ends.
    pub(super) fn find(&self, line: &str) -> Vec<(u32, Range<usize>)> {
        let (key, origins) = Key::with_origins(line);
        let view = View { key: &key, line };
        let found = self.phrases.iter().filter_map(|(number, phrase)| {
            let (start, end) = phrase.find(view)?;
            (start < end).then(|| (*number, widened(line, origins[start]..origins[end])))
        });
        found.collect()
    }
}

/// The word that stands for a span: its longest, if it is long enough.
pub(super) fn seed(phrase: &Compiled) -> Option<String> {
    let fixed = phrase.parts.iter().filter_map(|part| match part {
        Part::Fixed(text) => Some(text),
        Part::Hole(_) => None,
    });
    let words = fixed.flat_map(|text| text.split(|c: char| !is_word_char(c) && !"/@".contains(c)));
    words.filter(|w| w.len() >= MIN_SEED_BYTES).max_by_key(|w| w.len()).map(str::to_owned)
}

/// A word in small letters, in capitals, and with a capital.
fn casings(word: String) -> Vec<String> {
    let upper = word.to_uppercase();
    let mut chars = word.chars();
    let title = chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default();
    let mut all = vec![word, upper, title];
    all.dedup();
    all
}

fn widened(line: &str, span: Range<usize>) -> Range<usize> {
    let before = &line[..span.start];
    let after = &line[span.end..];
    let space_before = before.len() - before.trim_end().len();
    let space_after = after.len() - after.trim_start().len();
    if space_before == before.len() || space_before == 0 || after.len() == space_after {
        // At an end of the line, or where nothing would be doubled.
        let start = if after.len() == space_after { span.start - space_before } else { span.start };
        let end = if space_before == before.len() { span.end + space_after } else { span.end };
        return start..end;
    }
    span.start..span.end + space_after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_take_the_space_that_would_be_left() {
        for (line, span, left) in [
            ("One. Read more", 5..14, "One."),
            ("Ad: One.", 0..3, "One."),
            ("One AD two", 4..6, "One two"),
            ("One (AD) two", 4..8, "One two"),
            ("all", 0..3, ""),
        ] {
            let cut = widened(line, span);
            assert_eq!(format!("{}{}", &line[..cut.start], &line[cut.end..]), left, "{line}");
        }
    }
}
