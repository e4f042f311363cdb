//! What cleaning gives back.

use crate::engine::{Engine, Hit, Role};
use crate::patterns::{Kind, Place, Signal};
use std::borrow::Cow;

/// A cleaned document.
#[derive(Clone, Debug)]
pub struct Cleaned<'t> {
    /// What stayed; borrowed if nothing went.
    pub text: Cow<'t, str>,
    /// What went, in order.
    pub removals: Vec<Removal<'t>>,
    /// What was learned about the document.
    pub signals: Vec<Signal>,
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
}

/// A line, or a part of one, that went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A pattern of this line.
    Line(Hit),
    /// A pattern of this part of the line.
    Span(Hit),
    /// The line opens a block, belongs to it, or stands above it as its heading. The hit is the opening line's.
    Block(Hit, BlockPart),
    /// A blank line that the removal of its neighbors would have left behind.
    Blank,
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

impl Why {
    /// The hit that decided, if it was one.
    pub fn hit(self) -> Option<Hit> {
        match self {
            Self::Line(hit) | Self::Span(hit) | Self::Block(hit, _) => Some(hit),
            Self::Blank => None,
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
