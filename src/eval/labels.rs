//! Which lines of a text are gold, which are junk, and of which that cannot be said.
//!
//! A line is never looked up in the gold as a whole: who made the gold may have joined or broken lines. What counts is how many of
//! its words stand in a run of four that the gold has too: nearly all, and it is gold; hardly any, and it is junk; between the
//! two it is mixed, and no removal of it can be called right or wrong.
//!
//! Lines of one to three words have no run of their own. They are junk if the gold does not have them, and gold if it has them
//! in the same surroundings or as a line. The rest is unsure: a menu's "Sport" proves nothing by standing in some sentence.

use super::words::{Run, SHINGLE, Vocabulary, Words, run};
use crate::document::lines;
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};
use serde::Serialize;
use std::ops::Range;

/// A line with this share of its words in the gold, or more, is gold.
const GOLD_SHARE: f64 = 0.8;
/// A line with this share of its words in the gold, or less, is junk.
const JUNK_SHARE: f64 = 0.2;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// It should be left.
    Gold,
    /// It should go.
    Junk,
    /// The gold does not tell.
    Unsure,
}

/// The lines of `raw` that are not blank, each with its number, from 1, and its label. Lines end as everywhere in dechaff, so the
/// numbers are those of removals.
///
/// ```
/// use dechaff::eval::{Label, label_lines};
/// let raw = "Share this\n\nThe bridge was opened in 1931.\n";
/// let labels = label_lines(raw, "The bridge was opened in 1931.");
/// assert_eq!(labels, [(1, Label::Junk), (3, Label::Gold)]);
/// ```
pub fn label_lines(raw: &str, gold: &str) -> Vec<(usize, Label)> {
    let mut vocabulary = Vocabulary::default();
    let words = vocabulary.words(raw);
    let gold_words = vocabulary.words(gold);
    Labels::new(raw, &words, gold, &gold_words).rows.into_iter().map(|row| (row.line, row.label)).collect()
}

/// A line that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number, from 1.
    pub line: usize,
    /// Its words.
    pub words: Range<usize>,
    pub label: Label,
}

/// The labels of a text.
pub(super) struct Labels<'w> {
    pub rows: Vec<Row>,
    words: &'w [u32],
    gold: Gold<'w>,
}

impl<'w> Labels<'w> {
    pub(super) fn new(raw: &str, words: &'w Words, gold: &str, gold_words: &'w Words) -> Self {
        let gold = Gold::new(gold, gold_words);
        let mut rows = Vec::new();
        for (i, line) in lines(raw).enumerate().filter(|(_, line)| !line.is_blank()) {
            let range = words.within(line.start..line.end());
            let mut label = gold.label(&words.folded, range.clone());
            let is_short = range.len() < SHINGLE;
            if label == Label::Unsure
                && is_short
                && gold.short_lines.contains(&run(&words.folded[range.clone()]))
            {
                label = Label::Gold;
            }
            rows.push(Row { line: i + 1, words: range, label });
        }
        let mut labels = Self { rows, words: &words.folded, gold };
        labels.doubt_copies();
        labels
    }

    /// The label of a part of a line.
    pub(super) fn of_part(&self, words: Range<usize>) -> Label {
        self.gold.label(self.words, words)
    }

    /// A line that the text has more often than the gold: copies that stand away from the gold may be the ones too many.
    fn doubt_copies(&mut self) {
        let mut group_of: HashMap<&[u32], usize, FixedState> = HashMap::default();
        let mut groups: Vec<Vec<usize>> = Vec::new(); // in order, as each looks at what the ones before have changed
        for (i, row) in self.rows.iter().enumerate() {
            if row.label == Label::Gold && row.words.len() >= SHINGLE {
                let group = *group_of.entry(&self.words[row.words.clone()]).or_insert(groups.len());
                if group == groups.len() {
                    groups.push(Vec::new());
                }
                groups[group].push(i);
            }
        }
        groups.retain(|copies| copies.len() > 1);
        if groups.is_empty() {
            return;
        }
        let places = self.gold.places();
        for copies in groups {
            let line = &self.words[self.rows[copies[0]].words.clone()];
            if self.gold.count(line, &places, copies.len()) >= copies.len() {
                continue;
            }
            for row in copies {
                let is_gold = |row: &Row| row.label == Label::Gold;
                let above = row.checked_sub(1).and_then(|above| self.rows.get(above)).is_some_and(is_gold);
                let below = self.rows.get(row + 1).is_some_and(is_gold);
                if !above && !below {
                    self.rows[row].label = Label::Unsure;
                }
            }
        }
    }
}

/// Where each run of four words stands.
type Places = HashMap<Run, Vec<usize>, FixedState>;

/// What the gold has.
struct Gold<'w> {
    words: &'w [u32],
    /// All runs of one to four words.
    runs: HashSet<Run, FixedState>,
    /// The lines of one to three words.
    short_lines: HashSet<Run, FixedState>,
}

