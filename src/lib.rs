//! Removes junk lines from plain text that was scraped from the web: ad labels, "Also read" pointers, newsletter
//! boxes, share bars, cookie notices, menus.
//!
//! ```
//! use dechaff::{Document, Options, builtin_cleaner};
//!
//! let cleaner = builtin_cleaner(Options::default())?;
//! let scraped = "Advertisement\n\nThe bridge was opened in 1931.\n\nAlso read: Ten bridges to see\n";
//! let cleaned = cleaner.clean(&Document::new(scraped));
//!
//! assert_eq!(cleaned.text, "The bridge was opened in 1931.\n");
//! for removal in &cleaned.removals {
//!     if let Some(name) = cleaner.taken_by(removal) {
//!         println!("line {}: {name} ({})", removal.line, cleaner.evidence(removal).join(", "));
//!     }
//! }
//! # Ok::<(), dechaff::Error>(())
//! ```
//!
//! # What it promises
//!
//! It only deletes: the output is made of lines of the input, in order, byte for byte (parts cut out of a line
//! aside, which are logged as any removal). What stays and what went together are the input. Each removal names the
//! pattern or the evidence that took it. The same packs, weights, options and text give the same output, whatever the number of threads. Cleaning
//! twice is cleaning once, at level `patterns` always, at the others nearly always. No text makes it panic.
//!
//! # Words
//!
//! A *pack* is a versioned set of *patterns*. A *document* has *lines*; the folded form of a line is its *key*, which
//! patterns are compared with. A pattern found in a line is a *hit*; a line that went is a *removal*. A *source* is a file that
//! holds a document.
//!
//! # Modules
//!
//! From the bottom up: [`document`] (lines and keys), [`patterns`] (packs, read and checked), [`engine`] (patterns compiled:
//! keys to hits), [`evidence`] (what is measured of lines), [`weights`] (what measures are worth), [`clean`] (hits and evidence to a cleaned document), [`formats`] (bytes to text), [`report`] (totals and the removal log),
//! [`eval`] (measuring on labeled texts), [`corpus`] (folders and threads). Each uses only those before it; `ARCHITECTURE.md` says why.
//!
//! # Features
//!
//! `cli` (default): the command line. A program that embeds the library leaves it out.

mod builtin;
pub mod clean;
pub mod corpus;
pub mod document;
pub mod engine;
mod error;
pub mod eval;
pub mod evidence;
pub mod formats;
pub mod patterns;
pub mod report;
pub mod weights;

pub use builtin::{builtin_cleaner, builtin_engine, builtin_packs, builtin_packs_in_full};
pub use clean::{Cleaned, Cleaner, Level, Options, Removal};
pub use document::{Case, Document, Key, fold};
pub use engine::Engine;
pub use error::{Error, ErrorKind};
pub use patterns::Signal;
pub use weights::Weights;
