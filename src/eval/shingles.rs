//! Runs of four words, counted: what two texts have in common, wherever it stands.
//!
//! A text of fewer words is one run, an empty text none. The counts are sorted lists and not tables, so that putting two together is
//! one walk along both.

use super::words::{Run, SHINGLE, run};
use std::cmp::Ordering;

/// The shingles of a text, each as often as it occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shingles(Vec<Run>);

impl Shingles {
    /// The shingles of a text with these words.
    pub(super) fn new(words: &[u32]) -> Self {
        let mut runs: Vec<Run> = match words.len() {
            0 => Vec::new(),
            1..SHINGLE => vec![run(words)],
            _ => words.windows(SHINGLE).map(run).collect(),
        };
        runs.sort_unstable();
        Self(runs)
    }

    /// How many there are, repeated ones counted.
    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// What is in both.
    pub(super) fn common(&self, other: &Self) -> Self {
        Self(self.split(other).0)
    }

    /// What is left without those of the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self(self.split(other).1)
    }

    /// Those that the other has too, and those that it has not.
    fn split(&self, other: &Self) -> (Vec<Run>, Vec<Run>) {
        let (mut common, mut own) = (Vec::new(), Vec::new());
        let mut others = other.0.iter().peekable();
        for run in &self.0 {
            while others.next_if(|next| *next < run).is_some() {}
            match others.peek().map(|next| (*next).cmp(run)) {
                Some(Ordering::Equal) => {
                    others.next();
                    common.push(*run);
                }
                _ => own.push(*run),
            }
        }
        (common, own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_one_shingle() {
        for (words, count) in [(&[][..], 0), (&[7], 1), (&[7, 7, 7], 1), (&[1, 2, 3, 4], 1), (&[1; 6], 3)] {
            assert_eq!(Shingles::new(words).len(), count, "{words:?}");
        }
        // No part of a longer text is equal to it.
        assert_eq!(Shingles::new(&[1, 2, 3]).common(&Shingles::new(&[1, 2, 3, 4])).len(), 0);
    }

    #[test]
    fn repeated_shingles_count_as_often_as_they_occur() {
        let (five, three) = (Shingles::new(&[1; 8]), Shingles::new(&[1; 6]));
        assert_eq!(five.common(&three), three);
        assert_eq!(five.without(&three).len(), 2);
        assert_eq!(three.without(&five).len(), 0);
        let other = Shingles::new(&[2, 1, 1, 1, 1, 3]); // 2111 1111 1113
        assert_eq!(other.common(&five).len(), 1);
        assert_eq!(other.without(&five).len(), 2);
        assert_eq!(five.without(&other).len(), 4);
    }
}
