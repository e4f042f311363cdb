//! Bibliographies: entries with a year and other signs of a source.
//!
//! A headline has a year too, and a list of headlines has numbers. So an entry needs two more signs that do not come from
//! headlines: initials behind a surname, pages, a volume with its number, a DOI or ISBN, a year in brackets, a mark like `[1]`
//! or `^`, *et al.* These are used in all languages that have bibliographies in Western form.

use super::Region;
use super::rows::{Marks, Row, groups};

/// Entries that must stand near each other, and lines that may lie between two of them.
const MIN_ENTRIES: usize = 3;
const APART: usize = 3;
/// Bytes of an entry.
const MAX_ENTRY: usize = 700;
const MIN_ENTRY: usize = 24;
/// Signs that an entry needs.
const SIGNS: usize = 2;

/// Marks runs of entries.
pub(super) fn find(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let evidence = |_, row: &Row<'_>| is_entry(row.text).then_some(());
    // An entry may be broken into lines.
    let is_part = |row: &Row<'_>| row.text.len() <= MAX_ENTRY && !row.gap;
    groups(rows, APART, evidence, is_part, |group| {
        if let [(first, ()), .., (last, ())] = *group
            && group.len() >= MIN_ENTRIES
        {
            marks.protect(&rows[first..=last], Region::References);
        }
    });
}

fn is_entry(text: &str) -> bool {
    if !(MIN_ENTRY..=MAX_ENTRY).contains(&text.len()) {
        return false;
    }
    let Some(year) = year(text) else { return false };
    let signs = [
        is_marked(text),
        has_initials(text),
        year == Year::InBrackets,
        has_pages(text),
        has_issue(text),
        ["doi", "DOI", "ISBN", "ISSN", "arXiv", "et al", "pp. ", "(eds", "(ed."]
            .iter()
            .any(|sign| text.contains(sign)),
    ];
    signs.into_iter().filter(|&sign| sign).count() >= SIGNS
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Year {
    Bare,
    InBrackets,
}

/// The best year of 1500 to 2099 that stands alone.
fn year(text: &str) -> Option<Year> {
    let bytes = text.as_bytes();
    let mut best = None;
    for (at, four) in bytes.windows(4).enumerate() {
        let is_year = matches!(four, [b'1', b'5'..=b'9', ..] | [b'2', b'0', ..])
            && four.iter().all(u8::is_ascii_digit)
            && !at.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphanumeric())
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        if is_year {
            let opens = text[..at].ends_with(['(', '（', '[', '〔']);
            let rest = text[at + 4..].trim_start_matches(|c: char| c.is_ascii_lowercase());
            if opens && rest.starts_with([')', '）', ']', '〕', ',']) {
                return Some(Year::InBrackets);
            }
            best = Some(Year::Bare);
        }
    }
    best
}

/// `[1]`, `[Mül03]`, `^`, `↑`
fn is_marked(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '*', ' ']);
    text.starts_with(['^', '↑'])
        || text.strip_prefix('[').and_then(|rest| rest.split_once(']')).is_some_and(|(mark, rest)| {
            (1..=12).contains(&mark.len())
                && mark.contains(|c: char| c.is_numeric())
                && !rest.starts_with('(')
        })
}

/// `Müller, A.`, `Petrov V. I.`, `A. Müller and`: a capital with a full stop beside a longer word, near the beginning.
fn has_initials(text: &str) -> bool {
    let mut words = text.split_whitespace().take(8).peekable();
    let mut before = "";
    while let Some(word) = words.next() {
        let name = |word: &str| {
            let mut chars = word.chars();
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
        };
        let is_initial = word
            .split(['.', '-'])
            .all(|part| part.chars().count() <= 1 || matches!(part, "," | ";" | "):" | ".,"))
            && word.starts_with(char::is_uppercase)
            && word.contains('.');
        if is_initial && (name(before) || words.peek().is_some_and(|next| name(next))) {
            return true;
        }
        before = word;
    }
    false
}

/// `123–145`, `S. 12-19`: two numbers with a dash, the first of which is no year.
fn has_pages(text: &str) -> bool {
    text.match_indices(['-', '–', '‐', '‑', '—']).any(|(at, dash)| {
        let before = text[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
        let after = text[at + dash.len()..].bytes().take_while(u8::is_ascii_digit).count();
        let edge = text[..at - before].chars().next_back();
        let is_alone = edge.is_none_or(|c| !matches!(c, '-' | '–' | '/' | '.' | '$' | '‑'));
        let ends =
            text[at + dash.len() + after..].chars().next().is_none_or(|c| !matches!(c, '-' | '/' | '–'));
        (1..=4).contains(&before)
            && (1..=4).contains(&after)
            && is_alone
            && ends
            && before + after >= 3
            && !(before == 4 && after == 4 && text[at - 4..at].starts_with(['1', '2']))
    })
}

/// `12(3)`, `12 (3)`: a volume and its number.
fn has_issue(text: &str) -> bool {
    text.match_indices('(').any(|(at, _)| {
        let inner = text[at + 1..].split(')').next().unwrap_or_default();
        (1..=3).contains(&inner.len())
            && inner.bytes().all(|b| b.is_ascii_digit())
            && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
    })
}
