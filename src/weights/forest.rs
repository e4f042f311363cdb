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

/// A question as it is asked of [`LANES`] rows at once: which leaves are left of a tree if the answer is no.
#[derive(Clone, Copy, Debug)]
struct Question {
    feature: u16,
    bound: f32,
    left: u32,
}

/// Rows that are scored side by side.
const LANES: usize = 8;
/// Leaves that a tree may have: as many as there are bits.
const MAX_LEAVES: usize = 32;

/// The trees, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Forest {
    nodes: Vec<Node>,
    /// For each node what the tree says on average from there on. Only explanations ask for it.
    means: Vec<f32>,
    /// Where each tree begins.
    roots: Vec<u32>,
    /// The same trees for many rows: their questions, their leaves from yes to no, and where those of each tree begin.
    questions: Vec<Question>,
    leaves: Vec<f32>,
    begins: Vec<(u32, u32)>,
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
        self.flatten(start)?;
        let leaves = || self.nodes[start..].iter().filter(|node| node.feature == LEAF).map(|node| node.bound);
        let (least, most) = (leaves().fold(f32::MAX, f32::min), leaves().fold(f32::MIN, f32::max));
        for rest in &mut self.rest {
            *rest = (rest.0 + least, rest.1 + most);
        }
        self.rest.push((least, most));
        Ok(())
    }

    /// Lays out the tree that begins at `start` for many rows.
    fn flatten(&mut self, start: usize) -> Result<(), Mistake> {
        let begin = |n: usize| u32::try_from(n).map_err(|_| Mistake::Shape);
        self.begins.push((begin(self.questions.len())?, begin(self.leaves.len())?));
        let first_leaf = self.leaves.len();
        let tree = &self.nodes[start..];
        let leaves = |nodes: &[Node]| nodes.iter().filter(|node| node.feature == LEAF).count();
        if leaves(tree) > MAX_LEAVES {
            return Err(Mistake::Shape);
        }
        for (at, node) in tree.iter().enumerate() {
            if node.feature == LEAF {
                self.leaves.push(node.bound);
                continue;
            }
            // The leaves under "yes" come next.
            let before = self.leaves.len() - first_leaf;
            let under_yes = leaves(&tree[at + 1..at + usize::from(node.no)]);
            let left = (before..before + under_yes).fold(u32::MAX, |left, leaf| left & !(1 << leaf));
            self.questions.push(Question { feature: node.feature, bound: node.bound, left });
        }
        Ok(())
    }

    /// Sets where scores may stop early.
    pub(super) fn set_exits(&mut self, exits: Vec<(usize, f32)>) {
        self.exits = exits;
    }

    /// Scores of many rows at once, of `width` columns each: those that `open` names are added up. A score is exact where it matters: once it is
    /// certain to end below `low` or above `high`, or so low at an exit that it would, the rest of the trees is not asked.
    ///
    /// Walking a tree means guessing at every question where the processor will go, and half of the guesses are wrong. So
    /// all questions of a tree are asked of eight rows at once, and each answer strikes leaves out; the first that is left is where the walk would have
    /// ended (Lucchese et al., "QuickScorer", 2015).
    pub fn scores(&self, rows: &[f32], width: usize, open: &[u32], bounds: (f32, f32), scores: &mut [f32]) {
        // Column by column, the values of the rows side by side.
        let mut columns = vec![[0.0; LANES]; width];
        for group in open.chunks(LANES) {
            let mut sums = [0.0; LANES];
            for (lane, &row) in group.iter().enumerate() {
                sums[lane] = scores[row as usize];
                let values = &rows[row as usize * width..][..width];
                columns.iter_mut().zip(values).for_each(|(column, value)| column[lane] = *value);
            }
            let mut ended = std::array::from_fn(|lane| lane >= group.len());
            for first in (0..self.roots.len()).step_by(STEP) {
                self.end(first, bounds, &mut sums, &mut ended);
                if ended == [true; LANES] {
                    break;
                }
                for tree in first..(first + STEP).min(self.roots.len()) {
                    self.add_leaves(tree, &columns, &mut sums, &ended);
                }
            }
            for (lane, &row) in group.iter().enumerate() {
                scores[row as usize] = sums[lane];
            }
        }
    }

    /// Ends the scores that the trees from `first` on cannot change any more, or will not.
    fn end(&self, first: usize, (low, high): (f32, f32), sums: &mut [f32; LANES], ended: &mut [bool; LANES]) {
        let (least, most) = self.rest[first];
        let exit = self.exits.iter().find(|exit| exit.0 == first).map_or(f32::MIN, |exit| exit.1);
        for (sum, ended) in sums.iter_mut().zip(ended).filter(|(_, ended)| !**ended) {
            if *sum < exit || *sum + most < low {
                *sum = sum.min(low - 1.0);
                *ended = true;
            } else if *sum + least > high {
                *sum = sum.max(high + 1.0);
                *ended = true;
            }
        }
    }

    /// Adds what one tree says to the sums that have not ended.
    #[inline]
    fn add_leaves(
        &self,
        tree: usize,
        columns: &[[f32; LANES]],
        sums: &mut [f32; LANES],
        ended: &[bool; LANES],
    ) {
        let (questions, leaves) = self.begins[tree];
        let next = self.begins.get(tree + 1).map_or(self.questions.len(), |next| next.0 as usize);
        let left = leaves_left(&self.questions[questions as usize..next], columns);
        for lane in 0..LANES {
            let leaf = self.leaves[leaves as usize + left[lane].trailing_zeros() as usize];
            sums[lane] += if ended[lane] { 0.0 } else { leaf };
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

/// The leaves that the answers of each row leave. Apart from what is done with them, so that the compiler asks all lanes at once.
#[inline(never)]
fn leaves_left(questions: &[Question], columns: &[[f32; LANES]]) -> [u32; LANES] {
    let mut left = [u32::MAX; LANES];
    for question in questions {
        let column = &columns[usize::from(question.feature)];
        let yes: [u32; LANES] = column.map(|value| u32::from(value <= question.bound).wrapping_neg());
        for lane in 0..LANES {
            left[lane] &= question.left | yes[lane];
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Option<usize> {
        ["a", "b"].iter().position(|&known| known == name)
    }

    fn scores(forest: &Forest, rows: &[f32], bounds: (f32, f32)) -> Vec<f32> {
        let mut scores = vec![0.0; rows.len() / 2];
        let open: Vec<u32> = (0..).take(scores.len()).collect();
        forest.scores(rows, 2, &open, bounds, &mut scores);
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

    /// Many rows side by side end where each would alone.
    #[test]
    fn rows_do_not_disturb_each_other() {
        let mut forest = Forest::default();
        for i in 0..25 {
            let tree = format!("a<={i}@0 b<=3@0 -0.5 a<=2@0 0.25 1 b<={i}@0 0.125 -1");
            assert!(forest.add(&tree, column).is_ok());
        }
        let rows: Vec<f32> = (0..2 * 21u8).map(|i| f32::from(i % 9) * 3.0).collect();
        let found = scores(&forest, &rows, (-100.0, 100.0));
        let alone = rows.chunks(2).map(|row| forest.shares(row, &mut [0.0; 2]));
        assert_eq!(found, alone.collect::<Vec<_>>());
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