impl<'w> Gold<'w> {
    fn new(text: &str, words: &'w Words) -> Self {
        let folded = &words.folded;
        let runs = (1..=SHINGLE).flat_map(|length| folded.windows(length).map(run)).collect();
        let short_lines = lines(text).map(|line| words.within(line.start..line.end()));
        let short_lines = short_lines.filter(|words| (1..SHINGLE).contains(&words.len()));
        let short_lines = short_lines.map(|words| run(&folded[words])).collect();
        Self { words: folded, runs, short_lines }
    }

    fn has(&self, words: &[u32]) -> bool {
        self.runs.contains(&run(words))
    }

    /// The label of a range of a text's words.
    fn label(&self, text: &[u32], range: Range<usize>) -> Label {
        let words = &text[range.clone()];
        if words.is_empty() {
            return Label::Unsure;
        }
        if words.len() >= SHINGLE {
            return label_of_share(self.covered(words), words.len());
        }
        if !self.has(words) {
            return Label::Junk;
        }
        let around = range.end.saturating_sub(SHINGLE)..(range.start + SHINGLE).min(text.len());
        if text[around].windows(SHINGLE).any(|run| self.has(run)) { Label::Gold } else { Label::Unsure }
    }

    /// How many of the words stand in a run of four that the gold has.
    fn covered(&self, words: &[u32]) -> usize {
        let (mut covered, mut end) = (0, 0);
        for (start, run) in words.windows(SHINGLE).enumerate() {
            if self.has(run) {
                covered += start + SHINGLE - end.max(start);
                end = start + SHINGLE;
            }
        }
        covered
    }

    fn places(&self) -> Places {
        let mut places = Places::default();
        for (at, words) in self.words.windows(SHINGLE).enumerate() {
            places.entry(run(words)).or_default().push(at);
        }
        places
    }

    /// How often the gold has a line of at least four words, counted up to `enough`. Looked for by its rarest run: the rows of a
    /// table all begin alike.
    fn count(&self, line: &[u32], places: &Places, enough: usize) -> usize {
        let places_of = |words: &[u32]| places.get(&run(words)).map_or(&[][..], Vec::as_slice);
        let runs = line.windows(SHINGLE).map(places_of).enumerate();
        let (before, places) = runs.min_by_key(|(_, places)| places.len()).unwrap_or_default();
        let starts = places.iter().filter_map(|place| place.checked_sub(before));
        let is_here = |start: &usize| self.words.get(*start..start + line.len()) == Some(line);
        starts.filter(is_here).take(enough).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "words of one line")]
fn label_of_share(covered: usize, words: usize) -> Label {
    match covered as f64 / words as f64 {
        share if share >= GOLD_SHARE => Label::Gold,
        share if share <= JUNK_SHARE => Label::Junk,
        _ => Label::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `labels` has a character for each line that is not blank: `+` gold, `-` junk, `?` unsure.
    fn check(raw: &str, gold: &str, labels: &str) {
        let found = label_lines(raw, gold).into_iter().map(|(_, label)| match label {
            Label::Gold => '+',
            Label::Junk => '-',
            Label::Unsure => '?',
        });
        assert_eq!(found.collect::<String>(), labels, "{raw:?} of {gold:?}");
    }

    #[test]
    fn a_line_is_as_gold_as_its_words() {
        let gold = "one two three four five six seven eight";
        check("ONE two, three – four!\nfive six\nnine ten eleven twelve", gold, "++-");
        check("one two three four nine", gold, "+"); // four of five
        check("one two three four nine ten", gold, "?");
        check("one two three four a b c d e f g h i j k l m n o p", gold, "-"); // four of twenty
        check("one two three nine four five", gold, "-"); // no run of four
        check("one two three four x five six seven eight", gold, "+");
        check("one two three four five", "", "-");
        check("", gold, "");
    }

    #[test]
    fn a_short_line_needs_its_surroundings() {
        let gold = "The sport of kings is old.\nSport\nIt is played in spring.";
        check("Weather", gold, "-");
        check("is old", gold, "?");
        check("The sport of kings\nis old", gold, "++");
        check("Home page\nkings\nWeather news", gold, "-?-");
        check("Home page\nsport\nWeather news", gold, "-+-"); // a line of the gold
        check("***\nsport is", gold, "?-"); // no words; words that do not stand together
    }

    #[test]
    fn copies_away_from_the_gold_are_doubtful() {
        let line = "the bridge was opened again";
        let gold = format!("{line}\nit was closed in 1960 for good");
        let lone = format!("{line}\nMenu\n\nit was closed in 1960 for good\n{line}\n");
        check(&lone, &gold, "?-++");
        check(&format!("{line}\nMenu\n"), &gold, "+-"); // one is not too many
        let twice = format!("{gold}\n{line}");
        check(&lone, &twice, "+-++");
        // The first is doubted, and then no neighbor of the second is gold.
        check(&format!("{line}\n{line}\nMenu"), "x", "---");
        check(&format!("{line}\nMenu\n{line}"), line, "?-?");
        check(&format!("{line}\n{line}"), line, "++");
    }

    #[test]
    fn numbers_are_those_of_removals() {
        let labels = label_lines("\u{feff}Menu\r\n \r\n\rit was closed\r\n", "it was closed");
        assert_eq!(labels, [(1, Label::Junk), (4, Label::Gold)]);
    }
}
