//! What comes with the program: packs and weights, compiled in so that one binary is all that a machine needs.
//!
//! The packs are read and filed by the build script (`build.rs`); what is left to do at the start of a run is to copy them from the binary.
//! Reading and filing the first three packs anew took every run 0.15 s; copying all eighty takes 17 ms (`cargo bench`, `start_up`).

use crate::clean::{Cleaner, Options};
use crate::engine::Engine;
use crate::error::{Error, ErrorKind};
use crate::patterns::{self, Clues, Example, Pack, STORED_CLUE};
use crate::weights::Weights;

/// All packs under `patterns/`, as `build.rs` writes them, without what only people read.
const PACKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/packs.bin"));
/// The clues of all packs, one pack after the other.
const CLUES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/clues.bin"));
/// By pattern, what it is about and its examples.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.bin"));

/// The built-in packs without descriptions and examples, which cleaning does not need. Where several know a line, the first is named.
///
/// # Errors
/// None: the build has read them.
pub fn builtin_packs() -> Result<Vec<Pack>, Error> {
    let mut packs: Vec<Pack> = postcard::from_bytes(PACKS).map_err(damaged)?;
    let mut clues = CLUES;
    for filing in packs.iter_mut().filter_map(|pack| pack.filing.as_mut()) {
        let (own, rest) = clues.split_at(filing.clue_count as usize * STORED_CLUE);
        (filing.clues, clues) = (Clues::Stored(own), rest);
    }
    Ok(packs)
}

/// The built-in packs as they are written.
///
/// # Errors
/// None: the build has read them.
pub fn builtin_packs_in_full() -> Result<Vec<Pack>, Error> {
    let mut packs = builtin_packs()?;
    let words: Vec<(String, Vec<Example>, Vec<Example>)> = postcard::from_bytes(WORDS).map_err(damaged)?;
    for (pattern, words) in packs.iter_mut().flat_map(|pack| &mut pack.patterns).zip(words) {
        (pattern.about, pattern.junk, pattern.text) = words;
    }
    Ok(packs)
}

fn damaged(error: postcard::Error) -> Error {
    Error::new(ErrorKind::Pack, format!("the built-in packs are damaged: {error}"))
}

/// An engine with all built-in packs.
///
/// # Errors
/// None: the built-in packs are tested.
pub fn builtin_engine() -> Result<Engine, Error> {
    Engine::new(builtin_packs()?).map_err(|problems| {
        patterns::into_error(&problems)
            .unwrap_or_else(|| Error::new(ErrorKind::Pack, "the built-in packs are wrong"))
    })
}

/// A cleaner with all built-in packs and weights.
///
/// # Errors
/// None: what is built in is tested.
pub fn builtin_cleaner(options: Options) -> Result<Cleaner, Error> {
    Ok(Cleaner::new(builtin_engine()?, Weights::builtin()?, options))
}
