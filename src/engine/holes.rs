//! What the holes of a template match.
//!
//! Numbers, dates and the like have one reading, the longest, given by a regular expression over the key.
//! `{text}`, `{name}` and word lists have several, which the matcher tries longest first. Every bound here is part
//! of the pattern format and stated in `patterns/README.md`.

use crate::document::{
    Case, Key, fold, has_sentence_break, is_unspaced, is_word_char, may_split_at, word_count,
};
use crate::patterns::{Hole, Pairs, Words};
use regex::Regex;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, OnceLock};

/// Words and bytes of a `{text}` at most.
const MAX_TEXT_WORDS: usize = 20;
pub(super) const MAX_TEXT_BYTES: usize = 240;
/// Words of a `{name}` at most.
const MAX_NAME_WORDS: usize = 5;
/// Small words inside names.
const PARTICLES: &[&str] = &[
    "af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ten", "ter", "van", "von", "y", "zu",
];

const NUMBER: &str = concat!(
    r"[0-9]+(?:[.,'][0-9]+| [0-9]{3}\b)*",
    r"(?:[kmb]\b|\+| ?(?:mil|mln|mio|mrd|tis|tys|tsd|bin|rb|jt|ribu|juta|тыс|тис|млн|хил|χιλ|εκ|लाख|हज़ार)\b\.?| ?[万萬亿億千만천]\+?)?",
);
const TIME: &str = concat!(
    r"(?:[0-9]{1,2} ?h(?: ?[0-9]{2}(?: ?m(?:in)?)?)?\b",
    r"|[0-9]{1,2}(?:[:.h][0-9]{2}(?:[:.][0-9]{2})?(?: ?(?:am|pm|a\.m\.?|p\.m\.?)\b)?| ?(?:am|pm|a\.m\.?|p\.m\.?)\b)",
    r"|(?:(?:午前|午後|上午|下午|오전|오후) ?)?[0-9]{1,2}(?::[0-9]{2}| ?[時时点點시](?: ?[0-9]{1,2} ?[分분])?))",
    r"(?: \(?(?:gmt|utc|bst|est|edt|et|cst|cdt|ct|mst|mdt|mt|pst|pdt|pt|ist|cet|cest|eet|eest|msk|jst|kst|hkt|sgt|wib|aest|aedt)\b\)?(?:[+-][0-9:]{1,5})?)?",
);
const PRICE: &str = concat!(
    r"(?:(?:us|a|au|c|ca|hk|nz|s|r)?[$€£¥₹₽₩₺₪₫₱฿] ?[0-9]+(?:[.,' ][0-9]+)*",
    r"|(?:usd|eur|gbp|aud|cad|inr|rs\.?|dkk|sek|nok|chf|pln|kr\.?|rp\.?|rm) ?[0-9]+(?:[.,' ][0-9]+)*(?:,-)?",
    r"|[0-9]+(?:[.,' ][0-9]+)* ?(?:[$€£¥₹₽₩₺₪₫₱฿]|(?:usd|eur|euro|euros|gbp|aud|cad|inr|dkk|sek|nok|chf|pln|kr|zł|kč|ft|lei|tl|kn|vnd|rub|руб|р|грн|лв|บาท|تومان|ریال|درهم|جنيه)\b\.?|円|元|원|đ))",
);
const URL: &str = r#"(?:https?://|www\.)[^ "<>]+"#;
const EMAIL: &str = r"[^ @<>()]+@[^ @<>()]+\.[a-z0-9-]{2,}";
const DOMAIN: &str = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}";

/// A hole, ready to match.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    /// One reading.
    Form(Form),
    Text,
    Name,
    Words(Arc<List>),
}

/// A word list. A text is compared only with the entries that begin as it does.
#[derive(Debug)]
pub(super) struct List {
    /// Longest first.
    pub entries: Vec<String>,
    /// The same by their first byte, and where those of each byte begin.
    by_first: Vec<String>,
    begins: Vec<usize>,
}

