//! `dechaff clean`.

use super::args::{CleanArgs, FileArgs, Global};
use super::cleaner::{Versions, cleaner};
use super::exit::Exit;
use super::input::read_stdin;
use super::stop::Stop;
use super::terminal::{Terminal, safe};
use super::{Ended, diff, summary};
use dechaff::clean::Buffers;
use dechaff::corpus::{
    Finished, Job, Plan, RunOptions, Selection, Source, WholeFile, clean_source, plan, refuse_log,
    run as run_jobs, write_whole,
};
use dechaff::report::Report;
use dechaff::{Cleaner, Error, ErrorKind, Signal};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &CleanArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    let is_stdin = args.inputs == [PathBuf::from("-")];
    if args.inputs.len() > 1 && args.inputs.iter().any(|input| input == Path::new("-")) {
        return Err(Error::new(
            ErrorKind::Usage,
            "`-` stands alone: stdin cannot be cleaned together with files",
        ));
    }
    if args.output.is_none() && !args.dry_run && !is_stdin {
        let error = Error::new(ErrorKind::Usage, "there is no output");
        return Err(error.with_hint("name a folder with `-o OUT`, or try `--dry-run`"));
    }
    let (cleaner, versions) = cleaner(&args.patterns, args.removed.is_some(), terminal)?;
    if is_stdin {
        return clean_stdin(args, global, &cleaner, versions, terminal);
    }
    let out = args.output.as_deref().filter(|_| !args.dry_run);
    let plan = make_plan(&args.inputs, out, &args.files)?;
    if let Some(removed) = &args.removed {
        refuse_log(&plan, &args.inputs, removed)?;
    }
    let mut log = RemovalLog::create(args.removed.as_deref())?;
    let options = RunOptions { threads: args.files.threads, log: log.is_wanted(), texts: args.diff };
    let wrote = out.is_some();
    let mut report = Report::new(versions);
    let prints = if args.diff { Prints::Lines } else { Prints::Nothing };
    let ran = run_plan(
        &plan,
        &cleaner,
        (options, prints),
        global,
        &mut report,
        terminal,
        |job, finished, terminal| {
            log.add(&finished.log)?;
            match &finished.texts {
                Some((before, after)) => diff::print(&job.name, before, after, terminal),
                None => Ok(()),
            }
        },
    );
    // However the run ended, what was removed so far is on record.
    let finished = log.finish();
    let signal = ran?;
    finished?;
    end(&report, args.json, wrote, signal, global, terminal)?;
    Ok(match signal {
        Some(signal) => Exit::Stopped(signal),
        None if report.failed > 0 => Exit::Found,
        None => Exit::Done,
    })
}

pub(crate) fn make_plan(inputs: &[PathBuf], out: Option<&Path>, files: &FileArgs) -> Result<Plan, Error> {
    plan(inputs, out, &Selection::new(&files.glob, files.hidden)?)
}

/// Whether a command prints something for each source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prints {
    Nothing,
    Lines,
}

