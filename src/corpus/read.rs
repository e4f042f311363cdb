//! Reads a source whole.
#![expect(clippy::disallowed_methods, reason = "this file reads sources")]

use crate::error::{Error, ErrorKind};
use crate::formats::text::{Decoded, Transcoded, decode};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A source that is larger is refused, as it is held in memory.
pub const MAX_SOURCE_BYTES: u64 = 4 << 30;

/// A source that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A text, and how it was spelled if not in UTF-8.
    Text {
        /// The text.
        text: String,
        /// How it was spelled.
        transcoded: Option<Transcoded>,
        /// The size of the file, in bytes.
        bytes: u64,
    },
    /// No text.
    Binary,
}

/// Reads and decodes the file at `path`. A file that grows meanwhile is read as far as it was
/// when it was opened.
///
/// # Errors
/// The file cannot be opened or read, has shrunk meanwhile, or is larger than [`MAX_SOURCE_BYTES`].
pub fn read_source(path: &Path) -> Result<Source, Error> {
    let failed = |operation, error| Error::io(ErrorKind::Read, operation, path, error);
    let file = File::open(path).map_err(|e| failed("open", e))?;
    let metadata = file.metadata().map_err(|e| failed("open", e))?;
    if !metadata.is_file() {
        return Err(Error::new(ErrorKind::Read, "no longer a regular file").at(path));
    }
    if metadata.len() > MAX_SOURCE_BYTES {
        let message = format!("the file has {} bytes, more than {MAX_SOURCE_BYTES}", metadata.len());
        return Err(Error::new(ErrorKind::Read, message)
            .at(path)
            .with_hint("split it, for example with `split -l`"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.take(metadata.len()).read_to_end(&mut bytes).map_err(|e| failed("read", e))?;
    let size = bytes.len() as u64;
    if size < metadata.len() {
        let message = format!("the file shrank while it was read, from {} to {size} bytes", metadata.len());
        return Err(Error::new(ErrorKind::Read, message)
            .at(path)
            .with_hint("clean it again when nothing writes to it"));
    }
    Ok(match decode(bytes) {
        Decoded::Text(text, transcoded) => Source::Text { text, transcoded, bytes: size },
        Decoded::Binary => Source::Binary,
    })
}
