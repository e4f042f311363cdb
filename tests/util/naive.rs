//! A matcher that is too simple to be wrong: every phrase is held against every line, and every hole may end anywhere.
//!
//! It follows `patterns/README.md` and, for long lines, the rules at the top of `src/engine/mod.rs`. It has no index,
//! so a phrase that the engine's look-ups lose is found here. Over a large pack that takes minutes for each test, hence the one
//! thing that [`Naive::hasty`] does differently: it passes by phrases whose pairs of neighboring letters are not all
//! in the line.

use super::grammar::{GUARD, Grammar, fold_inside};
use super::words::{is_border, is_word_char, word_count};
use dechaff::document::{Case, Key, fold};
use dechaff::engine::{LONG_LINE_BYTES, Role, SHORT_LINE_BYTES};
use dechaff::patterns::{Body, Form, Hole, Kind, Pack, Pattern, Phrase, Phrasing, Piece};
use regex::Regex;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// All phrases of some packs, written out and folded.
#[derive(Debug)]
pub(crate) struct Naive {
    pub(crate) phrases: Vec<NaivePhrase>,
    /// The pairs and phrases of each template; empty if all phrases are to be tried.
    templates: Vec<(u128, Range<usize>)>,
    grammars: Vec<Grammar>,
    max_words: Vec<Option<usize>>,
}

/// One phrase or regex.
#[derive(Debug)]
pub(crate) struct NaivePhrase {
    /// The number of its pattern among all patterns.
    pub(crate) pattern: usize,
    /// Its number among the phrasings of its pattern.
    pub(crate) phrasing: usize,
    pub(crate) role: Role,
    pub(crate) kind: Kind,
    /// As it stands in the pack; empty for a regex.
    pub(crate) written: Phrase,
    grammar: usize,
    test: Test,
    /// The pairs of neighboring bytes that must stand in every key that it describes.
    pairs: u128,
}

#[derive(Debug)]
enum Test {
    Parts(Vec<Part>),
    Regex(Regex),
}

#[derive(Debug)]
enum Part {
    Fixed(String),
    Hole(Hole),
}

/// What was found in a line: pattern, role.
pub(crate) type Found = BTreeSet<(usize, Role)>;

/// A span in a line.
#[derive(Debug)]
pub(crate) struct NaiveSpan {
    pub(crate) pattern: usize,
    pub(crate) phrasing: usize,
    /// Its bytes in the line, without any white space around it.
    pub(crate) range: Range<usize>,
}

impl Naive {
    /// A matcher that tries every phrase on every line.
    pub(crate) fn new(packs: &[Pack]) -> Self {
        let mut naive =
            Self { phrases: Vec::new(), templates: Vec::new(), grammars: Vec::new(), max_words: Vec::new() };
        for pack in packs {
            naive.grammars.push(Grammar::new(&pack.words));
            for pattern in &pack.patterns {
                let number = naive.max_words.len();
                naive.max_words.push(pattern.max_words);
                for (phrasing_number, (role, phrasing)) in roles(pattern).into_iter().enumerate() {
                    naive.add(phrasing, (number, phrasing_number, role));
                }
            }
        }
        naive
    }

    /// A matcher that looks at pairs of letters first: at those that all phrases of a template have in common, and then at
    /// those of each.
    pub(crate) fn hasty(packs: &[Pack]) -> Self {
        let mut naive = Self::new(packs);
        let same = |a: &NaivePhrase, b: &NaivePhrase| (a.pattern, a.phrasing) == (b.pattern, b.phrasing);
        let mut first = 0;
        for phrases in naive.phrases.chunk_by(same) {
            let common = phrases.iter().fold(u128::MAX, |common, phrase| common & phrase.pairs);
            naive.templates.push((common, first..first + phrases.len()));
            first += phrases.len();
        }
        naive
    }

