//! A unit before it is measured, its row in the table, and the two measures that may be unknown.

use super::features::{FEATURES, Feature};
use super::shape::Shape;
use super::whole::Whole;

/// Words of a unit that count at most.
pub(super) const MANY_WORDS: f32 = 100.0;
/// Distances in lines are cut here; also what stands where there is nothing to be far from.
pub(super) const FAR: f32 = 60.0;

/// What a unit opens when a pattern says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// A list of other stories.
    Related,
    /// Comments of readers.
    Comments,
    /// The foot of a page.
    Footer,
}

/// What is known of a unit before it is measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unit {
    /// How it looks.
    pub shape: Shape,
    /// Blank lines above.
    pub gap: u32,
    /// What patterns say: 0 nothing, 1 a hint, then [`LIKELY`](Self::LIKELY), up to [`GONE`](Self::GONE).
    pub hit: u8,
    /// What it opens.
    pub section: Option<Section>,
}

impl Unit {
    /// What [`hit`](Self::hit) is for a line that a pattern calls likely junk; a line that it is sure of in another place has one more.
    pub const LIKELY: u8 = 2;
    /// The same for a line that has gone.
    pub const GONE: u8 = 4;

    pub(super) fn is_strong(&self) -> bool {
        self.hit >= Self::LIKELY
    }

    /// Its words, of which more than many say nothing new.
    pub(super) fn words(&self) -> f32 {
        self.shape.words.min(MANY_WORDS)
    }
}

/// A row that is being filled.
pub(super) struct Row<'v> {
    pub(super) values: &'v mut [f32],
}

impl Row<'_> {
    pub(super) fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
    }
}

/// The row of unit `i`.
pub(super) fn row(values: &mut [f32], i: usize) -> Row<'_> {
    Row { values: &mut values[i * FEATURES.len()..(i + 1) * FEATURES.len()] }
}

/// The share of capitalized words; -1 where a script has no case or the unit has but one word.
pub(super) fn capitals(shape: &Shape) -> f32 {
    if shape.cased_words > 0.0 { shape.capitalized / shape.cased_words } else { -1.0 }
}

/// The share of function words; -1 where the language has none that are known.
pub(super) fn function_share(shape: &Shape, document: &Whole) -> f32 {
    if document.knows_function_words && shape.spaced_words > 0.0 {
        shape.function_words / shape.spaced_words
    } else {
        -1.0
    }
}