impl List {
    fn new(entries: Vec<String>) -> Self {
        let first = |entry: &String| entry.as_bytes().first().copied().unwrap_or_default();
        let mut by_first = entries.clone();
        by_first.sort_by_key(first); // stable: longest first among those of a byte
        let begins =
            (0..=256).map(|byte| by_first.partition_point(|e| usize::from(first(e)) < byte)).collect();
        Self { entries, by_first, begins }
    }

    fn beginning_as(&self, text: &str) -> &[String] {
        match text.as_bytes().first() {
            Some(&byte) => &self.by_first[self.begins[usize::from(byte)]..self.begins[usize::from(byte) + 1]],
            None => &[],
        }
    }
}

/// A regular expression that is compiled when it is first needed: most runs need few of them.
#[derive(Clone, Debug)]
pub(super) struct Form(Arc<LazyForm>);

#[derive(Debug)]
struct LazyForm {
    written: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Form {
    fn new(written: String) -> Self {
        Self(Arc::new(LazyForm { written, compiled: OnceLock::new() }))
    }

    /// The end of the match that begins at `start`.
    fn end(&self, key: &str, start: usize) -> Option<usize> {
        let compile = || Regex::new(&format!("^(?:{})", self.0.written)).ok();
        let regex = self.0.compiled.get_or_init(compile).as_ref()?;
        let end = start + regex.find(&key[start..])?.end();
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        // A unit may follow a number directly: `5min`, `12件`.
        let ends = match is_digit(key.as_bytes()[..end].last()) {
            true => !is_digit(key.as_bytes().get(end)),
            false => may_split_at(key, end),
        };
        ends.then_some(end)
    }
}

/// The holes of one pack: its word lists, folded, and the forms made from them.
#[derive(Debug)]
pub(super) struct Holes {
    lists: BTreeMap<String, Arc<List>>,
    date: Form,
    duration: Form,
}

static NUMBER_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(NUMBER.to_owned()));
static TIME_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(TIME.to_owned()));
static PRICE_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(PRICE.to_owned()));
static URL_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(URL.to_owned()));
static EMAIL_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(EMAIL.to_owned()));
static DOMAIN_FORM: LazyLock<Form> = LazyLock::new(|| Form::new(DOMAIN.to_owned()));

impl Holes {
    pub(super) fn new(words: &Words) -> Self {
        let lists: BTreeMap<String, Arc<List>> = words
            .iter()
            .map(|(name, entries)| (name.clone(), Arc::new(List::new(folded(entries)))))
            .collect();
        let one_of = |name: &str| {
            let entries = lists.get(name).map_or(&[][..], |list| &list.entries);
            match entries {
                [] => r"[^\s\S]".to_owned(),
                _ => {
                    format!("(?:{})", entries.iter().map(|e| regex::escape(e)).collect::<Vec<_>>().join("|"))
                }
            }
        };
        let (month, weekday, unit) = (one_of("month"), one_of("weekday"), one_of("unit"));
        let day = r"[0-9]{1,2}(?:st|nd|rd|th|er|[.ºª])?";
        let link = r"(?:[ /.-]|\. |,? (?:of|de|del|do|d'))";
        let named = [
            // 19 november 2019, 19.nov.2019, 19 tháng 11 năm 2019, 19 ноября 2019 г.
            format!(
                r"{day}{link} ?{month}\.?(?:,?(?: of| de| del| năm)?[ /.-]?(?:[0-9]{{4}}|'?[0-9]{{2}})\b(?: (?:г|р|r|года|року|roku)\b\.?)?)?"
            ),
            format!(r"{month}\.?,? (?:de )?[0-9]{{4}}\b"), // november 2019
            format!(r"{month}\.?[ -]{day}(?:,? [0-9]{{4}}\b|[,-] ?[0-9]{{2,4}}\b)?"), // november 19, 2019
            format!(r"[0-9]{{4}}\.? {month}\.? [0-9]{{1,2}}\b\.?"), // 2019. november 19.
        ];
        let numbered = [
            r"[0-9]{4} ?[年년] ?[0-9]{1,2} ?[月월](?: ?[0-9]{1,2} ?[日일])?",
            r"[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日일]",
            r"[0-9]{4}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{1,2}",
            r"[0-9]{1,2}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{2,4}",
        ];
        let date = format!(
            r"(?:{weekday}\.?[,،]? (?:the |den |d\. )?)?(?:{}|{})(?:[,،]? {weekday}\b| ?\({weekday}\.?\)?)?",
            named.join("|"),
            numbered.join("|")
        );
        let number = r"[0-9]+(?:[.,][0-9]+)?";
        let duration = format!(
            r"{number}[ -]?{unit}(?:\b|$)(?:,? (?:[a-zé]{{1,3}} )?{number} ?{unit}(?:\b|$)){{0,2}}|{number}[ -]?{unit}"
        );
        Self { lists, date: Form::new(date), duration: Form::new(duration) }
    }

