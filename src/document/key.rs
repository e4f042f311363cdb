//! The key: the folded form of a line, the only thing that patterns are compared with.
//!
//! One phrase has to catch all its spellings, so folding removes what sites vary and what evaders add:
//! casing, Unicode compatibility forms, spacing, quotation marks and dashes, invisible characters, decoration
//! at both ends, Markdown, letter-spacing, look-alike letters. It keeps everything that makes two phrases
//! differ. `patterns/README.md` has the table for people.
//!
//! Folding is idempotent (`tests/properties.rs`). A key is never written to the output.

use super::lookalikes;
use super::markdown;
use super::words::is_word_char;
use std::cell::OnceCell;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Whether folding makes capitals small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Yes: the key proper.
    Fold,
    /// No: as long as the key, byte for byte, with the capitals of the line, to tell names from words.
    Keep,
}

/// The folded form of one line.
#[derive(Clone, Debug, Default)]
pub struct Key {
    text: String,
    cased: OnceCell<String>,
}

impl Key {
    /// The key of `line`.
    pub fn new(line: &str) -> Self {
        let mut key = Self::default();
        key.set(line);
        key
    }

    /// Makes this the key of `line`, using the memory again.
    pub fn set(&mut self, line: &str) {
        self.cased.take();
        fold(line, Case::Fold, &mut self.text);
    }

    /// A key of `line` with nothing trimmed, and for each byte of it and for its end where in the line it comes
    /// from. Markdown stays, and letters with separate accents are not composed.
    pub(crate) fn with_origins(line: &str) -> (Self, Vec<usize>) {
        let (text, origins) = fold_with_origins(line, Case::Fold);
        let (cased, _) = fold_with_origins(line, Case::Keep);
        let key = Self { text, cased: OnceCell::from(cased) };
        (key, origins)
    }

    /// The key's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The key with the capitals of `line`, which must be the line that the key was made of. Each byte
    /// stands where it stands in the key; letters whose small form has another length stay small.
    pub fn cased(&self, line: &str) -> &str {
        self.cased.get_or_init(|| {
            let mut cased = String::with_capacity(self.text.len());
            fold(line, Case::Keep, &mut cased);
            if cased.len() == self.text.len() { cased } else { self.text.clone() }
        })
    }
}

/// Folds `line` into `out`, which is cleared first.
pub fn fold(line: &str, case: Case, out: &mut String) {
    out.clear();
    let line = without_letter_bullet(line);
    let plain = trim_ascii_decoration(line);
    if is_plain(plain.as_bytes()) && !may_be_spaced_out(plain) {
        out.push_str(plain);
        if case == Case::Fold {
            out.make_ascii_lowercase();
        }
    } else {
        fold_any(line, case, out);
        // One rule can bring about what another looks for: a `*` between brackets, a Turkish letter beside a Cyrillic one.
        for _ in 0..MAX_PASSES {
            if !may_fold_further(out) {
                break;
            }
            let before = std::mem::take(out);
            fold_any(&before, case, out);
            if *out == before {
                break;
            }
        }
    }
}

/// Passes at most. Text that is not made to need more needs one; the property test has found none that needs five.
const MAX_PASSES: usize = 5;

/// Whether another pass could change a folded text. Most texts are done here.
fn may_fold_further(key: &str) -> bool {
    let is_stable = is_plain(key.as_bytes()) && trim_ascii_decoration(key).len() == key.len();
    may_be_spaced_out(key)
        || (!is_stable
            && (key.contains("](")
                || key.contains(['«', '»'])
                || is_nfkc_quick(key.chars()) != IsNormalized::Yes
                || lookalikes::mixes_alphabets(key)))
}

/// What a byte means for folding, by table because every byte of every short line asks.
const PLAIN: u8 = 0;
const DECORATION: u8 = 1; // dropped at the ends of a line, like PLAIN inside
const SPECIAL: u8 = 2; // not ASCII, or treated by `fold_char`

