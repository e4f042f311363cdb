//! A template matched as it is written, choice by choice.
//!
//! Writing out the phrases of a template takes milliseconds where it has hundreds, and a run meets hundreds of templates. So
//! a template is folded piece by piece, and what folding does between two pieces is done while matching: a space is
//! never doubled and never stands before punctuation, and decoration at the ends of the line is not there.
//! Templates for which this is not enough (see [`Tree::new`]) are written out after all.
//!
//! Most choices fail at their first letter, and most ends of a hole at the letter after it. So the letters with which
//! each part can go on are known beforehand ([`Firsts`]).

use super::holes::{Holes, Matcher, View, fold_inside};
use super::needles::folds_by_parts;
use crate::document::{is_decoration, may_split_at, mixes_alphabets};
use crate::patterns::{Kind, Node, Pairs, Piece, Template};

/// A folded template.
#[derive(Debug)]
pub(super) struct Tree {
    choices: Vec<Sequence>,
    kind: Kind,
}

#[derive(Debug)]
struct Sequence {
    branches: Vec<Branch>,
    /// How it, and what comes after it, can begin.
    firsts: Firsts,
    /// What it holds, whatever stands in its holes.
    pairs: Pairs,
}

#[derive(Debug)]
enum Branch {
    Text(Text),
    /// A hole, and how what comes after it can begin.
    Hole(Matcher, Firsts),
    Choice(Vec<Sequence>),
}

/// Folded fixed text without the spaces at its ends.
#[derive(Debug)]
struct Text {
    core: String,
    /// Bytes of decoration at its beginning, which are not there at the beginning of a line.
    decoration: usize,
    space_before: bool,
    space_after: bool,
}

/// The bytes with which a key can go on, a space aside. The end of the key is always possible.
#[derive(Clone, Copy, Debug, Default)]
struct Firsts([u64; 4]);

/// What remains to be matched: the rest of a sequence, and then of those around it.
struct Rest<'r> {
    branches: &'r [Branch],
    then: Option<&'r Rest<'r>>,
}

/// How far the key is matched, and whether a space is due before what comes next.
#[derive(Clone, Copy)]
struct At {
    pos: usize,
    space: bool,
}

impl Tree {
    /// `None` if a piece folds differently alone than in the phrase: arrows, spaced-out letters, words of two alphabets.
    pub(super) fn new(template: &Template, kind: Kind, holes: &Holes) -> Option<Self> {
        if mixes_alphabets(&template.to_string()) {
            return None;
        }
        // After the phrase the key ends, or anything may come.
        let after = if matches!(kind, Kind::Start | Kind::Span) { Firsts::ALL } else { Firsts::default() };
        let choices = sequences(template.choices(), after, holes)?;
        Some(Self { choices, kind })
    }

    /// Whether one of the phrases stands in the key where it must.
    pub(super) fn is_in(&self, view: View<'_>) -> bool {
        let key = view.text();
        let from = |choice: &Sequence, pos| self.begins(choice, None, At { pos, space: false }, pos, view);
        let mut choices = self.choices.iter().filter(|choice| view.pairs.holds(choice.pairs));
        if !matches!(self.kind, Kind::End | Kind::Span) {
            return choices.any(|choice| from(choice, 0));
        }
        let places = || (0..key.len()).filter(|&at| key.is_char_boundary(at) && may_split_at(key, at));
        choices.any(|choice| places().any(|at| from(choice, at)))
    }

    /// Whether a sequence, and then the rest, can be matched from `at` on.
    fn begins(
        &self,
        sequence: &Sequence,
        then: Option<&Rest<'_>>,
        at: At,
        start: usize,
        view: View<'_>,
    ) -> bool {
        sequence.firsts.allow(view.text(), at.pos)
            && view.pairs.holds(sequence.pairs)
            && self.goes_on(&Rest { branches: &sequence.branches, then }, at, start, view)
    }

    /// Whether `rest` can be matched from `at` on; `start` is where the phrase began.
    fn goes_on(&self, rest: &Rest<'_>, at: At, start: usize, view: View<'_>) -> bool {
        let key = view.text();
        let Some((branch, branches)) = rest.branches.split_first() else {
            return match rest.then {
                Some(then) => self.goes_on(then, at, start, view),
                None => self.ends(at, key),
            };
        };
        let tail = Rest { branches, then: rest.then };
        match branch {
            Branch::Text(text) => {
                self.text(text, at, start, key).is_some_and(|at| self.goes_on(&tail, at, start, view))
            }
            Branch::Choice(choices) => {
                choices.iter().any(|choice| self.begins(choice, Some(&tail), at, start, view))
            }
            Branch::Hole(matcher, firsts) => {
                // At the beginning a space is not there.
                let due = at.space && at.pos > start;
                if due && !key[at.pos..].starts_with(' ') {
                    return false;
                }
                matcher.ends(view, at.pos + usize::from(due), &|pos| firsts.allow(key, pos), &mut |pos| {
                    self.goes_on(&tail, At { pos, space: false }, start, view)
                })
            }
        }
    }

