//! The table of a document: a row for each unit, a column for each feature.

use super::features::{FEATURES, Feature};
use super::shape::Shape;
use super::{around, place};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

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
    /// What patterns say: 0 nothing, 1 a hint, 2 likely junk, 3 junk in another place, 4 junk.
    pub hit: u8,
    /// What it opens.
    pub section: Option<Section>,
}

impl Unit {
    pub(super) fn is_strong(&self) -> bool {
        self.hit >= 2
    }
}

/// The measures of all units of a document. Its memory is used again.
#[derive(Clone, Debug, Default)]
pub struct Table {
    values: Vec<f32>,
    copies: HashMap<u64, (u32, u32), FixedState>,
    pub(super) sums: around::Sums,
}

impl Table {
    /// Columns of a row.
    pub const WIDTH: usize = FEATURES.len();

    /// Measures all units of a document.
    pub fn measure(&mut self, units: &[Unit]) {
        self.values.clear();
        self.values.resize(units.len() * Self::WIDTH, 0.0);
        if units.is_empty() {
            return;
        }
        let document = place::document(units);
        for (i, unit) in units.iter().enumerate() {
            own(unit, &document, Row { values: &mut self.values[i * Self::WIDTH..(i + 1) * Self::WIDTH] });
        }
        self.sums.add_up(units);
        around::groups(units, &mut self.values);
        around::neighbors(units, &self.sums, &document, &mut self.values);
        around::hits(units, &self.sums, &mut self.values);
        place::places(units, &document, &mut self.values);
        self.copies(units);
    }

    /// The measures of all units, one behind the other.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The measures of a unit.
    pub fn row(&self, unit: usize) -> &[f32] {
        &self.values[unit * Self::WIDTH..(unit + 1) * Self::WIDTH]
    }

    fn copies(&mut self, units: &[Unit]) {
        // Three questions to one table: the salts keep them apart.
        let keys = |unit: &Unit| {
            [unit.shape.hash, unit.shape.first_words ^ 0x9e37_79b9, unit.shape.last_word ^ 0x7f4a_7c15]
        };
        self.copies.clear();
        for unit in units {
            for key in keys(unit) {
                self.copies.entry(key).or_default().0 += 1;
            }
        }
        for (i, unit) in units.iter().enumerate() {
            let mut row = Row { values: &mut self.values[i * Self::WIDTH..(i + 1) * Self::WIDTH] };
            let [whole, first, last] = keys(unit);
            let count = |key: u64| self.copies.get(&key).map_or(0.0, |c| c.0.min(50) as f32);
            row.set(Feature::first_words, count(first));
            row.set(Feature::last_word, count(last));
            row.set(Feature::copies, count(whole));
            if let Some(seen) = self.copies.get_mut(&whole) {
                row.set(Feature::copy_before, seen.1.min(20) as f32);
                seen.1 += 1;
            }
        }
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
    Row { values: &mut values[i * Table::WIDTH..(i + 1) * Table::WIDTH] }
}

/// The share of capitalized words; -1 where a script has no case or the unit has but one word.
pub(super) fn capitals(shape: &Shape) -> f32 {
    if shape.cased_words > 0.0 { shape.capitalized / shape.cased_words } else { -1.0 }
}

/// The share of function words; -1 where the language has none that are known.
pub(super) fn function_share(shape: &Shape, document: &place::Whole) -> f32 {
    if document.knows_function_words && shape.spaced_words > 0.0 {
        shape.function_words / shape.spaced_words
    } else {
        -1.0
    }
}

fn own(unit: &Unit, document: &place::Whole, mut row: Row<'_>) {
    let s = &unit.shape;
    let per_char = |count: f32| count / s.chars.max(1.0);
    row.set(Feature::words, s.words.min(200.0));
    row.set(Feature::word_length, (s.letters + s.digits) / s.words.max(1.0));
    row.set(Feature::end, f32::from(s.end as u8));
    row.set(Feature::start, f32::from(s.start as u8));
    row.set(Feature::capitals, capitals(s));
    row.set(Feature::shouting, if s.cased > 0.0 { s.upper / s.cased } else { -1.0 });
    row.set(Feature::digits, per_char(s.digits));
    row.set(Feature::symbols, per_char(s.symbols));
    row.set(Feature::separators, s.separators.min(20.0));
    row.set(Feature::function_words, function_share(s, document));
    row.set(
        Feature::function_count,
        if document.knows_function_words { s.function_words.min(50.0) } else { -1.0 },
    );
    row.set(Feature::inner_ends, s.inner_ends.min(20.0));
    row.set(Feature::commas, s.commas.min(20.0));
    row.set(Feature::links, s.links.min(10.0));
    row.set(Feature::link_share, s.link_chars / (s.link_chars + s.chars).max(1.0));
    row.set(Feature::numbers, s.numbers / s.words.max(1.0));
    row.set(Feature::quotes, s.quotes.min(10.0));
    row.set(Feature::rows, s.rows.min(30.0));
    row.set(Feature::bracketed, f32::from(u8::from(s.is_bracketed)));
    row.set(Feature::label, f32::from(u8::from(s.has_label)));
    row.set(Feature::longest, s.longest.min(60.0));
    row.set(Feature::indent, s.indent);
    row.set(Feature::hit, f32::from(unit.hit));
}
