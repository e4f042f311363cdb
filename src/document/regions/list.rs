//! Lists that the text introduces: a line of several words that ends with a colon, and marked items below it.
//!
//! Lists of links have headings that end with colons too (`Related stories:`), so the line must be longer than such headings
//! are. Two kinds of items speak for themselves: amounts (`200 g flour`), which any line with a colon may introduce or none, and
//! steps, numbered one by one and written in sentences.

use super::Region;
use super::rows::{Marks, Row, without_junk};
use crate::document::{ends_sentence, word_count};

/// Words of a line that introduces a list.
const INTRO_WORDS: usize = 6;
/// Of these, words that begin with a small letter, in alphabets that have them. Headings have few.
const SMALL_WORDS: usize = 3;
/// Items that must follow.
const MIN_ITEMS: usize = 2;
/// Lines that an item may go on for, if they are indented or the line before was full.
const MAX_MORE_LINES: usize = 2;
const FULL_BYTES: usize = 50;
/// Whole sentences of a numbered list that nothing introduces.
const MIN_STEPS: usize = 3;
/// Items that begin with amounts, of a list that has no marks.
const MIN_AMOUNTS: usize = 3;
/// The same without a line that introduces them.
const BARE_AMOUNTS: usize = 4;

/// Marks lists with their introductions.
pub(super) fn find(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    marked(&without_junk(rows, is_item), marks);
    amounts(&without_junk(rows, is_amount), marks);
    steps(&without_junk(rows, is_item), marks);
    changes(&without_junk(rows, is_item), marks);
}

fn is_open(row: &Row<'_>) -> bool {
    !row.is_junk && row.text.ends_with([':', '：'])
}

fn own(rows: &[Row<'_>], is_item: impl Fn(&str) -> bool) -> usize {
    rows.iter().filter(|row| !row.is_junk && is_item(row.text)).count()
}

fn marked(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        at += 1;
        if is_open(row) && is_intro(row.text) {
            let end = rest(rows, at);
            if own(&rows[at..end], is_item) >= MIN_ITEMS {
                marks.protect(&rows[at - 1..end], Region::List);
            }
            // What another line among these introduces is a part of this, whether it is enough or not.
            at = end;
        }
    }
}

/// Where the items end that begin at `start`. An item does not know what stood before it, so the answer is the same from each
/// line of the list.
fn rest(rows: &[Row<'_>], start: usize) -> usize {
    let (mut end, mut more) = (start, 0);
    for (i, row) in rows.iter().enumerate().skip(start) {
        if is_item(row.text) {
            // Junk that a blank line sets apart is rather the menu behind the list.
            if row.is_junk && row.gap {
                break;
            }
            (end, more) = (i + 1, 0);
        } else {
            more += 1;
            let goes_on = i > start && {
                let before = &rows[i - 1];
                row.indent > rows[end - 1].indent
                    || (before.text.len() >= FULL_BYTES && !ends_sentence(before.text))
            };
            if row.gap || more > MAX_MORE_LINES || end == start || !goes_on {
                break;
            }
        }
    }
    end
}

/// Amounts behind a colon, or more of them without. Counters come alone, or count the same again and again.
fn amounts(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        at += 1;
        if is_open(row) {
            let end = at + rows[at..].iter().take_while(|row| is_amount(row.text)).count();
            if own(&rows[at..end], is_amount) >= MIN_AMOUNTS {
                marks.protect(&rows[at - 1..end], Region::List);
            }
            at = end;
        }
    }
    let is_part = |row: &Row<'_>| !row.is_junk && is_amount(row.text) && !has_date(row.text);
    for items in rows.chunk_by(|a, b| !b.gap && is_part(a) && is_part(b) && last_word(a) != last_word(b)) {
        if items.len() >= BARE_AMOUNTS {
            marks.protect(items, Region::List);
        }
    }
}

fn last_word<'t>(row: &Row<'t>) -> &'t str {
    row.text.rsplit(char::is_whitespace).next().unwrap_or_default()
}

/// Archives and lists of news have days before months, and years.
fn has_date(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty());
    let is_year = |number: &str| number.len() == 4;
    numbers.any(is_year) || text.contains(['年', '月'])
}

