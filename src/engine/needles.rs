//! The fixed texts of which a line must hold one to match a template.
//!
//! They are read off the template's tree, without writing its phrases out: at start-up there are thousands of
//! templates, of which a run needs few. A needle may be shorter than the fixed text it stands for, so what folding
//! would trim or squash at its ends is left out of it.

use super::holes::fold_inside;
use super::index::{MIN_EDGE_BYTES, Needle, Side, is_findable};
use crate::document::{KEPT_AT_ENDS, is_word_char};
use crate::patterns::{Kind, Node, Piece, Template, Words};

/// Fixed texts that may stand for one end of a template. More would make the index larger than it saves.
const MAX_NEEDLES: usize = 64;
/// Bytes from which a needle is long enough. Twice as many would make the index five times as large.
const ENOUGH_BYTES: usize = 10;

/// The needles of a template; `None` if some phrase of it may have too little fixed text.
pub(super) fn needles(template: &Template, kind: Kind, words: &Words) -> Option<Vec<Needle>> {
    let mut all = Vec::new();
    for nodes in template.choices() {
        all.extend(of_sequence(nodes, kind, words)?);
    }
    Some(all)
}

fn of_sequence(nodes: &[Node], kind: Kind, words: &Words) -> Option<Vec<Needle>> {
    let at = |side: Side| {
        let mut texts = Texts { open: vec![String::new()], closed: Vec::new(), side, words };
        texts.extend(nodes);
        let texts: Vec<String> = texts.open.into_iter().chain(texts.closed).collect();
        let needles: Vec<String> = texts.iter().map(|text| trimmed(&fold_inside(text), side).to_owned()).collect();
        let is_enough = texts.iter().all(|text| folds_by_parts(text)) && needles.iter().all(|n| n.len() >= MIN_EDGE_BYTES);
        is_enough.then_some(needles)
    };
    let shortest = |needles: &Vec<String>| needles.iter().map(String::len).min().unwrap_or_default();
    let start = (kind != Kind::End).then(|| at(Side::Start)).flatten();
    let end = (kind != Kind::Start).then(|| at(Side::End)).flatten();
    let end = end.filter(|end| start.as_ref().is_none_or(|start| shortest(start) < 4 && shortest(end) > shortest(start)));
    match (start, end) {
        (start, Some(end)) => {
            let long = start.into_iter().flatten().map(Needle::Long);
            Some(end.into_iter().map(|text| Needle::Edge(Side::End, text)).chain(long).collect())
        }
        (Some(start), None) => Some(start.into_iter().map(|text| Needle::Edge(Side::Start, text)).collect()),
        (None, None) => inside(nodes),
    }
}

/// The fixed texts at one end of a sequence, as far as they are known.
struct Texts<'w> {
    /// Those that may still grow.
    open: Vec<String>,
    /// Those that a hole has ended.
    closed: Vec<String>,
    side: Side,
    words: &'w Words,
}

impl Texts<'_> {
    fn extend(&mut self, nodes: &[Node]) {
        let inward: Box<dyn Iterator<Item = &Node>> = match self.side {
            Side::End => Box::new(nodes.iter().rev()),
            _ => Box::new(nodes.iter()),
        };
        for node in inward {
            if self.open.iter().all(|text| text.len() >= ENOUGH_BYTES) {
                return;
            }
            match node {
                Node::Piece(Piece::Text(text)) => self.open.iter_mut().for_each(|open| grow(open, text, self.side)),
                Node::Piece(Piece::Hole(crate::patterns::Hole::Words(name))) if self.is_first() => {
                    let entries = self.words.get(name).map(Vec::as_slice).unwrap_or_default();
                    self.fork(entries.len(), |texts, i| grow(&mut texts.open[0], &entries[i], texts.side));
                }
                Node::Piece(Piece::Hole(_)) => self.close(),
                Node::Choice(choices) => self.fork(choices.len(), |texts, i| texts.extend(&choices[i])),
            }
        }
    }

    fn is_first(&self) -> bool {
        self.open.iter().all(String::is_empty)
    }

    /// Continues each open text in every way.
    fn fork(&mut self, ways: usize, each: impl Fn(&mut Texts<'_>, usize)) {
        if ways == 0 || self.open.len() * ways + self.closed.len() > MAX_NEEDLES {
            return self.close();
        }
        let (mut open, mut closed) = (Vec::new(), std::mem::take(&mut self.closed));
        for text in std::mem::take(&mut self.open) {
            for i in 0..ways {
                let mut texts = Texts { open: vec![text.clone()], closed: Vec::new(), side: self.side, words: self.words };
                each(&mut texts, i);
                open.append(&mut texts.open);
                closed.append(&mut texts.closed);
            }
        }
        (self.open, self.closed) = (open, closed);
    }

    fn close(&mut self) {
        self.closed.append(&mut self.open);
    }
}

