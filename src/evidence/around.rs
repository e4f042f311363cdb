//! What stands around a unit: its paragraph, its neighbors, and what patterns say of them.

use super::features::Feature;
use super::shape::End;
use super::unit::{FAR, MANY_WORDS, Section, Unit, capitals, function_share, row};
use super::whole::Whole;

/// Running totals over the units, so that a window of any width costs the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Sums {
    words: Vec<f32>,
    function: Vec<f32>,
    spaced: Vec<f32>,
    ends: Vec<f32>,
    prose: Vec<f32>,
    strong: Vec<f32>,
    weak: Vec<f32>,
}

impl Sums {
    pub(super) fn add_up(&mut self, units: &[Unit]) {
        fn fill(sums: &mut Vec<f32>, units: &[Unit], value: impl Fn(&Unit) -> f32) {
            sums.clear();
            sums.push(0.0);
            let mut total = 0.0;
            sums.extend(units.iter().map(|unit| {
                total += value(unit);
                total
            }));
        }
        let flag = |is: bool| f32::from(u8::from(is));
        fill(&mut self.words, units, |u| u.words());
        fill(&mut self.function, units, |u| u.shape.function_words.min(MANY_WORDS));
        fill(&mut self.spaced, units, |u| u.shape.spaced_words.min(MANY_WORDS));
        fill(&mut self.ends, units, |u| flag(u.shape.end == End::Sentence && u.shape.words >= 4.0));
        fill(&mut self.prose, units, |u| if u.shape.is_prose() { u.words() } else { 0.0 });
        fill(&mut self.strong, units, |u| flag(u.is_strong()));
        fill(&mut self.weak, units, |u| flag(u.hit > 0));
    }
}

/// The total over `from..to`, cut to what there is.
fn window(sums: &[f32], from: isize, to: isize) -> f32 {
    let most = sums.len() as isize - 1;
    let (from, to) = (from.clamp(0, most) as usize, to.clamp(0, most) as usize);
    if to > from { sums[to] - sums[from] } else { 0.0 }
}

/// Units between blank lines.
pub(super) fn groups(units: &[Unit], values: &mut [f32]) {
    let mut start = 0;
    while start < units.len() {
        let end = (start + 1..units.len()).find(|&i| units[i].gap > 0).unwrap_or(units.len());
        let group = &units[start..end];
        let count = group.len() as f32;
        let words: f32 = group.iter().map(|u| u.words()).sum();
        let ends = group.iter().filter(|u| u.shape.end == End::Sentence).count() as f32;
        for i in start..end {
            let mut row = row(values, i);
            row.set(Feature::group_units, count.min(30.0));
            row.set(Feature::group_before, ((i - start) as f32).min(20.0));
            row.set(Feature::group_after, ((end - 1 - i) as f32).min(20.0));
            row.set(Feature::group_words, words / count);
            row.set(Feature::group_ends, ends / count);
            row.set(Feature::gap_before, (units[i].gap as f32).min(4.0));
            let below = units.get(i + 1).map_or(5.0, |u| u.gap as f32);
            row.set(Feature::gap_after, below.min(4.0));
        }
        start = end;
    }
}

