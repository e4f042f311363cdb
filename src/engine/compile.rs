//! From packs to an [`Engine`]: each phrase folded, given the fixed text that leads to it, and put in its place.

use super::gate::Gate;
use super::holes::{Holes, Matcher};
use super::index::{Index, MIN_EDGE_BYTES, MIN_INSIDE_BYTES, Needle, Side};
use super::needles;
use super::phrase::{Compiled, Lazy, MAX_HOLES, Part};
use super::regexes;
use super::spans::{Spans, word_after_mark};
use super::{Engine, Role, Test, Tested};
use crate::patterns::{Body, Form, Hole, Kind, Pack, Pattern, Phrase, Phrasing, Piece, Problem, Severity};
use std::sync::Arc;

/// Phrases of all packs that are written out at most, and their bytes. At about 100 bytes of tables a phrase this keeps the engine
/// under 256 MiB and its building under two seconds.
const MAX_PHRASES: usize = 500_000;
const MAX_PHRASE_BYTES: usize = 64 << 20;
/// Regexes of all packs at most.
const MAX_REGEXES: usize = 1_000;
/// Their sizes added up. Compiling a thousand of `word [\p{L}]{1,4}`, just under it, took 0.8 s and 210 MB.
const MAX_REGEX_COST: u64 = 3_000_000;
/// `{text}`s in one phrase. Each may end in many places, so the cost grows with a power of their number.
const MAX_TEXTS: usize = 3;
/// Phrases of a template without holes that are put into the table of whole keys.
const FEW_PHRASES: usize = 4;
/// From this length on a phrase without holes is found by its beginning, so that it is found in lines of which only
/// the beginning is folded.
const LONG_WHOLE_BYTES: usize = 160;

#[derive(Default)]
pub(super) struct Builder {
    tested: Vec<Tested>,
    needles: Vec<(Needle, Gate, u32)>,
    spans: Vec<(u32, Compiled)>,
    phrases: usize,
    phrase_bytes: usize,
    regexes: usize,
    regex_cost: u64,
    problems: Vec<Problem>,
}

impl Builder {
    /// Adds a pattern, the `number`th of the engine.
    pub(super) fn add(&mut self, pattern: &Pattern, number: u32, holes: &Arc<Holes>) {
        let roles: Vec<(Role, &[Phrasing])> = match &pattern.body {
            Body::Phrases(phrases) => vec![(Role::Line, phrases)],
            Body::Block(b) => {
                vec![
                    (Role::Open, &b.open),
                    (Role::Follow, &b.follow),
                    (Role::Close, &b.close),
                    (Role::Stop, &b.stop),
                ]
            }
        };
        let mut phrasing_number = 0;
        for (role, phrasings) in roles {
            for phrasing in phrasings {
                let role = if phrasing.kind == Kind::Span { Role::Span } else { role };
                let at = Tested { pattern: number, phrasing: phrasing_number, role, test: Test::Whole };
                if let Err((message, hint)) = self.add_phrasing(phrasing, at, holes) {
                    let problem = Problem::error(&pattern.file, phrasing.line, message);
                    self.problems.push(problem.of(&pattern.id).hint(hint));
                }
                phrasing_number += 1;
            }
        }
    }

    fn add_phrasing(
        &mut self,
        phrasing: &Phrasing,
        at: Tested,
        holes: &Arc<Holes>,
    ) -> Result<(), (String, String)> {
        let template = match &phrasing.form {
            Form::Template(template) => template,
            Form::Regex(written) => {
                let gated = regexes::gate(written).map_err(|r| (r.message, r.hint.to_owned()))?;
                self.regexes += 1;
                self.regex_cost += gated.cost;
                let number = self.push(Tested { test: Test::Regex(gated.regex), ..at });
                self.needles.extend(gated.needles.into_iter().map(|needle| (needle, gated.gate, number)));
                return Ok(());
            }
        };
        let shown = || format!("`{template}`");
        let texts = template.holes().into_iter().filter(|hole| *hole == Hole::Text).count();
        if template.holes().len() > MAX_HOLES as usize
            || (texts > MAX_TEXTS && template.phrases().iter().any(has_many_texts))
        {
            return Err((format!("{} has too many holes", shown()), "split the template".to_owned()));
        }
        // The few phrases of a plain template are looked up whole; those of the others are found by their needles.
        let is_plain = template.holes().is_empty() && template.phrase_count() <= FEW_PHRASES;
        if phrasing.kind != Kind::Span
            && !(is_plain && phrasing.kind == Kind::Line)
            && let Some(needles) = needles::needles(template, phrasing.kind, Some(holes))
        {
            let lazy = Lazy::new(template.clone(), phrasing.kind, holes.clone());
            let number = self.push(Tested { test: Test::Template(lazy), ..at });
            self.needles.extend(needles.into_iter().map(|(needle, gate)| (needle, gate, number)));
            return Ok(());
        }
        self.phrases += template.phrase_count();
        self.phrase_bytes += template.phrase_count() * template.to_string().len();
        if self.phrases > MAX_PHRASES || self.phrase_bytes > MAX_PHRASE_BYTES {
            return Ok(()); // said once, in `finish`
        }
        for phrase in template.phrases() {
            let Some(compiled) = Compiled::new(&phrase, phrasing.kind, holes) else { continue };
            if compiled.parts.is_empty() {
                let message = format!("{} folds to nothing, which is every blank line", shown());
                return Err((message, "write at least one letter or digit".to_owned()));
            }
            if phrasing.kind == Kind::Span {
                if word_after_mark(&compiled).is_none() {
                    let message = format!("{} has no word after a mark", shown());
                    let hint = "one of `( [ / | : ...` and then a fixed word must stand in every span";
                    return Err((message, hint.to_owned()));
                }
                let number = self.push(at.clone());
                self.spans.push((number, compiled));
                continue;
            }
            let needles = needles_of(&compiled);
            if needles.is_empty() {
                let message = format!("{} has too little fixed text", shown());
                let hint = "two fixed letters must stand at its beginning or end, or a word of three inside";
                return Err((message, hint.to_owned()));
            }
            let gate = compiled.parts.iter().fold(Gate::OPEN, |gate, part| gate.with(part.fixed()));
            let test = match &needles[..] {
                [Needle::Whole(_)] if compiled.fixed().is_some() => Test::Whole,
                _ => Test::Phrase(compiled),
            };
            let number = self.push(Tested { test, ..at.clone() });
            self.needles.extend(needles.into_iter().map(|needle| (needle, gate, number)));
        }
        Ok(())
    }

