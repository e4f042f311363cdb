//! A pack: patterns that are versioned together, and the reading of its files.

use super::filing::Filing;
use super::pattern::{Block, Body, Example, Form, Kind, Pattern, Phrasing, Place, Shape, Signal, Strength};
use super::problem::{Problem, Severity};
use super::schema::{Source, Table, Text};
use super::template::{Hole, Template};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use toml::de::DeTable;

/// A pack file's size at most, in bytes. The largest built-in file has about 60 KiB.
pub const MAX_FILE_BYTES: usize = 1 << 20;
/// Templates and regexes in a pack file at most.
pub const MAX_FILE_PHRASES: usize = 20_000;
/// A template's or regex's length at most, in bytes.
pub const MAX_PHRASE_BYTES: usize = 4 << 10;
/// Words a line may have for a hit of a `start`, `end` or `regex` unless the pattern says otherwise.
const DEFAULT_MAX_WORDS: usize = 20;
/// Lines a block may have unless it says otherwise, and at most.
const DEFAULT_MAX_LINES: usize = 12;
const MOST_MAX_LINES: usize = 200;

/// Syntax errors shown at most.
const MAX_SYNTAX_ERRORS: usize = 3;

/// Words that stand for a hole, by the name of the list.
pub type Words = BTreeMap<String, Vec<String>>;

/// A versioned set of patterns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Unique among the packs of a run.
    pub name: String,
    /// `year.month.patch`.
    pub version: String,
    /// The license as an SPDX expression.
    pub license: String,
    /// ISO 639-1 code, if the pack is for one language.
    pub language: Option<String>,
    /// The domain that it is for, if it is for one site.
    pub site: Option<String>,
    /// What it is for, in a sentence.
    pub about: String,
    /// `reviewed` or `draft`.
    pub quality: String,
    /// Its word lists.
    pub words: Words,
    /// Its patterns, in the order of the files.
    pub patterns: Vec<Pattern>,
    /// How the engine files its phrases, if that is known already.
    pub filing: Option<Filing>,
}

/// One file of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Its name for messages.
    pub name: String,
    /// The category of its patterns; `None` for `pack.toml` and for a pack of one file.
    pub category: Option<String>,
    /// What is in it.
    pub text: String,
}

impl Pack {
    /// How many phrases, templates and regexes its patterns have.
    pub fn phrase_count(&self) -> usize {
        self.patterns.iter().map(|pattern| pattern.phrasings().count()).sum()
    }

    /// Reads a pack from its files, of which the first has the `[pack]` table.
    ///
    /// Warnings come with the pack; if anything is wrong enough to be an error there is no pack.
    pub fn parse(files: &[PackFile]) -> (Option<Self>, Vec<Problem>) {
        let mut pack = Self {
            name: String::new(),
            version: String::new(),
            license: String::new(),
            language: None,
            site: None,
            about: String::new(),
            quality: String::new(),
            words: Words::new(),
            patterns: Vec::new(),
            filing: None,
        };
        let mut problems = Vec::new();
        for (i, file) in files.iter().enumerate() {
            problems.extend(pack.read(file, i == 0));
        }
        problems.extend(twice(&pack.patterns));
        let failed = problems.iter().any(|p| p.severity == Severity::Error);
        ((!failed).then_some(pack), problems)
    }

    fn read(&mut self, file: &PackFile, first: bool) -> Vec<Problem> {
        if file.text.len() > MAX_FILE_BYTES {
            let message = format!("file has {} bytes, more than {MAX_FILE_BYTES}", file.text.len());
            return vec![Problem::error(&file.name, 0, message).hint("split it by topic")];
        }
        let mut source = Source::new(&file.name, &file.text);
        let (root, errors) = DeTable::parse_recoverable(&file.text);
        // After the first mistakes the parser guesses, and one missing quotation mark makes dozens.
        for error in errors.iter().take(MAX_SYNTAX_ERRORS) {
            let line = error.span().map_or(0, |span| source.line(span));
            let message = format!("not valid TOML: {}", error.message().replace('\n', " "));
            let hint = "look for a missing quotation mark, bracket or comma, here or in the line above";
            source.problems.push(Problem::error(&file.name, line, message).hint(hint));
        }
        if !errors.is_empty() {
            return source.problems;
        }
        let mut root = Table::new(root.get_ref(), "the file", 1);
        if first {
            self.read_header(&mut root, &mut source);
        }
        let mut phrases = 0;
        for table in root.tables(&mut source, "pattern") {
            if let Some(pattern) = self.read_pattern(table, &mut source, file.category.as_deref()) {
                phrases += pattern.phrasings().count();
                self.patterns.push(pattern);
            }
        }
        if phrases > MAX_FILE_PHRASES {
            let message = format!("file has {phrases} phrases, more than {MAX_FILE_PHRASES}");
            source.problems.push(Problem::error(&file.name, 0, message).hint("split it by topic"));
        }
        root.finish(&mut source);
        source.problems
    }

