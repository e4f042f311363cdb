//! Puts an input together again from the clean folder and the removal log.
#![expect(clippy::disallowed_methods, reason = "this file reads the log and copies files")]

use super::plan::{names_folder, real, refuse_overlap};
use super::walk::{Selection, walk};
use super::write::write_whole;
use crate::error::{Error, ErrorKind};
use crate::report::removals::{self, Record};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Component, Path, PathBuf};

/// What restoring did.
#[derive(Debug, Default)]
pub struct Restored {
    /// Documents written.
    pub documents: u64,
    /// Removals put back.
    pub removals: u64,
    /// Documents whose input was not UTF-8: they come back as UTF-8. Path and encoding.
    pub transcoded: Vec<(PathBuf, String)>,
    /// Documents that cannot be restored, because the guard left them out.
    pub dropped: u64,
    /// Documents that could not be restored.
    pub failed: Vec<Error>,
}

#[derive(Default)]
struct Wanted {
    removals: Vec<(usize, Cow<'static, str>)>,
    encoding: Option<String>,
    /// Left out by the guard: there is no clean file.
    dropped: bool,
}

/// Restores the input of a run into `out`: `clean` is its output, a folder or a file, and `log` what `--removed`
/// wrote.
///
/// # Errors
/// The log cannot be read, or names files outside the folder. Trouble with single documents is in the result.
pub fn restore(clean: &Path, log: &Path, out: &Path) -> Result<Restored, Error> {
    let open = |error| Error::io(ErrorKind::Usage, "open the removal log", log, error);
    let mut wanted: BTreeMap<PathBuf, Wanted> = BTreeMap::new();
    for record in removals::read(BufReader::new(File::open(log).map_err(open)?)) {
        let record = record.map_err(|error| error.at(log))?;
        let source = wanted.entry(name_of(&record).map_err(|error| error.at(log))?).or_default();
        source.dropped |= record.dropped;
        let says_of_source = record.encoding.is_some() || record.dropped || !record.signals.is_empty();
        match (record.offset, record.text) {
            (None, None) if says_of_source => source.encoding = record.encoding.map(Cow::into_owned),
            (Some(offset), Some(text)) => source.removals.push((offset, text)),
            _ => return Err(Error::new(ErrorKind::Format, "a removal without `offset` or `text`").at(log)),
        }
    }
    refuse_overlap(clean, out)?;
    refuse_overlap(log, out)?;
    let mut restored = Restored::default();
    let metadata = fs::metadata(clean).map_err(|e| Error::io(ErrorKind::Usage, "open", clean, e))?;
    let mut sources: Vec<(PathBuf, PathBuf, PathBuf)> = Vec::new(); // name, clean file, output
    if metadata.is_dir() {
        let found = walk(clean, &Selection::new(&[], true)?);
        restored.failed.extend(found.failed);
        let log = real(log);
        let texts = found.sources.into_iter().filter(|name| real(&clean.join(name)) != log);
        sources.extend(texts.map(|name| {
            let (from, to) = (clean.join(&name), out.join(&name));
            (name, from, to)
        }));
    } else {
        if wanted.len() > 1 {
            let message = format!("the log names {} sources, and this is one file", wanted.len());
            return Err(Error::new(ErrorKind::Usage, message).at(clean).with_hint("name the clean folder"));
        }
        let name = wanted.keys().next().cloned().unwrap_or_else(|| PathBuf::from("-"));
        let file_name = clean.file_name().unwrap_or_default();
        let to = if names_folder(out) { out.join(file_name) } else { out.to_owned() };
        sources.push((name, clean.to_owned(), to));
    }
    for (name, from, to) in sources {
        let source = wanted.remove(&name).unwrap_or_default();
        match restore_one(&from, &to, &source) {
            Ok(()) => {
                restored.documents += 1;
                restored.removals += source.removals.len() as u64;
                restored.transcoded.extend(source.encoding.map(|encoding| (to, encoding)));
            }
            Err(error) => restored.failed.push(error),
        }
    }
    for (name, source) in wanted {
        if source.dropped || source.removals.is_empty() {
            restored.dropped += u64::from(source.dropped);
            continue;
        }
        let message = format!("the log has removals of `{}`, but its clean file is missing", name.display());
        restored.failed.push(Error::new(ErrorKind::Read, message).at(&clean.join(name)));
    }
    Ok(restored)
}

fn restore_one(from: &Path, to: &Path, source: &Wanted) -> Result<(), Error> {
    let kept = fs::read(from).map_err(|e| Error::io(ErrorKind::Read, "read", from, e))?;
    if source.removals.is_empty() {
        return write_whole(to, &kept);
    }
    let kept = String::from_utf8(kept).map_err(|_| Error::new(ErrorKind::Format, "not UTF-8").at(from))?;
    let text = removals::restore(&kept, &source.removals).map_err(|error| error.at(from))?;
    write_whole(to, text.as_bytes())
}

/// The path that a record names, if it stays inside the folder.
fn name_of(record: &Record<'_>) -> Result<PathBuf, Error> {
    let name = match &record.source_bytes {
        None => OsString::from(record.source.as_ref()),
        Some(hex) => from_hex(hex).ok_or_else(|| {
            Error::new(ErrorKind::Format, format!("`{hex}` is no file name of this system"))
        })?,
    };
    let path = PathBuf::from(name);
    let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    if !is_inside {
        let message = format!("the source `{}` lies outside the folder", path.display());
        return Err(
            Error::new(ErrorKind::Format, message).with_hint("only logs that dechaff wrote can be restored")
        );
    }
    Ok(path)
}

fn from_hex(hex: &str) -> Option<OsString> {
    if hex.is_empty() || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok()).collect();
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        Some(OsString::from_vec(bytes?))
    }
    #[cfg(not(unix))]
    {
        String::from_utf8(bytes?).ok().map(OsString::from)
    }
}
