//! The fixed texts of which a line must hold one to match a template.
//!
//! They are read off the template's tree, without writing its phrases out: at start-up there are thousands of
//! templates, of which a run needs few. A needle may be shorter than the fixed text it stands for, so what folding
//! would trim or squash at its ends is left out of it.

use super::holes::{Holes, fold_inside};
use super::index::{MIN_EDGE_BYTES, Needle, Side, is_findable};
use crate::document::{KEPT_AT_ENDS, is_word_char, mixes_alphabets};
use crate::patterns::{Gate, Hole, Kind, Lines, Node, Piece, Template};

/// Fixed texts that may stand for one end of a template. More would make the index larger than it saves.
const MAX_NEEDLES: usize = 64;
/// Bytes from which a needle is long enough. With ten packs, 8 made their filing larger by 8 % and matching no faster, 4 made matching
/// slower by a quarter.
const ENOUGH_BYTES: usize = 6;

/// The needles of a template; `None` if some phrase of it may have too little fixed text.
pub(super) fn needles(template: &Template, kind: Kind, words: Option<&Holes>) -> Option<Vec<(Needle, Gate)>> {
    if mixes_alphabets(&template.to_string()) {
        return None; // a word of two alphabets folds as a whole
    }
    let mut all = Vec::new();
    for nodes in template.choices() {
        let gate = Gate::of(nodes, kind);
        let needles = of_sequence(nodes, kind, words)?;
        all.extend(needles.into_iter().map(|(needle, lines)| (needle, Gate { lines, ..gate })));
    }
    Some(all)
}

fn of_sequence(nodes: &[Node], kind: Kind, words: Option<&Holes>) -> Option<Vec<(Needle, Lines)>> {
    let starts = (kind != Kind::End).then(|| texts_at(nodes, Side::Start, words)).flatten();
    let ends = (kind != Kind::Start).then(|| texts_at(nodes, Side::End, words)).flatten();
    let shortest = |texts: &Vec<String>| texts.iter().map(String::len).min().unwrap_or_default();
    let enough = |texts: &Option<Vec<String>>| {
        texts.as_ref().map(&shortest).filter(|&length| length >= MIN_EDGE_BYTES)
    };
    let at = |needle: fn(String) -> Needle, texts: &Vec<String>, lines| -> Vec<(Needle, Lines)> {
        texts.iter().map(|text| (needle(text.clone()), lines)).collect()
    };
    // Word lists are no fixed text: in long lines, each of their entries would have to be looked for.
    let long = match (&starts, has_word_list(nodes)) {
        _ if kind == Kind::End => None,
        (Some(starts), false) => Some(starts.clone()),
        _ => Some(texts_at(nodes, Side::Start, None)?),
    };
    let long = long.map(|mut texts| {
        texts.retain(|text| text.len() >= MIN_EDGE_BYTES);
        at(Needle::Start, &texts, Lines::Long)
    });
    let mut needles = match (&starts, enough(&starts), &ends, enough(&ends)) {
        // A long end leads to fewer templates than a short beginning.
        (_, Some(start), Some(texts), Some(end)) if start < 4 && end > start => {
            at(Needle::End, texts, Lines::Short)
        }
        (Some(texts), Some(_), ..) => at(Needle::Start, texts, Lines::Short),
        (_, _, Some(texts), Some(_)) => at(Needle::End, texts, Lines::Short),
        _ => inside(nodes)?.into_iter().map(|needle| (needle, Lines::Short)).collect(),
    };
    needles.extend(long.into_iter().flatten());
    Some(needles)
}

fn has_word_list(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Piece(Piece::Hole(Hole::Words(_))) => true,
        Node::Piece(_) => false,
        Node::Choice(choices) => choices.iter().any(|choice| has_word_list(choice)),
    })
}

/// The folded texts at one end of a sequence; `None` if they cannot be told without the rest.
fn texts_at(nodes: &[Node], side: Side, words: Option<&Holes>) -> Option<Vec<String>> {
    let mut texts = Texts { open: vec![String::new()], closed: Vec::new(), side, words };
    texts.extend(nodes);
    let needle = |text: String| folds_by_parts(&text).then(|| trimmed(&fold_inside(&text)).to_owned());
    let mut found: Vec<String> =
        texts.open.into_iter().chain(texts.closed).map(needle).collect::<Option<_>>()?;
    found.sort();
    found.dedup();
    Some(found)
}