const CLASSES: [u8; 256] = {
    let mut classes = [SPECIAL; 256];
    let mut b = 0x20;
    while b < 0x7F {
        classes[b as usize] = match b {
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'?'
            | b'!'
            | b'"'
            | b'\''
            | b'@'
            | b'$'
            | b'%'
            | b'&' => PLAIN,
            b'*' | b'_' | b'`' | b']' => SPECIAL,
            _ => DECORATION,
        };
        b += 1;
    }
    classes
};

/// ASCII in which folding changes nothing but capitals and the ends: no tabs, double spaces, spaces
/// before punctuation, or Markdown.
fn is_plain(line: &[u8]) -> bool {
    let (mut seen, mut before, mut loose_space) = (0, 0, false);
    for &b in line {
        seen |= CLASSES[usize::from(b)];
        loose_space |= before == b' ' && matches!(b, b' ' | b'?' | b'!' | b':' | b';' | b',' | b'.');
        before = b;
    }
    seen & SPECIAL == 0 && !loose_space
}

/// The line without ASCII decoration at its ends. What is left of a plain line needs no other trimming.
fn trim_ascii_decoration(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_ascii() && CLASSES[c as usize] == DECORATION)
}

fn fold_with_origins(line: &str, case: Case) -> (String, Vec<usize>) {
    let (mut out, mut origins) = (String::with_capacity(line.len()), Vec::with_capacity(line.len() + 1));
    for (at, c) in line.char_indices() {
        for c in std::iter::once(c).nfkc() {
            // Some characters take away the one before: `__`, and a space before punctuation.
            if out.ends_with(' ') && matches!(c, '?' | '!' | ':' | ';' | ',' | '.') {
                origins.pop();
            }
            fold_char(c, case, &mut out);
            origins.truncate(out.len());
            origins.resize(out.len(), at);
        }
    }
    origins.push(line.len());
    (out, origins)
}

fn fold_any(line: &str, case: Case, out: &mut String) {
    let line = markdown::without_links(line);
    let line = without_arrows(&line);
    let closed;
    let line = match closed_up(line) {
        Some(text) => {
            closed = text;
            closed.as_str()
        }
        None => line,
    };
    let mut put = |c: char| fold_char(c, case, out);
    if is_nfkc_quick(line.chars()) == IsNormalized::Yes {
        line.chars().for_each(&mut put);
    } else {
        line.nfkc().for_each(&mut put);
    }
    if lookalikes::mixes_alphabets(out) {
        lookalikes::unify(out);
    }
    // Dropped characters can bring two parts of a composition together.
    if !out.is_ascii() && is_nfkc_quick(out.chars()) != IsNormalized::Yes {
        let composed: String = out.nfkc().collect();
        out.clear();
        composed.chars().for_each(|c| fold_char(c, case, out));
    }
    trim_decoration(out);
}

/// The letter `o` is the bullet of nested lists in text made by inscriptis and lynx, always indented.
fn without_letter_bullet(line: &str) -> &str {
    match line.trim_start().strip_prefix("o ") {
        Some(item) if line.starts_with([' ', '\t']) => item,
        _ => line,
    }
}

/// `»` is an arrow at the ends of a line (`Read more »`) and a quotation mark elsewhere; only arrows are
/// decoration.
fn without_arrows(line: &str) -> &str {
    let is_arrow = |c: char| "«»".contains(c);
    if !line.contains(is_arrow) {
        return line;
    }
    let is_quote = |c: char| "‘’‚‛′´ʼ“”„‟″".contains(c);
    let inner = line.trim_matches(|c| is_arrow(c) || (is_decoration(c) && !is_quote(c)));
    let edge = &line.trim();
    let is_quoted =
        line.matches(is_arrow).count() == 2 && edge.starts_with(is_arrow) && edge.ends_with(is_arrow);
    if inner.contains(is_arrow) || is_quoted { line } else { inner }
}

