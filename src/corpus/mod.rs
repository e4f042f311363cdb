//! Running: folders in, folders out, in parallel, without ever losing or half-writing a file.
//!
//! Order of things: `plan` looks at all inputs and refuses whatever could overwrite an input or write one output
//! twice, before anything is written; `run` cleans sources in parallel and hands results over in the order of the
//! plan, so that logs and reports never depend on threads; `write` puts each output in place whole.
//!
//! The only module that knows paths, threads and the file system (packs aside, see [`crate::patterns::load`]).

mod plan;
mod read;
mod restore;
mod run;
mod walk;
mod write;

pub use plan::{Job, Plan, Selection, plan, refuse_log};
pub use read::{MAX_SOURCE_BYTES, Source, read_source};
pub use restore::{Restored, restore};
pub use run::{Finished, RunOptions, clean_source, run};
pub use walk::Skipped;
pub use write::{WholeFile, write_whole};
