//! Documents as a scraper leaves them: articles with boxes, labels, counters and blank lines in between.
//!
//! They are put together from the examples of a pack, so that patterns really hit, and from a few paragraphs, so that there
//! is a text with a head and a tail. As with lines (`recipes.rs`), a recipe holds numbers, and proptest can make a
//! failing one simpler.

use dechaff::engine::Engine;
use dechaff::patterns::{Body, Kind, Pack, PackFile, Place, Strength};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Examples by what should happen to them.
#[derive(Debug, Default)]
pub(crate) struct Examples {
    lines: Vec<String>,
    placed: Vec<String>,
    blocks: Vec<String>,
    spans: Vec<String>,
    honest: Vec<String>,
}

impl Examples {
    pub(crate) fn of(packs: &[Pack]) -> Self {
        let mut all = Self::default();
        for pattern in packs.iter().flat_map(|pack| &pack.patterns) {
            let is_span = pattern.phrasings().any(|phrasing| phrasing.kind == Kind::Span);
            let list = match pattern.body {
                _ if pattern.strength != Strength::Sure => &mut all.honest,
                Body::Block(_) => &mut all.blocks,
                _ if is_span => &mut all.spans,
                _ if pattern.place != Place::Any => &mut all.placed,
                _ => &mut all.lines,
            };
            list.extend(pattern.junk.iter().map(|example| example.text.clone()));
            all.honest.extend(pattern.text.iter().map(|example| example.text.clone()));
        }
        all
    }
}

const PROSE: &[&str] = &[
    "The council met on Tuesday and after a long debate it voted to keep the old bridge open.",
    "It had rained for three days, and nobody in the harbour could remember when the water had last stood so high.",
    "“We never thought of selling the mill,” she said, “but in the end there was no other way for us.”",
    "Nine out of ten of them walked home that night in the rain.",
    "市議会は火曜日に会合を開き、長い議論の末に古い橋を残すことを決めた。",
];
const SHORT: &[&str] = &[
    "The bridge",
    "What now?",
    "Tea and bread",
    "Chapter two",
    "a",
    "12",
    "He left.",
    "- one",
    "Share",
    "Home",
];
const BLANK: &[&str] = &["", "", "", " ", "\t", "\u{a0}", "\u{3000} "];
const DECORATION: &[&str] = &["* * *", "———", "•", "|", "\u{200b}", "[ ]", "\u{feff}"];
const ENDINGS: &[&str] = &["\n", "\n", "\n", "\n", "\n", "\r\n", "\r", ""];

/// How to make a document.
#[derive(Clone, Debug)]
pub(crate) struct DocumentRecipe {
    has_mark: bool,
    parts: Vec<(Part, &'static str)>,
}

#[derive(Clone, Debug)]
enum Part {
    Line(Index),
    Placed(Index),
    Block(Index),
    Honest(Index),
    /// A span so many times, with a text before and after it.
    Spans(Index, usize, &'static str, &'static str),
    Fixed(&'static str),
    Chance(String),
}

impl DocumentRecipe {
    pub(crate) fn any() -> impl Strategy<Value = Self> {
        let index = any::<Index>;
        let beside = || prop_oneof![2 => Just(""), 2 => select(PROSE), 1 => select(SHORT)];
        let times = prop_oneof![8 => Just(1usize), 1 => 2usize..4, 1 => 9usize..12];
        let part = prop_oneof![
            4 => select(PROSE).prop_map(Part::Fixed),
            4 => select(BLANK).prop_map(Part::Fixed),
            2 => select(SHORT).prop_map(Part::Fixed),
            1 => select(DECORATION).prop_map(Part::Fixed),
            3 => index().prop_map(Part::Line),
            2 => index().prop_map(Part::Placed),
            2 => index().prop_map(Part::Block),
            1 => index().prop_map(Part::Honest),
            2 => (index(), times, beside(), beside()).prop_map(|(i, n, before, after)| Part::Spans(i, n, before, after)),
            1 => "\\PC{0,12}".prop_map(Part::Chance),
        ];
        let parts = prop::collection::vec((part, select(ENDINGS)), 0..14);
        (any::<u8>(), parts).prop_map(|(n, parts)| Self { has_mark: n < 20, parts })
    }

