//! `dechaff eval`: how well cleaning does on labeled texts.
//!
//! The file's name stands last in a row, as it may be long. All input is read before anything is cleaned: figures of half a collection
//! would be taken for those of the whole.

use super::Ended;
use super::args::{EvalArgs, Global};
use super::cleaner::{blind_cleaner, cleaner};
use super::exit::Exit;
use super::input::read_stdin;
use super::terminal::{Terminal, safe};
use dechaff::corpus::{Source, read_source};
use dechaff::eval::{Evaluation, Labeled, PatternScore, Summary, measures};
use dechaff::evidence::FEATURES;
use dechaff::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Patterns listed without `-v`.
const TOP_PATTERNS: usize = 30;

pub(crate) fn run(args: &EvalArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    if args.measures {
        return print_measures(args, terminal);
    }
    let (cleaner, versions) = cleaner(&args.patterns, false, terminal)?;
    let files = args.inputs.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let evaluation = Evaluation::new(&cleaner, versions, &files);
    if args.json {
        let text = serde_json::to_string_pretty(&evaluation)
            .map_err(|error| Error::new(ErrorKind::Write, format!("cannot write the figures: {error}")))?;
        terminal.line(&text)?;
        return Ok(Exit::Done);
    }
    print_summaries(&evaluation, terminal)?;
    print_patterns(&evaluation.patterns, global, terminal)?;
    Ok(Exit::Done)
}

/// A line with the names of the measures, then one for each document.
fn print_measures(args: &EvalArgs, terminal: &mut Terminal) -> Ended {
    let cleaner = match args.without_patterns {
        true => blind_cleaner(&args.patterns)?,
        false => cleaner(&args.patterns, false, terminal)?.0,
    };
    let json = |error| Error::new(ErrorKind::Write, format!("cannot write the measures: {error}"));
    terminal.line(&serde_json::to_string(FEATURES).map_err(json)?)?;
    for path in &args.inputs {
        for labeled in read(path)?.1 {
            terminal.line(&serde_json::to_string(&measures(&cleaner, &labeled)).map_err(json)?)?;
        }
    }
    Ok(Exit::Done)
}

/// The labeled texts of a file or of stdin, and its name.
fn read(path: &PathBuf) -> Result<(String, Vec<Labeled>), Error> {
    let (name, source) = match path == Path::new("-") {
        true => (Path::new("stdin"), read_stdin()?),
        false => (path.as_path(), read_source(path)?),
    };
    let Source::Text { text, transcoded: None, .. } = source else {
        return Err(Error::new(ErrorKind::Format, "not UTF-8").at(name).with_hint(
            "labeled texts are JSON Lines, and JSON is UTF-8: convert it, for example with `iconv`",
        ));
    };
    let texts = Labeled::read(&text).map_err(|error| error.at(name))?;
    Ok((name.display().to_string(), texts))
}

fn print_summaries(evaluation: &Evaluation, terminal: &mut Terminal) -> Result<(), Error> {
    let head = ["docs", "P", "R", "F1", "kept", "losing", "gone", "pooled", "line P", "line R", "lost"];
    terminal.line(&row(&head.map(str::to_owned), "file"))?;
    for file in &evaluation.files {
        terminal.line(&row(&cells(&file.summary), &safe(&file.file)))?;
    }
    if evaluation.files.len() > 1 {
        terminal.line(&row(&cells(&evaluation.all), "all"))?;
    }
    Ok(())
}

fn cells(summary: &Summary) -> [String; 11] {
    let share = |share: Option<f64>| share.map_or("-".to_owned(), |share| format!("{share:.4}"));
    [
        summary.documents.to_string(),
        share(summary.precision),
        share(summary.recall),
        share(summary.f1),
        share(summary.content_kept),
        summary.documents_losing.to_string(),
        share(summary.junk_removed),
        share(summary.junk_removed_pooled),
        share(summary.line_precision),
        share(summary.line_recall),
        share(summary.gold_lines_lost),
    ]
}

fn print_patterns(patterns: &[PatternScore], global: &Global, terminal: &mut Terminal) -> Result<(), Error> {
    terminal.line("")?;
    if patterns.is_empty() {
        return terminal.line("nothing was removed");
    }
    terminal.line(&row(&["gold", "junk", "unsure"].map(str::to_owned), "removed by"))?;
    let shown = if global.verbose { patterns.len() } else { TOP_PATTERNS };
    for counts in patterns.iter().take(shown) {
        let cells = [counts.gold, counts.junk, counts.unsure].map(|count| count.to_string());
        terminal.line(&row(&cells, &safe(&counts.pattern)))?;
    }
    match patterns.len().saturating_sub(shown) {
        0 => Ok(()),
        more => terminal.line(&format!("and {more} more, which `-v` lists")),
    }
}

/// Numbers to the right, and a name.
fn row(cells: &[String], name: &str) -> String {
    let cells: String = cells.iter().map(|cell| format!("{cell:>6}  ")).collect();
    format!("{cells}{name}")
}
