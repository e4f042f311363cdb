//! How a line looks: counts of words, letters and marks, taken in one pass.
//!
//! Shapes add up, so that a paragraph that was broken into lines is measured as one. Of a long line only the beginning
//! and the end are read and the counts are scaled: it is running text, and more of it says nothing new.

use super::function_words::FunctionWords;
use crate::document::{is_unspaced, without_links};

/// Bytes of a line that are read; from the rest its length and its end are taken.
const READ_BYTES: usize = 400;
/// Longer lines are read in part.
const LONG_BYTES: usize = 600;

/// How a line ends, from the least to the most like a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// With a letter or a mark that says nothing.
    #[default]
    Open,
    /// With a digit.
    Digit,
    /// Cut off: an ellipsis.
    Ellipsis,
    /// With a colon.
    Colon,
    /// In the midst of a sentence: a comma, a semicolon, a dash.
    Comma,
    /// As a sentence does.
    Sentence,
}

/// How a line begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// With a small letter.
    Small,
    /// With a capital, or a letter of a script without case.
    #[default]
    Capital,
    /// With a digit.
    Digit,
    /// With a quotation mark or an opening bracket.
    Quote,
    /// With the mark of a list item.
    Item,
    /// With the mark of a heading.
    Heading,
    /// With another mark.
    Symbol,
    /// With a mark that continues a sentence.
    Continuation,
}

/// Counts of a line, or of several that belong together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    pub(super) words: f32,
    pub(super) chars: f32,
    pub(super) letters: f32,
    pub(super) cased: f32,
    pub(super) upper: f32,
    pub(super) digits: f32,
    pub(super) symbols: f32,
    pub(super) separators: f32,
    /// Words after the first whose letters have case, and those that begin with a capital.
    pub(super) cased_words: f32,
    pub(super) capitalized: f32,
    pub(super) function_words: f32,
    /// Words that could be function words: of scripts that are written with spaces.
    pub(super) spaced_words: f32,
    pub(super) inner_ends: f32,
    pub(super) commas: f32,
    pub(super) links: f32,
    pub(super) link_chars: f32,
    pub(super) numbers: f32,
    pub(super) quotes: f32,
    pub(super) longest: f32,
    pub(super) rows: f32,
    pub(super) start: Start,
    pub(super) end: End,
    pub(super) is_bracketed: bool,
    pub(super) has_label: bool,
    pub(super) ends_function_word: bool,
    pub(super) indent: f32,
    /// Of the letters and digits, case aside.
    pub(super) hash: u64,
    pub(super) first_words: u64,
    pub(super) last_word: u64,
}

fn mix(hash: u64, c: u32) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

impl Shape {
    /// Measures a line.
    pub fn of(line: &str, function_words: &FunctionWords, buffer: &mut String) -> Self {
        let trimmed = line.trim();
        #[expect(clippy::cast_precision_loss, reason = "capped")]
        let indent = (line.len() - line.trim_start().len()).min(20) as f32;
        let mut shape = Self { rows: 1.0, indent, ..Self::default() };
        let text = without_links(trimmed);
        shape.link_chars = (trimmed.len() - text.len()) as f32;
        if shape.link_chars > 0.0 {
            shape.links += trimmed.matches("](").count() as f32;
        }
        let text: &str = text.trim();
        shape.start = start_of(text);
        shape.end = end_of(text);
        shape.is_bracketed =
            text.starts_with(['(', '[', '（', '【', '［']) && text.ends_with([')', ']', '）', '】', '］']);
        let (read, scale) = if text.len() > LONG_BYTES {
            let cut = text.floor_char_boundary(READ_BYTES);
            (&text[..cut], text.len() as f32 / cut as f32)
        } else {
            (text, 1.0)
        };
        shape.read(read, function_words, buffer);
        if scale > 1.0 {
            shape.scale(scale);
            // The rest tells lines apart that begin alike.
            shape.hash = mix(shape.hash, text.len() as u32);
        }
        shape
    }

    fn read(&mut self, text: &str, function_words: &FunctionWords, buffer: &mut String) {
        for (number, token) in text.split_whitespace().enumerate() {
            self.token(token, number, function_words, buffer);
        }
    }

