//! Phrases that are too short for what they may do.
//!
//! Taking `widget` or `share` for junk wherever it stands is the known way to destroy text. What a `sure` pattern
//! fixes of a line has to be more than a line of content may well be: a whole line more than a common word, anything
//! beside free text several letters. Boxes have the lines that follow to speak for them, and are not judged here.

use crate::document::Key;
use crate::patterns::{
    Body, Form, Hole, Kind, Pattern, Phrase, Phrasing, Piece, Place, Problem, Strength, Words,
};
use std::collections::BTreeSet;

/// Letters that a phrase must fix of a line that may hold other text, anywhere and at the edges of a document.
const MIN_LETTERS: usize = 8;
const MIN_LETTERS_AT_EDGE: usize = 4;
/// The same of a span, which a mark sets off.
const MIN_SPAN_LETTERS: usize = 4;
/// Letters of a whole line.
const MIN_LINE_LETTERS: usize = 2;
/// Problems told of one phrase; the others would say the same.
const MAX_PROBLEMS: usize = 3;

const HINT: &str = "make it `likely` or `hint`, lengthen the phrase, or add `place`";

/// What is too broad in a pattern. `common` holds the keys of words that are never `sure` alone.
pub(super) fn too_broad(pattern: &Pattern, words: &Words, common: &BTreeSet<String>) -> Vec<Problem> {
    let Body::Phrases(phrasings) = &pattern.body else { return Vec::new() };
    if pattern.strength != Strength::Sure {
        return Vec::new();
    }
    phrasings.iter().flat_map(|phrasing| of_phrasing(pattern, phrasing, words, common)).collect()
}

fn of_phrasing(
    pattern: &Pattern,
    phrasing: &Phrasing,
    words: &Words,
    common: &BTreeSet<String>,
) -> Vec<Problem> {
    let Form::Template(template) = &phrasing.form else { return Vec::new() };
    let phrases = template.phrases();
    let wrong = phrases.iter().filter_map(|phrase| why(phrase, phrasing.kind, pattern.place, words, common));
    let message = |why: String| format!("`{template}` is too broad: {why}");
    wrong.take(MAX_PROBLEMS).map(|why| problem(pattern, phrasing.line, message(why), HINT)).collect()
}

/// Why a phrase is too broad, if it is.
fn why(
    phrase: &Phrase,
    kind: Kind,
    place: Place,
    words: &Words,
    common: &BTreeSet<String>,
) -> Option<String> {
    let fixed = phrase.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text.as_str()),
        Piece::Hole(_) => None,
    });
    let fixed: Vec<&str> = fixed.collect();
    let has_holes = fixed.len() < phrase.len();
    let written = fixed.concat();
    let key = Key::new(&written).text().to_owned();
    if key.is_empty() && !has_holes {
        return None; // it folds to nothing, which the engine says
    }
    let letters = letters(&key) + phrase.iter().map(|piece| letters_of_list(piece, words)).sum::<usize>();
    if let Some(dropped) = dropped(phrase, kind).filter(|_| kind != Kind::Span) {
        return Some(format!(
            "`{dropped}` at its end is dropped from phrases and lines, so `{key}` is all it fixes"
        ));
    }
    if kind == Kind::Line && !has_holes {
        let is_word = place == Place::Any && (common.contains(&key) || letters < MIN_LINE_LETTERS);
        return is_word.then(|| format!("`{key}` is a common word, and whole lines of it are content"));
    }
    // `Photo: …` is set off by its colon.
    let is_free = phrase.contains(&Piece::Hole(Hole::Text)) && !written.contains(':');
    let enough = match (kind, place) {
        (Kind::Span, _) => MIN_SPAN_LETTERS,
        (_, Place::Any) => MIN_LETTERS,
        _ => MIN_LETTERS_AT_EDGE,
    };
    let is_beside = kind != Kind::Line || is_free;
    (is_beside && letters < enough).then(|| format!("it fixes only {letters} letters of a line (`{key}`)"))
}

/// Arrows, bars and bullets that authors may take for a part of a phrase.
const ARROWS: &[char] =
    &['»', '«', '›', '‹', '>', '<', '→', '←', '↑', '↓', '▸', '▶', '►', '▼', '|', '•', '·', '…'];

/// The character at an end of a phrase that folding drops, so that the phrase says more than its author thinks.
fn dropped(phrase: &Phrase, kind: Kind) -> Option<char> {
    let text = |piece: Option<&Piece>| match piece {
        Some(Piece::Text(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let first = text(phrase.first()).chars().next().filter(|_| kind != Kind::End);
    let last = text(phrase.last()).chars().next_back().filter(|_| kind != Kind::Start);
    [first, last].into_iter().flatten().find(|c| ARROWS.contains(c))
}

/// Letters and digits; a character of a script without spaces says as much as a few letters.
fn letters(key: &str) -> usize {
    let weight = |c: char| if c.len_utf8() == 3 { 3 } else { 1 };
    key.chars().filter(|c| c.is_alphanumeric()).map(weight).sum()
}

/// A word list fixes at least what its shortest entry does.
fn letters_of_list(piece: &Piece, words: &Words) -> usize {
    let Piece::Hole(Hole::Words(name)) = piece else { return 0 };
    let entries = words.get(name).into_iter().flatten();
    entries.map(|entry| letters(Key::new(entry).text())).min().unwrap_or_default()
}

pub(super) fn problem(pattern: &Pattern, line: usize, message: String, hint: &str) -> Problem {
    Problem::error(&pattern.file, line, message).of(&pattern.id).hint(hint)
}
