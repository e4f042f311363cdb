//! What each hole of a template stands for, written again from the table in `patterns/README.md`.
//!
//! Numbers, dates and the like are regular languages; their grammar is spelled out here a second time, in pieces with
//! names, so that a slip in the library's version shows as a difference. Whoever changes the format changes both.
//! Of these holes only the longest reading counts; `{text}`, `{name}` and word lists may end in several places.

use super::words::{is_border, is_word_char, runs_over_a_sentence, word_count};
use dechaff::document::{Case, Key, fold};
use dechaff::patterns::{Hole, Words};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A noncharacter, which folding neither changes nor trims.
pub(crate) const GUARD: char = '\u{fdd0}';

/// `{text}` has at most so many words and characters.
const TEXT_WORDS: usize = 20;
const TEXT_CHARS: usize = 160;
/// `{name}` has at most so many words.
const NAME_WORDS: usize = 5;
/// Small words that may stand inside a name, but not at its ends.
const PARTICLES: &str = "af al av bin da de del della den der di do dos du el ibn la le ten ter van von y zu";

/// The holes of one pack.
#[derive(Debug)]
pub(crate) struct Grammar {
    lists: BTreeMap<String, Vec<String>>,
    forms: [OnceLock<Regex>; 8],
}

impl Grammar {
    pub(crate) fn new(words: &Words) -> Self {
        let both = |entry: &String| [fold_inside(entry), Key::new(entry).text().to_owned()];
        let list = |entries: &Vec<String>| {
            let mut list: Vec<String> =
                entries.iter().flat_map(both).filter(|entry| !entry.is_empty()).collect();
            list.sort_by_key(|entry| (std::cmp::Reverse(entry.len()), entry.clone()));
            list.dedup();
            list
        };
        Self {
            lists: words.iter().map(|(name, entries)| (name.clone(), list(entries))).collect(),
            forms: Default::default(),
        }
    }

    /// Where `hole` may end at all if it begins at `start`, longest first.
    pub(crate) fn candidates(&self, hole: &Hole, key: &str, start: usize) -> Vec<usize> {
        let all = |end: usize| (start + 1..=end).rev().filter(|&end| key.is_char_boundary(end)).collect();
        match hole {
            Hole::Text => all(key.len().min(start + TEXT_CHARS * char::MAX.len_utf8())),
            Hole::Name | Hole::Words(_) => all(key.len()),
            _ => self.longest_form(hole, key, start).into_iter().collect(),
        }
    }

    /// Whether `hole` may end at this candidate. `cased` is the key with its capitals.
    pub(crate) fn fits(&self, hole: &Hole, key: &str, cased: &str, start: usize, end: usize) -> bool {
        match hole {
            Hole::Text => is_text(&key[start..end]),
            Hole::Name => is_name(key, cased, start, end),
            Hole::Words(name) => {
                self.lists[name].iter().any(|entry| *entry == key[start..end]) && is_border(key, end)
            }
            _ => true,
        }
    }

