//! Which files of a folder are sources.

use crate::error::{Error, ErrorKind};
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that is no source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its path.
    pub path: PathBuf,
    /// Why: `symlink`, `not a regular file`, `binary`.
    pub why: &'static str,
}

/// Which files to take.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Files and folders whose name begins with a dot, too.
    pub hidden: bool,
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Selection {
    /// Takes files that match one of the globs, and none that match a glob that begins with `!`. A glob without
    /// a slash is compared with the file's name, others with the path below the input.
    ///
    /// # Errors
    /// A glob that does not parse.
    pub fn new(globs: &[String], hidden: bool) -> Result<Self, Error> {
        let set = |globs: Vec<&str>| -> Result<Option<GlobSet>, Error> {
            let mut builder = GlobSetBuilder::new();
            for glob in &globs {
                let anywhere = if glob.contains('/') { (*glob).to_owned() } else { format!("**/{glob}") };
                let parsed = Glob::new(&anywhere).map_err(|error| {
                    let message = format!("glob `{glob}` does not parse: {}", error.kind());
                    Error::new(ErrorKind::Usage, message)
                        .with_hint("write for example `-g '*.txt'` or `-g '!drafts/**'`")
                })?;
                builder.add(parsed);
            }
            let built = builder.build().map_err(|error| Error::new(ErrorKind::Usage, error.to_string()))?;
            Ok((!globs.is_empty()).then_some(built))
        };
        Ok(Self {
            hidden,
            include: set(globs.iter().map(String::as_str).filter(|g| !g.starts_with('!')).collect())?,
            exclude: set(globs.iter().filter_map(|g| g.strip_prefix('!')).collect())?,
        })
    }

    fn takes(&self, path: &Path) -> bool {
        self.include.as_ref().is_none_or(|set| set.is_match(path))
            && self.exclude.as_ref().is_none_or(|set| !set.is_match(path))
    }
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Paths below the folder, sorted by folder.
    pub sources: Vec<PathBuf>,
    pub skipped: Vec<Skipped>,
    pub failed: Vec<Error>,
}

/// Lists the sources in a folder, in the order of their names. Links are not followed: what they point to
/// may lie outside, or above.
pub(super) fn walk(folder: &Path, selection: &Selection) -> Found {
    let mut found = Found::default();
    let is_hidden =
        |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder)
        .follow_root_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| selection.hidden || !is_hidden(entry));
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let source =
                    error.into_io_error().unwrap_or_else(|| std::io::Error::other("links form a loop"));
                found.failed.push(Error::io(ErrorKind::Read, "list", &path, source));
                continue;
            }
        };
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        if !selection.takes(below) {
            continue;
        }
        if kind.is_file() {
            found.sources.push(below.to_owned());
        } else {
            let why = if kind.is_symlink() { "symlink" } else { "not a regular file" };
            found.skipped.push(Skipped { path: entry.into_path(), why });
        }
    }
    found
}