/// Steps that nothing introduces: numbers that follow each other before whole sentences. Numbered headlines have no full stops.
fn steps(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let mut run: Option<(usize, usize, u32)> = None; // the first and the last item, and the number of the last
    let mut sentences = 0;
    for i in 0..=rows.len() {
        let number = rows.get(i).and_then(|row| number(row.text));
        let is_part = |(_, last, before): (usize, usize, u32)| match number {
            Some(number) => number == before + 1,
            None => i < rows.len() && i - last <= MAX_MORE_LINES && ends_sentence(rows[i].text),
        };
        if let Some((first, last, _)) = run
            && !run.is_some_and(is_part)
        {
            if sentences >= MIN_STEPS {
                marks.protect(&rows[first..=last], Region::List);
            }
            (run, sentences) = (None, 0);
        }
        if let Some(number) = number {
            run = Some((run.map_or(i, |(first, ..)| first), i, number));
            sentences += usize::from(!rows[i].is_junk && is_step(rows[i].text));
        }
    }
}

/// What changed, as Markdown: a heading with a version, then items, under headings or not.
fn changes(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let is_heading = |row: &Row<'_>| row.text.starts_with('#');
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        at += 1;
        if is_heading(row) && !row.is_junk && has_version(row.text) {
            let is_part =
                |row: &&Row<'_>| is_heading(row) || is_item(row.text) || (row.indent > 0 && !row.gap);
            let end = at + rows[at..].iter().take_while(is_part).count();
            if own(&rows[at..end], is_item) >= MIN_ITEMS {
                let last = rows[..end].iter().rposition(|row| is_item(row.text)).unwrap_or(at);
                marks.protect(&rows[at - 1..=last], Region::List);
            }
            at = end;
        }
    }
}

/// `1.2`, `2.4.0`: a number with full stops inside.
fn has_version(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit() && c != '.').any(|word| word.trim_matches('.').contains('.'))
}

fn is_step(text: &str) -> bool {
    ends_sentence(text) && !text.ends_with([':', '：'])
}

/// The number of `1. …`, `2) …`.
fn number(text: &str) -> Option<u32> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item(text).filter(|_| (1..=3).contains(&digits))?;
    text[..digits].parse().ok()
}

fn is_intro(text: &str) -> bool {
    let words = || text.split_whitespace();
    let has_capitals = text.chars().any(char::is_uppercase);
    let small = words().filter(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
    word_count(text) >= INTRO_WORDS && (!has_capitals || small >= SMALL_WORDS) && !text.contains("://")
}

/// What an item says, without its mark; `None` if it has none.
fn item(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let rest = match chars.next()? {
        '•' | '‣' | '▪' | '●' | '○' | '◦' | '■' | '□' | '➤' | '►' | '✓' | '✔' | '・' | '①'..='⑳' => {
            chars.as_str()
        }
        '-' | '*' | '+' | '·' | '–' | '—' | 'o' => chars.as_str().strip_prefix([' ', '\t', '\u{a0}'])?,
        '(' | '（' => numbered(chars.as_str(), &[')', '）'])?,
        _ => numbered(text, &['.', ')', '．', '、', '）'])?,
    };
    Some(rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// `1. `, `12) `, `a) `, `一、`: up to three digits, a letter or a Chinese numeral.
fn numbered<'t>(text: &'t str, ends: &[char]) -> Option<&'t str> {
    let count = text.char_indices().take_while(|(_, c)| c.is_numeric()).take(4).count();
    let is_short = (1..=3).contains(&count);
    let number = if is_short { count } else { 1 };
    let is_letter = text.chars().next().is_some_and(char::is_alphabetic);
    let rest = &text[text.char_indices().nth(number)?.0..];
    let end = rest.chars().next().filter(|c| ends.contains(c))?;
    let rest = &rest[end.len_utf8()..];
    let is_apart = !end.is_ascii() || rest.starts_with([' ', '\t', '\u{a0}']);
    ((is_short || (is_letter && end != '.')) && is_apart).then_some(rest)
}

/// An item, or an amount without a mark.
pub(super) fn may_be_item(text: &str) -> bool {
    is_item(text) || is_amount(text)
}

fn is_item(text: &str) -> bool {
    item(text).is_some()
}

/// `200 g flour`, `½ onion`, `• 2 eggs`
fn is_amount(text: &str) -> bool {
    let text = item(text).unwrap_or(text);
    let rest =
        text.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '/' | ',' | '.' | '-' | '–' | '⁄'));
    let is_short = text.len() <= 100 && rest.len() < text.len();
    is_short
        && text.starts_with(char::is_numeric)
        && rest.trim_start().chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
}