    fn token(&mut self, token: &str, number: usize, function_words: &FunctionWords, buffer: &mut String) {
        let (mut letters, mut digits, mut symbols, mut upper, mut cased, mut unspaced) =
            (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
        let mut word_hash = 0u64;
        let mut first_is_upper = None;
        let mut last = ' ';
        buffer.clear();
        for c in token.chars() {
            if c.is_ascii() {
                if c.is_ascii_lowercase() {
                    letters += 1;
                    cased += 1;
                    first_is_upper = first_is_upper.or(Some(false));
                    word_hash = mix(word_hash, c as u32);
                    buffer.push(c);
                } else if c.is_ascii_uppercase() {
                    letters += 1;
                    cased += 1;
                    upper += 1;
                    first_is_upper = first_is_upper.or(Some(true));
                    word_hash = mix(word_hash, c as u32 | 0x20);
                    buffer.push(c.to_ascii_lowercase());
                } else if c.is_ascii_digit() {
                    digits += 1;
                    word_hash = mix(word_hash, c as u32);
                    buffer.push(c);
                } else {
                    symbols += 1;
                    match c {
                        ',' => self.commas += 1.0,
                        '"' => self.quotes += 1.0,
                        _ => {}
                    }
                    if !buffer.is_empty() {
                        buffer.push(c);
                    }
                }
            } else if c.is_alphabetic() {
                letters += 1;
                let is_upper = c.is_uppercase();
                if is_upper || c.is_lowercase() {
                    cased += 1;
                    upper += u32::from(is_upper);
                    first_is_upper = first_is_upper.or(Some(is_upper));
                } else if is_unspaced(c) {
                    unspaced += 1;
                }
                let start = buffer.len();
                if is_upper {
                    buffer.extend(c.to_lowercase());
                } else {
                    buffer.push(c);
                }
                for c in buffer[start..].chars() {
                    word_hash = mix(word_hash, c as u32);
                }
            } else if c.is_numeric() {
                digits += 1;
                word_hash = mix(word_hash, c as u32);
                buffer.push(c);
            } else if crate::document::is_word_char(c) {
                letters += 1;
                buffer.push(c);
            } else {
                symbols += 1;
                match c {
                    '，' | '、' | '،' => self.commas += 1.0,
                    '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => self.quotes += 1.0,
                    _ => {}
                }
                if !buffer.is_empty() {
                    buffer.push(if matches!(c, '’' | 'ʼ') { '\'' } else { c });
                }
            }
            last = c;
        }
        let length = letters + digits;
        self.chars += (length + symbols) as f32;
        self.letters += letters as f32;
        self.cased += cased as f32;
        self.upper += upper as f32;
        self.digits += digits as f32;
        self.symbols += symbols as f32;
        if length == 0 {
            self.separators += f32::from(u8::from(is_separator(token)));
            return;
        }
        self.hash = mix(self.hash, word_hash as u32 ^ (word_hash >> 32) as u32);
        if number < 2 {
            self.first_words = mix(self.first_words, word_hash as u32);
        }
        self.last_word = word_hash;
        if unspaced > 0 {
            self.words += (unspaced as f32 / 2.0).max(1.0);
            self.ends_function_word = false;
        } else {
            self.words += 1.0;
            self.spaced_words += 1.0;
            self.longest = self.longest.max(length as f32);
            let word = buffer.trim_end_matches(|c: char| !crate::document::is_word_char(c));
            let is_function_word = digits == 0 && length <= 12 && function_words.contains(word);
            self.function_words += f32::from(u8::from(is_function_word));
            self.ends_function_word =
                is_function_word && last.is_alphanumeric() && first_is_upper != Some(true);
        }
        if number > 0
            && let Some(is_upper) = first_is_upper
        {
            self.cased_words += 1.0;
            self.capitalized += f32::from(u8::from(is_upper));
        }
        self.numbers += f32::from(u8::from(digits > 0 && digits >= letters));
        match last {
            '.' | '!' | '?' | '。' | '！' | '？' | '।' | '؟' if length > 2 => self.inner_ends += 1.0,
            ':' | '：' if number < 4 => self.has_label = true,
            _ => {}
        }
        if unspaced > 0 {
            self.inner_ends += token.matches(['。', '！', '？']).count() as f32;
        }
        let is_address = token.contains("://")
            || buffer.starts_with("www.")
            || (token.len() > 3 && token.contains('@'))
            || (token.starts_with('#') && letters > 2);
        self.links += f32::from(u8::from(is_address));
    }

    fn scale(&mut self, by: f32) {
        for count in [
            &mut self.words,
            &mut self.chars,
            &mut self.letters,
            &mut self.cased,
            &mut self.upper,
            &mut self.digits,
            &mut self.symbols,
            &mut self.cased_words,
            &mut self.capitalized,
            &mut self.function_words,
            &mut self.spaced_words,
            &mut self.inner_ends,
            &mut self.commas,
            &mut self.numbers,
            &mut self.quotes,
        ] {
            *count *= by;
        }
    }

    /// Adds the next line of the same unit.
    pub fn join(&mut self, next: &Self) {
        let (first, last) = (*self, *next);
        self.words += next.words;
        self.chars += next.chars;
        self.letters += next.letters;
        self.cased += next.cased;
        self.upper += next.upper;
        self.digits += next.digits;
        self.symbols += next.symbols;
        self.separators += next.separators;
        self.cased_words += next.cased_words;
        self.capitalized += next.capitalized;
        self.function_words += next.function_words;
        self.spaced_words += next.spaced_words;
        self.inner_ends += next.inner_ends;
        self.commas += next.commas;
        self.links += next.links;
        self.link_chars += next.link_chars;
        self.numbers += next.numbers;
        self.quotes += next.quotes;
        self.longest = self.longest.max(next.longest);
        self.rows += next.rows;
        self.end = last.end;
        self.ends_function_word = last.ends_function_word;
        self.is_bracketed = first.is_bracketed && last.is_bracketed;
        self.hash = mix(self.hash, (next.hash ^ (next.hash >> 32)) as u32);
        self.last_word = last.last_word;
    }

    /// Words, two characters of a script without spaces being one.
    pub fn words(&self) -> f32 {
        self.words
    }

    /// How it begins.
    pub fn start(&self) -> Start {
        self.start
    }

    /// How it ends.
    pub fn end(&self) -> End {
        self.end
    }

    /// Whether the last word is one that asks for another.
    pub fn ends_function_word(&self) -> bool {
        self.ends_function_word
    }

    /// A whole sentence, however short a paragraph it makes, or more than a headline although its end is missing.
    pub(crate) fn is_sentence(&self) -> bool {
        (self.words >= 6.0 && self.end == End::Sentence)
            || (self.words >= 8.0 && self.inner_ends >= 1.0)
            || self.words >= 16.0
    }

    /// Running text: enough words, and the end of a sentence or a great many words.
    pub(crate) fn is_prose(&self) -> bool {
        self.words >= 25.0 || (self.words >= 12.0 && self.end == End::Sentence)
    }
}

fn is_separator(token: &str) -> bool {
    matches!(
        token,
        "|" | "/"
            | ">"
            | "»"
            | "›"
            | "•"
            | "·"
            | "-"
            | "–"
            | "—"
            | "::"
            | "→"
            | "||"
            | "＞"
            | "｜"
            | "・"
            | "▪"
            | "●"
            | "*"
            | "+"
            | "<"
            | "«"
            | "‹"
            | "&"
    )
}

fn start_of(text: &str) -> Start {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return Start::Symbol };
    let second = chars.next();
    match first {
        '#' if second.is_none_or(|c| c == '#' || c == ' ') => Start::Heading,
        '-' | '*' | '+' | '•' | '·' | '▪' | '●' | '‣' | '◦' | '○' | '■' | '–' | '—'
            if second.is_none_or(char::is_whitespace) =>
        {
            Start::Item
        }
        '"' | '\'' | '“' | '”' | '„' | '‘' | '«' | '»' | '(' | '[' | '「' | '『' | '（' | '【' | '‹'
        | '¿' | '¡' => Start::Quote,
        ',' | '.' | ';' | ':' | ')' | ']' | '!' | '?' | '’' | '，' | '。' | '、' | '…' => {
            Start::Continuation
        }
        c if c.is_lowercase() => Start::Small,
        c if c.is_alphabetic() => Start::Capital,
        c if c.is_numeric() => {
            let rest = text.trim_start_matches(char::is_numeric);
            let is_item =
                rest.len() + 3 >= text.len() && rest.starts_with(['.', ')']) && rest[1..].starts_with(' ');
            if is_item { Start::Item } else { Start::Digit }
        }
        _ => Start::Symbol,
    }
}

