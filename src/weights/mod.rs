//! Weights: what the evidence is worth, as data.
//!
//! [`crate::evidence`] measures, this turns measures into scores, and scores into a path of kept and removed units. The numbers
//! are fitted from labelled texts by `scripts/fit` and stand in `patterns/weights.toml`; nothing here is tuned by hand. A score is the logarithm
//! of the odds that a unit is junk, before the cost of a wrong removal is taken off.

mod chain;
mod file;
mod forest;

pub use chain::{State, best_path};
pub use forest::Forest;

use crate::error::Error;
use crate::evidence::{FunctionWords, Section};
use std::collections::BTreeMap;

/// All that is read from data to weigh evidence.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// What each measure says.
    pub forest: Forest,
    /// What it costs to change between text and junk from one unit to the next, in the unit of scores.
    pub switch: f32,
    /// For each level how many pieces of junk a wrongly removed piece of text is worth.
    pub costs: BTreeMap<String, f32>,
    /// Categories whose patterns open a section.
    pub sections: BTreeMap<String, Section>,
    /// The small words of all languages.
    pub function_words: FunctionWords,
}

/// The weights that come with the program, and the function words that go with them.
const BUILTIN: (&str, &str) =
    (include_str!("../../patterns/weights.toml"), include_str!("../../patterns/function-words.toml"));

impl Weights {
    /// No weights: all scores are 0. For [`Level::Patterns`](crate::Level::Patterns), which asks for none.
    pub fn none() -> Self {
        Self::default()
    }

    /// The built-in weights.
    ///
    /// # Errors
    /// None: the tests read them.
    pub fn builtin() -> Result<Self, Error> {
        Self::parse(BUILTIN.0)
    }

    /// Reads weights as `scripts/fit` writes them.
    ///
    /// # Errors
    /// A text that is no TOML, lacks something, or was fitted for other features than this version measures.
    pub fn parse(text: &str) -> Result<Self, Error> {
        file::parse(text, BUILTIN.1)
    }
}
