//! What is wrong with a pack: where, what, and what to do about it.

use crate::error::{Error, ErrorKind};
use std::fmt;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack works, but something in it is not as it should be.
    Warning,
}

/// One mistake in a pack. Checks return all of them, never the first alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as the user named it, or its name in the repository for a built-in pack.
    pub file: String,
    /// The line in that file, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The pattern, if the problem is one pattern's.
    pub pattern: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong: small letters, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// An error at a line of a file.
    pub fn error(file: &str, line: usize, message: impl Into<String>) -> Self {
        let (file, message) = (file.to_owned(), message.into());
        Self { file, line, pattern: None, severity: Severity::Error, message, hint: None }
    }

    /// A warning at a line of a file.
    pub fn warning(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, message) }
    }

    /// The same, about a pattern.
    #[must_use]
    pub fn of(mut self, pattern: &str) -> Self {
        self.pattern = Some(pattern.to_owned());
        self
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}: {}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": ")?;
        if let Some(pattern) = &self.pattern {
            write!(f, "pattern `{pattern}`: ")?;
        }
        write!(f, "{}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

/// The errors among `problems` as one error; `None` if there are only warnings.
pub fn into_error(problems: &[Problem]) -> Option<Error> {
    let errors: Vec<String> =
        problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    let (first, rest) = errors.split_first()?;
    let more = rest.iter().map(|problem| format!("\n{problem}")).collect::<String>();
    let text = format!("{}{more}", first.strip_prefix("error: ").unwrap_or(first));
    Some(Error::new(ErrorKind::Pack, text))
}
