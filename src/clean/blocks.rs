//! Boxes of several lines: found from their opening line, taken as a whole or not at all.
//!
//! The rules stand in `patterns/README.md`, section Blocks. Lines that have already gone and blank lines are
//! looked through, so it does not matter what was removed first.

use super::cleaned::{BlockPart, Why};
use super::place::Frame;
use super::rows::{Row, Rows, Verdict};
use crate::document::{Key, ends_sentence, has_sentence_break, is_prose, word_count};
use crate::engine::{Engine, Hit, Role, SHORT_LINE_BYTES};
use crate::patterns::{Block, Body, Place, Shape, Strength};

/// Words of a line of shape `short` and `title` at most.
const SHORT_WORDS: usize = 8;
const TITLE_WORDS: usize = 25;

/// Takes the first block that row `open` opens. Says whether there was one.
pub(super) fn take(rows: &mut Rows, text: &str, engine: &Engine, open: usize, frame: Option<Frame>) -> bool {
    let row = rows.rows[open];
    // A line that goes by itself may still open a block, but only once.
    if !matches!(row.verdict, Verdict::Open | Verdict::Go(Why::Line(_))) {
        return false;
    }
    let members = rows.hits(&row).iter().filter(|hit| hit.role == Role::Open).find_map(|&hit| {
        let pattern = engine.pattern(hit);
        let in_place = pattern.place == Place::Any || frame.is_some_and(|f| f.allows(pattern.place, open));
        let Body::Block(block) = &pattern.body else { return None };
        (pattern.strength == Strength::Sure && in_place)
            .then(|| members(rows, text, block, open, hit))
            .flatten()
    });
    for &(i, why) in members.iter().flatten() {
        rows.rows[i].verdict = Verdict::Go(why);
    }
    members.is_some()
}

/// The rows of the block that `open` opens by `hit`, if it is one.
fn members(rows: &Rows, text: &str, block: &Block, open: usize, hit: Hit) -> Option<Vec<(usize, Why)>> {
    let mut members = vec![(open, BlockPart::Open)];
    // Lines of nothing but bullets and bars belong to the block only if a line of it follows.
    let mut decoration = Vec::new();
    let mut is_closed = false;
    let mut lines = 1; // decoration aside
    for (i, row) in rows.rows.iter().enumerate().skip(open + 1) {
        if row.is_blank {
            continue;
        }
        let line = rows.line(i, text);
        if matches!(row.verdict, Verdict::Go(_)) {
            // It went by itself; if it is a line of such a block all the same, it still speaks for this one.
            let is_same =
                matches!(row.verdict, Verdict::Go(Why::Block(other, _)) if other.pattern == hit.pattern);
            match part_of(rows, row, line, block, hit) {
                Some(BlockPart::Close) => is_closed = true,
                Some(BlockPart::Follow) => {}
                _ if is_same => {}
                _ => continue,
            }
            lines += 1;
            if is_closed {
                break;
            }
            continue;
        }
        let part = match part_of(rows, row, line, block, hit) {
            Some(_) if lines == block.max_lines => None,
            None if is_decoration(line) => {
                decoration.push((i, BlockPart::Shape));
                continue;
            }
            part => part,
        };
        let Some(part) = part else {
            // The line before the prose may be its heading.
            if is_prose(line) && members.last().is_some_and(|m| m.1 == BlockPart::Shape) {
                members.pop();
                lines -= 1;
            }
            break;
        };
        members.append(&mut decoration);
        members.push((i, part));
        lines += 1;
        is_closed = part == BlockPart::Close;
        if is_closed {
            break;
        }
    }
    if lines - 1 < block.needs || (!block.close.is_empty() && !is_closed) {
        return None;
    }
    // A single line may head text of its own; only a box of several reaches over blank lines.
    let over_blanks = lines > 1;
    members
        .extend(above(rows, text, block.above, open, over_blanks).into_iter().map(|i| (i, BlockPart::Above)));
    Some(members.into_iter().map(|(i, part)| (i, Why::Block(hit, part))).collect())
}

/// How a line belongs to the block, if it does.
fn part_of(rows: &Rows, row: &Row, line: &str, block: &Block, hit: Hit) -> Option<BlockPart> {
    let has = |role| rows.hits(row).iter().any(|h| h.pattern == hit.pattern && h.role == role);
    if row.verdict == Verdict::Stay || has(Role::Stop) {
        None
    } else if has(Role::Close) {
        Some(BlockPart::Close)
    } else if has(Role::Follow) {
        Some(BlockPart::Follow)
    } else {
        (has_shape(line, block.shape) && !is_decoration(line)).then_some(BlockPart::Shape)
    }
}

/// The short lines above a row, at most `most`.
fn above(rows: &Rows, text: &str, most: usize, open: usize, over_blanks: bool) -> Vec<usize> {
    let mut found = Vec::new();
    // The first line of a text may be its title.
    let title = rows.rows.iter().position(|row| !row.is_blank);
    for (i, row) in rows.rows[..open].iter().enumerate().rev() {
        let line = rows.line(i, text);
        if matches!(row.verdict, Verdict::Go(_)) || (row.is_blank && over_blanks) {
            continue;
        }
        let heads = row.verdict == Verdict::Open && (has_shape(line, Shape::Short) || is_decoration(line));
        if row.is_blank || !heads || found.len() == most || Some(i) == title {
            break;
        }
        found.push(i);
    }
    found
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
    let goes_on = ends || line.ends_with([',', ';', '،', '、']) || has_sentence_break(line);
    !goes_on && word_count(line) <= most && !is_prose(line)
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
            ("He learned it from his uncle. \"I was allowed to sweep and", false, false),
        ] {
            assert_eq!(has_shape(line, Shape::Short), is_short, "{line}");
            assert_eq!(has_shape(line, Shape::Title), is_title, "{line}");
        }
    }
}
