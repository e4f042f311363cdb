//! `dechaff packs test`: what a pack hits in a folder of texts, in context, the most frequent first.

use super::texts::each_text;
use crate::cli::Ended;
use crate::cli::args::PacksTestArgs;
use crate::cli::cleaner::load_pack;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::Document;
use dechaff::engine::{Engine, Hit, Scratch};
use std::collections::BTreeMap;

/// What was hit by one pattern.
#[derive(Default)]
struct Found {
    lines: usize,
    documents: usize,
    /// The first few, each with the lines around it.
    shown: Vec<String>,
}

pub(super) fn run(args: &PacksTestArgs, terminal: &mut Terminal) -> Ended {
    let pack = load_pack(&args.pack, terminal)?;
    let engine = Engine::new(vec![pack]).map_err(|problems| crate::cli::cleaner::one_error(&problems))?;
    let (mut scratch, mut found) = (Scratch::default(), BTreeMap::<u32, Found>::new());
    let read = each_text(&args.inputs, &args.files, |name, text| {
        let document = Document::new(text);
        let lines: Vec<&str> = document.lines().map(|line| line.text).collect();
        let mut here: BTreeMap<u32, usize> = BTreeMap::new();
        for (i, line) in lines.iter().enumerate() {
            let mut hits: Vec<Hit> = Vec::new();
            engine.hits(line, &mut scratch, &mut hits);
            hits.extend(engine.spans(line).into_iter().map(|(hit, _)| hit));
            hits.sort_unstable();
            hits.dedup_by_key(|hit| hit.pattern);
            for hit in hits {
                *here.entry(hit.pattern).or_default() += 1;
                let found = found.entry(hit.pattern).or_default();
                found.lines += 1;
                if found.shown.len() < args.show {
                    found.shown.push(context(name, &lines, i));
                }
            }
        }
        here.keys().for_each(|pattern| found.entry(*pattern).or_default().documents += 1);
    })?;
    let mut ranked: Vec<(&u32, &Found)> = found.iter().collect();
    ranked.sort_by_key(|(pattern, found)| (usize::MAX - found.lines, **pattern));
    for (number, found) in &ranked {
        let pattern = &engine.patterns()[**number as usize];
        let title = format!(
            "{} ({}): {} lines in {} texts",
            pattern.id, pattern.strength, found.lines, found.documents
        );
        let title = terminal.styled(AnsiColor::Cyan.on_default(), &title).into_owned();
        terminal.line(&title)?;
        for shown in &found.shown {
            terminal.line(shown)?;
        }
    }
    let quiet = engine.patterns().len() - ranked.len();
    terminal.line(&format!("{read} texts; {} patterns hit, {quiet} did not", ranked.len()))?;
    Ok(Exit::Done)
}

/// A line with those before and after it.
fn context(name: &str, lines: &[&str], i: usize) -> String {
    let shown = |mark: &str, i: usize| match lines.get(i) {
        Some(line) if !line.trim().is_empty() => format!("\n    {mark} {}", safe(line.trim_end())),
        _ => String::new(),
    };
    let before = lines[..i].iter().rposition(|line| !line.trim().is_empty());
    let after = (i + 1..lines.len()).find(|&i| !lines[i].trim().is_empty());
    let around = |at: Option<usize>| at.map(|at| shown(" ", at)).unwrap_or_default();
    format!("  {}:{}{}{}{}", safe(name), i + 1, around(before), shown(">", i), around(after))
}