    fn read_header(&mut self, root: &mut Table<'_, '_>, source: &mut Source<'_>) {
        let Some(mut header) = root.table(source, "pack") else {
            let problem = Problem::error(source.file, 1, "there is no `[pack]` table");
            source.problems.push(problem.hint("begin with `[pack]`, `name`, `version` and `license`"));
            return;
        };
        let put = |field: &mut String, text: Option<Text>| *field = text.map_or_else(String::new, |t| t.text);
        let name = header.needed(source, "name", "a short unique name, such as the language code");
        if let Some(name) = name.as_ref().filter(|name| !is_kebab(&name.text)) {
            let message = format!("`{}` is no name for a pack", name.text);
            source.problems.push(Problem::error(source.file, name.line, message).hint(KEBAB));
        }
        put(&mut self.name, name);
        let version = header.needed(source, "version", "year.month.patch, such as `2026.11.0`");
        if let Some(version) = version.as_ref().filter(|v| !is_version(&v.text)) {
            let message = format!("`{}` is no version", version.text);
            let problem = Problem::error(source.file, version.line, message);
            source.problems.push(problem.hint("write three numbers, such as `2026.11.0`"));
        }
        put(&mut self.version, version);
        put(&mut self.license, header.needed(source, "license", "an SPDX expression, such as `MIT`"));
        put(&mut self.about, header.text(source, "about"));
        self.language = header.text(source, "language").map(|t| t.text);
        let site = header.text(source, "site");
        if let Some(site) = site.as_ref().filter(|site| !is_domain(&site.text)) {
            let message = format!("`{}` is no domain", site.text);
            let problem = Problem::error(source.file, site.line, message);
            source
                .problems
                .push(problem.hint("write it in small letters and without `www.`, such as `example.org`"));
        }
        self.site = site.map(|t| t.text);
        let qualities = ["reviewed", "draft"];
        let quality =
            header.one_of(source, "quality", &qualities, |q| qualities.contains(&q).then(|| q.to_owned()));
        self.quality = quality.unwrap_or_else(|| "draft".to_owned());
        header.finish(source);
        if let Some(mut words) = root.table(source, "words") {
            for (name, entries) in words.lists(source) {
                self.words.insert(name.text, entries.into_iter().map(|e| e.text).collect());
            }
        }
    }

