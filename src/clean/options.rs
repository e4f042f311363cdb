//! What a caller may choose.

/// How much evidence a removal needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Only what patterns are sure of; nothing statistical.
    Patterns,
    /// What patterns and other evidence say, where a lost paragraph costs much more than a junk line that is left.
    #[default]
    Balanced,
    /// For whole pages, menus and all: most of the junk, at the price of some text.
    Thorough,
}

impl Level {
    /// All levels, from the least to the most that goes.
    pub const ALL: [Self; 3] = [Self::Patterns, Self::Balanced, Self::Thorough];

    /// The name as it is written in flags and in the weights.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patterns => "patterns",
            Self::Balanced => "balanced",
            Self::Thorough => "thorough",
        }
    }

    /// The share of the prose that may go at this level, if not told otherwise.
    pub fn max_loss(self) -> f64 {
        match self {
            Self::Patterns => 0.5,
            Self::Balanced => 0.7,
            Self::Thorough => 0.95,
        }
    }

    /// The level of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// What becomes of a document of which more would go than the guard allows. It is marked [`Signal::Guarded`](crate::Signal::Guarded) in
/// any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnGuard {
    /// It is kept whole.
    #[default]
    Keep,
    /// It is cleaned all the same.
    Flag,
    /// It is left out: nothing is written for it.
    Drop,
}

/// Options of a [`Cleaner`](super::Cleaner).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How much evidence a removal needs.
    pub level: Level,
    /// The guard: the share of a document's prose (bytes, 0 to 1) that may go. A document that would lose more
    /// is kept whole and marked [`Signal::Guarded`](crate::Signal::Guarded).
    ///
    /// `None` is what the level allows. One half at [`Level::Patterns`]: true articles lose nearly none (on 181 hand-cleaned
    /// articles, none at all), and of a text that is mostly notices it is better to be told than to be given the rest. Of a whole page more
    /// may go, since comments and teasers are prose too.
    pub max_loss: Option<f64>,
    /// How many pieces of junk a wrongly removed piece of text is worth. `None` is what the level says.
    pub cost: Option<f32>,
    /// What becomes of a document that would lose too much.
    pub on_guard: OnGuard,
    /// Whether the reasons of evidence are found out, which costs as much as the decision. Without, removals by evidence have a score only.
    pub reasons: bool,
    /// The language of documents that do not tell their own (ISO 639-1). `None`: it is found out where it matters.
    pub language: Option<String>,
    /// The site that documents without an address come from, such as `example.org`: packs for it act. `None`: no pack for a site does.
    pub site: Option<String>,
}

impl Options {
    /// The defaults at this level.
    pub fn at(level: Level) -> Self {
        Self { level, ..Self::default() }
    }
}

impl Default for Options {
    fn default() -> Self {
        let (level, on_guard) = (Level::default(), OnGuard::default());
        Self { level, max_loss: None, cost: None, on_guard, reasons: true, language: None, site: None }
    }
}
