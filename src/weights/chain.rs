//! The chain: junk comes in runs, so changing between text and junk has a price.
//!
//! Two states and the cheapest path through them, found by dynamic programming (Viterbi 1967).

/// What is known of a unit before the path is sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    /// It stays, whatever stands around it.
    Text,
    /// It goes, whatever stands around it.
    Junk,
    /// The score says: above 0 junk, below 0 text.
    Score(f32),
}

/// For each unit whether it is junk on the best path. `steps` is working memory.
pub fn best_path(states: &[State], switch: f32, steps: &mut Vec<[bool; 2]>, junk: &mut Vec<bool>) {
    const FIXED: f32 = 1e6;
    steps.clear();
    junk.clear();
    let (mut text, mut bad) = (0.0f32, 0.0f32);
    for state in states {
        // By state: whether the best way to it comes from junk.
        let from_junk = [bad - switch > text, bad >= text - switch];
        let gain = match state {
            State::Text => -FIXED,
            State::Junk => FIXED,
            State::Score(score) => *score,
        };
        let next_text = if from_junk[0] { bad - switch } else { text };
        bad = gain + if from_junk[1] { bad } else { text - switch };
        text = next_text;
        // Only the difference counts; kept near zero, so that long documents lose no precision.
        bad -= text;
        text = 0.0;
        steps.push(from_junk);
    }
    junk.resize(states.len(), false);
    let mut is_junk = bad > text;
    for (i, step) in steps.iter().enumerate().rev() {
        junk[i] = is_junk;
        is_junk = step[usize::from(is_junk)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(states: &[State], switch: f32) -> String {
        let (mut steps, mut junk) = (Vec::new(), Vec::new());
        best_path(states, switch, &mut steps, &mut junk);
        junk.iter().map(|&junk| if junk { '-' } else { '+' }).collect()
    }

    #[test]
    fn neighbors_pull_weak_scores_along() {
        use State::{Junk, Score, Text};
        assert_eq!(path(&[], 1.0), "");
        assert_eq!(path(&[Score(0.1), Score(-0.1)], 0.0), "-+");
        assert_eq!(path(&[Score(3.0), Score(-0.5), Score(3.0)], 1.0), "---");
        assert_eq!(path(&[Score(-3.0), Score(0.5), Score(-3.0)], 1.0), "+++");
        assert_eq!(path(&[Score(3.0), Score(-2.5), Score(3.0)], 1.0), "-+-");
        assert_eq!(path(&[Junk, Score(0.5), Score(-9.0)], 1.0), "--+");
        assert_eq!(path(&[Text, Score(0.5), Text], 1.0), "+++");
        assert_eq!(path(&[Score(9.0), Text, Score(9.0)], 1.0), "-+-");
    }

    #[test]
    fn long_documents_lose_no_precision() {
        let mut states = vec![State::Score(-9.0); 1_000_000];
        states.push(State::Score(1.5));
        assert!(path(&states, 1.0).ends_with("+-"), "{}", path(&states[999_990..], 1.0));
    }
}
