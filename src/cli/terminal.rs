//! The only place that prints: data to stdout, words for people to stderr.
//!
//! Text from documents and names of files come from strangers. They may hold escape sequences that move the
//! cursor, set the clipboard or reorder what a person reads, so nothing of them reaches a terminal, a pipe or a log as it
//! is: [`safe`] writes control characters out visibly. Color is ours alone.

use anstyle::Style;
use dechaff::patterns::Problem;
use dechaff::{Error, ErrorKind};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// When to color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where everything is printed.
pub(crate) struct Terminal {
    out: io::BufWriter<io::Stdout>,
    color_out: bool,
    color_err: bool,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        #[expect(clippy::disallowed_methods, reason = "NO_COLOR and TERM are meant for this place")]
        let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
            || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
        let colors = |is_terminal: bool| match color {
            Color::Auto => is_terminal && !plain,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            out: io::BufWriter::new(io::stdout()),
            color_out: colors(io::stdout().is_terminal()),
            color_err: colors(io::stderr().is_terminal()),
        }
    }

    /// Writes bytes to stdout as they are: for data that was asked for in this form.
    pub(crate) fn data(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.out.write_all(bytes).map_err(to_stdout)
    }

    /// Writes a line to stdout. The caller has made strange text [`safe`].
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Error> {
        writeln!(self.out, "{text}").map_err(to_stdout)
    }

    /// Empties the buffer; a full disk or a closed pipe shows itself here at the latest.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(to_stdout)
    }

    /// The text in a style, if stdout takes color.
    pub(crate) fn styled<'t>(&self, style: Style, text: &'t str) -> Cow<'t, str> {
        styled(self.color_out, style, text)
    }

    /// Tells a person something, on stderr. Nothing can be done if that fails.
    pub(crate) fn note(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    pub(crate) fn warning(&self, text: &str) {
        let label = styled(self.color_err, anstyle::AnsiColor::Yellow.on_default().bold(), "warning:");
        self.note(&format!("{label} {}", safe(text)));
    }

    /// Warns of a problem in a pack, with its hint.
    pub(crate) fn problem(&self, problem: &Problem) {
        let text = problem.to_string();
        let label = styled(self.color_err, anstyle::AnsiColor::Yellow.on_default().bold(), "warning:");
        self.note(&format!("{label} {}", safe_lines(text.strip_prefix("warning: ").unwrap_or(&text))));
    }

    pub(crate) fn error(&self, error: &Error) {
        let label = styled(self.color_err, anstyle::AnsiColor::Red.on_default().bold(), "error:");
        let text = error.to_string();
        // Only a pack's problems have lines of their own; elsewhere a line feed comes from the name of a file.
        let text = if error.kind() == ErrorKind::Pack { safe_lines(&text) } else { safe(&text).into_owned() };
        self.note(&format!("{label} {text}"));
        if let Some(hint) = error.hint() {
            self.note(&format!("hint: {}", safe_lines(hint)));
        }
    }
}

fn to_stdout(error: io::Error) -> Error {
    Error::io(ErrorKind::Write, "write to", Path::new("stdout"), error)
}

fn styled(color: bool, style: Style, text: &str) -> Cow<'_, str> {
    if color { Cow::Owned(format!("{style}{text}{style:#}")) } else { Cow::Borrowed(text) }
}

/// `text` with everything written out that could act on a terminal or hide from its reader.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            let _ = match u32::from(c) {
                code @ 0..=0xFF => write!(out, "\\x{code:02x}"),
                code => write!(out, "\\u{{{code:x}}}"),
            };
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The same, but for line feeds, which our own messages have.
pub(crate) fn safe_lines(text: &str) -> String {
    text.split('\n').map(safe).collect::<Vec<_>>().join("\n")
}

/// Control characters (C0, DEL, C1), everything of Unicode's Bidi_Control, line and paragraph separators, zero-width
/// characters and tags.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c), 0x061C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF | 0xE0000..=0xE007F)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_raw() {
        assert_eq!(safe("plain æøå 日本 🙂"), "plain æøå 日本 🙂");
        assert_eq!(safe("\x1b[2Jx\u{7}\r\t\u{7f}"), "\\x1b[2Jx\\x07\\x0d\\x09\\x7f");
        assert_eq!(
            safe("\u{9b}31m \u{202e}abc\u{2069} \u{200b}\u{feff}\u{e0041}"),
            "\\x9b31m \\u{202e}abc\\u{2069} \\u{200b}\\u{feff}\\u{e0041}"
        );
        for c in (0..=0x10_FFFF).filter_map(char::from_u32) {
            let shown = safe(&c.to_string()).into_owned();
            assert!(!shown.chars().any(is_unsafe), "{c:?}");
        }
    }
}
