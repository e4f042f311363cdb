//! Trees whose leaves add up to a score.
//!
//! Boosted decision trees: each asks a few questions of the kind "at most so many words?" and adds a little. They were better than a weighted
//! sum on all development sets (CONTRIBUTING.md has the figures), because most measures mean something only together: a short line is junk in a menu
//! and a heading in a text.

/// A question or a leaf. The subtree for "yes" follows its question; `no` says where the other begins.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The column that is asked; [`LEAF`] for a leaf.
    feature: u16,
    no: u16,
    /// "At most this?"; of a leaf the score that it adds.
    bound: f32,
    /// What the tree says on average from here on.
    mean: f32,
}

const LEAF: u16 = u16::MAX;

/// The trees, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    /// Where each tree begins.
    roots: Vec<u32>,
    /// For each tree the least and the most that it and those after it add.
    rest: Vec<(f32, f32)>,
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
        // Questions whose "no" has not begun, with whether their "yes" is done.
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
                self.nodes.push(Node { feature, no: 0, bound: number(bound)?, mean: number(mean)? });
                open.push(at);
            } else {
                let value = number(word)?;
                self.nodes.push(Node { feature: LEAF, no: 0, bound: value, mean: value });
                // The innermost question that waits goes on with its "no"; those whose "no" this ended are done.
                match open.pop() {
                    Some(question) => {
                        self.nodes[question].no =
                            u16::try_from(at + 1 - start).map_err(|_| Mistake::Shape)?;
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

    /// The score of a row of measures.
    pub fn score(&self, row: &[f32]) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root as usize, row, |_, _| {})).sum()
    }

    /// The score of a row of measures, exact where it matters: once it is certain to end below `low` or above `high` the rest of the trees
    /// is not asked, and some score that also lies there is given.
    pub fn score_between(&self, row: &[f32], low: f32, high: f32) -> f32 {
        let mut score = 0.0;
        for (roots, rest) in self.roots.chunks(STEP).zip(self.rest.iter().step_by(STEP)) {
            if score + rest.1 < low || score + rest.0 > high {
                return score + if score + rest.1 < low { rest.1 } else { rest.0 };
            }
            score += roots.iter().map(|&root| self.leaf(root as usize, row, |_, _| {})).sum::<f32>();
        }
        score
    }

    /// What each measure adds to the score: along the way through each tree, the change of what the tree says on
    /// average is the question's (Saabas, "Interpreting random forests", 2014). `shares` has a place for each column.
    pub fn shares(&self, row: &[f32], shares: &mut [f32]) {
        shares.fill(0.0);
        for &root in &self.roots {
            self.leaf(root as usize, row, |feature, change| shares[feature] += change);
        }
    }

    fn leaf(&self, root: usize, row: &[f32], mut step: impl FnMut(usize, f32)) -> f32 {
        let mut at = root;
        loop {
            let node = self.nodes[at];
            if node.feature == LEAF {
                return node.bound;
            }
            let is_yes = row[usize::from(node.feature)] <= node.bound;
            at = if is_yes { at + 1 } else { root + usize::from(node.no) };
            step(usize::from(node.feature), self.nodes[at].mean - node.mean);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Option<usize> {
        ["a", "b"].iter().position(|&known| known == name)
    }

    #[test]
    fn trees_are_walked_and_add_up() {
        let mut forest = Forest::default();
        assert!(forest.add("a<=1@0.5 b<=2@-1 -2 0.5 3", column).is_ok());
        assert!(forest.add("0.25", column).is_ok());
        let scores = [[0.0, 0.0], [1.0, 9.0], [1.5, 0.0]].map(|row| forest.score(&row));
        assert_eq!(scores, [-1.75, 0.75, 3.25]);
        assert!((forest.score_between(&[1.5, 0.0], -100.0, 100.0) - 3.25).abs() < 1e-6);
        let zero = |bound| forest.score_between(&[0.0; 2], bound, bound);
        assert!(zero(9.0) < 9.0 && zero(-9.0) > -9.0);
        let mut shares = [0.0; 2];
        forest.shares(&[0.0, 0.0], &mut shares);
        assert_eq!(shares, [-1.5, -1.0]);
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
