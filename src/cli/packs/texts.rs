//! Reads texts one after another, for commands that look at a folder and write nothing.

use crate::cli::args::FileArgs;
use crate::cli::clean::make_plan;
use dechaff::Error;
use dechaff::corpus::{Source, read_source};
use std::path::PathBuf;

/// Calls `look` with the name and the text of each source, in the order of names, and says how many there were.
pub(super) fn each_text(
    inputs: &[PathBuf],
    files: &FileArgs,
    mut look: impl FnMut(&str, &str),
) -> Result<usize, Error> {
    let mut count = 0;
    for job in make_plan(inputs, None, files)?.jobs {
        if let Source::Text { text, .. } = read_source(&job.input)? {
            look(&job.input.display().to_string(), &text);
            count += 1;
        }
    }
    Ok(count)
}