    fn read_pattern(
        &self,
        mut table: Table<'_, '_>,
        source: &mut Source<'_>,
        category: Option<&str>,
    ) -> Option<Pattern> {
        let id = table.needed(source, "id", "what the pattern catches, such as `accept-all`");
        let about = table.needed(source, "about", "one sentence: what this is and where it comes from");
        let category = match category {
            Some(category) => Some(category.to_owned()),
            None => table.needed(source, "category", "such as `ad-label`").map(|t| t.text),
        };
        for name in [id.as_ref().map(|t| t.text.as_str()), category.as_deref()].into_iter().flatten() {
            if !is_kebab(name) {
                let message = format!("`{name}` is no name for a pattern or category");
                source.problems.push(table.problem(source.file, table.line, message).hint(KEBAB));
            }
        }
        let strength = match table.needed(source, "strength", "`sure`, `likely`, `hint` or `keep`") {
            Some(_) => table.one_of(source, "strength", Strength::NAMES, Strength::named),
            None => None,
        };
        let place = table.one_of(source, "place", Place::NAMES, Place::named).unwrap_or_default();
        let signal = table.one_of(source, "signal", &Signal::NAMES[..4], |name| {
            Signal::named(name).filter(|s| !matches!(s, Signal::Emptied | Signal::Guarded))
        });
        let mut max_words = table.number(source, "max_words");
        if max_words == Some(0) {
            source.problems.push(table.problem(source.file, table.line, "`max_words` is 0".into()));
        }
        let mut phrases = Vec::new();
        for kind in [Kind::Line, Kind::Start, Kind::End, Kind::Span, Kind::Regex] {
            let found = self.phrasings(&mut table, source, kind.name(), kind);
            if !found.is_empty() && matches!(kind, Kind::Start | Kind::End | Kind::Regex) {
                max_words = max_words.or(Some(DEFAULT_MAX_WORDS));
            }
            phrases.extend(found);
        }
        let block = table.table(source, "block").map(|block| self.read_block(block, source, &table));
        let junk = examples(table.texts(source, "junk"));
        let text = examples(table.texts(source, "text"));
        let formerly = table.texts(source, "formerly");
        for old in formerly.iter().filter(|old| old.text.split('/').count() != 3) {
            let message = format!("`{}` is no full id", old.text);
            let problem = Problem::error(source.file, old.line, message);
            source.problems.push(problem.hint("write the whole of it, such as `en/ad-label/ad`"));
        }
        let line = table.line;
        let has_phrases = Kind::NAMES.iter().any(|kind| table.has(kind));
        let nothing = table.problem(source.file, line, "looks for nothing".into());
        let both = table.problem(source.file, line, "has both a `block` and phrases of its own".into());
        table.finish(source);
        let body = match (phrases.is_empty(), block) {
            (false, None) => Body::Phrases(phrases),
            (true, Some(block)) => Body::Block(block),
            (false, Some(_)) => {
                source.problems.push(both.hint("make two patterns of it"));
                return None;
            }
            (true, None) => {
                let hint = "add `line`, `start`, `end`, `span`, `regex` or `[pattern.block]`";
                // A phrase that is wrong has been named already.
                source.problems.extend((!has_phrases).then(|| nothing.hint(hint)));
                return None;
            }
        };
        let (id, strength) = (id?.text, strength?);
        let pattern = Pattern {
            id: format!("{}/{}/{id}", self.name, category?),
            about: about?.text,
            strength,
            place,
            max_words,
            signal,
            body,
            junk,
            text,
            file: source.file.to_owned(),
            is_off: false,
            formerly: formerly.into_iter().map(|old| old.text).collect(),
            line,
        };
        source.problems.extend(too_few_examples(&pattern));
        Some(pattern)
    }

    fn read_block(
        &self,
        mut block: Table<'_, '_>,
        source: &mut Source<'_>,
        pattern: &Table<'_, '_>,
    ) -> Block {
        let mut phrasings = |key| self.phrasings(&mut block, source, key, Kind::Line);
        let [open, follow, close, stop] = ["open", "follow", "close", "stop"].map(&mut phrasings);
        let shape = block.one_of(source, "shape", Shape::NAMES, Shape::named).unwrap_or_default();
        let needs = block.number(source, "needs").unwrap_or(1);
        let max_lines = block.number(source, "max_lines").unwrap_or(DEFAULT_MAX_LINES);
        let above = block.number(source, "above").unwrap_or(0);
        let mut wrong = |message: &str, hint: &str| {
            source.problems.push(pattern.problem(source.file, block.line, message.to_owned()).hint(hint));
        };
        if open.is_empty() {
            wrong("the block has no `open`", "add templates for the first line of the box");
        }
        if shape == Shape::Any && close.is_empty() {
            wrong(
                "`shape = \"any\"` without `close`",
                "add `close`, or the block takes the rest of the text",
            );
        }
        if max_lines == 0 || max_lines > MOST_MAX_LINES {
            wrong("`max_lines` is not between 1 and 200", "a larger box is not a box");
        }
        if above > 8 {
            wrong("`above` is more than 8", "name the lines in `open` instead");
        }
        block.finish(source);
        Block { open, follow, close, stop, shape, needs, max_lines, above }
    }