    /// The entries of a word list, folded.
    pub(super) fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], |list| &list.entries)
    }

    /// The matcher of a hole; `None` if there is no word list of that name.
    pub(super) fn matcher(&self, hole: &Hole) -> Option<Matcher> {
        Some(match hole {
            Hole::Number => Matcher::Form(NUMBER_FORM.clone()),
            Hole::Time => Matcher::Form(TIME_FORM.clone()),
            Hole::Date => Matcher::Form(self.date.clone()),
            Hole::Duration => Matcher::Form(self.duration.clone()),
            Hole::Price => Matcher::Form(PRICE_FORM.clone()),
            Hole::Url => Matcher::Form(URL_FORM.clone()),
            Hole::Email => Matcher::Form(EMAIL_FORM.clone()),
            Hole::Domain => Matcher::Form(DOMAIN_FORM.clone()),
            Hole::Name => Matcher::Name,
            Hole::Text => Matcher::Text,
            Hole::Words(name) => Matcher::Words(self.lists.get(name)?.clone()),
        })
    }
}

/// Word list entries as they stand in a key: inside it, and at its end, where decoration is trimmed. Longest first.
fn folded(entries: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for entry in entries {
        out.extend([fold_inside(entry), Key::new(entry).text().to_owned()]);
    }
    out.retain(|entry| !entry.is_empty());
    out.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    out.dedup();
    out
}

/// A noncharacter, which folding leaves alone and does not trim; see [`fold`].
pub(super) const SENTINEL: char = '\u{fdd0}';

/// Folds text that stands inside a line, so without trimming its ends.
pub(super) fn fold_inside(text: &str) -> String {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ') && !text.contains("  ") {
        return text.to_ascii_lowercase(); // nearly all, and several times as fast
    }
    let mut out = String::new();
    fold(&format!("{SENTINEL}{text}{SENTINEL}"), Case::Fold, &mut out);
    out.trim_matches(SENTINEL).to_owned()
}

/// A key with the line that it was made of.
#[derive(Clone, Copy)]
pub(super) struct View<'k> {
    pub key: &'k Key,
    pub line: &'k str,
    pub pairs: Pairs,
}

impl<'k> View<'k> {
    pub(super) fn new(key: &'k Key, line: &'k str) -> Self {
        Self { key, line, pairs: Pairs::of(key.text()) }
    }

    pub(super) fn text(&self) -> &str {
        self.key.text()
    }
}

