//! Templates: phrases with holes, as people write them.
//!
//! The notation is described in `patterns/README.md`. A template is parsed into a tree and then written out into
//! *phrases*: plain sequences of fixed text and holes, one for each choice. Writing out saves the matcher all choices;
//! [`MAX_PHRASES`] bounds it, and the engine does it only for templates that a text comes near to.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;

/// Phrases that one template may stand for.
pub const MAX_PHRASES: usize = 2_000;

/// A part of a line that varies.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Hole {
    /// `{n}`
    Number,
    /// `{time}`
    Time,
    /// `{date}`
    Date,
    /// `{duration}`
    Duration,
    /// `{price}`
    Price,
    /// `{url}`
    Url,
    /// `{email}`
    Email,
    /// `{domain}`
    Domain,
    /// `{name}`
    Name,
    /// `{text}`
    Text,
    /// `{…}`: an entry of the pack's word list of that name
    Words(String),
}

impl Hole {
    fn named(name: &str) -> Self {
        match name {
            "n" => Self::Number,
            "time" => Self::Time,
            "date" => Self::Date,
            "duration" => Self::Duration,
            "price" => Self::Price,
            "url" => Self::Url,
            "email" => Self::Email,
            "domain" => Self::Domain,
            "name" => Self::Name,
            "text" => Self::Text,
            _ => Self::Words(name.to_owned()),
        }
    }
}

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Fixed text, as written.
    Text(String),
    /// A part that varies.
    Hole(Hole),
}

/// One way to read a template: fixed text and holes in order.
pub type Phrase = Vec<Piece>;

/// A template that parses.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Template {
    written: String,
    /// Parsed when first asked for: a run comes near few of thousands.
    #[serde(skip)]
    choices: OnceLock<Box<[Vec<Node>]>>,
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Template {}

/// A part of a template, see [`Template::choices`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Fixed text or a hole.
    Piece(Piece),
    /// One of these; an empty one for a part that may be left out.
    Choice(Vec<Vec<Node>>),
}

/// Why a template does not parse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

impl Template {
    /// Parses `written`.
    ///
    /// # Errors
    /// Brackets that do not pair, an empty or badly named hole, nesting over 16 levels, more than
    /// [`MAX_PHRASES`] phrases.
    pub fn parse(written: &str) -> Result<Self, TemplateError> {
        let choices = parse(written)?;
        match count(&choices) {
            n if n > MAX_PHRASES => Err(TemplateError {
                message: format!("template stands for {n} phrases, more than {MAX_PHRASES}"),
                hint: "split it into several templates",
            }),
            _ => {
                Ok(Self { written: written.to_owned(), choices: OnceLock::from(choices.into_boxed_slice()) })
            }
        }
    }

    /// The template as a tree: what a bar at top level separates, each a sequence of parts.
    pub fn choices(&self) -> &[Vec<Node>] {
        // It parsed when it was written down.
        self.choices.get_or_init(|| parse(&self.written).unwrap_or_default().into_boxed_slice())
    }

    /// How many phrases it stands for.
    pub fn phrase_count(&self) -> usize {
        count(self.choices())
    }