    /// The document, made from examples of which there is at least one of each kind.
    pub(crate) fn text(&self, examples: &Examples) -> String {
        let one = |list: &[String], index: &Index| list[index.index(list.len())].clone();
        let mut text = String::from(if self.has_mark { "\u{feff}" } else { "" });
        for (part, ending) in &self.parts {
            let lines = match part {
                Part::Line(index) => one(&examples.lines, index),
                Part::Placed(index) => one(&examples.placed, index),
                Part::Block(index) => one(&examples.blocks, index).trim_end().to_owned(),
                Part::Honest(index) => one(&examples.honest, index).trim_end().to_owned(),
                Part::Spans(index, times, before, after) => {
                    let span = one(&examples.spans, index);
                    format!("{before} {} {after}", vec![span; *times].join(" ")).trim().to_owned()
                }
                Part::Fixed(text) => (*text).to_owned(),
                Part::Chance(text) => text.clone(),
            };
            text.push_str(&lines.replace('\n', if ending.is_empty() { "\n" } else { ending }));
            text.push_str(ending);
        }
        text
    }
}

/// A pack with every way of removing a line, whatever the repository's packs use at the moment.
pub(crate) fn every_way() -> Pack {
    let text = r#"
[pack]
name = "made"
version = "2026.11.0"
license = "MIT"
about = "Every way of removing a line."
quality = "draft"

[[pattern]]
id = "box"
category = "boxes"
about = "A box that must close, with a heading above it."
strength = "sure"
junk = ["""
Tea letters
Write to the tea house
Your tea name
Some short line
Send the tea letter
"""]
[pattern.block]
open = ["write to the tea house"]
follow = ["your tea name"]
shape = "short"
close = ["send the tea letter"]
above = 1

[[pattern]]
id = "list"
category = "boxes"
about = "A list of headlines."
strength = "sure"
junk = ["""
More from the tea house
Ten things to know about tea
Why tea is not coffee
"""]
[pattern.block]
open = ["more from the tea house"]
shape = "title"
stop = ["tea ends here"]
needs = 2

[[pattern]]
id = "head"
category = "places"
about = "A label before the text."
strength = "sure"
place = "head"
line = ["tea house daily"]
junk = ["Tea House Daily"]

[[pattern]]
id = "tail"
category = "places"
about = "A label after the text."
strength = "sure"
place = "tail"
line = ["tea house nightly"]
junk = ["Tea House Nightly"]

[[pattern]]
id = "mark"
category = "parts"
about = "A mark within a line."
strength = "sure"
span = ["(tea house wire)", "(read on at the tea house)", "(wired by {name} for the tea house)"]
junk = ["(Tea House Wire)", "(Read on at the tea house)", "(Wired by Jane Smith for the tea house)"]

[[pattern]]
id = "stays"
category = "parts"
about = "A line that stays."
strength = "keep"
line = ["tea house daily is a paper"]
text = ["Tea House Daily is a paper"]

[[pattern]]
id = "label"
category = "parts"
about = "A label."
strength = "sure"
line = ["tea advertisement"]
junk = ["Tea advertisement"]
"#;
    let file = PackFile { name: "made.toml".to_owned(), category: None, text: text.to_owned() };
    let (pack, problems) = Pack::parse(&[file]);
    pack.unwrap_or_else(|| panic!("{problems:?}"))
}

/// The engine over these packs.
pub(crate) fn engine(packs: &[Pack]) -> Engine {
    Engine::new(packs.to_vec()).unwrap_or_else(|problems| panic!("{problems:?}"))
}
