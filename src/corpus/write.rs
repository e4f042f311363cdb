//! Puts an output in place: whole, or not at all.
//!
//! The text is written to a file of a random name in the folder of the output, and renamed when it is complete.
//! Renaming replaces what was there in one step; if anything fails before, the file is removed and what was
//! there stays. The file is not forced to the disk: after a crash of the machine the newest outputs may be missing
//! or empty, and the run has to be repeated.
#![expect(clippy::disallowed_methods, reason = "this file writes outputs")]

use crate::error::{Error, ErrorKind};
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes `text` to `path`, creating folders on the way.
///
/// # Errors
/// The folder or the file cannot be created, or not all of the text can be written.
pub fn write_whole(path: &Path, text: &[u8]) -> Result<(), Error> {
    let mut file = WholeFile::create(path)?;
    file.write(text)?;
    file.finish()
}

/// A file that appears under its name when it is complete. Dropped before, it leaves nothing.
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    failed: bool,
}

impl WholeFile {
    /// Begins the file that will be `path`, creating folders on the way.
    ///
    /// # Errors
    /// The folder or the file cannot be created.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let failed = |operation: &str, error| Error::io(ErrorKind::Write, operation, path, error);
        if is_special(path) {
            return Err(Error::new(ErrorKind::Write, "a device or pipe is in the way of the file").at(path));
        }
        if path.is_dir() {
            return Err(Error::new(ErrorKind::Write, "a folder is in the way of the file").at(path));
        }
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        // The folder is nearly always there already, so it is made only when it turns out to be missing.
        let file = match unnamed(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                fs::create_dir_all(folder).map_err(|e| failed("create the folder of", e))?;
                unnamed(folder)
            }
            other => other,
        };
        let file = file.map_err(|e| failed("create a file beside", e))?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file), failed: false })
    }

    /// Adds to the file.
    ///
    /// # Errors
    /// Not all of it can be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(|error| {
            self.failed = true;
            Error::io(ErrorKind::Write, "write", &self.path, error)
        })
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// The rest of it cannot be written, or the name cannot be given.
    pub fn finish(self) -> Result<(), Error> {
        let failed = |operation: &str, error| Error::io(ErrorKind::Write, operation, &self.path, error);
        if self.failed {
            return Err(Error::new(ErrorKind::Write, "not all of it could be written").at(&self.path));
        }
        let file = self.file.into_inner().map_err(|error| failed("write", error.into_error()))?;
        file.persist(&self.path).map_err(|error| failed("rename the finished file to", error.error))?;
        Ok(())
    }
}

/// A device, pipe or socket: renaming a file to its name would replace it.
pub(super) fn is_special(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir() && !m.is_symlink())
}

/// A new file of a random name in `folder`, with the permissions that any new file would have.
fn unnamed(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dechaff-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Less what the umask takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
