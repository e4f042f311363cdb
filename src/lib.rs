//! dechaff
pub mod clean;
mod document;
pub mod engine;
pub mod patterns;
pub use clean::{Cleaner, Options};
pub use document::{Case, Document, Key, fold};
