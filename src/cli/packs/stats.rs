//! `dechaff packs stats`: what packs are made of.

use crate::cli::Ended;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use dechaff::patterns::{Body, Form, Kind, Pack, Strength};

pub(super) fn run(packs: &[Pack], terminal: &mut Terminal) -> Ended {
    terminal.line(&format!(
        "{:<16} {:>8} {:>7} {:>6} {:>6} {:>5} {:>5} {:>6} {:>5} {:>5} {:>7} {:>8}",
        "pack",
        "patterns",
        "phrases",
        "sure",
        "likely",
        "hint",
        "keep",
        "boxes",
        "spans",
        "regex",
        "words",
        "examples"
    ))?;
    let mut total = [0; 11];
    for pack in packs {
        let counts = counts(pack);
        row(&pack.name, &counts, terminal)?;
        total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    row("all", &total, terminal)?;
    Ok(Exit::Done)
}

fn row(name: &str, counts: &[usize; 11], terminal: &mut Terminal) -> Result<(), dechaff::Error> {
    let [patterns, phrases, sure, likely, hint, keep, boxes, spans, regexes, words, examples] = counts;
    terminal.line(&format!(
        "{name:<16} {patterns:>8} {phrases:>7} {sure:>6} {likely:>6} {hint:>5} {keep:>5} {boxes:>6} {spans:>5} {regexes:>5} {words:>7} {examples:>8}"
    ))
}

fn counts(pack: &Pack) -> [usize; 11] {
    let patterns = || pack.patterns.iter();
    let of = |strength| patterns().filter(|pattern| pattern.strength == strength).count();
    let phrasings = || patterns().flat_map(|pattern| pattern.phrasings());
    [
        pack.patterns.len(),
        pack.phrase_count(),
        of(Strength::Sure),
        of(Strength::Likely),
        of(Strength::Hint),
        of(Strength::Keep),
        patterns().filter(|pattern| matches!(pattern.body, Body::Block(_))).count(),
        phrasings().filter(|phrasing| phrasing.kind == Kind::Span).count(),
        phrasings().filter(|phrasing| matches!(phrasing.form, Form::Regex(_))).count(),
        pack.words.values().map(Vec::len).sum(),
        patterns().map(|pattern| pattern.junk.len() + pattern.text.len()).sum(),
    ]
}
