//! From packs to an [`Engine`]: each phrase put in its place in the index.

use super::filing::{self, Cost};
use super::holes::Holes;
use super::index::Index;
use super::spans::Spans;
use super::{Engine, PackHoles, Role, Tested};
use crate::patterns::{Body, Filing, Kind, Pack, Phrasing, Problem, Severity, Test};
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
    /// By pack, what is added to the numbers of its phrases.
    filings: Vec<(u32, Filing)>,
    patterns: u32,
    cost: Cost,
    problems: Vec<Problem>,
}

impl Builder {
    /// Adds a pack after those before it.
    pub(super) fn add(&mut self, pack: &mut Pack, holes: &PackHoles) {
        let base = bounded(self.tested.len());
        // A filing of other patterns than these is of no use.
        let filing = pack.filing.take().filter(|filing| filing.tests.len() == pack.phrase_count());
        let filing = filing.unwrap_or_else(|| self.file(pack, holes.get()));
        let mut tests = filing.tests.iter().copied();
        for pattern in &pack.patterns {
            let roles: Vec<(Role, &[Phrasing])> = match &pattern.body {
                Body::Phrases(phrases) => vec![(Role::Line, phrases)],
                Body::Block(b) => vec![
                    (Role::Open, &b.open),
                    (Role::Follow, &b.follow),
                    (Role::Close, &b.close),
                    (Role::Stop, &b.stop),
                ],
            };
            let phrasings = roles.iter().flat_map(|(role, list)| list.iter().map(move |p| (*role, p)));
            for (number, (role, phrasing)) in phrasings.enumerate() {
                self.tested.push(Tested {
                    pattern: self.patterns,
                    phrasing: bounded(number),
                    role: if phrasing.kind == Kind::Span { Role::Span } else { role },
                    test: tests.next().unwrap_or(Test::Phrase),
                    folded: OnceLock::new(),
                });
            }
            self.patterns += 1;
        }
        self.filings.push((base, filing));
    }

    /// Files the phrases of a pack.
    pub(super) fn file(&mut self, pack: &Pack, holes: &Holes) -> Filing {
        let (mut filing, total) = (Filing::default(), &mut self.cost);
        for pattern in &pack.patterns {
            for phrasing in pattern.phrasings() {
                let may_cost = &mut |cost: Cost| {
                    total.phrases += cost.phrases;
                    total.phrase_bytes += cost.phrase_bytes;
                    total.regexes += cost.regexes;
                    total.regex_size += cost.regex_size;
                    total.phrases <= MAX_PHRASES && total.phrase_bytes <= MAX_PHRASE_BYTES
                };
                if let Err((message, hint)) = filing::file(phrasing, holes, &mut filing, may_cost) {
                    let problem = Problem::error(&pattern.file, phrasing.line, message);
                    self.problems.push(problem.of(&pattern.id).hint(hint));
                }
            }
        }
        filing
    }

    /// What is wrong so far.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems
    }

    /// The engine with these patterns, or what is wrong with them.
    pub(super) fn finish(mut self, packs: Vec<Pack>, holes: Vec<PackHoles>) -> Result<Engine, Vec<Problem>> {
        let too_much = [
            (self.cost.phrases > MAX_PHRASES, format!("the packs have more than {MAX_PHRASES} phrases")),
            (
                self.cost.phrase_bytes > MAX_PHRASE_BYTES,
                format!("the packs have more than {MAX_PHRASE_BYTES} bytes of phrases"),
            ),
            (self.cost.regexes > MAX_REGEXES, format!("the packs have more than {MAX_REGEXES} regexes")),
            (
                self.cost.regex_size > MAX_REGEX_COST,
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
        let Some(index) = Index::new(&self.filings) else {
            return Err(vec![
                Problem::error(&name, 0, "the packs need too large an automaton").hint("use fewer packs"),
            ]);
        };
        let spans = Spans::new(&self.filings);
        let (mut patterns, mut of_pack) = (Vec::new(), Vec::new());
        let languages = packs.iter().map(|pack| pack.language.as_deref().map(Arc::from)).collect();
        let sites = packs.iter().map(|pack| pack.site.as_deref().map(Arc::from)).collect();
        for (number, pack) in packs.into_iter().enumerate() {
            of_pack.extend(std::iter::repeat_n(number, pack.patterns.len()));
            patterns.extend(pack.patterns);
        }
        Ok(Engine { patterns, of_pack, languages, sites, holes, tested: self.tested, index, spans })
    }
}

/// The limits of packs keep it far below.
fn bounded(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
