//! The parallel loop: read, clean, write, and hand over in order.

use super::plan::Job;
use super::read::{Source, read_source};
use super::walk::Skipped;
use super::write::write_whole;
use crate::clean::{Buffers, Cleaner, Outcome, Why};
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::report::SourceReport;
use crate::report::removals::{self, Record};
use rayon::prelude::*;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Sources that are under way before the first of them is handed over. Enough to keep all threads busy
/// beside one slow source, few enough to hold their logs in memory.
const SOURCES_AT_ONCE: usize = 512;

/// How to run.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunOptions {
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// Whether [`Finished::log`] is wanted.
    pub log: bool,
    /// Whether [`Finished::texts`] are wanted.
    pub texts: bool,
}

/// A source that was cleaned.
#[derive(Debug, Default)]
pub struct Finished {
    /// What happened.
    pub report: SourceReport,
    /// Its lines of the removal log.
    pub log: Vec<u8>,
    /// The text before and after, if asked for and changed.
    pub texts: Option<(String, String)>,
    /// Set if the source was no text; then nothing else is.
    pub skipped: Option<Skipped>,
}

/// Cleans all jobs in parallel and calls `each` with every result, in the order of the jobs, and `done` as soon as a job is
/// done. When `stop` is set, jobs
/// that have begun are finished and no others are begun.
///
/// # Errors
/// The threads cannot be started. Failures of single jobs go to `each`.
pub fn run(
    jobs: &[Job],
    cleaner: &Cleaner,
    options: RunOptions,
    stop: &AtomicBool,
    done: &(dyn Fn() + Sync),
    mut each: impl FnMut(&Job, Result<Finished, Error>) -> ControlFlow<()> + Send,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let pool = pool.map_err(|error| {
        let message = format!("cannot start {} threads: {error}", options.threads);
        Error::new(ErrorKind::Usage, message).with_hint("ask for fewer with `-j`")
    })?;
    for jobs in jobs.chunks(SOURCES_AT_ONCE) {
        let clean = |buffers: &mut (Buffers, String), job: &Job| {
            let result = (!stop.load(Ordering::Relaxed)).then(|| clean_job(job, cleaner, options, buffers));
            done();
            result
        };
        let results: Vec<_> =
            pool.install(|| jobs.par_iter().with_max_len(1).map_init(Default::default, clean).collect());
        let mut stopped = false;
        for (job, result) in jobs.iter().zip(results) {
            match result {
                Some(result) => stopped |= each(job, result).is_break(),
                None => stopped = true,
            }
        }
        if stopped {
            return Ok(());
        }
    }
    Ok(())
}

fn clean_job(
    job: &Job,
    cleaner: &Cleaner,
    options: RunOptions,
    (buffers, kept): &mut (Buffers, String),
) -> Result<Finished, Error> {
    let (text, transcoded, bytes) = match read_source(&job.input)? {
        Source::Text { text, transcoded, bytes } => (text, transcoded, bytes),
        Source::Binary => {
            let skipped = Some(Skipped { path: job.input.clone(), why: "binary" });
            return Ok(Finished { skipped, ..Finished::default() });
        }
    };
    let encoding = transcoded.map(|t| t.from);
    let (mut finished, outcome) = clean_source(&job.name, &text, encoding, cleaner, options, buffers, kept)?;
    finished.report.bytes_in = bytes;
    if let Some(output) = job.output.as_ref().filter(|_| !outcome.dropped) {
        write_whole(output, if outcome.changed { kept.as_bytes() } else { text.as_bytes() })?;
    }
    if options.texts && outcome.changed {
        drop(outcome);
        finished.texts = Some((text, std::mem::take(kept)));
    }
    Ok(finished)
}

/// Cleans one text that has been read: what stays goes to `kept` unless nothing was removed.
///
/// # Errors
/// None in practice, see [`removals::write`].
pub fn clean_source<'t>(
    name: &Path,
    text: &'t str,
    encoding: Option<&'static str>,
    cleaner: &Cleaner,
    options: RunOptions,
    buffers: &mut Buffers,
    kept: &mut String,
) -> Result<(Finished, Outcome<'t>), Error> {
    let outcome = cleaner.clean_into(&Document::new(text), buffers, kept);
    let bytes_out = match outcome.changed {
        _ if outcome.dropped => 0,
        true => kept.len(),
        false => text.len(),
    };
    let mut report = SourceReport {
        bytes_in: text.len() as u64,
        bytes_out: bytes_out as u64,
        signals: outcome.signals.clone(),
        dropped: outcome.dropped,
        encoding,
        ..SourceReport::default()
    };
    for removal in &outcome.removals {
        match cleaner.taken_by(removal) {
            Some(name) => match report.removed.get_mut(name) {
                Some(count) => *count += 1,
                None => {
                    report.removed.insert(name.to_owned(), 1);
                }
            },
            None => report.blank_lines += u64::from(removal.why == Why::Blank),
        }
    }
    let mut log = Vec::new();
    if options.log {
        removals::write(&record_of(name), cleaner, &outcome, encoding, &mut log).map_err(|error| {
            Error::new(ErrorKind::Write, format!("cannot write the removal log: {error}"))
        })?;
    }
    Ok((Finished { report, log, ..Finished::default() }, outcome))
}

/// The record that names a source, whatever bytes its name has.
fn record_of(name: &Path) -> Record<'static> {
    let source_bytes = name
        .to_str()
        .is_none()
        .then(|| name.as_os_str().as_encoded_bytes().iter().map(|b| format!("{b:02x}")).collect::<String>());
    Record { source: name.to_string_lossy().into_owned().into(), source_bytes, ..Record::default() }
}