fn end_of(text: &str) -> End {
    let closing = |c: char| c.is_whitespace() || "\"'”’»)]*_）」』".contains(c);
    let text = text.trim_end_matches(closing);
    let Some(last) = text.chars().next_back() else { return End::Open };
    match last {
        '…' => End::Ellipsis,
        '.' if text.ends_with("...") => End::Ellipsis,
        '.' | '!' | '?' | '。' | '！' | '？' | '؟' | '۔' | '।' | '։' | '።' => End::Sentence,
        ':' | '：' => End::Colon,
        ',' | ';' | '-' | '–' | '—' | '，' | '、' | '；' | '،' | '(' | '[' | '“' | '„' | '«' => {
            End::Comma
        }
        c if c.is_numeric() => End::Digit,
        _ => End::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(line: &str) -> Shape {
        Shape::of(line, &FunctionWords::new(["the", "was", "and", "in", "don't", "à"]), &mut String::new())
    }

    #[test]
    fn lines_begin_and_end_in_ways_that_tell() {
        for (line, start, end) in [
            ("The bridge was opened in 1931.", Start::Capital, End::Sentence),
            ("“It was,” he said.”", Start::Quote, End::Sentence),
            ("and then,", Start::Small, End::Comma),
            (", who was there", Start::Continuation, End::Open),
            ("* Home", Start::Item, End::Open),
            ("3. Third step", Start::Item, End::Open),
            ("12 shares", Start::Digit, End::Open),
            ("## Heading", Start::Heading, End::Open),
            ("Read more...", Start::Capital, End::Ellipsis),
            ("Share:", Start::Capital, End::Colon),
            ("Nov 2019", Start::Capital, End::Digit),
            ("橋は一九三一年に開かれた。", Start::Capital, End::Sentence),
        ] {
            let shape = shape(line);
            assert_eq!((shape.start, shape.end), (start, end), "{line}");
        }
    }

    #[test]
    fn words_are_counted_by_kind() {
        let s = shape("The Bridge WAS opened, and don’t ask in 1931 (www.example.org) | à");
        assert_eq!((s.words, s.function_words, s.numbers, s.separators), (11.0, 6.0, 1.0, 1.0));
        assert_eq!((s.commas, s.links), (1.0, 1.0));
        // Bridge and WAS, of the words behind the first whose letters have case.
        assert_eq!((s.capitalized, s.cased_words), (2.0, 9.0));
        assert_eq!(shape("[Read more](https://example.org/a)").links, 1.0);
        assert_eq!(shape("関連記事").words, 2.0);
    }

    #[test]
    fn lines_of_a_paragraph_add_up_to_it() {
        let mut parts = shape("The bridge was opened");
        parts.join(&shape("in 1931, and closed in 1960."));
        let whole = shape("The bridge was opened in 1931, and closed in 1960.");
        assert_eq!(
            (parts.words, parts.function_words, parts.end),
            (whole.words, whole.function_words, whole.end)
        );
        assert_eq!((parts.rows, whole.rows), (2.0, 1.0));
        assert!(!parts.is_prose() && shape(&"The bridge was opened and then closed. ".repeat(2)).is_prose());
    }

    #[test]
    fn long_lines_are_read_in_part() {
        let line = "The bridge was opened and closed. ".repeat(1000);
        let s = shape(&line);
        assert!((s.words - 6000.0).abs() < 60.0, "{}", s.words);
        assert_ne!(s.hash, shape(&line[..line.len() - 40]).hash, "the rest counts for telling lines apart");
    }
}
