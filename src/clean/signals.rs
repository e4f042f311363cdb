//! Signals: what a document's junk says of the document.
//!
//! A removed line speaks wherever it stood. A line that stays speaks where the text is over, or where there is none: "Read more"
//! that nobody dared to remove still says that the text goes on elsewhere. An error or a cookie wall says something only if
//! it is all there is; on a page with an article it is one box of many.

use super::rows::{Rows, Verdict};
use crate::document::{ends_sentence, is_prose, word_count};
use crate::engine::{Engine, Role};
use crate::patterns::{Signal, Strength};

/// Words of a line that is more than a label.
const SENTENCE_WORDS: usize = 5;

/// What the lines say, sorted.
pub(super) fn signals(rows: &Rows, text: &str, engine: &Engine) -> Vec<Signal> {
    let is_left = |i: &usize| !rows.rows[*i].is_blank && !matches!(rows.rows[*i].verdict, Verdict::Go(_));
    let is_text =
        |i: &usize| is_left(i) && rows.hits(&rows.rows[*i]).is_empty() && is_prose(rows.line(*i, text));
    let last_text = (0..rows.rows.len()).rev().find(is_text);
    let is_more = |i: &usize| {
        is_left(i)
            && rows.hits(&rows.rows[*i]).is_empty()
            && word_count(rows.line(*i, text)) >= SENTENCE_WORDS
    };
    // A text is more, so with one the rest is not asked.
    let is_all = last_text.is_none() && !(0..rows.rows.len()).any(|i| is_more(&i));
    let mut signals: Vec<Signal> = Vec::new();
    let mut add = |signal: Signal| {
        if signal != Signal::FailedScrape || is_all {
            signals.push(signal);
        }
    };
    for (i, row) in rows.rows.iter().enumerate() {
        if let Verdict::Go(why) = row.verdict
            && let Some(signal) = why.hit().and_then(|hit| engine.pattern(hit).signal)
        {
            add(signal);
        } else if last_text.is_none_or(|last| i > last) {
            let says = |hit: &&crate::engine::Hit| {
                let strength = engine.pattern(**hit).strength;
                matches!(hit.role, Role::Line | Role::Open)
                    && matches!(strength, Strength::Sure | Strength::Likely)
            };
            rows.hits(row)
                .iter()
                .filter(says)
                .filter_map(|hit| engine.pattern(*hit).signal)
                .for_each(&mut add);
        }
    }
    rows.cuts.iter().filter_map(|cut| engine.pattern(cut.hit).signal).for_each(&mut add);
    // A last paragraph that breaks off.
    if let Some(last) = (0..rows.rows.len()).rev().find(is_left) {
        let line = rows.line(last, text).trim_end();
        let is_cut = line.ends_with(['…', ']', ')']) || line.ends_with("...");
        let marks = ["[…]", "[...]", "(…)", "(...)"];
        if is_cut && is_prose(line) && (marks.iter().any(|mark| line.ends_with(mark)) || breaks_off(line)) {
            add(Signal::Truncated);
        }
    }
    signals.sort_unstable();
    signals.dedup();
    signals
}

/// Whether a line ends in dots behind a word and not behind the end of a sentence.
fn breaks_off(line: &str) -> bool {
    let before = line.trim_end_matches(['.', '…']);
    before.len() < line.len() && !line.ends_with([']', ')']) && !ends_sentence(before)
}
