//! Regions do not depend on what stands around them.
//!
//! A second cleaning sees a text from which lines have gone. If a line were in a region for the first and not for the second,
//! cleaning twice would not be cleaning once. So whatever goes of the lines that are in no region, all others stay in
//! theirs. Examples cannot show it, since it breaks where regions, junk and blank lines meet in ways nobody writes; the
//! texts are made by chance, the same in every run, from lines that regions are made of.

use dechaff::document::{Region, RegionLine, regions};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestCaseError};

/// Parts that belong together, of all kinds, and what likes to stand near them.
const PARTS: &[&[&str]] = &[
    &["```", "Share", "x = 1;", "```"],
    &["```rust"],
    &["```"],
    &["~~~"],
    &["````"],
    &["    let x = 1;", "    print(x);", "    Continue", "    }"],
    &["    if (a == b) {"],
    &["    * Home", "    * Sport"],
    &["| a | b |", "|---|---|", "| 1 | 2 |"],
    &["| 1 | 2 | 3 |", "| 4 | 5 | 6 |"],
    &["|---|---|"],
    &["a | b"],
    &["+---+---+"],
    &["1\tRovers\t12", "2\tUnited\t9"],
    &["Pos\tTeam\tPoints"],
    &["Rovers,1931,12", "United,1940,9"],
    &["The lamp is low, the tide is out,", "the boats lie on their sides,"],
    &["and nobody is left about", "but gulls, and he who rides,"],
    &["carry me over the old stone bridge", "carry me over the water"],
    &["and the lights go down on the wall", "there is nobody left to call", "and the children sleep"],
    &["oh tell it to your mother"],
    &["Berg, A. (1998). Mills. Water, 12(3), 45–67.", "Voss, K. (2004). On wheels. Example Press."],
    &["[3] P. Dahl et al. Old roads. 2015."],
    &["Example Press, Oxford"],
    &["Q: When did you begin?", "A: When I was nine."],
    &["Anna: Yes.", "Bo: No, not at all."],
    &["Anna: tea"],
    &["Posted: yesterday"],
    &["Source: wire", "Anna: Yes."],
    &["19,20,2021", "Share,2,3"],
    &["- Kommer..."],
    &["[12:01] anna: hello", "[12:02] bo: hi"],
    &["MARTHA", "Is the kettle on?"],
    &["JOHN", "It has been on since four."],
    &["– Skal du med?", "– Nej."],
    &["- Szkoda."],
    &["“Are you coming?” she asked.", "“No.”"],
    &["He looked out of the window for a while."],
    &["Press these buttons in exactly this order:", "1. Share", "2. Print"],
    &["For the dough you need the following:", "- flour"],
    &["- and then you take these small things:"],
    &["- flour", "- a very long item that goes on and on until the line is full and"],
    &["ends on the next line"],
    &["  more of it"],
    &["3. Continue"],
    &["Ingredients:", "250 g flour"],
    &["2 eggs", "1 onion"],
    &["1. Boil the plums until they are soft.", "2. Work in the flour."],
    &["3. Let it rest for an hour."],
    &["ODA. Close the door.", "PELL (within). It is closed."],
    &["How many guests do you have?", "Four thousand."],
    &["1 Skerry 9 7 1 22", "2 Brack United 9 6 2 18"],
    &["3 cloves of garlic"],
    &["## 1.2.0", "- Share button"],
    &["### Added", "- flour"],
    &["# 1.1", "  more of it"],
    &["远山云未起，", "小舟泊岸边。"],
    &["谁家吹短笛，一夜不能眠。"],
    &["远山云未起小舟泊岸边处。"],
    &["I walk the line of the river", "I hear the bells of the town"],
    &["and nobody knows where I came from", "and nobody lets me down"],
    &["Advertisement"],
    &["Home"],
    &["The council met on Tuesday and after a long debate it voted to keep the old bridge open."],
];

#[derive(Clone, Debug)]
struct Made {
    text: String,
    is_junk: bool,
    goes: bool,
}

fn part(texts: &'static [&'static str]) -> impl Strategy<Value = Vec<Made>> {
    let parts = (prop::bool::weighted(0.08), any::<u8>(), prop::bool::weighted(0.3));
    parts.prop_map(move |(is_junk, chance, blank)| {
        let line = |(i, text): (usize, &&str)| Made {
            text: (*text).to_owned(),
            is_junk: is_junk || *text == "Advertisement",
            goes: chance >> (i % 8) & 1 == 1,
        };
        let mut lines: Vec<Made> = texts.iter().enumerate().map(line).collect();
        if blank {
            lines.push(Made { text: String::new(), is_junk: false, goes: chance & 128 != 0 });
        }
        lines
    })
}

