//! Where a unit stands: in the document, towards its running text, and towards its body.
//!
//! The body is the stretch of units with the most words above a bound for each, the maximum-sum run: it says where
//! the article is on a page without asking what stands around. The core is the same with a higher bound.

use super::features::Feature;
use super::shape::End;
use super::table::{Unit, row};

/// Words that a unit of the body has on average at least; best of those tried on whole pages as the only evidence.
const BODY_WORDS: f32 = 12.0;
const CORE_WORDS: f32 = 22.0;
/// Words of a unit that count at most.
const MANY_WORDS: f32 = 100.0;
/// Distances in lines are cut here.
const FAR: f32 = 60.0;
/// The share of function words in running text below which the language's own are not known.
const KNOWN_SHARE: f32 = 0.12;

/// What is known of a document as a whole.
pub(super) struct Whole {
    /// Whether function words say anything here.
    pub knows_function_words: bool,
    prose_share: f32,
    first_prose: Option<usize>,
    last_prose: Option<usize>,
    body: (usize, usize),
    core: (usize, usize),
}

pub(super) fn document(units: &[Unit]) -> Whole {
    let (mut prose, mut words, mut function, mut spaced) = (0.0, 0.0, 0.0, 0.0);
    for unit in units {
        let s = &unit.shape;
        words += s.words;
        if s.is_prose() {
            prose += s.words;
            function += s.function_words;
            spaced += s.spaced_words;
        }
    }
    if spaced < 50.0 {
        // Too little running text to tell: all lines have a say.
        function = units.iter().map(|u| u.shape.function_words).sum();
        spaced = units.iter().map(|u| u.shape.spaced_words).sum();
    }
    Whole {
        knows_function_words: function >= KNOWN_SHARE * spaced.max(1.0),
        prose_share: prose / f32::max(words, 1.0),
        first_prose: units.iter().position(|u| u.shape.is_prose()),
        last_prose: units.iter().rposition(|u| u.shape.is_prose()),
        body: best_run(units, BODY_WORDS),
        core: best_run(units, CORE_WORDS),
    }
}

/// The run of units with the largest sum of words above the bound, as `from..to`.
fn best_run(units: &[Unit], bound: f32) -> (usize, usize) {
    let (mut best, mut best_range) = (f32::MIN, (0, 0));
    let (mut sum, mut start) = (0.0, 0);
    for (i, unit) in units.iter().enumerate() {
        // A list item of a page weighs less against the body than a menu of twenty would.
        let value = unit.shape.words.min(MANY_WORDS) - bound;
        if sum <= 0.0 {
            (sum, start) = (0.0, i);
        }
        sum += value;
        if sum > best {
            (best, best_range) = (sum, (start, i + 1));
        }
    }
    best_range
}

pub(super) fn places(units: &[Unit], document: &Whole, values: &mut [f32]) {
    let count = units.len();
    let far = |n: usize| (n as f32).min(FAR);
    let total: f32 = units.iter().filter(|u| u.shape.is_prose()).map(|u| u.shape.words.min(MANY_WORDS)).sum();
    let mean = units.iter().map(|u| u.shape.words.min(MANY_WORDS)).sum::<f32>() / count as f32;
    let share = |is: &dyn Fn(&Unit) -> bool| units.iter().filter(|u| is(u)).count() as f32 / count as f32;
    let short = share(&|u| u.shape.words < 5.0);
    let ends = share(&|u| u.shape.end == End::Sentence);
    let strong = share(&|u| u.is_strong());
    let blank = units.iter().map(|u| u.gap.min(2) as f32).sum::<f32>() / count as f32;
    let rows = units.iter().map(|u| u.shape.rows).sum::<f32>() / count as f32;
    let (body_start, body_end) = document.body;
    let (core_start, core_end) = document.core;
    let signed = |at: usize, from: usize| (at as f32 - from as f32).clamp(-FAR, FAR);
    let (mut since, mut before) = (FAR, 0.0);
    for (i, unit) in units.iter().enumerate() {
        let mut row = row(values, i);
        row.set(Feature::from_start, far(i));
        row.set(Feature::from_end, far(count - 1 - i));
        row.set(Feature::relative, i as f32 / count as f32);
        row.set(Feature::since_prose, since);
        row.set(Feature::head, document.first_prose.map_or(FAR, |first| far(first.saturating_sub(i))));
        row.set(Feature::tail, document.last_prose.map_or(FAR, |last| far(i.saturating_sub(last))));
        row.set(Feature::prose_before, before / total.max(1.0));
        row.set(Feature::body_start, signed(i, body_start));
        row.set(Feature::body_end, signed(i, body_end));
        row.set(Feature::body_in, f32::from(u8::from((body_start..body_end).contains(&i))));
        row.set(Feature::core_start, signed(i, core_start));
        row.set(Feature::core_end, signed(i, core_end));
        row.set(Feature::doc_units, far(count) + (count as f32 / 10.0).min(60.0));
        row.set(Feature::doc_prose, document.prose_share);
        row.set(Feature::doc_mean, mean);
        row.set(Feature::doc_short, short);
        row.set(Feature::doc_ends, ends);
        row.set(Feature::doc_blank, blank);
        row.set(Feature::doc_strong, strong);
        row.set(Feature::doc_rows, rows);
        row.set(Feature::doc_body, (body_end - body_start) as f32 / count as f32);
        since = (since + 1.0).min(FAR);
        if unit.shape.is_prose() {
            since = 0.0;
            before += unit.shape.words.min(MANY_WORDS);
        }
    }
    let mut until = FAR;
    for (i, unit) in units.iter().enumerate().rev() {
        row(values, i).set(Feature::until_prose, until);
        until = if unit.shape.is_prose() { 0.0 } else { (until + 1.0).min(FAR) };
    }
}