/// The fixed texts at one end of a sequence, as far as they are known.
struct Texts<'w> {
    /// Those that may still grow.
    open: Vec<String>,
    /// Those that a hole has ended, or that are long enough.
    closed: Vec<String>,
    side: Side,
    words: Option<&'w Holes>,
}

impl Texts<'_> {
    fn extend(&mut self, nodes: &[Node]) {
        let inward: Box<dyn Iterator<Item = &Node>> = match self.side {
            Side::End => Box::new(nodes.iter().rev()),
            _ => Box::new(nodes.iter()),
        };
        for node in inward {
            let (long, open) =
                std::mem::take(&mut self.open).into_iter().partition(|text| text.len() >= ENOUGH_BYTES);
            self.open = open;
            self.closed.extend::<Vec<String>>(long);
            if self.open.is_empty() {
                return;
            }
            match node {
                Node::Piece(Piece::Text(text)) => {
                    self.open.iter_mut().for_each(|open| grow(open, text, self.side))
                }
                Node::Piece(Piece::Hole(Hole::Words(name))) if self.is_first() => {
                    let entries = self.words.map(|holes| holes.list(name)).unwrap_or_default();
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
                let mut texts = Texts {
                    open: vec![text.clone()],
                    closed: Vec::new(),
                    side: self.side,
                    words: self.words,
                };
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
pub(super) fn folds_by_parts(text: &str) -> bool {
    let is_space = |at: usize| text.chars().nth(at).is_some_and(char::is_whitespace);
    let is_spaced_out = is_space(1) && is_space(3);
    !is_spaced_out && !text.contains(['«', '»'])
}

/// A needle without what folding may trim where the phrase ends, or squash where it goes on.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| !is_word_char(c) && !KEPT_AT_ENDS.contains(c))
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
        let gap_after =
            i + 1 == nodes.len() || after.is_some_and(|text| text.starts_with(|c| !is_word_char(c)));
        let words = match node {
            Node::Piece(Piece::Text(text)) => {
                longest_word(text, gap_before, gap_after).map(|word| vec![word])
            }
            Node::Piece(Piece::Hole(_)) => None,
            Node::Choice(choices) => choices
                .iter()
                .map(|choice| match choice.as_slice() {
                    [Node::Piece(Piece::Text(text))] => longest_word(text, gap_before, gap_after),
                    _ => None,
                })
                .collect(),
        };
        if let Some(words) = words.filter(|words| best.as_ref().is_none_or(|b| shortest(b) < shortest(words)))
        {
            best = Some(words);
        }
    }
    Some(best?.into_iter().map(Needle::Word).collect())
}

/// The longest whole word of `text`; its first and last only if something else stands before and after.
fn longest_word(text: &str, gap_before: bool, gap_after: bool) -> Option<String> {
    let folded = fold_inside(text);
    let mut words: Vec<&str> =
        folded.split(|c: char| !is_word_char(c)).skip(usize::from(!gap_before)).collect();
    if !gap_after {
        words.pop();
    }
    words.into_iter().filter(|word| is_findable(word)).max_by_key(|word| word.len()).map(str::to_owned)
}
#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, kind: Kind, short: &[Needle], long: &[&str]) {
        let template = Template::parse(written).expect(written);
        let found = needles(&template, kind, None).unwrap_or_default();
        let of = |lines| {
            found.iter().filter(move |(_, gate)| gate.lines == lines).map(|(needle, _)| needle.clone())
        };
        assert_eq!(of(Lines::Short).collect::<Vec<_>>(), short, "{written}");
        let long: Vec<Needle> = long.iter().map(|text| Needle::Start((*text).into())).collect();
        assert_eq!(of(Lines::Long).collect::<Vec<_>>(), long, "{written}");
    }

    #[test]
    fn needles_are_read_off_the_tree() {
        let both = |written: &str, kind, texts: &[&str]| {
            let short: Vec<Needle> = texts.iter().map(|text| Needle::Start((*text).into())).collect();
            check(written, kind, &short, texts);
        };
        both("also read: {text}", Kind::Line, &["also read"]);
        both("(used|reproduced) with [the] permission of {text}", Kind::Start, &["reproduced", "used with"]);
        check("{n} comments", Kind::Line, &[Needle::End("comments".into())], &[]);
        check(
            "by {name} for the example times",
            Kind::Line,
            &[Needle::End("for the example times".into())],
            &["by"],
        );
        check("{name} via {name}", Kind::Line, &[Needle::Word("via".into())], &[]);
        check("{name} re{n}", Kind::Line, &[], &[]);
    }
}
