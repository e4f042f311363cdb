//! Reads the tables of a pack file key by key, and remembers every mistake.
//!
//! `serde` would stop at the first unknown key; someone who writes patterns wants all mistakes at once, each with
//! its line. So a [`Table`] hands out typed values, notes what is missing or of the wrong type, and at the end
//! reports the keys that nobody asked for.

use super::problem::Problem;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text to read, with its name for messages, and the problems found in it.
pub(super) struct Source<'s> {
    pub file: &'s str,
    line_starts: Vec<usize>,
    pub problems: Vec<Problem>,
}

impl<'s> Source<'s> {
    pub(super) fn new(file: &'s str, text: &str) -> Self {
        let line_starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i + 1));
        Self { file, line_starts: line_starts.collect(), problems: Vec::new() }
    }

    /// The line, from 1, on which a span begins.
    pub(super) fn line(&self, span: Range<usize>) -> usize {
        self.line_starts.partition_point(|&start| start <= span.start)
    }
}

/// A string with its line.
pub(super) struct Text {
    pub text: String,
    pub line: usize,
}

/// A table being read.
pub(super) struct Table<'t, 'i> {
    table: &'t DeTable<'i>,
    /// What messages call it.
    name: String,
    /// The line of its header.
    pub line: usize,
    known: BTreeSet<&'static str>,
}

impl<'t, 'i> Table<'t, 'i> {
    pub(super) fn new(table: &'t DeTable<'i>, name: &str, line: usize) -> Self {
        Self { table, name: name.to_owned(), line, known: BTreeSet::new() }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.insert(key);
        self.table.get(key)
    }

    fn wrong_type(&self, source: &mut Source<'_>, key: &str, wanted: &str, value: &Spanned<DeValue<'i>>) {
        let line = source.line(value.span());
        let found = value.get_ref().type_str();
        source.problems.push(
            self.problem(source.file, line, format!("`{key}` must be {wanted}, not {found}"))
                .hint("see `dechaff packs explain-format`"),
        );
    }

    /// A problem in this table, named after the pattern when it is one.
    pub(super) fn problem(&self, file: &str, line: usize, message: String) -> Problem {
        let problem = Problem::error(file, line, message);
        match self.table.get("id").and_then(|id| id.get_ref().as_str()) {
            Some(id) => problem.of(id),
            None => problem,
        }
    }

    pub(super) fn text(&mut self, source: &mut Source<'_>, key: &'static str) -> Option<Text> {
        let value = self.value(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Text { text: text.to_owned(), line: source.line(value.span()) }),
            None => {
                self.wrong_type(source, key, "a text in quotation marks", value);
                None
            }
        }
    }

    pub(super) fn needed(&mut self, source: &mut Source<'_>, key: &'static str, hint: &str) -> Option<Text> {
        if !self.table.contains_key(key) {
            self.known.insert(key);
            let message = format!("{} has no `{key}`", self.name);
            source.problems.push(self.problem(source.file, self.line, message).hint(hint));
        }
        self.text(source, key)
    }

    /// A list of strings, or a single one.
    pub(super) fn texts(&mut self, source: &mut Source<'_>, key: &'static str) -> Vec<Text> {
        let Some(value) = self.value(key) else { return Vec::new() };
        self.strings(source, key, value)
    }

    fn strings(&self, source: &mut Source<'_>, key: &str, value: &Spanned<DeValue<'i>>) -> Vec<Text> {
        if let Some(text) = value.get_ref().as_str() {
            return vec![Text { text: text.to_owned(), line: source.line(value.span()) }];
        }
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(source, key, "a list of texts in quotation marks", value);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.push(Text { text: text.to_owned(), line: source.line(item.span()) }),
                None => self.wrong_type(source, key, "a list of texts in quotation marks", item),
            }
        }
        texts
    }

    /// A whole number from 0 up.
    pub(super) fn number(&mut self, source: &mut Source<'_>, key: &'static str) -> Option<usize> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer().and_then(|n| n.as_str().parse().ok());
        if number.is_none() {
            self.wrong_type(source, key, "a whole number", value);
        }
        number
    }

    /// One of a fixed set of names.
    pub(super) fn one_of<T>(
        &mut self,
        source: &mut Source<'_>,
        key: &'static str,
        names: &[&str],
        named: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(source, key)?;
        let value = named(&text.text);
        if value.is_none() {
            let message = format!("`{key}` is `{}`, which is none of {}", text.text, listed(names));
            let hint = match nearest(&text.text, names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "see `dechaff packs explain-format`".to_owned(),
            };
            source.problems.push(self.problem(source.file, text.line, message).hint(hint));
        }
        value
    }

    /// A table inside this one.
    pub(super) fn table(&mut self, source: &mut Source<'_>, key: &'static str) -> Option<Table<'t, 'i>> {
        let value = self.value(key)?;
        match value.get_ref().as_table() {
            Some(table) => {
                let line = source.line(value.span());
                Some(Table { table, name: format!("`[{key}]`"), line, known: BTreeSet::new() })
            }
            None => {
                self.wrong_type(source, key, "a table", value);
                None
            }
        }
    }

    /// The tables of an array of tables.
    pub(super) fn tables(&mut self, source: &mut Source<'_>, key: &'static str) -> Vec<Table<'t, 'i>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(source, key, &format!("written as `[[{key}]]`"), value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Table::new(table, key, source.line(item.span()))),
                None => self.wrong_type(source, key, &format!("written as `[[{key}]]`"), item),
            }
        }
        tables
    }

    /// All keys with their lists, for tables whose keys are free.
    pub(super) fn lists(&mut self, source: &mut Source<'_>) -> Vec<(Text, Vec<Text>)> {
        let mut lists = Vec::new();
        for (key, value) in self.table {
            let name = Text { text: key.get_ref().to_string(), line: source.line(key.span()) };
            let texts = self.strings(source, &name.text, value);
            lists.push((name, texts));
        }
        lists
    }

    /// Reports keys that nobody asked for.
    pub(super) fn finish(self, source: &mut Source<'_>) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if self.known.contains(name) {
                continue;
            }
            let line = source.line(key.span());
            let problem = self.problem(source.file, line, format!("unknown key `{name}` in {}", self.name));
            let known: Vec<&str> = self.known.iter().copied().collect();
            source.problems.push(problem.hint(match nearest(name, &known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys are {}", listed(&known)),
            }));
        }
    }
}

/// `` `a`, `b` and `c` ``
pub(super) fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// The one of `names` that `typed` was probably meant to be: at most two letters differ.
pub fn nearest<'n>(typed: &str, names: &[&'n str]) -> Option<&'n str> {
    names
        .iter()
        .copied()
        .map(|name| (distance(typed, name), name))
        .filter(|&(d, _)| d <= 2)
        .min()
        .map(|(_, n)| n)
}

/// Edit distance (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let changed = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(before + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognized() {
        assert_eq!(nearest("strenght", &["strength", "start"]), Some("strength"));
        assert_eq!(nearest("lines", &["line", "place"]), Some("line"));
        assert_eq!(nearest("banana", &["line", "place"]), None);
    }
}
