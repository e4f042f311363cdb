//! `dechaff packs`: looking at patterns, and checking packs.

mod diff;
mod document;
mod new;
mod stats;
mod test;
mod texts;

use super::Ended;
use crate::cli::args::PacksCommand;
use crate::cli::cleaner::{english_words, packs, problems_of};
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, safe, safe_lines};
use dechaff::patterns::{Body, Pack, Pattern, Phrasing, Severity, load, nearest};
use dechaff::{Error, ErrorKind, builtin_packs_in_full};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// The format's description, which is also a page of the repository.
const FORMAT: &str = include_str!("../../../patterns/README.md");

pub(crate) fn run(command: &PacksCommand, terminal: &mut Terminal) -> Ended {
    match command {
        PacksCommand::List { name, packs: paths } => {
            list(name.as_deref(), &packs(paths, builtin_packs_in_full()?, terminal)?, terminal)
        }
        PacksCommand::Show { id, packs: paths } => {
            show(id, &packs(paths, builtin_packs_in_full()?, terminal)?, terminal)
        }
        PacksCommand::Check { paths } => check(paths, terminal),
        PacksCommand::New { name, folder } => new::run(name, folder, terminal),
        PacksCommand::Test(args) => test::run(args, terminal),
        PacksCommand::Diff(args) => diff::run(args, terminal),
        PacksCommand::Stats { packs: paths } => {
            stats::run(&packs(paths, builtin_packs_in_full()?, terminal)?, terminal)
        }
        PacksCommand::ExplainFormat => terminal.data(FORMAT.as_bytes()).map(|()| Exit::Done),
        PacksCommand::Document => {
            let page = document::document(&builtin_packs_in_full()?);
            terminal.data(page.as_bytes()).map(|()| Exit::Done)
        }
    }
}

fn list(name: Option<&str>, packs: &[Pack], terminal: &mut Terminal) -> Ended {
    let Some(name) = name else {
        for pack in packs {
            terminal.line(&format!(
                "{} {} ({}): {} patterns, {} phrases. {}",
                pack.name,
                pack.version,
                pack.quality,
                pack.patterns.len(),
                pack.phrase_count(),
                safe(&pack.about)
            ))?;
            for (category, (patterns, phrases)) in by_category(pack) {
                terminal.line(&format!(
                    "  {:<32} {patterns:>4} patterns {phrases:>5} phrases",
                    format!("{}/{category}", pack.name)
                ))?;
            }
        }
        return Ok(Exit::Done);
    };
    let patterns = packs.iter().flat_map(|pack| &pack.patterns).filter(|p| {
        p.pack() == name || p.category() == name || p.id == name || p.id.starts_with(&format!("{name}/"))
    });
    let mut found = false;
    for pattern in patterns {
        found = true;
        terminal.line(&format!("{:<48} {:<6} {}", pattern.id, pattern.strength, safe(&pattern.about)))?;
    }
    if found { Ok(Exit::Done) } else { Err(unknown(name, packs)) }
}

fn by_category(pack: &Pack) -> BTreeMap<&str, (usize, usize)> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for pattern in &pack.patterns {
        let count = counts.entry(pattern.category()).or_default();
        count.0 += 1;
        count.1 += pattern.phrasings().count();
    }
    counts
}

fn unknown(name: &str, packs: &[Pack]) -> Error {
    let ids: Vec<&str> = packs.iter().flat_map(|pack| &pack.patterns).map(|p| p.id.as_str()).collect();
    let hint = match nearest(name, &ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "see `dechaff packs list`".to_owned(),
    };
    Error::new(ErrorKind::Usage, format!("no pattern, category or pack is called `{name}`")).with_hint(hint)
}

fn show(id: &str, packs: &[Pack], terminal: &mut Terminal) -> Ended {
    let pattern = packs
        .iter()
        .flat_map(|pack| &pack.patterns)
        .find(|p| p.id == id || p.formerly.iter().any(|old| old == id))
        .ok_or_else(|| unknown(id, packs))?;
    let mut out = format!("{}\n{}\n\n{}", pattern.id, pattern.about, facts(pattern));
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = write!(out, "\n{title}\n");
            for line in lines {
                let _ = writeln!(out, "  {line}");
            }
        }
    };
    section("phrases", phrases(pattern));
    let texts = |examples: &[dechaff::patterns::Example]| {
        examples.iter().map(|e| e.text.trim().replace('\n', "\n  ")).collect()
    };
    section("must match", texts(&pattern.junk));
    section("must not match", texts(&pattern.text));
    let _ = write!(out, "\n{}:{}", pattern.file, pattern.line);
    terminal.line(&safe_lines(&out))?;
    Ok(Exit::Done)
}

/// Strength, place and so on, a line each.
fn facts(pattern: &Pattern) -> String {
    let mut out = format!("strength   {}\nplace      {}\n", pattern.strength, pattern.place);
    if let Some(words) = pattern.max_words {
        let _ = writeln!(out, "max words  {words}");
    }
    if !pattern.formerly.is_empty() {
        let _ = writeln!(out, "formerly   {}", pattern.formerly.join(", "));
    }
    if let Some(signal) = pattern.signal {
        let _ = writeln!(out, "signal     {signal}");
    }
    out
}

fn phrases(pattern: &Pattern) -> Vec<String> {
    let shown = |role: &str, list: &[Phrasing]| -> Vec<String> {
        let kind = |p: &Phrasing| if role.is_empty() { p.kind.name().to_owned() } else { role.to_owned() };
        list.iter().map(|p| format!("{:<7}{}", kind(p), p.form)).collect()
    };
    match &pattern.body {
        Body::Phrases(phrases) => shown("", phrases),
        Body::Block(block) => {
            let mut all = shown("open", &block.open);
            all.extend(shown("follow", &block.follow));
            all.extend(shown("close", &block.close));
            all.extend(shown("stop", &block.stop));
            all.push(format!(
                "shape = {}, needs = {}, max_lines = {}, above = {}",
                block.shape, block.needs, block.max_lines, block.above
            ));
            all
        }
    }
}

fn check(paths: &[PathBuf], terminal: &mut Terminal) -> Ended {
    let shipped = builtin_packs_in_full()?;
    let english = english_words(&shipped);
    let (mut problems, mut checked) = (Vec::new(), Vec::new());
    if paths.is_empty() {
        checked.extend(shipped);
    }
    for path in paths {
        let (pack, found) = load(path);
        problems.extend(found);
        checked.extend(pack);
    }
    for pack in &checked {
        problems.extend(problems_of(pack, &english));
    }
    problems.sort();
    problems.dedup();
    for problem in &problems {
        terminal.line(&safe_lines(&format!("{problem}\n")))?;
    }
    for pack in &checked {
        terminal.line(&format!(
            "{} {}: {} patterns, {} phrases",
            pack.name,
            pack.version,
            pack.patterns.len(),
            pack.phrase_count()
        ))?;
    }
    let errors = problems.iter().filter(|p| p.severity == Severity::Error).count();
    terminal.line(&format!("{errors} errors, {} warnings", problems.len() - errors))?;
    Ok(if problems.is_empty() { Exit::Done } else { Exit::Found })
}