    /// The phrases to try on a key.
    fn to_try(&self, key: &str) -> Vec<&NaivePhrase> {
        if self.templates.is_empty() {
            return self.phrases.iter().collect();
        }
        let missing = !pairs(key);
        let mut to_try = Vec::new();
        for (_, phrases) in self.templates.iter().filter(|(common, _)| common & missing == 0) {
            to_try.extend(self.phrases[phrases.clone()].iter().filter(|phrase| phrase.pairs & missing == 0));
        }
        to_try
    }

    fn add(&mut self, phrasing: &Phrasing, (pattern, number, role): (usize, usize, Role)) {
        let role = if phrasing.kind == Kind::Span { Role::Span } else { role };
        let kind = phrasing.kind;
        let tests: Vec<(Phrase, Test)> = match &phrasing.form {
            Form::Regex(written) => {
                vec![(Vec::new(), Test::Regex(Regex::new(&format!("^(?:{written})$")).unwrap()))]
            }
            Form::Template(template) => template
                .phrases()
                .into_iter()
                .map(|phrase| (phrase.clone(), Test::Parts(parts(&phrase, kind))))
                .collect(),
        };
        let grammar = self.grammars.len() - 1;
        for (written, test) in tests {
            let pairs = match &test {
                Test::Parts(parts) => parts.iter().fold(0, |all, part| match part {
                    Part::Fixed(text) => all | pairs(text),
                    Part::Hole(_) => all,
                }),
                Test::Regex(_) => 0,
            };
            self.phrases.push(NaivePhrase {
                pattern,
                phrasing: number,
                role,
                kind,
                written,
                grammar,
                test,
                pairs,
            });
        }
    }

    /// The patterns that describe the whole line, with what they describe it as.
    pub(crate) fn hits(&self, line: &str) -> Found {
        let mut found = Found::new();
        let key = Key::new(line);
        if key.text().is_empty() || line.len() > LONG_LINE_BYTES {
            return found;
        }
        for phrase in self.to_try(key.text()) {
            let is_near = line.len() <= SHORT_LINE_BYTES || phrase.begins_a_line_with_fixed_text();
            if phrase.kind != Kind::Span
                && is_near
                && !found.contains(&(phrase.pattern, phrase.role))
                && self.fits(phrase, &key, line)
            {
                found.insert((phrase.pattern, phrase.role));
            }
        }
        found
    }

    /// Whether this phrasing of this pattern describes the line.
    pub(crate) fn phrasing_fits(&self, pattern: usize, phrasing: usize, line: &str) -> bool {
        let key = Key::new(line);
        let of = |phrase: &NaivePhrase| (phrase.pattern, phrase.phrasing);
        // They stand in the order of the packs.
        let first = self.phrases.partition_point(|phrase| of(phrase) < (pattern, phrasing));
        let of_it = self.phrases[first..].iter().take_while(|&phrase| of(phrase) == (pattern, phrasing));
        of_it.into_iter().any(|phrase| self.fits(phrase, &key, line))
    }

    fn fits(&self, phrase: &NaivePhrase, key: &Key, line: &str) -> bool {
        let most = self.max_words[phrase.pattern].unwrap_or(usize::MAX);
        match &phrase.test {
            Test::Regex(regex) => regex.is_match(key.text()) && word_count(key.text()) <= most,
            Test::Parts(parts) => {
                let reading = Reading {
                    grammar: &self.grammars[phrase.grammar],
                    key: key.text(),
                    cased: key.cased(line),
                    kind: phrase.kind,
                    known: RefCell::default(),
                };
                reading.find(parts).is_some() && word_count(key.text()) <= most
            }
        }
    }

