//! Tables: Markdown, drawn with lines, aligned by tabs or spaces, or separated by commas.
//!
//! Markdown's have a line of dashes under the head. Others need three rows, of at least three cells, that have
//! numbers in the same column: rows of links have none, and boxes of labels and values have two cells. A row of days, as
//! calendars have them, does not count.

use super::Region;
use super::rows::{Marks, Row};

/// Marks tables that are drawn with `|`. The rule under the head, or above it, tells them from menus.
pub(super) fn drawn(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let is_row = |row: &Row<'_>| memchr::memchr2(b'|', b'+', row.text.as_bytes()).is_some();
    let mut is_open = false;
    for i in 1..rows.len() {
        let (rule, row) = (&rows[i - 1], &rows[i]);
        let is_joined = !row.gap && is_row(row);
        if is_joined && is_open {
            marks.protect(&rows[i - 1..=i], Region::Table);
        } else if is_joined && is_rule(rule.text) {
            let head = i.checked_sub(2).filter(|&head| !rule.gap && is_row(&rows[head]));
            is_open = head.is_some() || rule.text.starts_with('+');
            if is_open {
                marks.protect(&rows[head.unwrap_or(i - 1)..=i], Region::Table);
            }
        } else {
            is_open = false;
        }
    }
}

/// `|---|:--:|`, `--- | ---`, `+-----+----+`
fn is_rule(text: &str) -> bool {
    let is_drawn = text.len() >= 5 && text.bytes().all(|b| b"|-: +=".contains(&b));
    is_drawn && text.split(['|', '+']).filter(|piece| piece.contains(['-', '='])).count() >= 2
}

/// Cells that a row of an aligned table needs, and rows that the table needs.
const MIN_CELLS: usize = 3;
const MIN_ROWS: usize = 3;
/// Cells that are looked at, and bytes of a row.
const MAX_CELLS: usize = 32;
const MAX_ROW: usize = 400;

/// Marks tables that are aligned, or separated by lines, commas or semicolons.
pub(super) fn aligned(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let mut first = 0;
    let mut before: Option<Cells> = None;
    for i in 0..=rows.len() {
        let cells = rows.get(i).and_then(|row| cells(row.text));
        let goes_on = match (before, cells) {
            (Some(a), Some(b)) => a.is_like(b),
            _ => false,
        };
        if !goes_on {
            let own = rows[first..i].iter().filter(|row| !row.is_junk).count();
            if before.is_some() && own >= MIN_ROWS {
                marks.protect(&rows[with_head(rows, first)..i], Region::Table);
            }
            first = i;
        }
        before = cells;
    }
}

/// The head of a table has as many cells and no numbers.
fn with_head(rows: &[Row<'_>], first: usize) -> usize {
    let is_head = first > 0
        && !rows[first].gap
        && !rows[first - 1].is_junk
        && split(rows[first - 1].text).is_some_and(|(_, cells)| cells >= MIN_CELLS);
    if is_head { first - 1 } else { first }
}

/// A row of cells, some of which are numbers.
#[derive(Clone, Copy)]
struct Cells {
    separator: Separator,
    count: usize,
    /// A bit for each cell that is a number.
    numbers: u32,
}

impl Cells {
    fn is_like(self, other: Self) -> bool {
        self.separator == other.separator && self.count == other.count && self.numbers & other.numbers != 0
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    Tab,
    Spaces,
    Byte(u8),
    /// A name and then numbers, with one space between each.
    Words,
}

fn split(text: &str) -> Option<(Separator, usize)> {
    if text.len() > MAX_ROW {
        return None;
    }
    let separator = if text.starts_with('|') {
        Separator::Byte(b'|')
    } else if text.contains('\t') {
        Separator::Tab
    } else if text.contains("  ") {
        Separator::Spaces
    } else {
        // A sentence has a space behind its commas.
        let tight =
            |b: u8| !text.as_bytes().windows(2).any(|pair| pair == [b, b' ']) && text.as_bytes().contains(&b);
        [b';', b','].into_iter().find(|&b| tight(b)).map_or(Separator::Words, Separator::Byte)
    };
    Some((separator, pieces(text, separator).count()))
}

fn pieces(text: &str, separator: Separator) -> Box<dyn Iterator<Item = &str> + '_> {
    match separator {
        Separator::Tab => Box::new(text.split('\t').map(str::trim)),
        Separator::Spaces => Box::new(text.split("  ").map(str::trim).filter(|cell| !cell.is_empty())),
        Separator::Words => Box::new(text.split(' ')),
        Separator::Byte(b) => Box::new(
            text.split(char::from(b)).map(str::trim).filter(move |cell| b != b'|' || !cell.is_empty()),
        ),
    }
}

fn cells(text: &str) -> Option<Cells> {
    let (separator, count) = split(text)?;
    if separator == Separator::Words {
        return numbers_behind_a_name(text);
    }
    if !(MIN_CELLS..=MAX_CELLS).contains(&count) {
        return None;
    }
    let mut numbers = 0;
    for (i, cell) in pieces(text, separator).enumerate() {
        numbers |= u32::from(is_number(cell)) << i;
    }
    let is_days = numbers.count_ones() as usize == count && count == 7;
    (numbers != 0 && !is_days).then_some(Cells { separator, count, numbers })
}

/// `Skerry 9 7 1 1 22`: the head of such a table has as many words behind the first, so it is not known.
fn numbers_behind_a_name(text: &str) -> Option<Cells> {
    let mut words = text.rsplit(' ');
    let count = words.clone().take_while(|word| is_number(word)).count();
    let has_name = words.any(|word| word.chars().any(char::is_alphabetic));
    (has_name && (MIN_CELLS..=MAX_CELLS).contains(&count)).then_some(Cells {
        separator: Separator::Words,
        count,
        numbers: 1,
    })
}

/// Digits with what stands at numbers: signs, separators, currencies and short units.
fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(|c| c.is_numeric()).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    digits > 0 && letters <= 2 && cell.chars().count() <= 16
}
