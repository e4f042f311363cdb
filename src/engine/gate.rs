//! What a line must be like to match a phrase, in one comparison.
//!
//! A needle leads from a line to phrases that it may match, and nine of ten do not match after all. Walking
//! their trees was a third of all matching. So a needle comes with a gate: the pairs of neighboring bytes that a match holds,
//! as a set of 128 classes, and the lengths that it may have. A line that lacks a pair or is too short is done with at once,
//! before the phrase is looked at.

use super::holes::fold_inside;
use super::needles::folds_by_parts;
use crate::document::is_decoration;
use crate::patterns::{Gate, Kind, Lines, Node, Pairs, Piece};

impl Pairs {
    /// The pairs of a line that is not looked at.
    pub(super) const ALL: Self = Self([u64::MAX; 2]);

    /// The pairs in a text.
    #[inline]
    pub(super) fn of(text: &str) -> Self {
        let mut pairs = Self::default();
        for pair in text.as_bytes().windows(2) {
            let both = u32::from(pair[0]) << 8 | u32::from(pair[1]);
            let class = (both.wrapping_mul(0x9E37_79B1) >> 25) as usize;
            pairs.0[class / 64] |= 1 << (class % 64);
        }
        pairs
    }

    /// The pairs that every way through these parts of a template has, whatever stands in its holes.
    pub(super) fn required(nodes: &[Node]) -> Self {
        let of = |node: &Node| match node {
            // Decoration is not there where it stands at an end of the line, and spaces go before punctuation.
            Node::Piece(Piece::Text(text)) if folds_by_parts(text) => {
                Self::of(fold_inside(text).trim_matches(|c| c == ' ' || is_decoration(c)))
            }
            Node::Piece(_) => Self::default(),
            Node::Choice(choices) => {
                choices.iter().map(|nodes| Self::required(nodes)).reduce(Self::and).unwrap_or_default()
            }
        };
        nodes.iter().map(of).fold(Self::default(), Self::or)
    }

    #[inline]
    pub(super) fn holds(self, required: Self) -> bool {
        self.0[0] & required.0[0] == required.0[0] && self.0[1] & required.0[1] == required.0[1]
    }

    fn and(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

/// Lets every short line pass.
pub(super) const OPEN: Gate = Gate { pairs: Pairs([0; 2]), length: (0, u16::MAX), lines: Lines::Short };

impl Gate {
    /// The gate of one way through a template.
    pub(super) fn of(nodes: &[Node], kind: Kind) -> Self {
        let (least, most) = length(nodes);
        let most = if kind == Kind::Line { most } else { usize::MAX };
        let bytes = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Self { pairs: Pairs::required(nodes), length: (bytes(least), bytes(most)), lines: Lines::Short }
    }

    /// The same for lines with this text in them.
    pub(super) fn with(self, text: &str) -> Self {
        Self { pairs: self.pairs.or(Pairs::of(text)), ..self }
    }

    /// The gate of all lines that one of two lets pass.
    pub(super) fn or(self, other: Self) -> Self {
        let length = (self.length.0.min(other.length.0), self.length.1.max(other.length.1));
        let lines = if self.lines == other.lines { self.lines } else { Lines::All };
        Self { pairs: self.pairs.and(other.pairs), length, lines }
    }

    /// Whether a key of so many bytes, of a long line or a short one, may pass.
    #[inline]
    pub(super) fn lets(&self, pairs: Pairs, bytes: u16, is_long: bool) -> bool {
        self.lines != (if is_long { Lines::Short } else { Lines::Long })
            && pairs.holds(self.pairs)
            && self.length.0 <= bytes
            && bytes <= self.length.1
    }
}

/// Bytes of the shortest and the longest key, or bounds of them.
fn length(nodes: &[Node]) -> (usize, usize) {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let of = |node: &Node| match node {
        // Letters stay, whatever folding does; ASCII never grows.
        Node::Piece(Piece::Text(t)) if t.is_ascii() => (letters(t), t.len()),
        Node::Piece(Piece::Text(t)) => (letters(t), usize::MAX),
        Node::Piece(Piece::Hole(_)) => (1, usize::MAX),
        Node::Choice(choices) => choices
            .iter()
            .map(|nodes| length(nodes))
            .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
            .unwrap_or((0, usize::MAX)),
    };
    nodes.iter().map(of).fold((0, 0), |(least, most), (l, m)| (least + l, most.saturating_add(m)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patterns::Template;

    #[test]
    fn what_all_ways_share_is_required() {
        let lets = |written: &str, line: &str| {
            let template = Template::parse(written).expect(written);
            let gate = Gate::of(&template.choices()[0], Kind::Line);
            gate.lets(Pairs::of(line), u16::try_from(line.len()).expect("short"), false)
        };
        assert!(lets("posted by {name}", "posted by jane smith"));
        assert!(lets("Posted [on {date}] (by|via) {name} >", "posted by jane smith"));
        assert!(!lets("posted in {text}", "posted by jane smith"));
        assert!(!lets("share this story", "share this story with us"), "too long");
        assert!(lets("{name}", "jane"));
    }
}