    fn longest_form(&self, hole: &Hole, key: &str, start: usize) -> Option<usize> {
        let (slot, written): (usize, fn(&Self) -> String) = match hole {
            Hole::Number => (0, |_| number()),
            Hole::Time => (1, |_| time()),
            Hole::Date => (2, Self::date),
            Hole::Duration => (3, Self::duration),
            Hole::Price => (4, |_| price()),
            Hole::Url => (5, |_| r#"(?:https?://|www\.)[^ "<>]+"#.to_owned()),
            Hole::Email => (6, |_| r"[^ @<>()]+@[^ @<>()]+\.[a-z0-9-]{2,}".to_owned()),
            _ => (7, |_| r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}".to_owned()),
        };
        let form = self.forms[slot].get_or_init(|| Regex::new(&format!(r"\A(?:{})", written(self))).unwrap());
        let end = start + form.find(&key[start..])?.end();
        // A unit may follow a digit directly, as in `5min`; otherwise a word must end here.
        let after = key[end..].chars().next();
        let fits = match key[..end].chars().next_back() {
            Some('0'..='9') => !after.is_some_and(|c| c.is_ascii_digit()),
            _ => is_border(key, end),
        };
        fits.then_some(end)
    }

    fn one_of(&self, list: &str) -> String {
        match self.lists.get(list) {
            Some(entries) if !entries.is_empty() => {
                let escaped: Vec<String> = entries.iter().map(|entry| regex::escape(entry)).collect();
                format!("(?:{})", escaped.join("|"))
            }
            _ => r"[^\s\S]".to_owned(), // no list: nothing fits
        }
    }

    /// `tuesday, 19 november 2019` and its many cousins.
    fn date(&self) -> String {
        let (month, weekday) = (self.one_of("month"), self.one_of("weekday"));
        let day = "[0-9]{1,2}(?:st|nd|rd|th|er|[.ºª])?";
        let link = "(?:[ /.-]|[.] |,? (?:of|de|del|do|d'))";
        let year = "(?:[0-9]{4}|'?[0-9]{2})";
        let forms = [
            format!(
                r"{day}{link} ?{month}\.?(?:,?(?: of| de| del| năm)?[ /.-]?{year}\b(?: (?:г|р|r|года|року|roku)\b\.?)?)?"
            ), // 19 november 2019
            format!(r"{month}\.?,? (?:de )?[0-9]{{4}}\b"), // november 2019
            format!(r"{month}\.?[ -]{day}(?:,? [0-9]{{4}}\b|[,-] ?[0-9]{{2,4}}\b)?"), // november 19, 2019
            format!(r"[0-9]{{4}}\.? {month}\.? [0-9]{{1,2}}\b\.?"), // 2019. november 19.
            "[0-9]{4} ?[年년] ?[0-9]{1,2} ?[月월](?: ?[0-9]{1,2} ?[日일])?".to_owned(),
            "[0-9]{1,2} ?[月월] ?[0-9]{1,2} ?[日일]".to_owned(),
            "[0-9]{4}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{1,2}".to_owned(), // 2019-11-19
            "[0-9]{1,2}[-/.] ?[0-9]{1,2}[-/.] ?[0-9]{2,4}".to_owned(), // 19.11.2019
        ];
        let after = format!(r"(?:[,،]? {weekday}\b| ?\({weekday}\.?\)?)?");
        format!(r"(?:{weekday}\.?[,،]? (?:the |den |d\. )?)?(?:{}){after}", forms.join("|"))
    }

    /// `1 hour, 20 minutes`: up to three numbers with units.
    fn duration(&self) -> String {
        let unit = self.one_of("unit");
        let number = "[0-9]+(?:[.,][0-9]+)?";
        let more = format!(r"(?:,? (?:[a-zé]{{1,3}} )?{number} ?{unit}(?:\b|$))");
        format!(r"{number}[ -]?{unit}(?:\b|$){more}{{0,2}}|{number}[ -]?{unit}")
    }
}

/// `7`, `1,024`, `1 024`, `1.2k`, `500+`.
fn number() -> String {
    let words =
        "mil mln mio mrd tis tys tsd bin rb jt ribu juta тыс тис млн хил χιλ εκ लाख हज़ार".replace(' ', "|");
    let thousand = format!(r" ?(?:{words})\b\.?| ?[万萬亿億千만천]\+?");
    format!(r"[0-9]+(?:[.,'][0-9]+| [0-9]{{3}}\b)*(?:[kmb]\b|\+|{thousand})?")
}

/// `9:30`, `21.15`, `9:30 am est`.
fn time() -> String {
    let half = r"(?: ?(?:am|pm|a\.m\.?|p\.m\.?)\b)";
    let zones = "gmt utc bst est edt et cst cdt ct mst mdt mt pst pdt pt ist cet cest eet eest msk jst kst hkt sgt wib aest aedt";
    let zone = format!(r"(?: \(?(?:{})\b\)?(?:[+-][0-9:]{{1,5}})?)", zones.replace(' ', "|"));
    let western = format!("[0-9]{{1,2}}(?:[:.h][0-9]{{2}}(?:[:.][0-9]{{2}})?{half}?|{half})");
    let hours = r"[0-9]{1,2} ?h(?: ?[0-9]{2}(?: ?m(?:in)?)?)?\b";
    let minutes = "(?::[0-9]{2}| ?[時时点點시](?: ?[0-9]{1,2} ?[分분])?)";
    let eastern = format!("(?:(?:午前|午後|上午|下午|오전|오후) ?)?[0-9]{{1,2}}{minutes}");
    format!("(?:{hours}|{western}|{eastern}){zone}?")
}

/// `$5`, `usd 10`, `4,99 €`.
fn price() -> String {
    let sign = "[$€£¥₹₽₩₺₪₫₱฿]";
    let amount = "[0-9]+(?:[.,' ][0-9]+)*";
    let before = r"(?:usd|eur|gbp|aud|cad|inr|rs\.?|dkk|sek|nok|chf|pln|kr\.?|rp\.?|rm)";
    let after = "(?:usd|eur|euro|euros|gbp|aud|cad|inr|dkk|sek|nok|chf|pln|kr|zł|kč|ft|lei|tl|kn|vnd|rub|руб|р|грн|лв|บาท|تومان|ریال|درهم|جنيه)";
    let forms = [
        format!("(?:us|a|au|c|ca|hk|nz|s|r)?{sign} ?{amount}"),
        format!("{before} ?{amount}(?:,-)?"),
        format!(r"{amount} ?(?:{sign}|{after}\b\.?|円|元|원|đ)"),
    ];
    forms.join("|")
}

/// 1 to 20 words, at most 160 characters, not running over the end of a sentence.
pub(crate) fn is_text(text: &str) -> bool {
    !text.starts_with(' ')
        && !text.ends_with(' ')
        && (1..=TEXT_CHARS).contains(&text.chars().count())
        && word_count(text) <= TEXT_WORDS
        && !runs_over_a_sentence(text)
}

/// One to five words, each with a capital in the original line or, between two such, a particle.
fn is_name(key: &str, cased: &str, start: usize, end: usize) -> bool {
    let in_name = |c: char| (is_word_char(c) && !c.is_numeric()) || matches!(c, '\'' | '-' | '.');
    let words: Vec<&str> = key[start..end].split(' ').collect();
    if word_count(&key[start..end]) > NAME_WORDS
        || words.iter().any(|word| word.is_empty() || !word.chars().all(in_name))
    {
        return false;
    }
    // A name takes whole words: all of the last one, or all but the punctuation at its end.
    let rest: String = key[end..].chars().take_while(|&c| in_name(c)).collect();
    let ends_clean = !key[..end].ends_with(['\'', '-', '.']);
    let cuts_punctuation_only = ends_clean && rest.chars().all(|c| matches!(c, '\'' | '-' | '.'));
    // Between letters of a script without spaces a name may end anywhere.
    let sides = (key[..end].chars().next_back().unwrap(), rest.chars().next());
    let is_unspaced_there =
        matches!(sides, (a, Some(b)) if is_word_char(a) && is_word_char(b) && is_border(key, end));
    if !rest.is_empty() && !cuts_punctuation_only && !is_unspaced_there {
        return false;
    }
    let mut at = start;
    for (i, word) in words.iter().enumerate() {
        let first = cased[at..].chars().next().unwrap();
        let has_capital = first.is_alphabetic() && !first.is_lowercase();
        let is_inner = i > 0 && i + 1 < words.len();
        let is_particle = is_inner && PARTICLES.split(' ').any(|particle| particle == *word);
        if !has_capital && !is_particle {
            return false;
        }
        at += word.len() + 1;
    }
    true
}

/// Folds text that stands inside a line, so that nothing at its ends is taken for decoration.
pub(crate) fn fold_inside(text: &str) -> String {
    let mut out = String::new();
    fold(&format!("{GUARD}{text}{GUARD}"), Case::Fold, &mut out);
    out.trim_matches(GUARD).to_owned()
}
