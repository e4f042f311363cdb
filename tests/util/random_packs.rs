//! Packs made by chance, from few words, so that phrases overlap, repeat and nearly match each other.

use dechaff::engine::Engine;
use dechaff::patterns::{
    Block, Body, Form, Kind, Pack, Pattern, Phrasing, Place, Shape, Strength, Template, Words,
};
use proptest::prelude::*;
use proptest::sample::select;

/// How to make a pack.
#[derive(Clone, Debug)]
pub(crate) struct PackRecipe {
    patterns: Vec<PatternRecipe>,
}

#[derive(Clone, Debug)]
struct PatternRecipe {
    phrasings: Vec<(Kind, String)>,
    is_block: bool,
    max_words: Option<usize>,
}

const WORDS: &[&str] = &[
    "go",
    "na",
    "a",
    "read",
    "more",
    "aa",
    "x",
    "мир",
    "新聞",
    "share",
    "été",
    "5",
    "O'Neil",
    "читать",
    "re-read",
    "e",
];
const MARKS: &[&str] =
    &[":", " -", "?", "\"", "©", "...", " |", ",", "- -", "!", " /", "_", "(", ")", "\\[", "\\]", "\\|"];
const HOLES: &[&str] = &[
    "{text}",
    "{text}",
    "{text}",
    "{name}",
    "{name}",
    "{n}",
    "{n}",
    "{list}",
    "{list}",
    "{time}",
    "{date}",
    "{duration}",
    "{price}",
    "{url}",
    "{email}",
    "{domain}",
];
const REGEXES: &[&str] = &[
    "go [a-z]+ na",
    "(?:read|share) .{1,9} more",
    ".{1,20} na go .*",
    "[0-9]+ more",
    "na(?: na)+",
    "read x+",
    "(?:go|na|a x) .{0,30}",
    "[^ ]+ read (?:more|a)",
    "(?:aa|мир) [0-9]{1,3}",
];

impl PackRecipe {
    /// Packs of one to five patterns.
    pub(crate) fn any() -> impl Strategy<Value = Self> {
        prop::collection::vec(pattern(), 1..6).prop_map(|patterns| Self { patterns })
    }

    /// The pack, without the patterns that no engine takes, such as those with too little fixed text.
    pub(crate) fn pack(&self) -> Pack {
        let mut pack = empty();
        for (number, recipe) in self.patterns.iter().enumerate() {
            let Some(pattern) = recipe.pattern(number) else { continue };
            if Engine::new(vec![Pack { patterns: vec![pattern.clone()], ..empty() }]).is_ok() {
                pack.patterns.push(pattern);
            }
        }
        pack
    }
}

fn pattern() -> impl Strategy<Value = PatternRecipe> {
    let kinds = select(
        &[Kind::Line, Kind::Line, Kind::Line, Kind::Start, Kind::End, Kind::End, Kind::Span, Kind::Regex][..],
    );
    let phrasing = kinds.prop_flat_map(|kind| match kind {
        Kind::Regex => (Just(kind), select(REGEXES).prop_map(str::to_owned).boxed()),
        _ => (Just(kind), template().boxed()),
    });
    let max_words = prop_oneof![4 => Just(None), 1 => (1usize..12).prop_map(Some)];
    (prop::collection::vec(phrasing, 1..4), any::<u8>().prop_map(|n| n < 40), max_words)
        .prop_map(|(phrasings, is_block, max_words)| PatternRecipe { phrasings, is_block, max_words })
}

/// Templates of one to six parts.
fn template() -> impl Strategy<Value = String> {
    let plain =
        || prop_oneof![6 => select(WORDS), 3 => select(HOLES), 1 => select(MARKS)].prop_map(str::to_owned);
    let few = move || prop::collection::vec(plain(), 1..3).prop_map(|parts| parts.join(" "));
    let part = prop_oneof![
        10 => plain(),
        1 => few().prop_map(|inner| format!("[{inner}]")),
        1 => (few(), few()).prop_map(|(a, b)| format!("({a}|{b})")),
    ];
    let joint = prop_oneof![7 => Just(" "), 2 => Just("")];
    prop::collection::vec((part, joint), 1..7)
        .prop_map(|parts| parts.into_iter().map(|(part, joint)| part + joint).collect())
}

impl PatternRecipe {
    fn pattern(&self, number: usize) -> Option<Pattern> {
        let phrasing = |(kind, written): &(Kind, String)| {
            let form = match kind {
                Kind::Regex => Form::Regex(written.clone()),
                _ => Form::Template(Template::parse(written).ok()?),
            };
            Some(Phrasing { kind: *kind, form, line: 1 })
        };
        let phrasings: Vec<Phrasing> = self.phrasings.iter().filter_map(phrasing).collect();
        let body = if self.is_block {
            let lines: Vec<Phrasing> = phrasings.into_iter().filter(|p| p.kind == Kind::Line).collect();
            let role = |n: usize| lines.iter().skip(n).step_by(4).cloned().collect();
            let (open, follow, close, stop) = (role(0), role(1), role(2), role(3));
            Body::Block(Block {
                open,
                follow,
                close,
                stop,
                shape: Shape::None,
                needs: 1,
                max_lines: 12,
                above: 0,
            })
        } else {
            Body::Phrases(phrasings)
        };
        Some(Pattern {
            id: format!("random/made/pattern-{number}"),
            about: format!("{:?}", self.phrasings),
            strength: Strength::Sure,
            place: Place::Any,
            max_words: self.max_words,
            signal: None,
            body,
            junk: Vec::new(),
            text: Vec::new(),
            file: "random.toml".to_owned(),
            is_off: false,
            formerly: Vec::new(),
            line: 1,
        })
        .filter(|pattern| pattern.phrasings().next().is_some())
    }
}

/// A pack with word lists and no patterns.
fn empty() -> Pack {
    let list =
        |name: &str, entries: &[&str]| (name.to_owned(), entries.iter().map(ToString::to_string).collect());
    Pack {
        name: "random".to_owned(),
        version: "2026.11.0".to_owned(),
        license: "MIT".to_owned(),
        language: None,
        about: String::new(),
        quality: "draft".to_owned(),
        words: Words::from([
            list("month", &["may", "go", "nov", "nov.", "november", "maj"]),
            list("weekday", &["tue", "tuesday", "na"]),
            list("unit", &["m", "min", "minutes", "go", "timer", "hour"]),
            list(
                "list",
                &["go", "na na", "Google+", "x", "x (twitter)", "Read more", "新聞", "Facebook", "été"],
            ),
        ]),
        patterns: Vec::new(),
        filing: None,
        site: None,
    }
}