fn push_space(out: &mut String) {
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

/// `__` is Markdown's emphasis; a single underscore stays.
fn push_underscore(out: &mut String) {
    if out.ends_with('_') {
        out.pop();
    } else {
        out.push('_');
    }
}

fn fold_char(c: char, case: Case, out: &mut String) {
    match c {
        '_' => push_underscore(out),
        '*' => {}
        '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' | 'ʼ' | '＇' => out.push('\''),
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
        '‐'..='―' | '−' | '﹣' | '－' => out.push('-'),
        // `©2020` is `© 2020`.
        '©' => out.push_str("© "),
        'İ' | 'ı' => out.push('i'),
        '\u{307}' if out.ends_with('i') => {} // what İ becomes in small letters elsewhere
        'ß' | 'ẞ' => out.push_str("ss"),
        'ς' => out.push('σ'),
        'ی' | 'ى' => out.push('ي'),
        'ک' => out.push('ك'),
        _ if is_ignorable(c) => {}
        _ if c.is_whitespace() => push_space(out),
        _ if c.is_control() => {}
        '?' | '!' | ':' | ';' | ',' | '.' => {
            // French sets a space before some of these, and templates have one where an optional word is left out.
            if out.ends_with(' ') {
                out.pop();
            }
            out.push(c);
        }
        _ if c.is_ascii() => out.push(if case == Case::Fold { c.to_ascii_lowercase() } else { c }),
        _ => match decimal_digit(c) {
            Some(digit) => out.push(digit),
            None => push_small(c, case, out),
        },
    }
}

fn push_small(c: char, case: Case, out: &mut String) {
    let mut small = c.to_lowercase();
    let same_length = small.clone().map(char::len_utf8).sum::<usize>() == c.len_utf8();
    if case == Case::Keep && same_length {
        out.push(c);
    } else {
        small.by_ref().for_each(|s| out.push(if s == 'ς' { 'σ' } else { s }));
    }
}

/// Invisible characters: zero width, soft hyphen, direction marks, variation selectors, tags, kashida, keycap.
fn is_ignorable(c: char) -> bool {
    matches!(c as u32,
        0x00AD | 0x034F | 0x061C | 0x0640 | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
        | 0x2060..=0x206F | 0x20E3 | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFC | 0xE0000..=0xE0FFF)
}

/// Zeros of the decimal digits of other scripts; the nine digits follow each.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810,
];

fn decimal_digit(c: char) -> Option<char> {
    let c = u32::from(c);
    let zero = ZEROS.iter().find(|&&zero| (zero..zero + 10).contains(&c))?;
    char::from_digit(c - zero, 10)
}

/// Characters at the ends of a line that say something; all others that are no letters or digits are decoration.
pub(crate) const KEPT_AT_ENDS: &str = "?!\"'@$%&©®€£¥₹₽₩₺";

/// U+FDD0..=U+FDEF are noncharacters, which stand for the holes of a template that is folded.
pub(crate) fn is_decoration(c: char) -> bool {
    !(is_word_char(c) || KEPT_AT_ENDS.contains(c) || matches!(c, '\u{fdd0}'..='\u{fdef}'))
}

fn trim_decoration(key: &mut String) {
    key.truncate(key.trim_end_matches(is_decoration).len());
    let start = key.len() - key.trim_start_matches(is_decoration).len();
    key.drain(..start);
}

/// A quick look that lets nearly all lines pass by: a letter, white space, and so on.
fn may_be_spaced_out(line: &str) -> bool {
    // Two letters side by side at the beginning, as in nearly every line.
    if let [a, b, ..] = line.as_bytes()
        && a.is_ascii_alphanumeric()
        && b.is_ascii_alphanumeric()
    {
        return false;
    }
    let mut chars = line.chars().skip_while(|&c| is_decoration(c)).map(char::is_whitespace);
    chars.next() == Some(false) && chars.next() == Some(true) && chars.any(|space| !space) && {
        let mut words = line.split(|c: char| c.is_whitespace() || is_decoration(c)).filter(|w| !w.is_empty());
        words.all(|w| w.chars().nth(1).is_none())
    }
}