/// Units before and after, one by one and in windows.
pub(super) fn neighbors(units: &[Unit], sums: &Sums, document: &Whole, values: &mut [f32]) {
    let at_distance = |i: usize, d: isize| i.checked_add_signed(d).and_then(|i| units.get(i));
    for i in 0..units.len() {
        let words = |d| at_distance(i, d).map_or(-1.0, |u| u.words());
        let end = |d| at_distance(i, d).map_or(-1.0, |u| f32::from(u.shape.end as u8));
        let start = |d| at_distance(i, d).map_or(-1.0, |u| f32::from(u.shape.start as u8));
        let function = |d| at_distance(i, d).map_or(-1.0, |u| function_share(&u.shape, document));
        let capitals = |d| at_distance(i, d).map_or(-1.0, |u| capitals(&u.shape));
        let mut row = row(values, i);
        row.set(Feature::words_1b, words(-1));
        row.set(Feature::words_2b, words(-2));
        row.set(Feature::words_3b, words(-3));
        row.set(Feature::words_1a, words(1));
        row.set(Feature::words_2a, words(2));
        row.set(Feature::words_3a, words(3));
        row.set(Feature::end_1b, end(-1));
        row.set(Feature::end_2b, end(-2));
        row.set(Feature::end_1a, end(1));
        row.set(Feature::end_2a, end(2));
        row.set(Feature::start_1b, start(-1));
        row.set(Feature::start_1a, start(1));
        row.set(Feature::function_1b, function(-1));
        row.set(Feature::function_1a, function(1));
        row.set(Feature::capitals_1b, capitals(-1));
        row.set(Feature::capitals_1a, capitals(1));
        let at = i as isize;
        let around = |sums: &[f32], n: isize| window(sums, at - n, at + n + 1) - window(sums, at, at + 1);
        let count = |n: isize| (at.min(n) + (units.len() as isize - 1 - at).min(n)).max(1) as f32;
        row.set(Feature::mean_3, around(&sums.words, 3) / count(3));
        row.set(Feature::mean_8, around(&sums.words, 8) / count(8));
        let share = |n| {
            if document.knows_function_words {
                around(&sums.function, n) / around(&sums.spaced, n).max(1.0)
            } else {
                -1.0
            }
        };
        row.set(Feature::function_3, share(3));
        row.set(Feature::function_8, share(8));
        row.set(Feature::ends_5b, window(&sums.ends, at - 5, at));
        row.set(Feature::ends_5a, window(&sums.ends, at + 1, at + 6));
        row.set(Feature::prose_5b, window(&sums.prose, at - 5, at));
        row.set(Feature::prose_5a, window(&sums.prose, at + 1, at + 6));
        row.set(Feature::prose_15b, window(&sums.prose, at - 15, at));
        row.set(Feature::prose_15a, window(&sums.prose, at + 1, at + 16));
        let own = units[i].shape.words;
        let is_alike = |d: isize| {
            at_distance(i, d).is_some_and(|u| {
                let w = u.shape.words;
                (w - own).abs() <= 2.0 + 0.3 * own
                    && (u.shape.end == End::Sentence) == (units[i].shape.end == End::Sentence)
            })
        };
        let alike =
            (1..=8).take_while(|&d| is_alike(-d)).count() + (1..=8).take_while(|&d| is_alike(d)).count();
        row.set(Feature::alike, alike as f32);
    }
}

/// What patterns say in the neighborhood.
pub(super) fn hits(units: &[Unit], sums: &Sums, values: &mut [f32]) {
    let sections = [
        (Section::Related, Feature::since_related),
        (Section::Comments, Feature::since_comments),
        (Section::Footer, Feature::since_footer),
    ];
    let mut since = [FAR; 3];
    let mut prose_since = FAR * 10.0;
    for (i, unit) in units.iter().enumerate() {
        let at = i as isize;
        let mut row = row(values, i);
        row.set(Feature::strong_1b, window(&sums.strong, at - 1, at));
        row.set(Feature::strong_1a, window(&sums.strong, at + 1, at + 2));
        row.set(Feature::strong_3b, window(&sums.strong, at - 3, at));
        row.set(Feature::strong_3a, window(&sums.strong, at + 1, at + 4));
        row.set(Feature::strong_10b, window(&sums.strong, at - 10, at));
        row.set(Feature::strong_10a, window(&sums.strong, at + 1, at + 11));
        row.set(Feature::weak_3, window(&sums.weak, at - 3, at + 4) - f32::from(u8::from(unit.hit > 0)));
        for ((section, feature), since) in sections.into_iter().zip(&mut since) {
            *since = if unit.section == Some(section) { 0.0 } else { (*since + 1.0).min(FAR) };
            row.set(feature, *since);
        }
        row.set(Feature::prose_since_section, prose_since);
        if unit.section.is_some() {
            prose_since = 0.0;
        } else if unit.shape.is_prose() {
            prose_since = (prose_since + unit.words()).min(FAR * 10.0);
        }
    }
    let mut until = FAR;
    for (i, unit) in units.iter().enumerate().rev() {
        until = if unit.section == Some(Section::Footer) { 0.0 } else { (until + 1.0).min(FAR) };
        row(values, i).set(Feature::until_footer, until);
    }
}
