//! A pattern that has been read and checked.

use super::template::Template;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How much a hit of a pattern says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// The line stays, whatever else matches.
    Keep,
    /// The line is removed on sight.
    Sure,
    /// Junk as a rule; needs more evidence.
    Likely,
    /// Adds a little.
    Hint,
}

/// Where in a document a pattern may act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Everywhere.
    #[default]
    Any,
    /// Before the first paragraph of prose.
    Head,
    /// After the last paragraph of prose.
    Tail,
    /// Before the first or after the last.
    Edge,
}

/// What a removed line says about its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Signal {
    /// The text is cut by a paywall.
    Paywalled,
    /// The text is a teaser or ends early.
    Truncated,
    /// An error, a script warning or a bot check stands where text should be.
    FailedScrape,
    /// Written, translated or read by a machine, by its own word.
    AiAssisted,
    /// Nothing but junk: no line is left.
    Emptied,
    /// Too much would have gone, so all of it was kept.
    Guarded,
}

/// Where a phrase must stand, and what goes when it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// The whole line.
    Line,
    /// The beginning of the line; the line goes.
    Start,
    /// The end of the line; the line goes.
    End,
    /// A part of the line; only the part goes.
    Span,
    /// The whole line, by a regular expression.
    Regex,
}

/// How a phrase is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// With holes.
    Template(Template),
    /// As a regular expression over the whole key.
    Regex(String),
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(template) => template.fmt(f),
            Self::Regex(regex) => f.write_str(regex),
        }
    }
}

/// A phrase of a pattern with its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrasing {
    /// Where it must stand.
    pub kind: Kind,
    /// How it is written.
    pub form: Form,
    /// Its line in the pack file.
    pub line: usize,
}

/// Lines that may follow the opening line of a block by their look alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// None.
    #[default]
    None,
    /// At most 8 words, not the end of a sentence.
    Short,
    /// At most 25 words, no full stop at the end.
    Title,
    /// All.
    Any,
}

/// A box of several lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// The first line.
    pub open: Vec<Phrasing>,
    /// Lines that may come after it.
    pub follow: Vec<Phrasing>,
    /// The last line, which goes too.
    pub close: Vec<Phrasing>,
    /// A line that ends the box and stays.
    pub stop: Vec<Phrasing>,
    /// Lines that may come after it by their look.
    pub shape: Shape,
    /// Lines that must follow the opening line.
    pub needs: usize,
    /// Lines of the box at most, blank ones aside.
    pub max_lines: usize,
    /// Short lines directly above that belong to it.
    pub above: usize,
}

/// What a pattern looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Single lines or parts of them.
    Phrases(Vec<Phrasing>),
    /// A box of lines.
    Block(Block),
}

/// A piece of text that a pattern must, or must not, match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Its line in the pack file.
    pub line: usize,
}

/// A checked pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// `pack/category/id`.
    pub id: String,
    /// What it is and where it comes from, in a sentence.
    pub about: String,
    /// How much a hit says.
    pub strength: Strength,
    /// Where it may act.
    pub place: Place,
    /// Words a line may have at most.
    pub max_words: Option<usize>,
    /// What a removed line says about the document.
    pub signal: Option<Signal>,
    /// What it looks for.
    pub body: Body,
    /// Lines it must match.
    pub junk: Vec<Example>,
    /// Lines it must not match.
    pub text: Vec<Example>,
    /// The file it stands in, as in [`Problem::file`](super::Problem::file).
    pub file: String,
    /// Its line in that file.
    pub line: usize,
    /// Full ids that it had before: they still name it.
    pub formerly: Vec<String>,
    /// Left out of this run, see [`select`](super::select).
    pub is_off: bool,
}

impl Pattern {
    /// The pack's name.
    pub fn pack(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The category.
    pub fn category(&self) -> &str {
        self.id.split('/').nth(1).unwrap_or_default()
    }

    /// All its phrases, those of a block included.
    pub fn phrasings(&self) -> impl Iterator<Item = &Phrasing> {
        let (phrases, block) = match &self.body {
            Body::Phrases(phrases) => (Some(phrases.iter()), None),
            Body::Block(b) => (None, Some(b.open.iter().chain(&b.follow).chain(&b.close).chain(&b.stop))),
        };
        phrases.into_iter().flatten().chain(block.into_iter().flatten())
    }
}

/// The one table that gives names in packs, flags and reports their meaning.
macro_rules! names {
    ($type:ty { $($value:path => $name:literal),* $(,)? }) => {
        impl $type {
            /// All names, in the order in which they are shown.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The value of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some($value),)*
                    _ => None,
                }
            }

            /// The name as it is written.
            pub fn name(self) -> &'static str {
                match self {
                    $($value => $name,)*
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    };
}

names!(Strength { Strength::Keep => "keep", Strength::Sure => "sure", Strength::Likely => "likely", Strength::Hint => "hint" });
names!(Place { Place::Any => "any", Place::Head => "head", Place::Tail => "tail", Place::Edge => "edge" });
names!(Shape { Shape::None => "none", Shape::Short => "short", Shape::Title => "title", Shape::Any => "any" });
names!(Kind {
    Kind::Line => "line", Kind::Start => "start", Kind::End => "end", Kind::Span => "span", Kind::Regex => "regex",
});
names!(Signal {
    Signal::Paywalled => "paywalled",
    Signal::Truncated => "truncated",
    Signal::FailedScrape => "failed-scrape",
    Signal::AiAssisted => "ai-assisted",
    Signal::Emptied => "emptied",
    Signal::Guarded => "guarded",
});
