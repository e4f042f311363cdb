//! Trees whose leaves add up to a score.
//!
//! Boosted decision trees: each asks a few questions of the kind "at most so many words?" and adds a little. They were better than a weighted
//! sum on all development sets (CONTRIBUTING.md has the figures), because most measures mean something only together: a short line is junk in a menu
//! and a heading in a text.

/// A question or a leaf. The subtree for "yes" follows its question; `no` says how far on the other begins.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The column that is asked; [`LEAF`] for a leaf.
    feature: u16,
    no: u16,
    /// "At most this?"; of a leaf the score that it adds.
    bound: f32,
}

const LEAF: u16 = u16::MAX;

/// The trees, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    /// For each node what the tree says on average from there on. Only explanations ask for it.
    means: Vec<f32>,
    /// Where each tree begins.
    roots: Vec<u32>,
    /// For each tree the least and the most that it and those after it add.
    rest: Vec<(f32, f32)>,
    /// After so many trees a score below this is left as it is: it stays far below what any level takes.
    exits: Vec<(usize, f32)>,
}

/// Trees between two looks at whether the rest can still change anything.
const STEP: usize = 10;

/// Why a tree could not be read.
pub(super) enum Mistake {
    Feature(String),
    Number(String),
    Shape,
}

impl Forest {
    /// Adds a tree written as `scripts/fit` does: nodes in the order of a walk, yes before no, a question as `feature<=bound@mean`
    /// and a leaf as its score.
    pub(super) fn add(&mut self, tree: &str, column: impl Fn(&str) -> Option<usize>) -> Result<(), Mistake> {
        let start = self.nodes.len();
        let number = |text: &str| match text.parse::<f32>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(Mistake::Number(text.to_owned())),
        };
        // Questions whose "no" has not begun.
        let mut open: Vec<usize> = Vec::new();
        let mut is_done = false;
        for word in tree.split_ascii_whitespace() {
            if is_done {
                return Err(Mistake::Shape);
            }
            let at = self.nodes.len();
            if let Some((feature, rest)) = word.split_once("<=") {
                let Some((bound, mean)) = rest.split_once('@') else {
                    return Err(Mistake::Number(word.to_owned()));
                };
                let feature = column(feature).ok_or_else(|| Mistake::Feature(feature.to_owned()))?;
                let feature = u16::try_from(feature).map_err(|_| Mistake::Shape)?;
                self.nodes.push(Node { feature, no: 0, bound: number(bound)? });
                self.means.push(number(mean)?);
                open.push(at);
            } else {
                let value = number(word)?;
                self.nodes.push(Node { feature: LEAF, no: 0, bound: value });
                self.means.push(value);
                // The innermost question that waits goes on with its "no"; those whose "no" this ended are done.
                match open.pop() {
                    Some(question) => {
                        self.nodes[question].no =
                            u16::try_from(at + 1 - question).map_err(|_| Mistake::Shape)?;
                    }
                    None => is_done = true,
                }
            }
        }
        if !is_done {
            return Err(Mistake::Shape);
        }
        self.roots.push(u32::try_from(start).map_err(|_| Mistake::Shape)?);
        let leaves = || self.nodes[start..].iter().filter(|node| node.feature == LEAF).map(|node| node.bound);
        let (least, most) = (leaves().fold(f32::MAX, f32::min), leaves().fold(f32::MIN, f32::max));
        for rest in &mut self.rest {
            *rest = (rest.0 + least, rest.1 + most);
        }
        self.rest.push((least, most));
        Ok(())
    }

    /// Sets where scores may stop early.
    pub(super) fn set_exits(&mut self, exits: Vec<(usize, f32)>) {
        self.exits = exits;
    }

    /// Scores of many rows at once, of `width` columns each: those that `open` names are added up, tree by tree, which keeps the tree in the
    /// cache. A score is exact where it matters: once it is certain to end below `low` or above `high`, or so low at an exit
    /// that it would, the rest of the trees is not asked.
    pub fn scores(
        &self,
        rows: &[f32],
        width: usize,
        open: &mut Vec<u32>,
        (low, high): (f32, f32),
        scores: &mut [f32],
    ) {
        for first in (0..self.roots.len()).step_by(STEP) {
            let rest = self.rest[first];
            let exit = self.exits.iter().find(|exit| exit.0 == first).map_or(f32::MIN, |exit| exit.1);
            open.retain(|&row| {
                let score = &mut scores[row as usize];
                if *score < exit || *score + rest.1 < low {
                    *score = score.min(low - 1.0);
                    false
                } else if *score + rest.0 > high {
                    *score = score.max(high + 1.0);
                    false
                } else {
                    true
                }
            });
            if open.is_empty() {
                return;
            }
            for &root in &self.roots[first..(first + STEP).min(self.roots.len())] {
                for &row in &*open {
                    let values = &rows[row as usize * width..][..width];
                    scores[row as usize] += self.leaf(root as usize, values, |_, _| {});
                }
            }
        }
    }

    /// What each measure adds to the score: along the way through each tree, the change of what the tree says on
    /// average is the question's (Saabas, "Interpreting random forests", 2014). `shares` has a place for each column. Gives the
    /// score too.
    pub fn shares(&self, row: &[f32], shares: &mut [f32]) -> f32 {
        shares.fill(0.0);
        let leaf = |&root: &u32| {
            self.leaf(root as usize, row, |from, to| {
                shares[usize::from(self.nodes[from].feature)] += self.means[to] - self.means[from];
            })
        };
        self.roots.iter().map(leaf).sum()
    }

    fn leaf(&self, root: usize, row: &[f32], mut step: impl FnMut(usize, usize)) -> f32 {
        let mut at = root;
        loop {
            let node = self.nodes[at];
            if node.feature == LEAF {
                return node.bound;
            }
            let is_yes = row[usize::from(node.feature)] <= node.bound;
            let next = at + if is_yes { 1 } else { usize::from(node.no) };
            step(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Option<usize> {
        ["a", "b"].iter().position(|&known| known == name)
    }

    fn scores(forest: &Forest, rows: &[f32], bounds: (f32, f32)) -> Vec<f32> {
        let mut scores = vec![0.0; rows.len() / 2];
        let mut open = (0..).take(scores.len()).collect();
        forest.scores(rows, 2, &mut open, bounds, &mut scores);
        scores
    }

    #[test]
    fn trees_are_walked_and_add_up() {
        let mut forest = Forest::default();
        assert!(forest.add("a<=1@0.5 b<=2@-1 -2 0.5 3", column).is_ok());
        assert!(forest.add("0.25", column).is_ok());
        let rows = [0.0, 0.0, 1.0, 9.0, 1.5, 0.0];
        assert_eq!(scores(&forest, &rows, (-100.0, 100.0)), [-1.75, 0.75, 3.25]);
        let certain = scores(&forest, &rows, (9.0, 99.0));
        assert!(certain.iter().all(|&score| score < 9.0), "{certain:?}");
        let certain = scores(&forest, &rows, (-99.0, -9.0));
        assert!(certain.iter().all(|&score| score > -9.0), "{certain:?}");
        let mut shares = [0.0; 2];
        assert_eq!(forest.shares(&[0.0, 0.0], &mut shares), -1.75);
        assert_eq!(shares, [-1.5, -1.0]);
    }

    #[test]
    fn low_scores_leave_at_an_exit() {
        let mut forest = Forest::default();
        for _ in 0..2 * STEP {
            assert!(forest.add("a<=1@0 -1 1", column).is_ok());
        }
        forest.set_exits(vec![(STEP, -5.0)]);
        assert_eq!(scores(&forest, &[0.0, 0.0, 2.0, 0.0], (-30.0, 30.0)), [-31.0, 20.0]);
    }

    #[test]
    fn broken_trees_are_refused() {
        for tree in
            ["", "a<=1@0 1", "a<=1@0 1 2 3", "c<=1@0 1 2", "a<=x@0 1 2", "a<=1 1 2", "a<=1@0 NaN 2", "1 2"]
        {
            assert!(Forest::default().add(tree, column).is_err(), "{tree}");
        }
    }
}
