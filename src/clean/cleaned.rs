//! What cleaning gives back.

use crate::engine::{Engine, Hit, Role};
use crate::evidence::ABOUT;
use crate::patterns::{Kind, Place, Signal};
use std::borrow::Cow;
use std::fmt;

/// A cleaned document.
#[derive(Clone, Debug)]
pub struct Cleaned<'t> {
    /// What stayed; borrowed if nothing went.
    pub text: Cow<'t, str>,
    /// What went, in order.
    pub removals: Vec<Removal<'t>>,
    /// What was learned about the document.
    pub signals: Vec<Signal>,
    /// Whether the guard would have the document left out altogether, see [`OnGuard::Drop`](super::OnGuard::Drop).
    pub dropped: bool,
}

/// What [`Cleaner::clean_into`](super::Cleaner::clean_into) says beside the text.
#[derive(Clone, Debug, Default)]
pub struct Outcome<'t> {
    /// Whether anything was removed. If not, the document is its own result.
    pub changed: bool,
    /// What went, in order.
    pub removals: Vec<Removal<'t>>,
    /// What was learned about the document.
    pub signals: Vec<Signal>,
    /// Whether the document should be left out altogether, see [`OnGuard::Drop`](super::OnGuard::Drop).
    pub dropped: bool,
}

/// A line, or a part of one, that went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removal<'t> {
    /// The number of the line in the document, from 1.
    pub line: usize,
    /// Where it began in the document, in bytes.
    pub offset: usize,
    /// The bytes that went, the line ending included if the whole line went.
    pub text: &'t str,
    /// What took it.
    pub why: Why,
}

/// What took a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// A pattern of this line.
    Line(Hit),
    /// A pattern of this part of the line.
    Span(Hit),
    /// The line opens a block, belongs to it, or stands above it as its heading. The hit is the opening line's.
    Block(Hit, BlockPart),
    /// Evidence other than patterns, or more than patterns.
    Evidence(Score),
    /// The same line stood above, with nothing but junk between: the number of that line, from 1.
    Repeated(usize),
    /// A blank line that the removal of its neighbors would have left behind.
    Blank,
}

/// What evidence says of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// The logarithm of the odds that it is junk, less that of the cost of a wrong removal: above 0 it would go if it stood alone.
    pub score: f32,
    /// The measures that said most for it, largest first.
    pub reasons: [Option<Reason>; REASONS],
}

/// Reasons that are named.
const REASONS: usize = 3;

/// What one measure says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// What was measured: the number of a column of [`FEATURES`](crate::evidence::FEATURES).
    pub feature: usize,
    /// What was found.
    pub value: f32,
    /// How much it adds to the score.
    pub share: f32,
}

/// How a line belongs to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockPart {
    /// It opens it.
    Open,
    /// It is described as a line of it.
    Follow,
    /// It looks like a line of it.
    Shape,
    /// It closes it.
    Close,
    /// It stands above it.
    Above,
}

impl Score {
    /// Of what each measure adds, the largest.
    pub(super) fn new(score: f32, row: &[f32], shares: &[f32]) -> Self {
        let mut reasons = [None; REASONS];
        for (feature, (&value, &share)) in row.iter().zip(shares).enumerate() {
            let mut reason = Some(Reason { feature, value, share });
            for place in &mut reasons {
                let Some(this) = reason else { break };
                if this.share > 0.0 && place.is_none_or(|other: Reason| this.share > other.share) {
                    std::mem::swap(place, &mut reason);
                }
            }
        }
        Self { score, reasons }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = (self.value * 100.0).round() / 100.0;
        write!(f, "{}: {value}", ABOUT[self.feature])
    }
}

impl Why {
    /// The hit that decided, if it was one.
    pub fn hit(self) -> Option<Hit> {
        match self {
            Self::Line(hit) | Self::Span(hit) | Self::Block(hit, _) => Some(hit),
            Self::Evidence(_) | Self::Repeated(_) | Self::Blank => None,
        }
    }
}

pub(super) fn evidence(engine: &Engine, removal: &Removal<'_>) -> Vec<String> {
    let written = |hit: Hit| match engine.phrasing(hit) {
        Some(phrasing) => {
            let phrase = &phrasing.form;
            match phrasing.kind {
                Kind::Line => format!("the line is `{phrase}`"),
                Kind::Start => format!("the line begins `{phrase}`"),
                Kind::End => format!("the line ends `{phrase}`"),
                Kind::Span => format!("this part is `{phrase}`"),
                Kind::Regex => format!("the line matches `{phrase}`"),
            }
        }
        None => String::new(),
    };
    let mut evidence = match removal.why {
        Why::Line(hit) | Why::Span(hit) => vec![written(hit)],
        Why::Block(hit, BlockPart::Open) => vec![written(hit), "it opens a box".to_owned()],
        Why::Block(_, BlockPart::Follow) => vec!["the line belongs to the box above".to_owned()],
        Why::Block(_, BlockPart::Shape) => vec!["the line looks like one of the box above".to_owned()],
        Why::Block(_, BlockPart::Close) => vec!["the line closes the box above".to_owned()],
        Why::Block(_, BlockPart::Above) => vec!["the short line heads the box below".to_owned()],
        Why::Evidence(score) => score.reasons.iter().flatten().map(Reason::to_string).collect(),
        Why::Repeated(line) => vec![format!("the same as line {line}, with nothing but junk between")],
        Why::Blank => vec!["blank line left behind".to_owned()],
    };
    if let Some(hit) = removal.why.hit().filter(|hit| matches!(hit.role, Role::Line | Role::Open)) {
        match engine.pattern(hit).place {
            Place::Any => {}
            Place::Head => evidence.push("before the first paragraph".to_owned()),
            Place::Tail => evidence.push("after the last paragraph".to_owned()),
            Place::Edge => evidence.push("before the first or after the last paragraph".to_owned()),
        }
    }
    evidence
}
