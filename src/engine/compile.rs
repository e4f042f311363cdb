//! From packs to an [`Engine`]: each phrase put in its place in the index.

use super::filing::{Cost, filing};
use super::index::Index;
use super::spans::Spans;
use super::{Engine, PackHoles, Role, Tested};
use crate::patterns::{Body, Filing, Form, Gate, Kind, Lead, Pack, Pattern, Phrasing, Problem, Severity};
use std::sync::{Arc, OnceLock};

/// Phrases of all packs that are written out at most, and their bytes. At about 100 bytes of tables a phrase this keeps the engine
/// under 256 MiB and its building under two seconds.
const MAX_PHRASES: usize = 500_000;
const MAX_PHRASE_BYTES: usize = 64 << 20;
/// Regexes of all packs at most.
const MAX_REGEXES: usize = 1_000;
/// Their sizes added up. Compiling a thousand of `word [\p{L}]{1,4}`, just under it, took 0.8 s and 210 MB.
const MAX_REGEX_COST: u64 = 3_000_000;

#[derive(Default)]
pub(super) struct Builder {
    tested: Vec<Tested>,
    leads: Vec<(Lead, Gate, u32)>,
    spans: Spans,
    cost: Cost,
    regexes: usize,
    problems: Vec<Problem>,
}

impl Builder {
    /// Adds a pattern, the `number`th of the engine.
    pub(super) fn add(&mut self, pattern: &mut Pattern, number: u32, holes: &PackHoles) {
        let roles: Vec<(Role, &mut Vec<Phrasing>)> = match &mut pattern.body {
            Body::Phrases(phrases) => vec![(Role::Line, phrases)],
            Body::Block(b) => {
                vec![
                    (Role::Open, &mut b.open),
                    (Role::Follow, &mut b.follow),
                    (Role::Close, &mut b.close),
                    (Role::Stop, &mut b.stop),
                ]
            }
        };
        let mut phrasing_number = 0;
        for (role, phrasings) in roles {
            for phrasing in phrasings {
                let role = if phrasing.kind == Kind::Span { Role::Span } else { role };
                self.regexes += usize::from(matches!(phrasing.form, Form::Regex(_)));
                let filing = phrasing.filing.take().map_or_else(|| self.file(phrasing, holes), Ok);
                match filing {
                    Ok(filing) => self.put(filing, (number, phrasing_number, role)),
                    Err((message, hint)) => {
                        let problem = Problem::error(&pattern.file, phrasing.line, message);
                        self.problems.push(problem.of(&pattern.id).hint(hint));
                    }
                }
                phrasing_number += 1;
            }
        }
    }

    fn file(&mut self, phrasing: &Phrasing, holes: &PackHoles) -> Result<Filing, (String, String)> {
        let total = &mut self.cost;
        filing(phrasing, holes.get(), &mut |cost| {
            total.phrases += cost.phrases;
            total.phrase_bytes += cost.phrase_bytes;
            total.regex += cost.regex;
            total.phrases <= MAX_PHRASES && total.phrase_bytes <= MAX_PHRASE_BYTES
        })
    }

    fn put(&mut self, filing: Filing, (pattern, phrasing, role): (u32, u32, Role)) {
        let number = u32::try_from(self.tested.len()).unwrap_or(u32::MAX);
        self.tested.push(Tested { pattern, phrasing, role, test: filing.test, folded: OnceLock::new() });
        for (lead, gate) in filing.leads {
            match lead {
                Lead::AfterMark(word) => self.spans.add(word, number),
                lead => self.leads.push((lead, gate, number)),
            }
        }
    }

    /// The engine with these patterns, or what is wrong with them.
    pub(super) fn finish(mut self, packs: Vec<Pack>, holes: Vec<PackHoles>) -> Result<Engine, Vec<Problem>> {
        let too_much = [
            (self.cost.phrases > MAX_PHRASES, format!("the packs have more than {MAX_PHRASES} phrases")),
            (
                self.cost.phrase_bytes > MAX_PHRASE_BYTES,
                format!("the packs have more than {MAX_PHRASE_BYTES} bytes of phrases"),
            ),
            (self.regexes > MAX_REGEXES, format!("the packs have more than {MAX_REGEXES} regexes")),
            (
                self.cost.regex > MAX_REGEX_COST,
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
        let Some(index) = Index::new(self.leads) else {
            return Err(vec![
                Problem::error(&name, 0, "the packs need too large an automaton").hint("use fewer packs"),
            ]);
        };
        let (mut patterns, mut of_pack) = (Vec::new(), Vec::new());
        let languages = packs.iter().map(|pack| pack.language.as_deref().map(Arc::from)).collect();
        for (number, pack) in packs.into_iter().enumerate() {
            of_pack.extend(std::iter::repeat_n(number, pack.patterns.len()));
            patterns.extend(pack.patterns);
        }
        Ok(Engine { patterns, of_pack, languages, holes, tested: self.tested, index, spans: self.spans })
    }
}
