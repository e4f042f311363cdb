//! The table of a document: a row for each unit, a column for each feature.

use super::features::{FEATURES, Feature};
use super::unit::{Row, Unit, capitals, function_share, row};
use super::whole::Whole;
use super::{around, place};
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// The measures of all units of a document. Its memory is used again.
#[derive(Clone, Debug, Default)]
pub struct Table {
    values: Vec<f32>,
    copies: HashMap<u64, (u32, u32), FixedState>,
    sums: around::Sums,
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
        let document = Whole::of(units);
        for (i, unit) in units.iter().enumerate() {
            own(unit, &document, row(&mut self.values, i));
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
            let mut row = row(&mut self.values, i);
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

fn own(unit: &Unit, document: &Whole, mut row: Row<'_>) {
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

#[cfg(test)]
mod tests {
    use super::super::function_words::FunctionWords;
    use super::super::shape::Shape;
    use super::super::unit::Section;
    use super::*;

    const PROSE: &str =
        "The bridge was opened in 1931, and for forty years it carried the trams to the harbor.";

    fn table(lines: &[&str]) -> Table {
        let words = FunctionWords::new(["the", "was", "in", "and", "for", "it", "to"]);
        let shape =
            |line: &&str| Unit { shape: Shape::of(line, &words, &mut String::new()), ..Unit::default() };
        let mut units: Vec<Unit> = lines.iter().map(shape).collect();
        for (unit, line) in units.iter_mut().zip(lines) {
            let is_mark = *line == "Comments";
            unit.hit = if is_mark { 4 } else { 0 };
            unit.section = is_mark.then_some(Section::Comments);
        }
        let mut table = Table::default();
        table.measure(&units);
        table
    }

    fn column(table: &Table, units: usize, feature: Feature) -> Vec<f32> {
        (0..units).map(|unit| table.row(unit)[feature as usize]).collect()
    }

    #[test]
    fn place_repetition_and_sections_are_measured() {
        let lines = ["Home", "Sports", PROSE, "Home", PROSE, "Comments", "Anna", "Nice"];
        let table = table(&lines);
        let column = |feature| column(&table, lines.len(), feature);
        assert_eq!(column(Feature::head), [2.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(column(Feature::tail), [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0]);
        assert_eq!(column(Feature::body_in)[2..5], [1.0, 0.0, 0.0]);
        assert_eq!(column(Feature::copies), [2.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0]);
        assert_eq!(column(Feature::copy_before)[3], 1.0);
        assert_eq!(column(Feature::since_comments)[4..], [60.0, 0.0, 1.0, 2.0]);
        assert_eq!(column(Feature::strong_1b)[6], 1.0);
        assert_eq!(column(Feature::words_1b)[..2], [-1.0, 1.0]);
    }

    #[test]
    fn what_a_language_or_script_does_not_tell_is_unknown() {
        let unknown = table(&["Ostrel vimar konna", "Bolun"]);
        assert_eq!(column(&unknown, 2, Feature::function_words), [-1.0, -1.0]);
        let hebrew = table(&["הגשר נפתח"]);
        assert_eq!(
            (hebrew.row(0)[Feature::capitals as usize], hebrew.row(0)[Feature::shouting as usize]),
            (-1.0, -1.0)
        );
        Table::default().measure(&[]);
    }
}
