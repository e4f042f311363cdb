//! Patterns that cut a part out of a line.
//!
//! They may stand in long paragraphs, which are never folded otherwise, so they have to be found in the text as it
//! is, and fast. Junk that shares a line with text is set off by punctuation: `(Photo: …)`, `[edit]`, `/ritzau/`,
//! `... read more`. So each span has a *mark*, one of a few characters, and the word that comes after it; the marks are looked
//! for with `memchr`, and the word behind a mark in a table. Only a line that passes is folded, this time with a record of which
//! byte of the key comes from where. An automaton over all words of all spans was measured to cost
//! more than everything else together.

use super::holes::View;
use super::phrase::{Compiled, Folded, Part};
use crate::document::{Case, Key, fold, is_word_char};
use crate::patterns::Filing;
use foldhash::fast::FixedState;
use memchr::{memchr3_iter, memmem};
use std::collections::HashMap;
use std::ops::Range;

/// What may set a span off, as it stands in a key.
const MARKS: &[char] = &['(', '[', '/', '|', ':', '.'];
/// Marks of more than one byte, as they stand in a text. `EF BC` begins the full-width forms of all ASCII marks.
const LONG_MARKS: [&[u8]; 3] = [b"..", "…".as_bytes(), &[0xEF, 0xBC]];
/// Bytes between a mark and its word at most, as in `[...] read more`.
const MAX_GAP: usize = 8;

/// All spans, by the word after their mark.
#[derive(Debug)]
pub(super) struct Spans {
    /// Numbers of phrases.
    by_word: HashMap<String, Vec<u32>, FixedState>,
    /// First bytes that such a word may have in a text.
    first_bytes: [bool; 256],
}

impl Spans {
    /// The spans among these filings, each of which has what is added to its numbers.
    pub(super) fn new(filings: &[(u32, Filing)]) -> Self {
        let mut spans = Self { by_word: HashMap::default(), first_bytes: [false; 256] };
        for (base, (word, phrase)) in
            filings.iter().flat_map(|(base, f)| f.spans.iter().map(move |s| (base, s)))
        {
            for first in word.chars().take(1).flat_map(|c| c.to_uppercase().chain([c])) {
                let byte = first.encode_utf8(&mut [0; 4]).as_bytes()[0];
                spans.first_bytes[usize::from(byte)] = true;
                // Compatibility forms fold into it from anywhere above ASCII.
                spans.first_bytes[0x80..].fill(true);
            }
            spans.by_word.entry(word.clone()).or_default().push(base + phrase);
        }
        spans
    }

    /// Whether a span may stand in `text`, which may be a line or a document.
    pub(super) fn may_hold(&self, text: &str) -> bool {
        !self.by_word.is_empty() && self.marks(text).any(|at| self.phrases_at(text, at).is_some())
    }

    /// Where the marks in `text` end.
    fn marks<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        let bytes = text.as_bytes();
        let brackets = memchr3_iter(b'(', b'[', b'/', bytes).map(|at| at + 1);
        let others = memchr::memchr2_iter(b'|', b':', bytes).map(|at| at + 1);
        let long = LONG_MARKS
            .into_iter()
            .flat_map(move |mark| memmem::find_iter(bytes, mark).map(move |at| at + mark.len()));
        brackets.chain(others).chain(long).map(|at| text.ceil_char_boundary(at))
    }

    /// The phrases whose word stands after a mark that ends at `at`.
    fn phrases_at(&self, text: &str, at: usize) -> Option<&Vec<u32>> {
        let rest = text[at..].trim_start_matches(is_between);
        if rest.len() + MAX_GAP < text.len() - at || !self.first_bytes[usize::from(*rest.as_bytes().first()?)]
        {
            return None;
        }
        let word: usize = rest.chars().take_while(|&c| is_word_char(c)).map(char::len_utf8).sum();
        let mut key = String::new();
        fold(&rest[..word], Case::Fold, &mut key);
        self.by_word.get(&key)
    }

    /// The phrases that may stand in `line`, in order.
    pub(super) fn candidates(&self, line: &str) -> Vec<u32> {
        let mut candidates: Vec<u32> =
            self.marks(line).filter_map(|at| self.phrases_at(line, at)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// Where the phrases of `candidates` stand in `line`: the bytes that they take, with white space that would be left
/// doubled or at the ends.
pub(super) fn find<'f>(
    line: &str,
    candidates: impl Iterator<Item = (u32, &'f Folded)>,
) -> Vec<(u32, Range<usize>)> {
    let (key, origins) = Key::with_origins(line);
    let view = View::new(&key, line);
    let places = |(number, folded): (u32, &'f Folded)| {
        let found = folded.phrases().iter().filter_map(|phrase| phrase.find(view));
        let found = found.filter(|(start, end)| start < end);
        found.map(|(start, end)| (number, widened(line, origins[start]..origins[end]))).collect::<Vec<_>>()
    };
    candidates.flat_map(places).collect()
}

/// The first word in the fixed text of a span that stands right after a mark.
pub(super) fn word_after_mark(phrase: &Compiled) -> Option<String> {
    phrase.parts.iter().find_map(|part| {
        let Part::Fixed(text) = part else { return None };
        text.match_indices(MARKS).find_map(|(at, mark)| {
            // A single full stop ends a sentence; only several of them mark anything.
            if mark == "." && !text[..at].ends_with('.') {
                return None;
            }
            let rest = text[at + mark.len()..].trim_start_matches(is_between);
            let word: String = rest.chars().take_while(|&c| is_word_char(c)).collect();
            (!word.is_empty()).then_some(word)
        })
    })
}

/// What may stand between a mark and its word.
fn is_between(c: char) -> bool {
    MARKS.contains(&c) || matches!(c, ' ' | '\u{a0}' | ']' | ')' | '…')
}

fn widened(line: &str, span: Range<usize>) -> Range<usize> {
    let before = &line[..span.start];
    let after = &line[span.end..];
    let space_before = before.len() - before.trim_end().len();
    let space_after = after.len() - after.trim_start().len();
    let (at_start, at_end) = (space_before == before.len(), space_after == after.len());
    let start = if at_end { span.start - space_before } else { span.start };
    // In the middle the space after goes, and the one before stays.
    let end = if at_start || (space_before > 0 && !at_end) { span.end + space_after } else { span.end };
    start..end
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
