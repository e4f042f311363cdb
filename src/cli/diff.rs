//! What changed, as a unified diff.

use super::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::Error;
use similar::{ChangeTag, TextDiff};
use std::path::Path;

/// Lines shown around each change.
const CONTEXT_LINES: usize = 3;

/// Prints the changes from `before` to `after`. Colored for a terminal; otherwise `patch` can read it, unless
/// control characters had to be written out.
pub(crate) fn print(name: &Path, before: &str, after: &str, terminal: &mut Terminal) -> Result<(), Error> {
    let name = safe(&name.display().to_string()).into_owned();
    let diff = TextDiff::from_lines(before, after);
    terminal.line(&format!("--- a/{name}\n+++ b/{name}"))?;
    for hunk in diff.unified_diff().context_radius(CONTEXT_LINES).iter_hunks() {
        let header = hunk.header().to_string();
        let header = terminal.styled(AnsiColor::Cyan.on_default(), &header).into_owned();
        terminal.line(&header)?;
        for change in hunk.iter_changes() {
            let text = change.value().trim_end_matches(['\n', '\r']);
            let line = format!("{}{}", change.tag(), safe(text));
            let line = match change.tag() {
                ChangeTag::Delete => terminal.styled(AnsiColor::Red.on_default(), &line).into_owned(),
                ChangeTag::Insert => terminal.styled(AnsiColor::Green.on_default(), &line).into_owned(),
                ChangeTag::Equal => line,
            };
            terminal.line(&line)?;
            if change.missing_newline() {
                terminal.line("\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}
