//! Lines that are likely to be hit, nearly hit, or hit by a disguise: made from the phrases of packs.
//!
//! A line of random letters is never hit, and a test on such lines tests nothing. So a [`Recipe`] takes a phrase,
//! fills its holes (not always with what fits), puts other things beside it, and dresses the result as scraped lines
//! are dressed. Recipes hold numbers only, so that proptest can make a failing one simpler.

use dechaff::patterns::{Hole, Phrase, Piece};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// How to make a line.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    ingredients: Vec<(Ingredient, &'static str)>,
    dress: Dress,
}

#[derive(Clone, Debug)]
enum Ingredient {
    /// A phrase of the packs, with what goes into its holes.
    Phrase(Index, Vec<Index>),
    /// An example of the packs.
    Example(Index),
    /// Something else.
    Other(&'static str),
}

#[derive(Clone, Copy, Debug)]
enum Dress {
    Plain,
    Capitals,
    Title,
    Decorated,
    Link,
    SpacedOut,
    Wide,
    /// Made longer than 256 bytes by words after it, before it, or by a link target.
    LongAfter,
    LongBefore,
    LongLink,
    /// Made longer than 2048 bytes.
    TooLong,
}

const OTHERS: &[&str] = &[
    "a",
    "go",
    "the bridge",
    "na na",
    "read",
    "more",
    "Share",
    "x",
    "5",
    "1,024",
    "été",
    "Læs",
    "мир",
    "新聞を読む",
    "ข่าว",
    "한국",
    "ß",
    "İ",
    ":",
    "-",
    "–",
    "…",
    ".",
    "?",
    "!",
    "\"",
    "«",
    "(",
    ")",
    "[",
    "]",
    "|",
    "/",
    "©",
    "@",
    "&",
    "*",
    "**",
    "_",
    "__",
    "•",
    "🙂",
    "\u{200b}",
    "e\u{301}",
    "The tea was cold.",
    "She waited for an hour. Then it rained",
    "Jane Smith",
    "de",
    "19 November 2019",
    "9:30",
    "https://example.org/a_b",
    "example.org",
    "Peклама",
    "\u{feff}",
    "\u{ad}",
    "1st",
    "km",
    "'s",
    "U.S.",
    "。",
    "終わり。",
];

/// Between the parts of a line.
const JOINTS: &[&str] = &[" ", " ", " ", "", "  ", ": ", " - ", ", ", ". ", "\t", "\u{a0}"];

/// Of a phrase's holes, what fits and what nearly fits.
fn fillers(hole: &Hole) -> &'static [&'static str] {
    match hole {
        Hole::Number => {
            &["7", "1,024", "1.2K", "500+", "1 024", "٣", "0.5m", "7 8", "seven", "12kg", "3rd", "1'000"]
        }
        Hole::Time => &[
            "9:30",
            "21.15",
            "9:30 AM EST",
            "9 p.m.",
            "10:22pm (GMT)",
            "9",
            "9h05",
            "9:30:15 CET+1",
            "24:00x",
        ],
        Hole::Date => &[
            "19 November 2019",
            "Nov 19, 2019",
            "Tuesday, 19.11.2019",
            "2019-11-19",
            "Nov. 19th",
            "11/19/19",
            "november 2019",
            "19. november 2019",
            "2019年11月19日",
            "19-Nov-2019",
            "2019",
            "Tuesday",
            "19 elephants",
            "tirsdag den 3. maj",
            "4 go 2020",
        ],
        Hole::Duration => &[
            "5 min",
            "5min",
            "1 hour, 20 minutes",
            "2-minutes",
            "3 timer",
            "5",
            "5 miles",
            "2 go",
            "1 go 2 go 3 go 4 go",
        ],
        Hole::Price => {
            &["$5", "4,99 €", "USD 10", "€ 1.000,00", "99 kr.", "us$ 7", "5", "five dollars", "12元"]
        }
        Hole::Url => {
            &["https://example.org/x?y", "www.example.org", "http://a.b/c_d", "example.org", "https://"]
        }
        Hole::Email => &["me@example.org", "First.Last@news.example.co.uk", "@me", "me@example"],
        Hole::Domain => &["example.org", "News.Example.co.uk", "3.5", "example", "x.go"],
        Hole::Name => &[
            "Jane Smith",
            "Anna de Vries",
            "AFP",
            "J. R. O'Neil-Smith",
            "Åse Øst",
            "山田太郎",
            "jane smith",
            "Jane smith",
            "Jane 2",
            "One Two Three Four Five Six",
            "Jane Smith.",
            "Go",
            "Jane  Smith",
            "Jane de",
            "Jane*",
        ],
        Hole::Text => &[
            "a",
            "the old bridge",
            "The U.S. president said no",
            "Is it over? What we know",
            "It was over. They went home",
            "na na na",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten",
            "go: go - go",
            "新聞。読む",
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten eleven",
            "",
            "\"quoted\"",
        ],
        Hole::Words(_) => &[
            "Facebook",
            "x",
            "Google+",
            "google",
            "go",
            "na",
            "X (Twitter)",
            "E-mail",
            "facebooks",
            "read more",
        ],
    }
}