    fn phrasings(
        &self,
        table: &mut Table<'_, '_>,
        source: &mut Source<'_>,
        key: &'static str,
        kind: Kind,
    ) -> Vec<Phrasing> {
        let mut found = Vec::new();
        for text in table.texts(source, key) {
            if text.text.len() > MAX_PHRASE_BYTES {
                let message = format!("a phrase has {} bytes, more than {MAX_PHRASE_BYTES}", text.text.len());
                source.problems.push(table.problem(source.file, text.line, message).hint("split it"));
                continue;
            }
            let form = if kind == Kind::Regex {
                Form::Regex(text.text)
            } else {
                match Template::parse(&text.text) {
                    Ok(template) => {
                        self.check_holes(&template, table, source, text.line);
                        if text.text.contains(" | ") {
                            let message = format!("`{}`: ` | ` stands for two phrases", text.text);
                            let problem = table.problem(source.file, text.line, message);
                            let hint = "write `\\\\|` for the character itself, or leave out the spaces";
                            source
                                .problems
                                .push(Problem { severity: Severity::Warning, ..problem }.hint(hint));
                        }
                        Form::Template(template)
                    }
                    Err(error) => {
                        let message = format!("`{}`: {}", text.text, error.message);
                        source.problems.push(table.problem(source.file, text.line, message).hint(error.hint));
                        continue;
                    }
                }
            };
            found.push(Phrasing { kind, form, line: text.line });
        }
        found
    }

    fn check_holes(&self, template: &Template, table: &Table<'_, '_>, source: &mut Source<'_>, line: usize) {
        for hole in template.holes() {
            if hole == Hole::Duration && !self.words.contains_key("unit") {
                let message = format!("`{template}`: `{{duration}}` needs the word list `unit`");
                let hint = "add `unit = [\"minute\", \"minutes\", \"hour\"]` to `[words]`";
                source.problems.push(table.problem(source.file, line, message).hint(hint));
            }
            if let Hole::Words(name) = hole
                && !self.words.contains_key(&name)
            {
                let message = format!("`{template}`: there is no hole `{{{name}}}`");
                let hint = "add a word list of that name to `[words]`, or see `dechaff packs explain-format`";
                source.problems.push(table.problem(source.file, line, message).hint(hint));
            }
        }
    }
}

fn examples(texts: Vec<Text>) -> Vec<Example> {
    texts.into_iter().map(|t| Example { text: t.text, line: t.line }).collect()
}

/// Words from which a phrase without holes is long enough to need no counter-example.
const LONG_PHRASE_WORDS: usize = 6;

fn too_few_examples(pattern: &Pattern) -> Vec<Problem> {
    let is_long = |p: &Phrasing| match &p.form {
        Form::Template(t) => {
            t.holes().is_empty() && t.to_string().split_whitespace().count() >= LONG_PHRASE_WORDS
        }
        Form::Regex(_) => false,
    };
    let long = matches!(pattern.body, Body::Phrases(_)) && pattern.phrasings().all(is_long);
    let (must, must_not) = match pattern.strength {
        Strength::Keep => (("text", pattern.text.len()), ("junk", pattern.junk.len())),
        _ => (("junk", pattern.junk.len()), ("text", pattern.text.len())),
    };
    let mut problems = Vec::new();
    for ((key, count), what, excused) in
        [(must, "lines that it must match", false), (must_not, "honest lines that it must not match", long)]
    {
        if count < 2 && !excused {
            let message = format!("has {count} `{key}` examples, fewer than 2");
            let problem = Problem::warning(&pattern.file, pattern.line, message).of(&pattern.id);
            problems.push(problem.hint(format!("add {what}")));
        }
    }
    problems
}

fn twice(patterns: &[Pattern]) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let again = patterns.iter().filter(|p| !seen.insert(&p.id));
    again
        .map(|p| {
            Problem::error(&p.file, p.line, "the id is used twice")
                .of(&p.id)
                .hint("give each pattern its own id")
        })
        .collect()
}

const KEBAB: &str = "use small letters, digits and single hyphens, as in `accept-all`";

fn is_kebab(name: &str) -> bool {
    !name.is_empty()
        && name.split('-').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// `news.example.org`.
fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c == '-' || c.is_ascii_digit() || (c.is_alphanumeric() && !c.is_uppercase()))
    };
    text.contains('.') && !text.starts_with("www.") && text.split('.').all(is_label)
}

fn is_version(version: &str) -> bool {
    let parts: Vec<&str> = version.split('.').collect();
    parts.len() == 3 && parts.iter().all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()))
}
