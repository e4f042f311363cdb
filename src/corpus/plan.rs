//! What goes where: each source with its output, checked before anything is written.
//!
//! Refused are calls that could destroy something: an output that is an input or lies among the inputs, inputs that lie in the
//! output folder, two sources with one output.
#![expect(clippy::disallowed_methods, reason = "this file looks at the inputs and the output folder")]

pub use super::walk::Selection;
use super::walk::{Skipped, walk};
use super::write::is_special;
use crate::error::{Error, ErrorKind};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// One source and its output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Where the source is.
    pub input: PathBuf,
    /// Where its clean form goes; none if nothing is written.
    pub output: Option<PathBuf>,
    /// Its name in logs: the path of the output below the output folder.
    pub name: PathBuf,
}

/// All jobs of a run.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order of the inputs, and of names within.
    pub jobs: Vec<Job>,
    /// Files that are no sources.
    pub skipped: Vec<Skipped>,
    /// Folders that could not be listed.
    pub failed: Vec<Error>,
}

/// Plans the cleaning of `inputs` into `out`; without `out` nothing will be written.
///
/// One folder is mirrored into `out`. Of several inputs each comes under its own name. One file becomes the file
/// `out`, or a file of its name in the folder `out`.
///
/// # Errors
/// An input that does not exist, and everything refused by the rules of this module.
pub fn plan(inputs: &[PathBuf], out: Option<&Path>, selection: &Selection) -> Result<Plan, Error> {
    if let Some(out) = out {
        for input in inputs {
            refuse_overlap(input, out)?;
        }
    }
    let mut plan = Plan::default();
    for input in inputs {
        let metadata =
            fs::metadata(input).map_err(|e| Error::io(ErrorKind::Usage, "open the input", input, e))?;
        let prefix = if inputs.len() > 1 { PathBuf::from(own_name(input)?) } else { PathBuf::new() };
        if metadata.is_dir() {
            let found = walk(input, selection);
            plan.jobs.extend(found.sources.into_iter().map(|below| {
                let name = prefix.join(&below);
                Job { input: input.join(&below), output: out.map(|out| out.join(&name)), name }
            }));
            plan.skipped.extend(found.skipped);
            plan.failed.extend(found.failed);
        } else if metadata.is_file() {
            let name = PathBuf::from(own_name(input)?);
            let into_folder = inputs.len() > 1 || out.is_some_and(names_folder);
            let output = out.map(|out| if into_folder { out.join(&name) } else { out.to_owned() });
            plan.jobs.push(Job { input: input.clone(), output, name });
        } else {
            plan.skipped.push(Skipped { path: input.clone(), why: "not a regular file" });
        }
    }
    refuse_same_output(&plan.jobs)?;
    refuse_inputs_as_outputs(&plan.jobs, inputs)?;
    Ok(plan)
}

/// Refuses to write the removal log where it would replace or join an input or an output.
///
/// # Errors
/// The log lies in an input folder, or is an input or an output.
pub fn refuse_log(plan: &Plan, inputs: &[PathBuf], log: &Path) -> Result<(), Error> {
    let to = real(log);
    let clashes = inputs.iter().any(|input| to.starts_with(real(input)))
        || plan.jobs.iter().any(|job| job.output.as_deref().is_some_and(|output| real(output) == to))
        || is_special(log);
    if clashes {
        let error = Error::new(ErrorKind::Usage, "the removal log would be an input or an output").at(log);
        return Err(error.with_hint("write it beside the folders"));
    }
    Ok(())
}

/// An existing folder, or a path that ends as one.
pub(super) fn names_folder(out: &Path) -> bool {
    out.is_dir() || out.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// The last part of a path, made absolute if it has none (`.`, `..`, `/`).
fn own_name(path: &Path) -> Result<OsString, Error> {
    let name = match path.components().next_back() {
        Some(Component::Normal(name)) => Some(name.to_owned()),
        _ => real(path).file_name().map(ToOwned::to_owned),
    };
    name.ok_or_else(|| Error::new(ErrorKind::Usage, "the input has no name of its own").at(path))
}

pub(super) fn refuse_overlap(input: &Path, out: &Path) -> Result<(), Error> {
    let (from, to) = (real(input), real(out));
    let to_file = if from.is_file() && names_folder(out) { to.join(own_name(input)?) } else { to.clone() };
    let refuse = |message: &str| {
        Err(Error::new(ErrorKind::Usage, format!("{message} `{}`", input.display()))
            .at(out)
            .with_hint("inputs are never changed: choose an output folder beside the input"))
    };
    if to_file == from {
        return refuse("the output is the input");
    }
    if from.is_dir() && to.starts_with(&from) {
        return refuse("the output lies inside the input");
    }
    if from.is_dir() && from.starts_with(&to) {
        return refuse("the output folder holds the input");
    }
    Ok(())
}

/// The path without links and dots. Folders that do not exist are taken as they will be once they are made.
pub(super) fn real(path: &Path) -> PathBuf {
    let mut real = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => {
                real.pop();
            }
            part => {
                real.push(part);
                if let Ok(found) = fs::canonicalize(&real) {
                    real = found;
                }
            }
        }
    }
    real
}

/// Refuses outputs that are inputs, or come to lie among them by links in the output folder.
fn refuse_inputs_as_outputs(jobs: &[Job], inputs: &[PathBuf]) -> Result<(), Error> {
    let inputs: Vec<PathBuf> = inputs.iter().map(|input| real(input)).collect();
    let mut folders: BTreeMap<&Path, PathBuf> = BTreeMap::new();
    for job in jobs {
        let Some(output) = &job.output else { continue };
        let (Some(folder), Some(name)) = (output.parent(), output.file_name()) else { continue };
        let to = folders.entry(folder).or_insert_with(|| real(folder)).join(name);
        if inputs.iter().any(|input| to.starts_with(input)) {
            let error = Error::new(ErrorKind::Usage, "the output is an input or lies inside one").at(output);
            return Err(error.with_hint("inputs are never changed: choose an output folder beside the input"));
        }
        if is_special(output) {
            return Err(Error::new(ErrorKind::Usage, "the output is no regular file")
                .at(output)
                .with_hint("for a pipe, use `-` and stdout"));
        }
    }
    Ok(())
}

fn refuse_same_output(jobs: &[Job]) -> Result<(), Error> {
    let mut inputs: BTreeMap<&Path, &Path> = BTreeMap::new();
    for job in jobs {
        let Some(output) = &job.output else { continue };
        if let Some(first) = inputs.insert(output, &job.input) {
            let message =
                format!("two inputs have this output: `{}` and `{}`", first.display(), job.input.display());
            return Err(Error::new(ErrorKind::Usage, message)
                .at(output)
                .with_hint("clean them in two runs, into two folders"));
        }
    }
    for (output, input) in &inputs {
        let clash = output.ancestors().skip(1).find_map(|folder| Some((folder, inputs.get(folder)?)));
        if let Some((file, first)) = clash {
            let message = format!(
                "`{}` makes a file of it, and `{}` needs a folder there",
                first.display(),
                input.display()
            );
            return Err(Error::new(ErrorKind::Usage, message)
                .at(file)
                .with_hint("clean them in two runs, into two folders"));
        }
    }
    Ok(())
}