impl Matcher {
    /// Calls `found` with each place where this hole, beginning at `start`, may end, longest first, until it
    /// returns `true`. Places of which `may` says no are left out: it is a quick look at what follows.
    pub(super) fn ends(
        &self,
        view: View<'_>,
        start: usize,
        may: &dyn Fn(usize) -> bool,
        found: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let mut found = |end: usize| may(end) && found(end);
        let key = view.text();
        match self {
            Self::Form(form) => form.end(key, start).is_some_and(&mut found),
            Self::Text => text_ends(key, start, may, &mut found),
            Self::Name => name_ends(key, view.key.cased(view.line), start).into_iter().rev().any(&mut found),
            Self::Words(list) => list
                .beginning_as(&key[start..])
                .iter()
                .filter(|word| key[start..].starts_with(word.as_str()))
                .map(|word| start + word.len())
                .filter(|&end| may_split_at(key, end))
                .any(&mut found),
        }
    }
}

fn text_ends(
    key: &str,
    start: usize,
    may: &dyn Fn(usize) -> bool,
    found: &mut dyn FnMut(usize) -> bool,
) -> bool {
    let rest = &key[start..];
    let most = rest.floor_char_boundary(MAX_TEXT_BYTES);
    let window = &rest[..most];
    // In ASCII, what makes a prefix too long makes every longer one too long, so one look serves all ends. The
    // words of unspaced scripts are estimated, and their number may fall as the text grows.
    let longest = OnceCell::new();
    let fits = |end: usize| match window.is_ascii() {
        true => end <= *longest.get_or_init(|| longest_within_sentence(window)) && is_trimmed(&window[..end]),
        false => is_text(&window[..end]),
    };
    (1..=most)
        .rev()
        .filter(|&end| window.is_char_boundary(end) && may(start + end))
        .any(|end| fits(end) && found(start + end))
}

/// The length of the longest prefix of ASCII text that is short enough and stays within a sentence.
fn longest_within_sentence(text: &str) -> usize {
    let (mut fits, mut fails) = (0, text.len() + 1);
    while fails - fits > 1 {
        let middle = if fails > text.len() { text.len() } else { fits.midpoint(fails) };
        if is_within_sentence(&text[..middle]) {
            fits = middle;
        } else {
            fails = middle;
        }
    }
    fits
}

/// Whether `text` may fill a `{text}`: 1 to 20 words that do not run over the end of a sentence.
pub(super) fn is_text(text: &str) -> bool {
    text.len() <= MAX_TEXT_BYTES && is_trimmed(text) && is_within_sentence(text)
}

fn is_trimmed(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(' ') && !text.ends_with(' ')
}

fn is_within_sentence(text: &str) -> bool {
    word_count(text) <= MAX_TEXT_WORDS && !has_sentence_break(text)
}

/// Where a name that begins at `start` may end, shortest first. `cased` is the key with its capitals.
fn name_ends(key: &str, cased: &str, start: usize) -> Vec<usize> {
    let (mut ends, mut at) = (Vec::new(), start);
    for words in 0..MAX_NAME_WORDS {
        let in_name = |c: char| (is_word_char(c) && !c.is_numeric()) || "'-.".contains(c);
        let length: usize = key[at..].chars().take_while(|&c| in_name(c)).map(char::len_utf8).sum();
        let is_capital = cased[at..].chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
        let is_particle = PARTICLES.contains(&&key[at..at + length]);
        if length == 0 || !(is_capital || (is_particle && words > 0)) {
            break;
        }
        // Between letters of a script without spaces a name may end anywhere.
        let inner = key[at..at + length].char_indices().map(|(i, _)| at + i).skip(1);
        ends.extend(inner.filter(|&end| is_capital && is_within_unspaced(key, end)));
        at += length;
        if is_capital {
            let bare = key[..at].trim_end_matches(['.', '-', '\'']).len();
            ends.extend((bare < at).then_some(bare));
            ends.push(at);
        }
        if !key[at..].starts_with(' ') {
            break;
        }
        at += 1;
    }
    ends.retain(|&end| word_count(&key[start..end]) <= MAX_NAME_WORDS);
    ends
}

