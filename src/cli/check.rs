//! `dechaff check`: what `clean` would remove, one line each.

use super::args::{CheckArgs, Global};
use super::clean::{Prints, end, make_plan, run_plan};
use super::cleaner::cleaner;
use super::exit::Exit;
use super::terminal::{Terminal, safe};
use super::{Ended, explain};
use anstyle::AnsiColor;
use dechaff::clean::Buffers;
use dechaff::corpus::{RunOptions, clean_source};
use dechaff::report::{Report, removals};
use dechaff::{Document, Error};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CheckArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    let (cleaner, versions) = cleaner(&args.patterns, terminal)?;
    if args.inputs == [PathBuf::from("-")] {
        let text = explain::read_input(Path::new("-"))?;
        let removals = cleaner.clean(&Document::new(&text)).removals;
        if args.json {
            let mut report = Report::new(versions);
            let (finished, _) = clean_source(
                Path::new("stdin"),
                &text,
                None,
                &cleaner,
                RunOptions::default(),
                &mut Buffers::default(),
                &mut String::new(),
            )?;
            report.add(&finished.report);
            end(&report, true, false, None, global, terminal)?;
            return Ok(if removals.is_empty() { Exit::Done } else { Exit::Found });
        }
        for removal in &removals {
            if let Some(pattern) = cleaner.pattern(removal) {
                print(Path::new("stdin"), removal.line, &pattern.id, removal.text, terminal)?;
            }
        }
        return Ok(if removals.is_empty() { Exit::Done } else { Exit::Found });
    }
    let plan = make_plan(&args.inputs, None, &args.files)?;
    let options = RunOptions { threads: args.files.threads, log: !args.json, texts: false };
    let mut report = Report::new(versions);
    let signal = run_plan(
        &plan,
        &cleaner,
        (options, Prints::Lines),
        global,
        &mut report,
        terminal,
        |job, finished, terminal| {
            for record in removals::read(finished.log.as_slice()) {
                let record = record?;
                if let (Some(line), Some(pattern), Some(text)) = (record.line, &record.pattern, &record.text)
                {
                    print(&job.input, line, pattern, text, terminal)?;
                }
            }
            Ok(())
        },
    )?;
    end(&report, args.json, false, signal, global, terminal)?;
    Ok(match signal {
        Some(signal) => Exit::Stopped(signal),
        None if report.failed > 0 => Exit::Wrong,
        None if report.changed > 0 => Exit::Found,
        None => Exit::Done,
    })
}

fn print(path: &Path, line: usize, pattern: &str, text: &str, terminal: &mut Terminal) -> Result<(), Error> {
    let path = path.display().to_string();
    let place = terminal.styled(AnsiColor::Magenta.on_default(), &safe(&path)).into_owned();
    let pattern = terminal.styled(AnsiColor::Cyan.on_default(), pattern).into_owned();
    terminal.line(&format!("{place}:{line}: {pattern}: {}", safe(text.trim())))
}
