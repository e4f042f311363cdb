//! Counting words and telling prose from furniture, in scripts with and without spaces.

/// Letters that are written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF // Thai, Lao, Myanmar, Khmer
        | 0x3040..=0x30FF | 0x31F0..=0x31FF // kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF) // Han
}

/// How many words `text` has: runs between white space; two characters of a script without spaces count as one.
pub fn word_count(text: &str) -> usize {
    words_up_to(text, usize::MAX)
}

/// The same, but counting may stop at `most`: of a paragraph only the beginning is read.
fn words_up_to(text: &str, most: usize) -> usize {
    if text.is_ascii() {
        return text.split_ascii_whitespace().take(most).count();
    }
    let (mut spaced, mut unspaced) = (0, 0usize);
    for word in text.split_whitespace() {
        let here = word.chars().filter(|&c| is_unspaced(c)).count();
        unspaced += here;
        spaced += usize::from(here == 0);
        if spaced + unspaced.div_ceil(2) >= most {
            break;
        }
    }
    spaced + unspaced.div_ceil(2)
}

/// A character inside a word: letters, digits and the marks that belong to them.
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Whether a word may end at byte `at` of `text`, in any script.
pub fn may_split_at(text: &str, at: usize) -> bool {
    match (text[..at].chars().next_back(), text[at..].chars().next()) {
        (Some(a), Some(b)) => !is_word_char(a) || !is_word_char(b) || is_unspaced(a) || is_unspaced(b),
        _ => true,
    }
}

/// Whether `text` ends as a sentence does, closing quotes and brackets aside.
pub fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| c.is_whitespace() || "\"'”’»)]*_".contains(c);
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።', ':'])
}

/// A full stop after a word of four letters or more, with text behind it. Shorter words may be abbreviations.
pub(crate) fn has_sentence_break(text: &str) -> bool {
    if text.trim_end_matches('。').contains('。') {
        return true;
    }
    text.match_indices(". ")
        .any(|(at, _)| text[..at].chars().rev().take_while(|&c| is_word_char(c)).count() >= 4)
}

/// Words that a line needs to count as prose if it ends a sentence.
const PROSE_WORDS: usize = 12;
/// Words from which a line counts as prose whatever its end.
const LONG_PROSE_WORDS: usize = 25;

/// Whether a line looks like running text: content until something says otherwise.
///
/// The bounds follow jusText's (stop-word rich paragraphs of 70 to 200 characters, about 12 to 30 words).
pub fn is_prose(text: &str) -> bool {
    // No script fits twelve words into fewer bytes, and most lines end here.
    if text.len() < 36 {
        return false;
    }
    let words = words_up_to(text, LONG_PROSE_WORDS);
    words >= LONG_PROSE_WORDS || (words >= PROSE_WORDS && ends_sentence(text))
}

/// Words that a line needs to be a sentence of its own.
const SENTENCE_WORDS: usize = 6;

/// Whether a line looks like a whole sentence, however short a paragraph it makes.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end();
    text.len() >= 18
        && !text.ends_with(':')
        && ends_sentence(text)
        && words_up_to(text, SENTENCE_WORDS) >= SENTENCE_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        for (text, words) in [
            ("", 0),
            ("one", 1),
            (" one  two\tthree ", 3),
            ("Bücher für alle", 3),
            ("关闭广告", 2),
            ("続きを読む", 3),
            ("Photo: 山田太郎", 3),
        ] {
            assert_eq!(word_count(text), words, "{text:?}");
        }
    }

    #[test]
    fn prose_is_long_and_ends_a_sentence() {
        let sentence =
            "The council met on Tuesday and after a long debate it voted to keep the old bridge open.";
        assert!(is_prose(sentence));
        assert!(is_prose(&format!("“{sentence}” ")));
        assert!(!is_prose(sentence.trim_end_matches('.')), "a headline");
        assert!(!is_prose("All rights reserved."));
        assert!(is_prose("市議会は火曜日に会合を開き、長い議論の末に古い橋を残すことを決めた。"));
    }
}