/// `R E K L A M A` is `REKLAMA`: a line of three or more single letters, closed up. Where some gaps are
/// wider than others, they separate words.
fn closed_up(line: &str) -> Option<String> {
    if !may_be_spaced_out(line) {
        return None;
    }
    let line = line.trim_matches(is_decoration);
    let mut letters: Vec<(char, usize)> = Vec::new(); // a letter and the white space before it
    let mut gap = 0;
    for c in line.chars() {
        if c.is_whitespace() {
            gap += 1;
        } else if c.is_alphabetic() && (gap > 0 || letters.is_empty()) {
            letters.push((c, gap));
            gap = 0;
        } else if !is_ignorable(c) {
            return None;
        }
    }
    if letters.len() < 3 {
        return None;
    }
    let narrow = letters.iter().skip(1).map(|l| l.1).min()?;
    let mut out = String::new();
    for (i, (letter, gap)) in letters.into_iter().enumerate() {
        if i > 0 && gap > narrow {
            out.push(' ');
        }
        out.push(letter);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let key = Key::new(line);
        assert_eq!(key.text(), expected, "key of {line:?}");
        assert_eq!(Key::new(expected).text(), expected, "folding twice");
        assert_eq!(key.cased(line).len(), key.text().len(), "cased key of {line:?}");
    }

    #[test]
    fn spellings_of_one_phrase_have_one_key() {
        for line in [
            "Advertisement",
            "– ADVERTISEMENT –",
            "[Advertisement]",
            "  * **Advertisement:**",
            "A D V E R T I S E M E N T",
            "- A D V E R T I S E M E N T -",
            "Ａｄｖｅｒｔｉｓｅｍｅｎｔ",
            "      o Advertisement",
            "Adver\u{ad}tise\u{200b}ment",
            "📢 Advertisement ⬇️",
            "[Advertisement](https://example.org/ads?x=(1))",
            "▼ Advertisement ▼",
            "»»» [ Advertisement ] «««",
            "Аdvеrtisеmеnt", // Cyrillic А and е
        ] {
            check(line, "advertisement");
        }
    }

    #[test]
    fn other_alphabets_fold_too() {
        check("Pеклaма", "реклама");
        check("R E K L A M A", "reklama");
        check("S P O N S O R E D   P O S T", "sponsored post");
        check("ﾆｭｰｽ", "ニュース");
        check("İLAN", "ilan");
        check("ılan", "ilan");
        check("STRASSE straße", "strasse strasse");
        check("ΣΧΌΛΙΟΣ σχόλιος", "σχόλιοσ σχόλιοσ");
        check("٣ تعليقات", "3 تعليقات");
        check("३ टिप्पणियाँ", "3 टिप्पणियाँ");
        check("Læs også:", "læs også");
    }

    #[test]
    fn what_makes_phrases_differ_stays() {
        check("Why this ad?", "why this ad?");
        check("“Share” – it’s ‘free’…", "\"share\" - it's 'free'");
        check("© 2020 Example", "© 2020 example");
        check("©2020 Example ©", "© 2020 example ©");
        check("$5 a month", "$5 a month");
        check("Déjà abonné ?", "déjà abonné?");
        check("Déjà abonné\u{a0}?", "déjà abonné?");
        check("»Del«", "\"del\"");
        check("Læs »Del« »", "læs \"del\" \"");
        check("a b", "a b");
        check("I am 5", "i am 5");
        check("snake_case __bold__", "snake_case bold");
    }

    #[test]
    fn decoration_alone_folds_to_nothing() {
        for line in ["", "   ", "* * * * * *", "———", "•", "\u{200b}", "[ ]", "🙂🙂"] {
            check(line, "");
        }
    }

    #[test]
    fn the_cased_key_keeps_capitals_in_place() {
        assert_eq!(Key::new("By  Jane **Smith**").cased("By  Jane **Smith**"), "By Jane Smith");
        assert_eq!(Key::new("Åse Øst").cased("Åse Øst"), "Åse Øst");
    }
}