/// Parts of one kind, which stand side by side in the list, and some others.
fn parts() -> impl Strategy<Value = Vec<Vec<Made>>> {
    let near = (0..PARTS.len(), 1..5_usize).prop_map(|(at, count)| &PARTS[at..(at + count).min(PARTS.len())]);
    (near, prop::collection::vec(select(PARTS), 1..3))
        .prop_flat_map(|(near, others)| near.iter().copied().chain(others).map(part).collect::<Vec<_>>())
}

/// Texts in which few kinds come again and again, so that they meet.
fn text() -> impl Strategy<Value = Vec<Made>> {
    let order = prop::collection::vec((any::<prop::sample::Index>(), any::<u64>()), 1..30);
    (parts(), order).prop_map(|(parts, order)| {
        let mut text = Vec::new();
        for (index, goes) in order {
            for (i, line) in index.get(&parts).iter().enumerate() {
                text.push(Made { goes: line.goes ^ (goes >> (i % 64) & 1 == 1), ..line.clone() });
            }
        }
        text
    })
}

fn found(lines: &[Made]) -> Vec<Option<Region>> {
    let lines: Vec<_> =
        lines.iter().map(|line| RegionLine { text: &line.text, is_junk: line.is_junk }).collect();
    regions(&lines)
}

/// What is left, with the region that each line had. Blank lines that are doubled now, or at an end, go too.
fn without(lines: &[Made], before: &[Option<Region>]) -> (Vec<Made>, Vec<Option<Region>>) {
    let mut left: Vec<(Made, Option<Region>)> = Vec::new();
    for (line, &region) in lines.iter().zip(before) {
        let is_doubled = line.text.is_empty() && left.last().is_none_or(|(last, _)| last.text.is_empty());
        if !(region.is_none() && line.goes || is_doubled) {
            left.push((line.clone(), region));
        }
    }
    while left.last().is_some_and(|(last, _)| last.text.is_empty()) {
        left.pop();
    }
    left.into_iter().unzip()
}

fn check(lines: &[Made]) -> Result<(), TestCaseError> {
    let before = found(lines);
    prop_assert_eq!(before.len(), lines.len());
    let (left, had) = without(lines, &before);
    let now = found(&left);
    for ((line, had), now) in left.iter().zip(&had).zip(&now) {
        prop_assert!(had.is_none() || now.is_some(), "{:?} was in {:?}\n{:#?}", line.text, had, left);
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 6000, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_region_stays_whatever_goes_around_it(lines in text()) {
        check(&lines)?;
    }

    #[test]
    fn a_region_stays_if_all_around_it_goes(lines in text()) {
        check(&lines.into_iter().map(|line| Made { goes: true, ..line }).collect::<Vec<_>>())?;
    }

    #[test]
    fn no_text_is_too_odd(texts in prop::collection::vec("[ \t-|`~+*:.,;()0-9a-zA-Zäя田「」«»–?!]{0,24}", 0..20)) {
        let made = |text: String| Made { text, is_junk: false, goes: true };
        check(&texts.into_iter().map(made).collect::<Vec<_>>())?;
    }
}

/// The texts would prove little if they had no regions, or nothing else.
#[test]
fn the_texts_made_by_chance_show_every_kind() {
    use proptest::strategy::ValueTree;
    let config = Config { rng_seed: RngSeed::Fixed(3), ..Config::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let mut seen = std::collections::BTreeMap::new();
    for _ in 0..400 {
        let lines = text().new_tree(&mut runner).map(|tree| tree.current()).unwrap_or_default();
        for region in found(&lines) {
            *seen.entry(region).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
    assert!(seen.values().all(|&count| count > 100), "{seen:?}");
}

/// What joins a region from before must not be taken for its beginning. Chance meets this too seldom.
#[test]
fn a_region_that_another_line_is_joined_to_stays() {
    let rest: &[&str] = &["谁家吹短笛，一夜不能眠。", "谁家吹短笛，一夜不能眠。"];
    let lines = ["远山云未起小舟泊岸边处。", "Home"].iter().chain(rest);
    let made = |text: &&str| Made { text: (*text).to_owned(), is_junk: false, goes: *text == "Home" };
    let lines: Vec<Made> = lines.map(made).collect();
    assert_eq!(found(&lines)[2..], [Some(Region::Verse); 2]);
    check(&lines).unwrap_or_else(|error| panic!("{error}"));
}
