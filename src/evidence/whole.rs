//! A document as a whole: what its units are held against.
//!
//! The body is the stretch of units with the most words above a bound for each, the maximum-sum run: it says where
//! the article is on a page without asking what stands around. The core is the same with a higher bound.

use super::unit::Unit;

/// Words that a unit of the body, and of its core, has on average at least: between a headline and a paragraph, and nearer to the paragraph.
const BODY_WORDS: f32 = 12.0;
const CORE_WORDS: f32 = 22.0;
/// The share of function words in running text below which the language's own are not known.
const KNOWN_SHARE: f32 = 0.12;

/// What is known of a document as a whole.
pub(super) struct Whole {
    /// Whether function words say anything here.
    pub knows_function_words: bool,
    pub prose_share: f32,
    pub first_prose: Option<usize>,
    pub last_prose: Option<usize>,
    pub body: (usize, usize),
    pub core: (usize, usize),
}

impl Whole {
    pub(super) fn of(units: &[Unit]) -> Self {
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
        Self {
            knows_function_words: function >= KNOWN_SHARE * spaced.max(1.0),
            prose_share: prose / f32::max(words, 1.0),
            first_prose: units.iter().position(|u| u.shape.is_prose()),
            last_prose: units.iter().rposition(|u| u.shape.is_prose()),
            body: best_run(units, BODY_WORDS),
            core: best_run(units, CORE_WORDS),
        }
    }
}

/// The run of units with the largest sum of words above the bound, as `from..to`.
fn best_run(units: &[Unit], bound: f32) -> (usize, usize) {
    let (mut best, mut best_range) = (f32::MIN, (0, 0));
    let (mut sum, mut start) = (0.0, 0);
    for (i, unit) in units.iter().enumerate() {
        let value = unit.words() - bound;
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
