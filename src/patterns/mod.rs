//! The knowledge: packs of patterns, from TOML to checked values.
//!
//! A pattern passes three stages, each a type of its own that can only be reached through the one before:
//! the file's tables (`schema.rs`), a [`Pattern`] that cannot be malformed, and, in [`crate::engine`], its
//! compiled form. What a pattern *means* (that its examples match, that it is not too broad) is checked there,
//! because only there is it known what a key is; this module knows no documents.

mod filing;
mod load;
mod pack;
mod pattern;
mod problem;
mod schema;
mod select;
mod template;

pub use filing::Filing;
pub(crate) use filing::{Clues, Gate, Lead, Lines, Pairs, STORED_CLUE, Test};
pub use load::load;
pub use pack::{MAX_FILE_BYTES, MAX_FILE_PHRASES, MAX_PHRASE_BYTES, Pack, PackFile, Words};
pub use pattern::{Block, Body, Example, Form, Kind, Pattern, Phrasing, Place, Shape, Signal, Strength};
pub use problem::{Problem, Severity, into_error};
pub use schema::nearest;
pub use select::select;
pub use template::{Hole, MAX_PHRASES, Node, Phrase, Piece, Template, TemplateError};
