//! `dechaff check`: what `clean` would remove, one line each.

use super::Ended;
use super::args::{CheckArgs, Global};
use super::clean::{Prints, end, make_plan, run_plan};
use super::cleaner::cleaner;
use super::exit::Exit;
use super::input::read_input;
use super::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::Error;
use dechaff::clean::{Buffers, EVIDENCE};
use dechaff::corpus::{RunOptions, clean_source};
use dechaff::report::{Report, removals};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CheckArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    let (cleaner, versions) = cleaner(&args.patterns, false, terminal)?;
    if args.inputs == [PathBuf::from("-")] {
        let (name, text) = (Path::new("stdin"), read_input(Path::new("-"))?);
        let (mut buffers, mut kept) = (Buffers::default(), String::new());
        let options = RunOptions::default();
        let (finished, outcome) =
            clean_source(name, &text, None, &cleaner, options, &mut buffers, &mut kept)?;
        if args.json {
            let mut report = Report::new(versions);
            report.add(&finished.report);
            end(&report, true, false, None, global, terminal)?;
        } else {
            for removal in &outcome.removals {
                if let Some(taken_by) = cleaner.taken_by(removal) {
                    print(name, removal.line, taken_by, removal.text, terminal)?;
                }
            }
        }
        return Ok(if outcome.changed { Exit::Found } else { Exit::Done });
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
                let (Some(line), Some(text)) = (record.line, &record.text) else { continue };
                match &record.pattern {
                    Some(pattern) => print(&job.input, line, pattern, text, terminal)?,
                    None if !text.trim().is_empty() => print(&job.input, line, EVIDENCE, text, terminal)?,
                    None => {} // a blank line that was left behind
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
