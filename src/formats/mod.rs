//! Bytes to documents, over memory and `Read`, never over paths.

pub mod text;