/// Runs all jobs, with progress, messages and the report. Returns the signal that stopped it.
pub(crate) fn run_plan(
    plan: &Plan,
    cleaner: &Cleaner,
    (options, prints): (RunOptions, Prints),
    global: &Global,
    report: &mut Report,
    terminal: &mut Terminal,
    mut each: impl FnMut(&Job, &Finished, &mut Terminal) -> Result<(), Error> + Send,
) -> Result<Option<u8>, Error> {
    let stop = Stop::listen()?;
    // Lines on the same terminal would tear the bar.
    let torn = prints == Prints::Lines && std::io::stdout().is_terminal();
    let progress = progress(plan.jobs.len(), global.quiet || torn);
    for skipped in &plan.skipped {
        report.skipped += 1;
        if global.verbose {
            terminal.warning(&format!("{}: skipped: {}", skipped.path.display(), skipped.why));
        }
    }
    for error in &plan.failed {
        report.failed += 1;
        terminal.error(error);
    }
    let mut broken = None;
    run_jobs(&plan.jobs, cleaner, options, &stop.asked, &|| progress.inc(1), |job, result| {
        match result {
            Ok(finished) => {
                for message in messages(job, &finished, global) {
                    progress.suspend(|| terminal.warning(&message));
                }
                match &finished.skipped {
                    Some(_) => report.skipped += 1,
                    None => report.add(&finished.report),
                }
                match each(job, &finished, terminal) {
                    Ok(()) => {}
                    // Nobody looks any more; the work goes on.
                    Err(error) if error.is_closed_pipe() => {}
                    Err(error) => {
                        broken = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            Err(error) => {
                report.failed += 1;
                progress.suspend(|| terminal.error(&error));
            }
        }
        ControlFlow::Continue(())
    })?;
    progress.finish_and_clear();
    match broken {
        Some(error) => Err(error),
        None => Ok(stop.signal()),
    }
}

/// What a person should know of one source.
fn messages(job: &Job, finished: &Finished, global: &Global) -> Vec<String> {
    let path = job.input.display();
    let mut messages = Vec::new();
    if let Some(skipped) = finished.skipped.as_ref().filter(|_| !global.quiet) {
        messages.push(format!("{path}: skipped: {}", skipped.why));
    }
    if let Some(encoding) = finished.report.encoding.filter(|_| global.verbose) {
        messages.push(format!("{path}: decoded from {encoding}, written as UTF-8"));
    }
    if global.verbose && finished.report.signals.contains(&Signal::Guarded) {
        let (is_dropped, is_cleaned) = (finished.report.dropped, !finished.report.removed.is_empty());
        messages.push(match (is_dropped, is_cleaned) {
            (true, _) => format!("{path}: left out: too much of its prose would have gone"),
            (false, true) => format!("{path}: cleaned, though much of its prose has gone"),
            (false, false) => format!("{path}: kept whole: too much of its prose would have gone"),
        });
    }
    messages
}

fn progress(jobs: usize, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(jobs as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} files, {eta} left") {
        bar.set_style(style);
    }
    bar
}

/// The summary, for people or programs.
pub(crate) fn end(
    report: &Report,
    json: bool,
    wrote: bool,
    signal: Option<u8>,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<(), Error> {
    if json {
        let text = serde_json::to_string_pretty(report)
            .map_err(|error| Error::new(ErrorKind::Write, format!("cannot write the summary: {error}")))?;
        terminal.line(&text)?;
    } else if !global.quiet {
        terminal.note(safe(summary::table(report, wrote).trim_end()).replace("\\x0a", "\n").as_str());
    }
    if signal.is_some() {
        terminal.warning("stopped: the files in hand were finished, the others were not begun");
    }
    Ok(())
}

fn clean_stdin(
    args: &CleanArgs,
    global: &Global,
    cleaner: &Cleaner,
    versions: Versions,
    terminal: &mut Terminal,
) -> Ended {
    if let (Some(output), Some(removed)) = (&args.output, &args.removed) {
        let job = Job { input: "stdin".into(), output: Some(output.clone()), name: "stdin".into() };
        refuse_log(&Plan { jobs: vec![job], ..Plan::default() }, &[], removed)?;
    }
    let Source::Text { text, transcoded, bytes } = read_stdin()? else {
        return Err(Error::new(ErrorKind::Read, "stdin is no text")
            .with_hint("dechaff reads text in UTF-8 and older encodings"));
    };
    let name = Path::new(match &args.output {
        Some(output) if !args.dry_run => output.file_name().unwrap_or_default(),
        _ => "stdin".as_ref(),
    });
    let mut log = RemovalLog::create(args.removed.as_deref())?;
    let options = RunOptions { threads: 1, log: log.is_wanted(), texts: args.diff };
    let mut kept = String::new();
    let encoding = transcoded.map(|t| t.from);
    if let Some(encoding) = encoding.filter(|_| !global.quiet) {
        terminal.warning(&format!("stdin: decoded from {encoding}, written as UTF-8"));
    }
    let (mut finished, outcome) =
        clean_source(name, &text, encoding, cleaner, options, &mut Buffers::default(), &mut kept)?;
    finished.report.bytes_in = bytes;
    let kept = if outcome.changed || outcome.dropped { &kept } else { &text };
    log.add(&finished.log)?;
    if args.diff {
        diff::print(name, &text, kept, terminal)?;
    }
    match &args.output {
        _ if args.dry_run || outcome.dropped => {}
        Some(output) => write_whole(output, kept.as_bytes())?,
        None if !args.json && !args.diff => terminal.data(kept.as_bytes())?,
        None => {}
    }
    log.finish()?;
    let mut report = Report::new(versions);
    report.add(&finished.report);
    // In a pipe the text is the result; a table on stderr for each call would only be in the way.
    if args.json || global.verbose || args.dry_run {
        end(&report, args.json, !args.dry_run, None, global, terminal)?;
    }
    Ok(Exit::Done)
}

/// The file that `--removed` names; it appears when the run has ended.
struct RemovalLog<'p> {
    path: Option<&'p Path>,
    file: Option<WholeFile>,
}

impl<'p> RemovalLog<'p> {
    fn create(path: Option<&'p Path>) -> Result<Self, Error> {
        let file = path.map(WholeFile::create).transpose()?;
        Ok(Self { path, file })
    }

    fn is_wanted(&self) -> bool {
        self.path.is_some()
    }

    fn add(&mut self, lines: &[u8]) -> Result<(), Error> {
        self.file.as_mut().map_or(Ok(()), |file| file.write(lines))
    }

    fn finish(self) -> Result<(), Error> {
        self.file.map_or(Ok(()), WholeFile::finish)
    }
}
