//! Reads one text: a file, or `-` for stdin.

use dechaff::corpus::{Source, read_source};
use dechaff::formats::text::{Decoded, decode};
use dechaff::{Error, ErrorKind};
use std::io::Read;
use std::path::Path;

/// Reads a file or stdin as text.
pub(crate) fn read_input(path: &Path) -> Result<String, Error> {
    let source = if path == Path::new("-") { read_stdin() } else { read_source(path) };
    match source? {
        Source::Text { text, .. } => Ok(text),
        Source::Binary => Err(Error::new(ErrorKind::Read, "no text, by its first bytes").at(path)),
    }
}

/// Reads and decodes all of stdin.
pub(crate) fn read_stdin() -> Result<Source, Error> {
    let mut input = Vec::new();
    let failed = |error| Error::io(ErrorKind::Read, "read", Path::new("stdin"), error);
    std::io::stdin().lock().read_to_end(&mut input).map_err(failed)?;
    let bytes = input.len() as u64;
    Ok(match decode(input) {
        Decoded::Text(text, transcoded) => Source::Text { text, transcoded, bytes },
        Decoded::Binary => Source::Binary,
    })
}
