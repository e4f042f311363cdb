//! Verse: poems and lyrics.
//!
//! A menu is made of short lines too. Three things tell verse: lines that break off at a comma, which labels never have at their
//! end; stanzas of as many lines; and a refrain, lines that come again one behind the other. All lines of it are
//! more than labels: some words, few capitals, no numbers.
//!
//! Prose that was broken into lines breaks at commas also. Its lines are longer, and where they are not it is no loss.

use super::Region;
use super::rows::{Marks, Row, groups, widened};
use crate::document::{is_unspaced, word_count};

/// Characters and words of a line. Scripts without spaces have half as many words as characters.
const MAX_CHARS: usize = 64;
const MAX_WORDS: usize = 13;
/// Lines that break off, and other lines that may lie between two of them.
const BROKEN_LINES: usize = 3;
const APART: usize = 3;
/// Lines of a stanza.
const STANZA: std::ops::RangeInclusive<usize> = 3..=8;
/// Lines of which two stanzas are enough.
const PAIRED: usize = 4;
/// Lines back to which a refrain is looked for.
const REFRAIN: usize = 24;

/// Marks poems and lyrics.
pub(super) fn find(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    broken(rows, marks);
    measured(rows, marks);
    let mut start = 0;
    for i in 0..=rows.len() {
        if !rows.get(i).is_some_and(|row| is_strict(row.text)) {
            stanzas(&rows[start..i], marks);
            refrains(&rows[start..i], marks);
            start = i + 1;
        }
    }
}

/// Lines that break off at a comma, with other verse around them.
fn broken(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let belongs = |row: &Row<'_>| is_verse(row.text) && (2..=MAX_WORDS).contains(&word_count(row.text));
    // Tags are separated by commas too.
    let is_evidence = |row: &Row<'_>| breaks_off(row.text) && belongs(row) && word_count(row.text) >= 3;
    let evidence = |_, row: &Row<'_>| is_evidence(row).then_some(());
    // A line of one word is too little to begin or end with.
    let is_between = |row: &Row<'_>| is_verse(row.text);
    groups(rows, APART, evidence, is_between, |group| {
        if let [(first, ()), .., (last, ())] = *group
            && group.len() >= BROKEN_LINES
        {
            marks.protect(&rows[widened(rows, (first, last), APART, belongs)], Region::Verse);
        }
    });
}

/// Characters of a line of Chinese verse, and lines of as many characters that make it.
const MAX_MEASURE: usize = 20;
const MEASURED_LINES: usize = 4;

/// Chinese verse: lines of as many characters that end as sentences and their parts do. Two are enough if each holds two.
fn measured(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let measure = |row: &Row<'_>| {
        let is_line =
            row.text.len() <= 4 * MAX_MEASURE && row.text.ends_with(['，', '。', '；', '？', '！', '、']);
        let count = is_line.then(|| row.text.chars().count())?;
        let is_pure = row.text.chars().all(|c| is_unspaced(c) || "，。；？！、".contains(c));
        (is_pure && count <= MAX_MEASURE).then_some(count)
    };
    for lines in rows.chunk_by(|a, b| measure(a).is_some_and(|count| measure(b) == Some(count))) {
        let is_double =
            |row: &Row<'_>| row.text.matches(['，', '、', '；']).count() == 1 && !breaks_off(row.text);
        if lines.len() >= MEASURED_LINES || lines.windows(2).any(|pair| pair.iter().all(is_double)) {
            marks.protect(lines, Region::Verse);
        }
    }
}

fn breaks_off(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '»', '“', '’', '」', ' ']);
    text.ends_with([',', ';', '，', '、', '；', '،', '؛', '।', '॥', '·'])
}

/// A line as verse has them: short, some words, and no marks, numbers or addresses.
fn is_verse(text: &str) -> bool {
    if text.len() > 4 * MAX_CHARS || text.len() < 2 || text.chars().count() > MAX_CHARS {
        return false;
    }
    let begins = text.chars().next().is_some_and(|c| c.is_alphabetic() || "\"“„«»'‘’¡¿—–…(「『".contains(c));
    begins && !text.contains(|c: char| c.is_numeric() || "|/\\@#<>[]{}=_•%$€£&*+©".contains(c))
}

/// A line without the help of commas: more words, and not most of them with capitals.
fn is_strict(text: &str) -> bool {
    if !is_verse(text) || word_count(text) < 3 || text.ends_with(['.', ':', '：', '。', '…']) {
        return false;
    }
    let begins = |is: fn(char) -> bool| {
        text.split_whitespace()
            .skip(1)
            .filter(|word| word.trim_start_matches(['(', '"', '“', '\'']).starts_with(is))
            .count()
    };
    let (small, large) = (begins(char::is_lowercase), begins(char::is_uppercase));
    small > large || (small == 0 && large == 0)
}

/// Three stanzas of as many lines, or two of four and more. What stands around the run may join the first and the last, so these may be longer.
fn stanzas(run: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    // Where stanzas begin, and the end.
    let mut edges = vec![0];
    edges.extend((1..run.len()).filter(|&i| run[i].gap));
    edges.push(run.len());
    for edge in edges.windows(3) {
        let (start, middle, end) = (edge[0], edge[1], edge[2]);
        if middle - start >= PAIRED && end - middle >= PAIRED {
            marks.protect(&run[middle - PAIRED..middle + PAIRED], Region::Verse);
        }
    }
    for edge in edges.windows(4) {
        let (before, start, end, after) = (edge[0], edge[1], edge[2], edge[3]);
        let lines = end - start;
        if STANZA.contains(&lines) && start - before >= lines && after - end >= lines {
            marks.protect(&run[start - lines..end + lines], Region::Verse);
        }
    }
}

/// Two lines that come again, and between them lines that do not: what comes again at once is a button.
fn refrains(run: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    for i in APART..run.len().saturating_sub(1) {
        let is_again = |&at: &usize| run[at].text == run[i].text && run[at + 1].text == run[i + 1].text;
        if let Some(first) = (i.saturating_sub(REFRAIN)..=i - APART).rev().find(is_again)
            && (first + 1..i).all(|at| !run[first..at].iter().any(|row| row.text == run[at].text))
        {
            marks.protect(&run[first..=i + 1], Region::Verse);
        }
    }
}
