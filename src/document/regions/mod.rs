//! Regions: parts of a text that look like junk and never are.
//!
//! Code, tables, verse, bibliographies, dialogue and introduced lists are made of short, repeated, unpunctuated
//! lines, as menus are. A phrase that is junk on its own line is content there: a button in the steps of a manual,
//! a heading in a table. So such parts are found first, by their shape, and nobody who removes lines touches them.
//!
//! Shapes need no word of any language. What tells them from menus is strict on purpose: a poem that is missed is no worse off
//! than before, a menu that is protected stays for ever.
//!
//! Cleaning twice must be cleaning once, so a region must not depend on what stands around it, which may go. Each
//! kind therefore decides by the lines of the region alone, and by counting up: a region that other lines are
//! joined to can only grow. There are no shares and no averages here. Kinds do not look at each other; where they overlap,
//! the first of [`regions`] gives the name. `tests/regions.rs` holds this on texts made by chance.
//!
//! Lines that a pattern is sure of are looked through, as a second cleaning would not see them; in code, tables
//! and lists they are protected where they fit in.

mod cells;
mod code;
mod dialogue;
mod list;
mod references;
mod rows;
mod table;
mod verse;

use rows::{Marks, Row};

/// Whether a text may have fenced code.
pub(crate) fn has_fence(text: &str) -> bool {
    let mut marks = memchr::memchr2_iter(b'`', b'~', text.as_bytes());
    marks.any(|at| matches!(text.as_bytes()[at..], [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..]))
}

/// Which regions could hold a line that is sure to be junk, fences aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JunkIn {
    /// None: junk is no part of dialogue, verse and references, and the line is neither a row of a table nor an item.
    Nothing,
    /// A list.
    List,
    /// A table, code, or a list.
    Anything,
}

const DIGIT: u8 = 1;
const COMMA: u8 = 2;
const CELL: u8 = 4;
const SPACE: u8 = 8;
const OTHER_SCRIPT: u8 = 16;

/// What bytes say about cells.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' => DIGIT,
            b',' | b';' => COMMA,
            b'|' | b'+' | b'\t' => CELL,
            b' ' => SPACE,
            128.. => OTHER_SCRIPT,
            _ => 0,
        };
        b += 1;
    }
    kinds
};

/// Answers by the line alone; never too little.
pub(crate) fn may_hold_junk(line: &str) -> JunkIn {
    let is_indented = line.starts_with('\t') || line.starts_with("  ");
    let text = line.trim();
    // Every line that a pattern is sure of is asked, and most hold nothing of all this.
    let any = text.bytes().fold(0, |any, b| any | KINDS[usize::from(b)]);
    if any & !(SPACE | COMMA) == 0 && !is_indented && !text.contains("  ") {
        return if may_be_item(text) { JunkIn::List } else { JunkIn::Nothing };
    }
    let (mut numbers, mut commas, mut cells) = (0, 0, is_indented || !text.is_ascii());
    let mut before = 0u8;
    for &b in text.as_bytes() {
        numbers += usize::from(b.is_ascii_digit() && !before.is_ascii_digit());
        commas += usize::from(KINDS[usize::from(b)] == COMMA);
        cells |= KINDS[usize::from(b)] == CELL || (b == b' ' && before == b' ');
        before = b;
    }
    let is_row = |text: &str| {
        text.contains(['|', '+', '\t']) || text.contains("  ") || text.contains(char::is_numeric)
    };
    if numbers >= 3 || (numbers > 0 && commas >= 2) || (cells && (is_indented || is_row(text))) {
        JunkIn::Anything
    } else if may_be_item(text) {
        JunkIn::List
    } else {
        JunkIn::Nothing
    }
}

/// Whether a line may be an item of a list.
pub(crate) fn may_be_item(line: &str) -> bool {
    let text = line.trim_start();
    // Two letters at the beginning are neither an amount nor the mark of an item, and most lines begin so.
    let begins_as_words =
        matches!(text.as_bytes(), [a, b, ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic());
    !begins_as_words && list::may_be_item(text.trim_end())
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Region {
    /// Between fences, or indented and made of what code is made of.
    Code,
    /// Rows of cells: Markdown, aligned by spaces or tabs, or separated by commas.
    Table,
    /// Poems and lyrics.
    Verse,
    /// Entries of a bibliography.
    References,
    /// Speeches with names before them, or with dashes or quotation marks.
    Dialogue,
    /// A list with the line that introduces it.
    List,
}

/// A line of a text, as [`regions`] sees it.
#[derive(Clone, Copy, Debug)]
pub struct RegionLine<'t> {
    /// The line without its ending.
    pub text: &'t str,
    /// Whether a pattern is sure that it is junk.
    pub is_junk: bool,
}

/// The region that each line is in, blank lines between the lines of a region included.
///
/// ```
/// use dechaff::document::{Region, RegionLine, regions};
/// let lines = ["Press these buttons one after the other:", "1. Share", "2. Print", "", "Advertisement"];
/// let lines = lines.map(|text| RegionLine { text, is_junk: text == "Advertisement" });
/// assert_eq!(regions(&lines)[..3], [Some(Region::List); 3]);
/// assert_eq!(regions(&lines)[3..], [None; 2]);
/// ```
pub fn regions(lines: &[RegionLine<'_>]) -> Vec<Option<Region>> {
    let rows = rows::rows(lines);
    let own: Vec<Row<'_>> = rows::without_junk(&rows, |_| false);
    let mut marks = Marks::new(lines);
    code::fenced(&rows, &mut marks);
    code::indented(&rows, &mut marks);
    table::drawn(&rows, &mut marks);
    table::aligned(&rows, &mut marks);
    cells::find(&own, &mut marks);
    references::find(&own, &mut marks);
    list::find(&rows, &mut marks);
    dialogue::find(&own, &mut marks);
    verse::find(&own, &mut marks);
    marks.found
}
