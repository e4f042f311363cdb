//! The words of a text as numbers, so that comparing runs of words is comparing a few integers.
//!
//! A word is a run of letters, digits and underscores, as `\w+` of Python's `re` finds it: combining marks end a word,
//! and a text in a script without spaces is one long word. This is no good notion of a word, but it is the one that published figures
//! were measured with. Words are numbered as they are, for shingles, and folded, for labels.

use foldhash::fast::FixedState;
use hashbrown::HashMap;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::char::is_combining_mark;

/// Words of a shingle.
pub(super) const SHINGLE: usize = 4;

/// A run of up to [`SHINGLE`] words; shorter runs are filled up with [`NOTHING`].
pub(super) type Run = [u32; SHINGLE];

/// The number that no word has.
const NOTHING: u32 = u32::MAX;

/// A run as it is compared. Words beyond the fourth are left out.
pub(super) fn run(words: &[u32]) -> Run {
    let mut run = [NOTHING; SHINGLE];
    for (to, from) in run.iter_mut().zip(words) {
        *to = *from;
    }
    run
}

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// As they are.
    pub exact: Vec<u32>,
    /// Whether capital or small.
    pub folded: Vec<u32>,
    /// Where each begins in the text, in bytes.
    starts: Vec<usize>,
}

impl Words {
    /// The words that begin in a range of bytes.
    pub(super) fn within(&self, bytes: Range<usize>) -> Range<usize> {
        let before = |end: usize| self.starts.partition_point(|&start| start < end);
        before(bytes.start)..before(bytes.end)
    }
}

/// Numbers words; the texts that are compared share one.
#[derive(Debug, Default)]
pub(super) struct Vocabulary<'t> {
    numbers: HashMap<Cow<'t, str>, u32, FixedState>,
    /// By number, the number of the folded word.
    folded: Vec<u32>,
}

impl<'t> Vocabulary<'t> {
    /// Reads a text.
    pub(super) fn words(&mut self, text: &'t str) -> Words {
        let mut words = Words::default();
        for (start, word) in split(text) {
            let number = self.number(word);
            words.exact.push(number);
            words.folded.push(self.folded[number as usize]);
            words.starts.push(start);
        }
        words
    }

    fn number(&mut self, word: &'t str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let fold = case_folded(word);
        let folded = match self.numbers.get(fold.as_str()) {
            Some(&number) => number,
            // The folded word stands for itself, be it a word of the text or not.
            None => self.insert(if fold == word { word.into() } else { fold.clone().into() }, None),
        };
        if fold == word { folded } else { self.insert(word.into(), Some(folded)) }
    }

    fn insert(&mut self, word: Cow<'t, str>, folded: Option<u32>) -> u32 {
        // A text of four billion different words would need more than 4 GiB, which are refused.
        let number = u32::try_from(self.folded.len()).unwrap_or(NOTHING - 1);
        self.folded.push(folded.unwrap_or(number));
        self.numbers.insert(word, number);
        number
    }
}

/// The words of a text, each with where it begins.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_in_word)?;
        at = text[start..].find(|c| !is_in_word(c)).map_or(text.len(), |length| start + length);
        Some((start, &text[start..at]))
    })
}

/// Unicode's letters and numbers, and the underscore. Rust's notion of alphanumeric has marks and circled letters besides.
fn is_in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let is_circled =
        matches!(u32::from(c), 0x24B6..=0x24E9 | 0x1F130..=0x1F149 | 0x1F150..=0x1F169 | 0x1F170..=0x1F189);
    c.is_alphanumeric() && !is_combining_mark(c) && !is_circled
}

/// Full case folding, made from what the standard library has: through capitals `ß` becomes `ss` and `ς` becomes `σ`.
fn case_folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            // Its capital is the `I` of other languages.
            'ı' => folded.push(c),
            _ => {
                let capitals = c.to_lowercase().flat_map(char::to_uppercase);
                folded.extend(capitals.flat_map(char::to_lowercase));
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_letters_digits_and_underscores() {
        for (text, words) in [
            ("", &[][..]),
            (" – !", &[]),
            ("It's 3.5_km, née Åse", &["It", "s", "3", "5_km", "née", "Åse"]),
            ("x² ½ Ⅷ ٣", &["x²", "½", "Ⅷ", "٣"]),
            ("e\u{301}te\u{301}", &["e", "te"]),
            ("हिन्दी", &["ह", "न", "द"]),
            ("aⒶb 続きを読む", &["a", "b", "続きを読む"]),
        ] {
            assert_eq!(split(text).map(|(_, word)| word).collect::<Vec<_>>(), words, "{text:?}");
        }
        assert_eq!(split(" né e").collect::<Vec<_>>(), [(1, "né"), (5, "e")]);
    }

    #[test]
    fn case_makes_no_difference_to_folded_words() {
        for (a, b) in [("STRASSE", "straße"), ("ẞ", "ss"), ("ΣΧΌΛΙΟΣ", "σχόλιος"), ("ﬁn", "FIN"), ("Æ", "æ")]
        {
            assert_eq!(case_folded(a), case_folded(b));
        }
        assert_ne!(case_folded("ılan"), case_folded("ilan"));
    }

    #[test]
    fn words_are_numbered_as_they_are_and_folded() {
        let mut vocabulary = Vocabulary::default();
        let first = vocabulary.words("The THE bridge");
        let second = vocabulary.words("the Bridge");
        assert_eq!(first.folded, [second.folded[0], second.folded[0], second.folded[1]]);
        assert_ne!(first.exact[0], first.exact[1]);
        assert_ne!(first.exact[2], second.exact[1]);
        assert_eq!(second.exact[0], second.folded[0]);
        assert_eq!((first.within(0..14), first.within(4..8), first.within(9..14)), (0..3, 1..2, 3..3));
    }
}