    /// The spans in a line, one for each phrase that is found: the first place, read as long as possible.
    pub(crate) fn spans(&self, line: &str) -> Vec<NaiveSpan> {
        let (key, cased, origins) = with_origins(line);
        let find = |phrase: &NaivePhrase| {
            let Test::Parts(parts) = &phrase.test else { return None };
            let grammar = &self.grammars[phrase.grammar];
            let known = RefCell::default();
            let reading = Reading { grammar, key: &key, cased: &cased, kind: phrase.kind, known };
            let range = reading.find(parts)?;
            let most = self.max_words[phrase.pattern].unwrap_or(usize::MAX);
            (word_count(line) <= most).then(|| NaiveSpan {
                pattern: phrase.pattern,
                phrasing: phrase.phrasing,
                range: origins[range.start]..origins[range.end],
            })
        };
        self.to_try(&key).into_iter().filter(|phrase| phrase.kind == Kind::Span).filter_map(find).collect()
    }
}

impl NaivePhrase {
    /// Whether a line that this phrase describes begins with a text that is known beforehand.
    fn begins_a_line_with_fixed_text(&self) -> bool {
        match &self.test {
            Test::Parts(parts) => {
                // Two bytes that are more than decoration, see the top of `src/engine/mod.rs`.
                let is_enough = |text: &str| text.trim_matches(|c| !is_said(c)).len() >= 2;
                matches!(self.kind, Kind::Line | Kind::Start)
                    && matches!(parts.first(), Some(Part::Fixed(text)) if is_enough(text))
            }
            // What a regex begins with is not written down anywhere; `oracle.rs` leaves it open.
            Test::Regex(_) => true,
        }
    }

    pub(crate) fn is_regex(&self) -> bool {
        matches!(self.test, Test::Regex(_))
    }
}

/// A character that folding does not drop at the ends of a line.
fn is_said(c: char) -> bool {
    is_word_char(c) || "?!\"'@$%&©®€£¥₹₽₩₺".contains(c)
}

/// The pairs of neighboring bytes in a text, as a set of 128 classes of pairs.
fn pairs(text: &str) -> u128 {
    text.as_bytes()
        .windows(2)
        .fold(0, |all, pair| all | 1 << ((u32::from(pair[0]) * 37 + u32::from(pair[1])) % 128))
}

/// The phrasings of a pattern with the role that each gives a line, in the order of `Pattern::phrasings`.
fn roles(pattern: &Pattern) -> Vec<(Role, &Phrasing)> {
    match &pattern.body {
        Body::Phrases(phrasings) => phrasings.iter().map(|phrasing| (Role::Line, phrasing)).collect(),
        Body::Block(block) => [
            (Role::Open, &block.open),
            (Role::Follow, &block.follow),
            (Role::Close, &block.close),
            (Role::Stop, &block.stop),
        ]
        .into_iter()
        .flat_map(|(role, phrasings)| phrasings.iter().map(move |phrasing| (role, phrasing)))
        .collect(),
    }
}

/// Folds a phrase as a line is folded, with a noncharacter in the place of each hole.
fn parts(phrase: &Phrase, kind: Kind) -> Vec<Part> {
    let mut written = String::new();
    let mut holes = Vec::new();
    for piece in phrase {
        match piece {
            Piece::Text(text) => written.push_str(text),
            Piece::Hole(hole) => {
                holes.push(hole.clone());
                written.push(char::from_u32(u32::from(GUARD) + u32::try_from(holes.len()).unwrap()).unwrap());
            }
        }
    }
    // Decoration is dropped at the ends of the line only. Where the phrase ends but the line may go on, it counts.
    let mut guarded = written.trim().to_owned();
    if matches!(kind, Kind::End | Kind::Span) {
        guarded.insert(0, GUARD);
    }
    if matches!(kind, Kind::Start | Kind::Span) {
        guarded.push(GUARD);
    }
    let mut folded = String::new();
    fold(&guarded, Case::Fold, &mut folded);

    let mut parts = vec![Part::Fixed(String::new())];
    let mut holes = holes.into_iter();
    for c in folded.trim_matches(GUARD).trim().chars() {
        match parts.last_mut() {
            _ if ('\u{fdd1}'..='\u{fdef}').contains(&c) => parts.push(Part::Hole(holes.next().unwrap())),
            Some(Part::Fixed(text)) => text.push(c),
            _ => parts.push(Part::Fixed(c.to_string())),
        }
    }
    parts.retain(|part| !matches!(part, Part::Fixed(text) if text.is_empty()));
    parts
}