    /// The phrases that this template stands for, at least one.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut out = Vec::new();
        for choice in self.choices() {
            out.extend(written_out(choice));
        }
        out
    }

    /// The holes it names.
    pub fn holes(&self) -> Vec<Hole> {
        fn collect(choices: &[Vec<Node>], out: &mut Vec<Hole>) {
            for node in choices.iter().flatten() {
                match node {
                    Node::Piece(Piece::Hole(hole)) => out.push(hole.clone()),
                    Node::Piece(Piece::Text(_)) => {}
                    Node::Choice(inner) => collect(inner, out),
                }
            }
        }
        let mut out = Vec::new();
        collect(self.choices(), &mut out);
        out
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn parse(written: &str) -> Result<Vec<Vec<Node>>, TemplateError> {
    let chars: Vec<char> = written.chars().collect();
    Parser { chars: &chars, at: 0, depth: 0 }.choices(None)
}

fn count(choices: &[Vec<Node>]) -> usize {
    let each = |nodes: &Vec<Node>| {
        nodes.iter().fold(1usize, |n, node| match node {
            Node::Piece(_) => n,
            Node::Choice(inner) => n.saturating_mul(count(inner)),
        })
    };
    choices.iter().map(each).fold(0usize, usize::saturating_add)
}

fn written_out(nodes: &[Node]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = vec![Vec::new()];
    for node in nodes {
        match node {
            Node::Piece(piece) => phrases.iter_mut().for_each(|p| p.push(piece.clone())),
            Node::Choice(choices) => {
                let endings: Vec<Phrase> = choices.iter().flat_map(|c| written_out(c)).collect();
                phrases = phrases
                    .iter()
                    .flat_map(|start| endings.iter().map(move |end| [start.as_slice(), end].concat()))
                    .collect();
            }
        }
    }
    phrases
}

const MAX_DEPTH: usize = 16;

struct Parser<'c> {
    chars: &'c [char],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    /// Choices up to the closing bracket `end`, or to the end of the template.
    fn choices(&mut self, end: Option<char>) -> Result<Vec<Vec<Node>>, TemplateError> {
        let mut choices = vec![Vec::new()];
        let mut text = String::new();
        let mut plain_brackets = 0; // open round brackets that are no choice
        fn flush(text: &mut String, choices: &mut [Vec<Node>]) {
            if let (false, Some(last)) = (text.is_empty(), choices.last_mut()) {
                last.push(Node::Piece(Piece::Text(std::mem::take(text))));
            }
        }
        while let Some(&c) = self.chars.get(self.at) {
            self.at += 1;
            match c {
                '\\' => match self.chars.get(self.at) {
                    Some(&escaped) => {
                        text.push(escaped);
                        self.at += 1;
                    }
                    None => return error("template ends with a lone `\\`", "write `\\\\` for a backslash"),
                },
                '|' => {
                    flush(&mut text, &mut choices);
                    choices.push(Vec::new());
                }
                ')' if plain_brackets > 0 => {
                    plain_brackets -= 1;
                    text.push(c);
                }
                _ if Some(c) == end => {
                    flush(&mut text, &mut choices);
                    return Ok(choices);
                }
                '{' => {
                    flush(&mut text, &mut choices);
                    let hole = self.hole()?;
                    if let Some(last) = choices.last_mut() {
                        last.push(Node::Piece(Piece::Hole(hole)));
                    }
                }
                '[' => {
                    flush(&mut text, &mut choices);
                    let mut inner = self.nested(']')?;
                    inner.push(Vec::new());
                    if let Some(last) = choices.last_mut() {
                        last.push(Node::Choice(inner));
                    }
                }
                '(' if self.bar_before_close() => {
                    flush(&mut text, &mut choices);
                    let inner = self.nested(')')?;
                    if let Some(last) = choices.last_mut() {
                        last.push(Node::Choice(inner));
                    }
                }
                '(' => {
                    plain_brackets += 1;
                    text.push(c);
                }
                ']' => return error("`]` without `[`", "write `\\]` for the character itself"),
                '}' => return error("`}` without `{`", "write `\\}` for the character itself"),
                _ => text.push(c),
            }
        }
        if let Some(end) = end {
            return error(
                &format!("`{end}` is missing"),
                "close the bracket, or write a backslash before it",
            );
        }
        flush(&mut text, &mut choices);
        Ok(choices)
    }

    fn nested(&mut self, end: char) -> Result<Vec<Vec<Node>>, TemplateError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return error("brackets are nested too deeply", "split the template");
        }
        let choices = self.choices(Some(end));
        self.depth -= 1;
        choices
    }

    fn hole(&mut self) -> Result<Hole, TemplateError> {
        let rest = &self.chars[self.at..];
        let name: String = rest.iter().take_while(|&&c| c != '}').collect();
        if rest.len() == name.chars().count() {
            return error("`}` is missing", "close the hole, or write `\\{` for the character itself");
        }
        self.at += name.chars().count() + 1;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            return error(
                &format!("`{{{name}}}` is not a hole"),
                "holes are named in small letters, as `{n}` or `{text}`",
            );
        }
        Ok(Hole::named(&name))
    }

    /// Whether the round bracket just opened holds a bar of its own, which makes it a choice.
    fn bar_before_close(&self) -> bool {
        let (mut depth, mut i, mut bar) = (0usize, self.at, false);
        while let Some(&c) = self.chars.get(i) {
            match c {
                '\\' => i += 1,
                '(' | '[' => depth += 1,
                ')' if depth == 0 => return bar,
                ')' | ']' => depth = depth.saturating_sub(1),
                '|' if depth == 0 => bar = true,
                _ => {}
            }
            i += 1;
        }
        false
    }
}

fn error<T>(message: &str, hint: &'static str) -> Result<T, TemplateError> {
    Err(TemplateError { message: message.to_owned(), hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &[&str]) {
        let template = Template::parse(written).expect(written);
        let shown: Vec<String> = template
            .phrases()
            .iter()
            .map(|phrase| {
                phrase
                    .iter()
                    .map(|piece| match piece {
                        Piece::Text(text) => text.clone(),
                        Piece::Hole(hole) => format!("<{hole:?}>"),
                    })
                    .collect()
            })
            .collect();
        assert_eq!(shown, expected, "{written}");
    }

    #[test]
    fn a_template_stands_for_its_phrases() {
        check("also read", &["also read"]);
        check("also read|read also", &["also read", "read also"]);
        check("share [this] story", &["share this story", "share  story"]);
        check("[a|b] c", &["a c", "b c", " c"]);
        check("(share|tweet) (this|it)", &["share this", "share it", "tweet this", "tweet it"]);
        check("photo (ap)", &["photo (ap)"]);
        check("photo ({name})", &["photo (<Name>)"]);
        check("(one|x (three)|five (a|b)) end", &["one end", "x (three) end", "five a end", "five b end"]);
        check("({name}|{n} (x|y))", &["<Name>", "<Number> x", "<Number> y"]);
        check(r"a \| b \[c\] \{d\}", &["a | b [c] {d}"]);
        check("{n} on {network}", &["<Number> on <Words(\"network\")>"]);
    }

    #[test]
    fn mistakes_are_named() {
        for (written, message) in [
            ("[a", "`]` is missing"),
            ("(a|b", ""),
            ("a]", "`]` without `[`"),
            ("{n", "`}` is missing"),
            ("{}", "`{}` is not a hole"),
            ("{N}", "`{N}` is not a hole"),
            ("a\\", "template ends with a lone `\\`"),
            (
                "(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)",
                "template stands for 2048 phrases, more than 2000",
            ),
        ] {
            match Template::parse(written) {
                Err(error) => assert_eq!(error.message, message, "{written}"),
                Ok(_) => assert_eq!(message, "", "{written}"),
            }
        }
        let deep = "[".repeat(100_000);
        assert!(Template::parse(&deep).is_err());
    }
}