fn grow(text: &mut String, more: &str, side: Side) {
    match side {
        Side::End => text.insert_str(0, more),
        _ => text.push_str(more),
    }
}

/// Text of which a beginning or an end folds to the beginning or end of its key. Arrows and spaced-out letters are folded by
/// what stands in the rest of the line.
fn folds_by_parts(text: &str) -> bool {
    let mut chars = text.chars().map(char::is_whitespace).skip(1);
    !text.contains(['«', '»']) && !(chars.next() == Some(true) && chars.nth(1) == Some(true))
}

/// A needle without what folding may trim at the outer end or change at the inner end.
fn trimmed(text: &str, side: Side) -> &str {
    let is_decoration = |c: char| !is_word_char(c) && !KEPT_AT_ENDS.contains(c);
    let is_uncertain = |c: char| !is_word_char(c);
    match side {
        Side::End => text.trim_end_matches(is_decoration).trim_start_matches(is_uncertain),
        _ => text.trim_start_matches(is_decoration).trim_end_matches(is_uncertain),
    }
}

/// Needles inside: a word that every phrase has as a word of its own.
fn inside(nodes: &[Node]) -> Option<Vec<Needle>> {
    let mut best: Option<Vec<String>> = None;
    let shortest = |words: &Vec<String>| words.iter().map(String::len).min();
    let text_of = |node: Option<&Node>| match node {
        Some(Node::Piece(Piece::Text(text))) => Some(text.clone()),
        _ => None,
    };
    for (i, node) in nodes.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| text_of(nodes.get(i)));
        let after = text_of(nodes.get(i + 1));
        let gap_before = before.is_some_and(|text| text.ends_with(|c| !is_word_char(c)));
        let gap_after = i + 1 == nodes.len() || after.is_some_and(|text| text.starts_with(|c| !is_word_char(c)));
        let words = match node {
            Node::Piece(Piece::Text(text)) => longest_word(text, gap_before, gap_after).map(|word| vec![word]),
            Node::Piece(Piece::Hole(_)) => None,
            Node::Choice(choices) => choices
                .iter()
                .map(|choice| match choice.as_slice() {
                    [Node::Piece(Piece::Text(text))] => longest_word(text, gap_before, gap_after),
                    _ => None,
                })
                .collect(),
        };
        if let Some(words) = words.filter(|words| best.as_ref().is_none_or(|b| shortest(b) < shortest(words))) {
            best = Some(words);
        }
    }
    Some(best?.into_iter().map(Needle::Word).collect())
}

/// The longest whole word of `text`; its first and last only if something else stands before and after.
fn longest_word(text: &str, gap_before: bool, gap_after: bool) -> Option<String> {
    let folded = fold_inside(text);
    let mut words: Vec<&str> = folded.split(|c: char| !is_word_char(c)).skip(usize::from(!gap_before)).collect();
    if !gap_after {
        words.pop();
    }
    words.into_iter().filter(|word| is_findable(word)).max_by_key(|word| word.len()).map(str::to_owned)
}
