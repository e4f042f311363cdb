//! What a caller may choose.

/// How much evidence a removal needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Level {
    /// Only what patterns are sure of; nothing statistical.
    #[default]
    Patterns,
}

/// Options of a [`Cleaner`](super::Cleaner).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How much evidence a removal needs.
    pub level: Level,
    /// The guard: the share of a document's prose (bytes, 0 to 1) that may go. A document that would lose more
    /// is kept whole and marked [`Signal::Guarded`](crate::Signal::Guarded).
    ///
    /// One half: true articles lose nearly none (on 181 hand-cleaned articles, none at all), and of a text that
    /// is mostly notices it is better to be told than to be given the rest.
    pub max_loss: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { level: Level::default(), max_loss: 0.5 }
    }
}
