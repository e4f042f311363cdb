//! The removal log: JSON Lines, one removal a line, from which the input can be put together again.
//!
//! The removals of a source stand together, in order. A source that was not UTF-8 has a line of its own with its
//! encoding, because restoring gives its UTF-8 form. The fields are described in `docs/removals.md`.

use crate::clean::{Cleaner, Outcome, Why};
use crate::error::{Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::BufRead;

/// A line of the log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record<'r> {
    /// The source: its path below the output folder.
    pub source: Cow<'r, str>,
    /// The path's bytes in hexadecimal, if they are not UTF-8 and `source` only shows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_bytes: Option<String>,
    /// The number of the line in the source, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Where the removed text began in the source, in bytes of its UTF-8 form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<usize>,
    /// The removed text, with its line ending if the whole line went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'r, str>>,
    /// The id of the pattern that took it; none for a blank line left behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Cow<'r, str>>,
    /// The pattern's category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Cow<'r, str>>,
    /// How far the evidence exceeded what takes a line, where evidence other than a pattern took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// What decided, in plain words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// What was learned about the source; then the line has no removal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Cow<'r, str>>,
    /// Set if the guard left the source out; then the line has no removal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dropped: bool,
    /// The encoding of the source, if it was not UTF-8; then the line has no removal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Cow<'r, str>>,
}

/// Adds the lines of one source to `out`.
///
/// # Errors
/// None in practice: the records are plain text and numbers.
pub fn write(
    source: &Record<'_>,
    cleaner: &Cleaner,
    outcome: &Outcome<'_>,
    encoding: Option<&str>,
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let mut put = |record: &Record<'_>| -> Result<(), serde_json::Error> {
        serde_json::to_writer(&mut *out, record)?;
        out.push(b'\n');
        Ok(())
    };
    let signals: Vec<Cow<'_, str>> = outcome.signals.iter().map(|signal| signal.name().into()).collect();
    if encoding.is_some() || outcome.dropped || !signals.is_empty() {
        let encoding = encoding.map(Into::into);
        put(&Record { encoding, signals, dropped: outcome.dropped, ..source.clone() })?;
    }
    for removal in &outcome.removals {
        let pattern = cleaner.pattern(removal);
        put(&Record {
            line: Some(removal.line),
            offset: Some(removal.offset),
            text: Some(removal.text.into()),
            pattern: pattern.map(|p| p.id.as_str().into()),
            category: pattern.map(|p| p.category().into()),
            score: match removal.why {
                Why::Evidence(score) => Some((score.score * 100.0).round() / 100.0),
                _ => None,
            },
            evidence: cleaner.evidence(removal),
            ..source.clone()
        })?;
    }
    Ok(())
}

/// Reads a log.
pub fn read<R: BufRead>(log: R) -> impl Iterator<Item = Result<Record<'static>, Error>> {
    log.lines().enumerate().filter(|(_, line)| line.as_ref().map_or(true, |l| !l.trim().is_empty())).map(
        |(i, line)| {
            let wrong = |message: String| {
                Error::new(ErrorKind::Format, message)
                    .line(i + 1)
                    .with_hint("name the file that `--removed` wrote")
            };
            let line = line.map_err(|e| wrong(format!("cannot read the removal log: {e}")))?;
            serde_json::from_str(&line).map_err(|e| wrong(format!("not a line of a removal log: {e}")))
        },
    )
}

/// Puts removed texts back into what was kept of a document.
///
/// # Errors
/// A removal that does not fit: the text is not what was kept when the log was written.
pub fn restore(kept: &str, removals: &[(usize, Cow<'_, str>)]) -> Result<String, Error> {
    let size = kept.len() + removals.iter().map(|r| r.1.len()).sum::<usize>();
    let mut out = String::with_capacity(size);
    let mut rest = kept;
    for (offset, text) in removals {
        let before = offset.checked_sub(out.len()).filter(|&n| rest.is_char_boundary(n));
        let Some(before) = before else {
            let message = format!("the removal at byte {offset} does not fit");
            return Err(Error::new(ErrorKind::Format, message)
                .with_hint("the clean file has changed since, or the log belongs to another run"));
        };
        out.push_str(&rest[..before]);
        out.push_str(text);
        rest = &rest[before..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removals_go_back_where_they_were() {
        let back = |kept, removals: &[(usize, &str)]| {
            let removals: Vec<_> = removals.iter().map(|&(at, text)| (at, Cow::from(text))).collect();
            restore(kept, &removals).map_err(|e| e.to_string())
        };
        assert_eq!(back("a\nc\n", &[(2, "b\n")]), Ok("a\nb\nc\n".into()));
        assert_eq!(back("", &[(0, "a\n"), (2, "b")]), Ok("a\nb".into()));
        assert_eq!(back("æ", &[(0, "x"), (3, "y")]), Ok("xæy".into()));
        assert_eq!(back("æ", &[(1, "x")]), Err("the removal at byte 1 does not fit".into()));
        assert_eq!(back("a", &[(5, "x")]), Err("the removal at byte 5 does not fit".into()));
    }

    #[test]
    fn a_log_with_a_strange_line_says_which() {
        let log = "{\"source\":\"a\",\"line\":1,\"offset\":0,\"text\":\"x\"}\n\nnonsense\n";
        let records: Vec<_> = read(log.as_bytes()).collect();
        assert_eq!(records.len(), 2);
        assert_eq!(records[0].as_ref().ok().and_then(|r| r.offset), Some(0));
        assert!(records[1].as_ref().is_err_and(|e| e.to_string().starts_with("not a line of a removal log")));
    }
}
