//! The one error type of the library: what failed, where, and what to do.
//!
//! It is opaque, so that kinds and context can grow; callers ask [`Error::kind`] and show the rest. Per-document
//! trouble is an `Error` too, kept in the report while the run goes on.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What an [`Error`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call makes no sense: nothing was read or written.
    Usage,
    /// A pack is wrong: nothing was read or written.
    Pack,
    /// A source could not be read.
    Read,
    /// An output could not be written.
    Write,
    /// What was read is not what it should be.
    Format,
}

/// Something that failed.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: Option<PathBuf>,
    line: Option<usize>,
    message: String,
    hint: Option<String>,
    source: Option<io::Error>,
}

impl Error {
    /// An error with a message: small letters, no full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, path: None, line: None, message: message.into(), hint: None, source: None }
    }

    /// An operation on a path that the system refused; `operation` reads after "cannot", as in `open`.
    pub fn io(kind: ErrorKind, operation: &str, path: &Path, source: io::Error) -> Self {
        let error = Self::new(kind, format!("cannot {operation}: {}", plain(&source))).at(path);
        let hint = match source.kind() {
            io::ErrorKind::PermissionDenied => Some("check the permissions of the file and its folder"),
            io::ErrorKind::NotFound => Some("check the path; a file may have gone since the run began"),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Some("make room and run again: no half-written file was left")
            }
            _ => None,
        };
        Self { hint: hint.map(str::to_owned), source: Some(source), ..error }
    }

    /// The same, at a path.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path = Some(path.to_owned());
        self
    }

    /// The same, at a line of its file, from 1.
    #[must_use]
    pub fn line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What it is about.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or folder, if it is about one.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What to do about it, if that can be said.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Whether the reader of our output has gone, which is no failure of ours.
    pub fn is_closed_pipe(&self) -> bool {
        self.source.as_ref().is_some_and(|source| source.kind() == io::ErrorKind::BrokenPipe)
    }
}

/// The system's words without the number behind them.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}", path.display())?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            write!(f, ": ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}
