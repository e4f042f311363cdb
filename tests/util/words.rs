//! Words, borders and sentence ends, written again from `patterns/README.md`.
//!
//! The library has all of this, but the matcher of `oracle.rs` may not ask the code that it judges.

/// Scripts that are written without spaces: Thai, Lao, Myanmar, Khmer, kana and Han.
fn is_unspaced(c: char) -> bool {
    const RANGES: [(u32, u32); 8] = [
        (0x0E00, 0x0EFF),
        (0x1000, 0x109F),
        (0x1780, 0x17FF),
        (0x3040, 0x30FF),
        (0x31F0, 0x31FF),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xF900, 0xFAFF),
    ];
    RANGES.iter().any(|&(first, last)| (first..=last).contains(&u32::from(c)))
        || (0x20000..=0x3FFFF).contains(&u32::from(c))
}

/// Letters, digits and the marks that belong to them.
pub(crate) fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Whether a word may begin or end at this byte of the key.
pub(crate) fn is_border(key: &str, at: usize) -> bool {
    let Some(before) = key[..at].chars().next_back() else { return true };
    let Some(after) = key[at..].chars().next() else { return true };
    let inside_a_word = is_word_char(before) && is_word_char(after);
    !inside_a_word || is_unspaced(before) || is_unspaced(after)
}

/// Runs between white space; two characters of a script without spaces count as one word.
pub(crate) fn word_count(text: &str) -> usize {
    let (mut spaced, mut unspaced) = (0, 0);
    for run in text.split_whitespace() {
        match run.chars().filter(|&c| is_unspaced(c)).count() {
            0 => spaced += 1,
            n => unspaced += n,
        }
    }
    spaced + usize::div_ceil(unspaced, 2)
}

/// Whether a sentence ends inside `text`: a full stop after a word of four letters or more with text behind it
/// (shorter words may be abbreviations), or an ideographic full stop that is not at the end.
pub(crate) fn runs_over_a_sentence(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let latin = (0..chars.len()).any(|i| {
        let letters = chars[..i].iter().rev().take_while(|&&c| is_word_char(c)).count();
        chars[i] == '.' && chars.get(i + 1) == Some(&' ') && letters >= 4
    });
    let ideographic = (0..chars.len()).any(|i| chars[i] == '。' && chars[i..].iter().any(|&c| c != '。'));
    latin || ideographic
}
