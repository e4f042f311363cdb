//! Evidence other than patterns: what is measured of each unit of a document, as plain numbers.
//!
//! A *unit* is what is kept or removed as a whole: a line, or the lines of a paragraph that was broken. Its numbers say
//! how it looks ([`Shape`]), what stands around it, where it stands, whether it is repeated, and what patterns
//! say nearby. What the numbers mean for or against it is not decided here: see [`crate::weights`].
//!
//! Nothing here is specific to a language; case and function words are unknown where a script or a language has none.

mod around;
mod features;
mod function_words;
mod place;
mod shape;
mod table;
mod unit;
mod whole;

pub use features::{ABOUT, FEATURES, Feature};
pub use function_words::FunctionWords;
pub use shape::{End, Shape, Start};
pub use table::Table;
pub use unit::{Section, Unit};
