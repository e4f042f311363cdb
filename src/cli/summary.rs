//! The short table at the end of a run.

use dechaff::Signal;
use dechaff::report::{Report, largest_first};
use std::fmt::Write as _;

/// Patterns listed at most.
const TOP_PATTERNS: usize = 8;

/// The table, one line for each thing worth knowing; `wrote` says whether outputs were written.
pub(crate) fn table(report: &Report, wrote: bool) -> String {
    let mut out = String::new();
    let removed_bytes = report.bytes_in.saturating_sub(report.bytes_out);
    let mut row = |label: &str, value: String| {
        let _ = writeln!(out, "{label:<12} {value}");
    };
    let verb = if wrote { "cleaned" } else { "read" };
    row(
        "documents",
        format!("{} {verb}, {} changed, {} untouched", report.documents, report.changed, report.untouched),
    );
    let share = percent(removed_bytes, report.bytes_in);
    row(
        "bytes",
        format!(
            "{} in, {} kept, {} removed ({share})",
            size(report.bytes_in),
            size(report.bytes_out),
            size(removed_bytes)
        ),
    );
    let would = if wrote { "removed" } else { "junk" };
    row(
        would,
        format!(
            "{}, and {} with them",
            count(report.removed, "line"),
            count(report.blank_lines, "blank line")
        ),
    );
    for (name, count) in largest_first(&report.by_category) {
        row("", format!("{count:>8}  {name}"));
    }
    for (i, (name, count)) in largest_first(&report.by_pattern).into_iter().take(TOP_PATTERNS).enumerate() {
        row(if i == 0 { "top patterns" } else { "" }, format!("{count:>8}  {name}"));
    }
    for (name, count) in &report.signals {
        let meaning = match *name {
            name if name == Signal::Guarded.name() => "more of the prose would go than allowed",
            name if name == Signal::Emptied.name() => "nothing but junk",
            name if name == Signal::Paywalled.name() => "cut by a paywall",
            name if name == Signal::Truncated.name() => "a teaser, or cut at the end",
            name if name == Signal::FailedScrape.name() => "an error stands where text should be",
            _ => "by their own word, a machine had a part in it",
        };
        row(name, format!("{}: {meaning}", self::count(*count, "document")));
    }
    for (name, count) in &report.transcoded {
        row("decoded", format!("{} from {name}", self::count(*count, "document")));
    }
    if report.dropped > 0 {
        row("left out", format!("{}, by the guard", count(report.dropped, "document")));
    }
    if report.skipped > 0 {
        row("skipped", format!("{}, being no text", count(report.skipped, "file")));
    }
    if report.failed > 0 {
        row("failed", format!("{}, see above", count(report.failed, "file")));
    }
    out
}

fn count(n: u64, what: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {what}{plural}")
}

fn percent(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown to one digit")]
    let percent = 100.0 * part as f64 / whole.max(1) as f64;
    format!("{percent:.1} %")
}

fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "shown to one digit")]
    let bytes_f = bytes as f64;
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} kB", bytes_f / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes_f / 1e6),
        _ => format!("{:.1} GB", bytes_f / 1e9),
    }
}
