//! Checks what patterns do: that each proves itself by its examples, and that none is too broad.
//!
//! It stands here, above the engine, because the examples of a block are judged by the same code that takes
//! blocks from documents. `packs check`, the tests and every run with a pack of one's own call the one function.

use super::broad::{problem, too_broad};
use super::{Cleaner, Level, Options, Why};
use crate::document::{Document, Key};
use crate::engine::{Engine, Role, Scratch};
use crate::patterns::{Body, Example, Form, Pack, Pattern, Place, Problem, Strength};
use crate::weights::Weights;
use std::collections::{BTreeMap, BTreeSet};

/// All that is wrong with what the patterns of `pack` do. `common` are words that are never `sure` alone.
pub fn self_test(pack: &Pack, common: &[String]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    let common: BTreeSet<String> = common.iter().map(|word| Key::new(word).text().to_owned()).collect();
    problems.extend(pack.patterns.iter().flat_map(|pattern| too_broad(pattern, &pack.words, &common)));
    problems.extend(same_twice(&pack.patterns));
    match Engine::new(vec![pack.clone()]) {
        Ok(engine) => {
            problems.extend(engine.check_regexes());
            problems.extend(examples(&engine));
        }
        Err(found) => problems.extend(found),
    }
    problems.extend(blocks(pack));
    problems.sort();
    problems.dedup();
    problems
}

/// Phrases that two patterns of a pack share, so that nobody knows which one acts.
fn same_twice(patterns: &[Pattern]) -> Vec<Problem> {
    let mut first: BTreeMap<(&str, String), &Pattern> = BTreeMap::new();
    let mut problems = Vec::new();
    for pattern in patterns {
        let Body::Phrases(phrasings) = &pattern.body else { continue };
        for phrasing in phrasings {
            let written = match &phrasing.form {
                Form::Template(template) => template.to_string().to_lowercase(),
                // Case says something in a regex: `\W` is not `\w`.
                Form::Regex(regex) => regex.clone(),
            };
            match first.insert((phrasing.kind.name(), written.clone()), pattern) {
                Some(other) if other.id != pattern.id => {
                    let message = format!("`{written}` also stands in pattern `{}`", other.id);
                    let found = Problem::warning(&pattern.file, phrasing.line, message).of(&pattern.id);
                    problems.push(found.hint("leave it in one of them"));
                }
                _ => {}
            }
        }
    }
    problems
}

/// Examples of patterns for single lines.
fn examples(engine: &Engine) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut scratch = Scratch::default();
    for (number, pattern) in engine.patterns().iter().enumerate() {
        if matches!(pattern.body, Body::Block(_)) {
            continue;
        }
        let mut hits_of = |example: &Example| {
            let mut hits = Vec::new();
            engine.hits(&example.text, &mut scratch, &mut hits);
            if engine.may_hold_span(&example.text) {
                hits.extend(engine.spans(&example.text).into_iter().map(|(hit, _)| hit));
            }
            hits.retain(|hit| matches!(hit.role, Role::Line | Role::Span));
            hits
        };
        let (must, must_not) = match pattern.strength {
            Strength::Keep => (&pattern.text, &pattern.junk),
            _ => (&pattern.junk, &pattern.text),
        };
        for example in must {
            if example.text.trim().contains('\n') {
                let message = "an example of more than one line".to_owned();
                problems.push(problem(
                    pattern,
                    example.line,
                    message,
                    "only blocks have examples of several lines",
                ));
            } else if !hits_of(example).iter().any(|hit| hit.pattern as usize == number) {
                let key = Key::new(&example.text);
                let message = format!("does not match its example `{}`", example.text);
                problems.push(problem(
                    pattern,
                    example.line,
                    message,
                    &format!("the example's key is `{}`", key.text()),
                ));
            }
        }
        for example in must_not {
            let hits = hits_of(example);
            if hits.iter().any(|hit| hit.pattern as usize == number) {
                let message = format!("matches the counter-example `{}`", example.text);
                let hint = "make the phrases longer or more exact, or bound them with `max_words`";
                problems.push(problem(pattern, example.line, message, hint));
                continue;
            }
            let protected = hits.iter().any(|hit| engine.pattern(*hit).strength == Strength::Keep);
            let other = hits
                .iter()
                .map(|hit| engine.pattern(*hit))
                .find(|p| p.strength == Strength::Sure && p.place == Place::Any);
            if let Some(other) = other.filter(|_| !protected && pattern.strength != Strength::Keep) {
                let message = format!("its honest line is removed by `{}`: `{}`", other.id, example.text);
                problems.push(problem(
                    pattern,
                    example.line,
                    message,
                    "narrow that pattern, or choose an honest line",
                ));
            }
        }
    }
    problems
}

/// A line of prose, which no box takes.
const BEFORE_BOX: &str =
    "The text above the box is one sentence, and it is so long that no box can take it for one of its lines.";

/// Examples of blocks, each pattern alone.
fn blocks(pack: &Pack) -> Vec<Problem> {
    let mut problems = Vec::new();
    for pattern in pack.patterns.iter().filter(|p| matches!(p.body, Body::Block(_))) {
        let alone = Pattern { place: Place::Any, strength: Strength::Sure, ..pattern.clone() };
        let Ok(engine) = Engine::new(vec![Pack { patterns: vec![alone], filing: None, ..pack.clone() }])
        else {
            continue;
        };
        let options = Options {
            max_loss: Some(1.0),
            language: pack.language.clone(), // an example is too short to tell its own
            site: pack.site.clone(),
            ..Options::at(Level::Patterns)
        };
        let cleaner = Cleaner::new(engine, Weights::none(), options);
        for example in &pattern.junk {
            // The first line of a text is never the heading of a box.
            let text = format!("{BEFORE_BOX}\n\n{}", example.text);
            let left = cleaner.clean(&Document::new(&text)).text;
            let is_left = |line: &&str| *line != BEFORE_BOX && !Key::new(line).text().is_empty();
            if let Some(line) = left.lines().find(is_left) {
                let message = format!("its block does not take the line `{}` of its example", line.trim());
                problems.push(problem(
                    pattern,
                    example.line,
                    message,
                    "add it to `follow` or `close`, or set `shape`",
                ));
            }
        }
        for example in &pattern.text {
            let removals = cleaner.clean(&Document::new(&example.text)).removals;
            if let Some(removal) = removals.iter().find(|r| !matches!(r.why, Why::Blank)) {
                let message =
                    format!("its block takes the line `{}` of a counter-example", removal.text.trim());
                problems.push(problem(
                    pattern,
                    example.line,
                    message,
                    "narrow `open`, raise `needs`, or add `stop`",
                ));
            }
        }
    }
    problems
}