    fn reaches_end(&self) -> bool {
        !matches!(self.kind, Kind::Start | Kind::Span)
    }

    fn ends(&self, at: At, key: &str) -> bool {
        if self.reaches_end() {
            return at.pos == key.len();
        }
        at.pos > 0 && may_split_at(key, at.pos)
    }

    /// Where the key is matched after `text`, if it is there.
    fn text(&self, text: &Text, at: At, start: usize, key: &str) -> Option<At> {
        let mut core = text.core.as_str();
        let is_first = at.pos == start;
        if is_first && matches!(self.kind, Kind::Line | Kind::Start) {
            core = &core[text.decoration..];
        }
        let space = !is_first && (at.space || text.space_before);
        if core.is_empty() {
            return Some(At { space: space || (text.space_after && !is_first), ..at });
        }
        let rest = &key[at.pos..];
        let due = space && !core.starts_with(['?', '!', ':', ';', ',', '.']);
        let rest = if due { rest.strip_prefix(' ').or(rest.is_empty().then_some(""))? } else { rest };
        if rest.starts_with(core) {
            return Some(At { pos: key.len() - rest.len() + core.len(), space: text.space_after });
        }
        // Decoration at the end of the phrase is not at the end of the key.
        let left = core.strip_prefix(rest).filter(|_| self.reaches_end())?;
        left.chars().all(is_decoration).then_some(At { pos: key.len(), space: false })
    }
}

impl Text {
    fn new(text: &str) -> Self {
        let folded = fold_inside(text);
        let core = folded.trim_matches(' ').to_owned();
        let (space_before, space_after) = (folded.starts_with(' '), folded.ends_with(' '));
        let decoration = core.len() - core.trim_start_matches(is_decoration).len();
        Self { core, decoration, space_before, space_after }
    }
}

impl Firsts {
    const ALL: Self = Self([u64::MAX; 4]);

    fn of(byte: u8) -> Self {
        let mut firsts = Self::default();
        firsts.0[usize::from(byte) / 64] |= 1 << (byte % 64);
        firsts
    }

    fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Whether the key can go on at `pos`.
    #[inline]
    fn allow(&self, key: &str, pos: usize) -> bool {
        let has = |byte: u8| self.0[usize::from(byte) / 64] >> (byte % 64) & 1 == 1;
        match &key.as_bytes()[pos..] {
            [] | [b' '] => true,
            [b' ', byte, ..] | [byte, ..] => has(*byte),
        }
    }
}

/// The choices of a template, before something that can begin with `after`.
fn sequences(choices: &[Vec<Node>], after: Firsts, holes: &Holes) -> Option<Vec<Sequence>> {
    let sequence = |nodes: &Vec<Node>| {
        let mut branches = Vec::with_capacity(nodes.len());
        let mut firsts = after;
        for node in nodes.iter().rev() {
            let branch;
            (branch, firsts) = match node {
                Node::Piece(Piece::Text(text)) if folds_by_parts(text) => {
                    let text = Text::new(text);
                    // At the beginning of a line the decoration is not there.
                    let byte =
                        |at: usize| text.core.as_bytes().get(at).map_or(firsts, |&byte| Firsts::of(byte));
                    let firsts = byte(0).or(byte(text.decoration));
                    (Branch::Text(text), firsts)
                }
                Node::Piece(Piece::Text(_)) => return None,
                Node::Piece(Piece::Hole(hole)) => (Branch::Hole(holes.matcher(hole)?, firsts), Firsts::ALL),
                Node::Choice(choices) => {
                    let choices = sequences(choices, firsts, holes)?;
                    let firsts = choices.iter().fold(Firsts::default(), |all, choice| all.or(choice.firsts));
                    (Branch::Choice(choices), firsts)
                }
            };
            branches.push(branch);
        }
        branches.reverse();
        Some(Sequence { branches, firsts, pairs: Pairs::required(nodes) })
    };
    choices.iter().map(sequence).collect()
}