    fn push(&mut self, tested: Tested) -> u32 {
        let number = u32::try_from(self.tested.len()).unwrap_or(u32::MAX);
        self.tested.push(tested);
        number
    }

    /// The engine with these patterns, or what is wrong with them.
    pub(super) fn finish(
        mut self,
        packs: Vec<Pack>,
        languages: Vec<Option<Arc<str>>>,
    ) -> Result<Engine, Vec<Problem>> {
        let too_much = [
            (self.phrases > MAX_PHRASES, format!("the packs have more than {MAX_PHRASES} phrases")),
            (
                self.phrase_bytes > MAX_PHRASE_BYTES,
                format!("the packs have more than {MAX_PHRASE_BYTES} bytes of phrases"),
            ),
            (self.regexes > MAX_REGEXES, format!("the packs have more than {MAX_REGEXES} regexes")),
            (
                self.regex_cost > MAX_REGEX_COST,
                format!("the regexes of the packs have more than {MAX_REGEX_COST} parts"),
            ),
        ];
        let name = packs.last().map_or("packs", |pack| &pack.name).to_owned();
        for (is_too_much, message) in too_much {
            if is_too_much {
                self.problems.push(Problem::error(&name, 0, message).hint("use fewer packs, or `--select`"));
            }
        }
        if self.problems.iter().any(|p| p.severity == Severity::Error) {
            return Err(self.problems);
        }
        let Some(index) = Index::new(self.needles) else {
            return Err(vec![
                Problem::error(&name, 0, "the packs need too large an automaton").hint("use fewer packs"),
            ]);
        };
        let patterns = packs.into_iter().flat_map(|pack| pack.patterns).collect();
        Ok(Engine { patterns, languages, tested: self.tested, index, spans: Spans::new(self.spans) })
    }
}

fn has_many_texts(phrase: &Phrase) -> bool {
    phrase.iter().filter(|piece| **piece == Piece::Hole(Hole::Text)).count() > MAX_TEXTS
}

impl Part {
    fn fixed(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Hole(_) => "",
        }
    }
}

/// The fixed texts of which a key must hold one to match the phrase; none if it has too little.
fn needles_of(phrase: &Compiled) -> Vec<Needle> {
    let kind = phrase.kind;
    let is_enough = |text: &&str| text.len() >= MIN_EDGE_BYTES;
    let long = |text: &str| is_enough(&needles::trimmed(text)).then(|| Needle::Long(text.to_owned()));
    if let Some(text) = phrase.fixed().filter(|t| kind == Kind::Line && t.len() < LONG_WHOLE_BYTES) {
        return vec![Needle::Whole(text.to_owned())];
    }
    let first = phrase.parts.first().map(Part::fixed).filter(|_| kind != Kind::End).filter(is_enough);
    let last = phrase.parts.last().map(Part::fixed).filter(|_| kind != Kind::Start).filter(is_enough);
    match (first, last) {
        (Some(first), Some(last)) if last.len() > first.len() && first.len() < 4 => {
            return [Needle::Edge(Side::End, last.to_owned())].into_iter().chain(long(first)).collect();
        }
        (Some(first), _) => {
            return [Needle::Edge(Side::Start, first.to_owned())].into_iter().chain(long(first)).collect();
        }
        (None, Some(last)) => return vec![Needle::Edge(Side::End, last.to_owned())],
        (None, None) => {}
    }
    let inside = phrase.parts.iter().map(Part::fixed).max_by_key(|text| text.len()).unwrap_or_default();
    if inside.len() >= MIN_INSIDE_BYTES && inside.chars().any(char::is_alphanumeric) {
        return vec![Needle::Inside(inside.to_owned())];
    }
    // A word list at the beginning is as good as the fixed texts that it stands for.
    let Some(Part::Hole(Matcher::Words(words))) = phrase.parts.first().filter(|_| kind != Kind::End) else {
        return Vec::new();
    };
    let next = phrase.parts.get(1).map(Part::fixed).unwrap_or_default();
    let needle = |word: &String| {
        let text = format!("{word}{next}");
        match phrase.parts.len() {
            1 if kind == Kind::Line => Some(Needle::Whole(text)),
            _ => (text.len() >= MIN_EDGE_BYTES).then_some(Needle::Edge(Side::Start, text)),
        }
    };
    words.iter().map(needle).collect::<Option<Vec<_>>>().unwrap_or_default()
}