impl Recipe {
    /// Recipes of one to four parts, of which most are phrases.
    pub(crate) fn any() -> impl Strategy<Value = Self> {
        let index = any::<Index>;
        let ingredient = prop_oneof![
            6 => (index(), prop::collection::vec(index(), 4)).prop_map(|(phrase, holes)| Ingredient::Phrase(phrase, holes)),
            1 => index().prop_map(Ingredient::Example),
            3 => select(OTHERS).prop_map(Ingredient::Other),
        ];
        let part = || (ingredient.clone(), select(JOINTS));
        let parts = prop_oneof![
            3 => prop::collection::vec(part(), 1),
            2 => prop::collection::vec(part(), 2),
            1 => prop::collection::vec(part(), 3..5),
        ];
        let dress = prop_oneof![
            12 => Just(Dress::Plain),
            2 => Just(Dress::Capitals),
            1 => Just(Dress::Title),
            2 => Just(Dress::Decorated),
            1 => Just(Dress::Link),
            1 => Just(Dress::SpacedOut),
            1 => Just(Dress::Wide),
            3 => select(&[Dress::LongAfter, Dress::LongBefore, Dress::LongLink, Dress::TooLong][..]),
        ];
        (parts, dress).prop_map(|(ingredients, dress)| Self { ingredients, dress })
    }

    /// The line, made from phrases and examples of which there is at least one each.
    pub(crate) fn line(&self, phrases: &[&Phrase], examples: &[String]) -> String {
        let mut line = String::new();
        for (i, (ingredient, joint)) in self.ingredients.iter().enumerate() {
            if i > 0 {
                line.push_str(joint);
            }
            match ingredient {
                Ingredient::Phrase(index, holes) => {
                    line.push_str(&filled(phrases[index.index(phrases.len())], holes))
                }
                Ingredient::Example(index) => line.push_str(&examples[index.index(examples.len())]),
                Ingredient::Other(text) => line.push_str(text),
            }
        }
        self.dress.put_on(&line.replace(['\n', '\r'], " "))
    }
}

fn filled(phrase: &Phrase, holes: &[Index]) -> String {
    let mut next = holes.iter().cycle();
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole(hole) => (*next.next().unwrap().get(fillers(hole))).to_owned(),
    };
    phrase.iter().map(piece).collect()
}

impl Dress {
    fn put_on(self, line: &str) -> String {
        let words = |bytes: usize| "and so the long day went on ".repeat(bytes / 28 + 1);
        match self {
            Self::Plain => line.to_owned(),
            Self::Capitals => line.to_uppercase(),
            Self::Title => line.split(' ').map(capitalized).collect::<Vec<_>>().join(" "),
            Self::Decorated => format!("  – [**{line}**] ▼"),
            Self::Link => format!("[{line}](https://example.org/a_(b)?c=d)"),
            Self::SpacedOut => line.chars().map(String::from).collect::<Vec<_>>().join(" "),
            Self::Wide => line.chars().map(wide).collect(),
            Self::LongAfter => format!("{line} {}", words(260)),
            Self::LongBefore => format!("{} {line}", words(260)),
            Self::LongLink => format!("[{line}](https://example.org/{})", "abc/".repeat(70)),
            Self::TooLong => format!("{line} {}", words(2100)),
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// The full-width form of an ASCII character.
fn wide(c: char) -> char {
    if ('!'..='~').contains(&c) { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c }
}
