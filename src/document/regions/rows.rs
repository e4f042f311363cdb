//! The rows that all kinds look at: lines that are not blank, with what is known of them at a glance.
//!
//! A blank line is a gap before the next row, however many stand there, because cleaning collapses them.

use super::{Region, RegionLine};

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'t> {
    /// Which line it is.
    pub(super) line: usize,
    /// Its text without white space at the ends.
    pub(super) text: &'t str,
    /// Columns before it; a tab goes to the next multiple of four.
    pub(super) indent: usize,
    /// Whether a blank line stands before it.
    pub(super) gap: bool,
    /// Whether a pattern is sure that it is junk.
    pub(super) is_junk: bool,
}

/// The rows of `lines`.
pub(super) fn rows<'t>(lines: &[RegionLine<'t>]) -> Vec<Row<'t>> {
    let mut rows = Vec::new();
    let mut gap = false;
    for (line, &RegionLine { text, is_junk }) in lines.iter().enumerate() {
        let inner = text.trim_start();
        if inner.is_empty() {
            gap = true;
            continue;
        }
        let indent = columns(&text[..text.len() - inner.len()]);
        rows.push(Row { line, text: inner.trim_end(), indent, gap, is_junk });
        gap = false;
    }
    rows
}

fn columns(space: &str) -> usize {
    space.chars().fold(0, |at, c| match c {
        '\t' => (at / 4 + 1) * 4,
        '\u{3000}' => at + 2,
        '\u{feff}' | '\u{200b}' => at,
        _ => at + 1,
    })
}

/// The rows without those that are sure to be junk, as if these had been removed; junk that `fits` stays.
pub(super) fn without_junk<'t>(rows: &[Row<'t>], fits: impl Fn(&str) -> bool) -> Vec<Row<'t>> {
    let mut own = Vec::with_capacity(rows.len());
    let mut gap = false;
    for row in rows {
        gap |= row.gap;
        if !row.is_junk || fits(row.text) {
            own.push(Row { gap, ..*row });
            gap = false;
        }
    }
    own
}

/// The answer while it is made.
#[derive(Debug)]
pub(super) struct Marks<'l, 't> {
    lines: &'l [RegionLine<'t>],
    pub(super) found: Vec<Option<Region>>,
}

impl<'l, 't> Marks<'l, 't> {
    pub(super) fn new(lines: &'l [RegionLine<'t>]) -> Self {
        Self { lines, found: vec![None; lines.len()] }
    }

    /// Protects `rows` and the blank lines between them. Other lines between them are junk that was looked through.
    pub(super) fn protect(&mut self, rows: &[Row<'_>], region: Region) {
        for (row, next) in rows.iter().zip(rows.iter().skip(1).map(Some).chain([None])) {
            self.set(row.line, region);
            for between in row.line + 1..next.map_or(0, |next| next.line) {
                if self.lines[between].text.trim_start().is_empty() {
                    self.set(between, region);
                }
            }
        }
    }

    /// Protects every line from `first` to `last`.
    pub(super) fn protect_all(&mut self, first: usize, last: usize, region: Region) {
        for line in first..=last {
            self.set(line, region);
        }
    }

    fn set(&mut self, line: usize, region: Region) {
        self.found[line].get_or_insert(region);
    }
}

/// Rows that speak for a region and stand near each other: at most `apart` rows lie between two of them, all of which may.
///
/// Hands each group to `take`, with what `evidence` said of its rows. Groups do not depend on what is around them: if that
/// goes, two of them may become one.
pub(super) fn groups<'t, T>(
    rows: &[Row<'t>],
    apart: usize,
    evidence: impl Fn(usize, &Row<'t>) -> Option<T>,
    may_lie_between: impl Fn(&Row<'t>) -> bool,
    mut take: impl FnMut(&[(usize, T)]),
) {
    let mut group: Vec<(usize, T)> = Vec::new();
    let mut between = 0;
    for (i, row) in rows.iter().enumerate() {
        if let Some(it) = evidence(i, row) {
            group.push((i, it));
            between = 0;
        } else if !group.is_empty() {
            between += 1;
            if between > apart || !may_lie_between(row) {
                take(&group);
                group.clear();
            }
        }
    }
    if !group.is_empty() {
        take(&group);
    }
}

/// Rows from `first` to `last`, and at each end up to `most` more that follow without a gap and belong.
pub(super) fn widened(
    rows: &[Row<'_>],
    (first, last): (usize, usize),
    most: usize,
    belongs: impl Fn(&Row<'_>) -> bool,
) -> std::ops::RangeInclusive<usize> {
    let (mut from, mut to) = (first, last);
    while from > 0 && first - from < most && !rows[from].gap && belongs(&rows[from - 1]) {
        from -= 1;
    }
    while to + 1 < rows.len() && to - last < most && !rows[to + 1].gap && belongs(&rows[to + 1]) {
        to += 1;
    }
    from..=to
}