/// One key that phrases are held against.
struct Reading<'k> {
    grammar: &'k Grammar,
    key: &'k str,
    cased: &'k str,
    kind: Kind,
    /// Where what is left of the phrase ends, by its number of parts and its beginning.
    known: RefCell<HashMap<(usize, usize), Option<usize>>>,
}

impl Reading<'_> {
    /// The first place where the phrase stands, read as long as possible.
    fn find(&self, parts: &[Part]) -> Option<Range<usize>> {
        let places: Vec<usize> = match self.kind {
            Kind::Line | Kind::Start | Kind::Regex => return self.end(parts, 0).map(|end| 0..end),
            Kind::End | Kind::Span => (0..self.key.len())
                .filter(|&at| self.key.is_char_boundary(at) && is_border(self.key, at))
                .collect(),
        };
        places.into_iter().find_map(|start| self.end(parts, start).map(|end| start..end))
    }

    /// Where the parts end if they begin at `start` and end where the kind demands.
    fn end(&self, parts: &[Part], start: usize) -> Option<usize> {
        // The answer depends on what is left alone, so it is worked out once; else many holes take for ever.
        let question = (parts.len(), start);
        let known = self.known.borrow().get(&question).copied();
        known.unwrap_or_else(|| {
            let answer = self.end_of(parts, start);
            self.known.borrow_mut().insert(question, answer);
            answer
        })
    }

    fn end_of(&self, parts: &[Part], start: usize) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else {
            let fits = match self.kind {
                Kind::Line | Kind::End | Kind::Regex => start == self.key.len(),
                Kind::Start | Kind::Span => is_border(self.key, start),
            };
            return fits.then_some(start);
        };
        match part {
            Part::Fixed(text) if self.key[start..].starts_with(text) => self.end(rest, start + text.len()),
            Part::Fixed(_) => None,
            Part::Hole(hole) => {
                let ends = self.grammar.candidates(hole, self.key, start).into_iter();
                // The rest first: it costs less to ask.
                let mut read = ends.filter_map(|end| Some((end, self.end(rest, end)?)));
                read.find(|&(end, _)| self.grammar.fits(hole, self.key, self.cased, start, end))
                    .map(|read| read.1)
            }
        }
    }
}

/// Folds a line character by character and says for each byte of the result, and for its end, where in the line it
/// comes from: a span must be found again in the line. Links stay, and nothing is trimmed.
fn with_origins(line: &str) -> (String, String, Vec<usize>) {
    let (mut key, mut cased, mut origins) = (String::new(), String::new(), Vec::new());
    for (at, c) in line.char_indices() {
        let small = fold_inside(&c.to_string());
        if small.starts_with(['?', '!', ':', ';', ',', '.']) && key.ends_with(' ') {
            key.pop();
            cased.pop();
            origins.pop();
        }
        match small.as_str() {
            " " if key.ends_with(' ') => {}
            "\u{307}" if key.ends_with('i') => {} // what İ becomes in small letters elsewhere
            "_" if key.ends_with('_') => {
                key.pop();
                cased.pop();
                origins.pop();
            }
            _ => {
                let mut kept = String::new();
                fold(&format!("{GUARD}{c}{GUARD}"), Case::Keep, &mut kept);
                let kept = kept.trim_matches(GUARD);
                cased.push_str(if kept.len() == small.len() { kept } else { &small });
                origins.extend(small.bytes().map(|_| at));
                key.push_str(&small);
            }
        }
    }
    origins.push(line.len());
    (key, cased, origins)
}