/// Whether letters stand on both sides, and one of them is of a script without spaces.
fn is_within_unspaced(key: &str, at: usize) -> bool {
    match (key[..at].chars().next_back(), key[at..].chars().next()) {
        (Some(a), Some(b)) => is_word_char(a) && is_word_char(b) && (is_unspaced(a) || is_unspaced(b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(hole: Hole) -> Matcher {
        let list = |entries: &[&str]| entries.iter().map(ToString::to_string).collect();
        let words = Words::from([
            ("month".to_owned(), list(&["january", "nov", "nov.", "november"])),
            ("weekday".to_owned(), list(&["tuesday", "tue"])),
            ("unit".to_owned(), list(&["min", "minutes", "m", "hour", "分"])),
            ("network".to_owned(), list(&["X", "Facebook", "Google+"])),
        ]);
        Holes::new(&words).matcher(&hole).expect("a known hole")
    }

    /// Whether the hole takes the whole line.
    fn check(hole: Hole, fits: &[&str], does_not: &[&str]) {
        let hole = matcher(hole);
        let takes = |line: &str| {
            let key = Key::new(line);
            let len = key.text().len();
            hole.ends(View::new(&key, line), 0, &|_| true, &mut |end| end == len)
        };
        for line in fits {
            assert!(takes(line), "{hole:?} should take {line:?}");
        }
        for line in does_not {
            assert!(!takes(line), "{hole:?} should not take {line:?}");
        }
    }

    #[test]
    fn forms_take_what_the_readme_says() {
        check(
            Hole::Number,
            &["7", "1,024", "1.2K", "500+", "1 024", "٣", "3 mil", "1,2 тыс.", "1.2万"],
            &["seven", "7 8", "5kg"],
        );
        check(
            Hole::Time,
            &[
                "9:30",
                "21.15",
                "9:30 AM EST",
                "9 p.m.",
                "10:22pm (GMT)",
                "14h",
                "10h30min",
                "午後3時5分",
                "오후 3:05",
            ],
            &["9", "930"],
        );
        check(
            Hole::Date,
            &[
                "19 November 2019",
                "Nov 19, 2019",
                "Tuesday, 19.11.2019",
                "2019-11-19",
                "Nov. 19th",
                "19. november 2019",
                "11/19/19",
                "November 2019",
                "2019年11月19日",
                "Tue 19 Nov 2019",
                "19-Nov-2019",
                "19.nov.2019",
                "2019. november 19.",
                "19 Nov 2019 г.",
                "19 November 2019, Tuesday",
                "2019-11-19 (Tue)",
            ],
            &["2019", "November", "Tuesday", "19 elephants"],
        );
        check(
            Hole::Duration,
            &["5 min", "5min", "1 hour, 20 minutes", "3 分", "2-minutes"],
            &["5", "5 miles", "min"],
        );
        check(Hole::Price, &["$5", "4,99 €", "USD 10", "€ 1.000,00", "99 kr."], &["5", "five dollars"]);
        check(Hole::Url, &["https://example.org/x?y", "www.example.org"], &["example.org"]);
        check(Hole::Email, &["me@example.org"], &["@me", "me@example"]);
        check(Hole::Domain, &["example.org", "News.Example.co.uk"], &["example", "3.5"]);
    }

    #[test]
    fn names_have_capitals() {
        check(
            Hole::Name,
            &["Jane Smith", "Anna de Vries", "AFP", "J. R. O'Neil-Smith", "Åse Øst", "山田太郎"],
            &["jane smith", "Jane smith", "Jane 2", "de Vries", "One Two Three Four Five Six"],
        );
    }

    #[test]
    fn text_is_short_and_within_a_sentence() {
        check(
            Hole::Text,
            &["a", "The U.S. president said no", "Is it over? What we know", "Dr. No returns."],
            &[
                "It was over. They went home",
                "one two three four five six seven eight nine ten one two three four five six seven eight nine ten 21",
            ],
        );
    }

    #[test]
    fn word_lists_match_whole_words() {
        check(Hole::Words("network".into()), &["x", "Facebook", "google+", "Google"], &["xy", "facebooks"]);
    }
}
