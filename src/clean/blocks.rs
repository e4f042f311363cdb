//! Boxes of several lines: found from their opening line, taken as a whole or not at all.
//!
//! The rules stand in `patterns/README.md`, section Blocks. Lines that have already gone and blank lines are
//! looked through, so it does not matter what was removed first.

use super::cleaned::{BlockPart, Why};
use super::place::Frame;
use super::rows::{Row, Rows, Verdict};
use crate::document::{Key, ends_sentence, is_prose, word_count};
use crate::engine::{Engine, Hit, Role, SHORT_LINE_BYTES};
use crate::patterns::{Block, Body, Place, Shape, Strength};

/// Words of a line of shape `short` and `title` at most.
const SHORT_WORDS: usize = 8;
const TITLE_WORDS: usize = 25;

/// Takes the first block that row `open` opens. Says whether there was one.
pub(super) fn take(rows: &mut Rows, text: &str, engine: &Engine, open: usize, frame: Option<Frame>) -> bool {
    let row = rows.rows[open];
    if row.verdict != Verdict::Open {
        return false;
    }
    let members = rows.hits(&row).iter().filter(|hit| hit.role == Role::Open).find_map(|&hit| {
        let pattern = engine.pattern(hit);
        let in_place = pattern.place == Place::Any || frame.is_some_and(|f| f.allows(pattern.place, open));
        let Body::Block(block) = &pattern.body else { return None };
        (pattern.strength == Strength::Sure && in_place).then(|| members(rows, text, block, open, hit)).flatten()
    });
    for &(i, why) in members.iter().flatten() {
        rows.rows[i].verdict = Verdict::Go(why);
    }
    members.is_some()
}

/// The rows of the block that `open` opens by `hit`, if it is one.
fn members(rows: &Rows, text: &str, block: &Block, open: usize, hit: Hit) -> Option<Vec<(usize, Why)>> {
    let mut members = vec![(open, Why::Block(hit, BlockPart::Open))];
    let (mut lines, mut is_closed) = (1, false);
    // The members up to the last that was more than decoration, and whether only its shape spoke for it.
    let (mut taken, mut by_shape) = (1, false);
    for (i, row) in rows.rows.iter().enumerate().skip(open + 1) {
        if row.is_blank || matches!(row.verdict, Verdict::Go(_)) {
            continue;
        }
        let line = &text[row.start..row.text_end];
        let has = |role| rows.hits(row).iter().any(|h| h.pattern == hit.pattern && h.role == role);
        let part = if row.verdict == Verdict::Stay || has(Role::Stop) || lines == block.max_lines {
            None
        } else if has(Role::Close) {
            is_closed = true;
            Some(BlockPart::Close)
        } else if has(Role::Follow) {
            Some(BlockPart::Follow)
        } else if is_decoration(line) {
            members.push((i, Why::Block(hit, BlockPart::Shape)));
            continue;
        } else {
            has_shape(line, block.shape).then_some(BlockPart::Shape)
        };
        let Some(part) = part else {
            if by_shape && is_prose(line) {
                // The line before the prose may be its heading.
                taken = members[..taken - 1].iter().rposition(|m| m.1 != Why::Block(hit, BlockPart::Shape) || !is_decoration(line_of(rows, text, m.0))).map_or(1, |i| i + 1);
                lines -= 1;
            }
            break;
        };
        members.push((i, Why::Block(hit, part)));
        (taken, by_shape) = (members.len(), part == BlockPart::Shape);
        lines += 1;
        if is_closed {
            break;
        }
    }
    members.truncate(taken);
    if lines - 1 < block.needs || (!block.close.is_empty() && !is_closed) {
        return None;
    }
    members.extend(above(rows, text, block.above, open).map(|i| (i, Why::Block(hit, BlockPart::Above))));
    Some(members)
}

/// The short lines directly above a row, at most `most`.
fn above<'r>(rows: &'r Rows, text: &'r str, most: usize, open: usize) -> impl Iterator<Item = usize> + 'r {
    let before = rows.rows[..open].iter().enumerate().rev();
    let seen = before.filter(|(_, row)| !row.is_blank && !matches!(row.verdict, Verdict::Go(_)));
    let heads = |row: &Row| {
        let line = &text[row.start..row.text_end];
        row.verdict == Verdict::Open && (has_shape(line, Shape::Short) || is_decoration(line))
    };
    seen.take_while(move |(_, row)| heads(row)).take(most).map(|(i, _)| i)
}

fn line_of<'t>(rows: &Rows, text: &'t str, row: usize) -> &'t str {
    &text[rows.rows[row].start..rows.rows[row].text_end]
}

/// A line of nothing but bullets, bars and the like.
fn is_decoration(line: &str) -> bool {
    line.len() <= SHORT_LINE_BYTES && Key::new(line).text().is_empty()
}

fn has_shape(line: &str, shape: Shape) -> bool {
    let line = line.trim_end();
    let most = match shape {
        Shape::None => return false,
        Shape::Any => return true,
        Shape::Short => SHORT_WORDS,
        Shape::Title => TITLE_WORDS,
    };
    let ends = match shape {
        Shape::Short => ends_sentence(line),
        _ => line.ends_with(['.', '。', '।', '۔', ':']),
    };
    !ends && !line.ends_with([',', ';', '،', '、']) && word_count(line) <= most && !is_prose(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_tell_labels_and_headlines_from_sentences() {
        for (line, is_short, is_title) in [
            ("Email address", true, true),
            ("Ten things that nobody told you about growing tea at home", false, true),
            ("It rained all day.", false, false),
            ("Why did it rain?", false, true),
            ("“It rained,”", true, true),
            ("first,", false, false),
        ] {
            assert_eq!(has_shape(line, Shape::Short), is_short, "{line}");
            assert_eq!(has_shape(line, Shape::Title), is_title, "{line}");
        }
    }
}
