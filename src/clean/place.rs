//! Head and tail: where a document's own text begins and ends.
//!
//! Half of the junk that survives extraction stands before the first or after the last paragraph. The head ends
//! at the first line of prose that nothing speaks against, the tail begins after the last; see
//! [`is_prose`](crate::document::is_prose). Without any prose there is no telling where the text is, so there is no head and no tail.

use super::rows::Rows;
use crate::engine::Engine;
use crate::patterns::Place;

/// The rows of the first and the last line of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    first: usize,
    last: usize,
}

impl Frame {
    /// `None` if there is no prose.
    pub(super) fn of(rows: &Rows, text: &str, engine: &Engine) -> Option<Self> {
        let is_content = |row| rows.is_content(row, text, engine);
        let first = rows.rows.iter().position(is_content)?;
        let last = rows.rows.iter().rposition(is_content)?;
        Some(Self { first, last })
    }

    /// Whether a pattern of that place may act on the row.
    pub(super) fn allows(self, place: Place, row: usize) -> bool {
        let (head, tail) = (row < self.first, row > self.last);
        match place {
            Place::Any => true,
            Place::Head => head,
            Place::Tail => tail,
            Place::Edge => head || tail,
        }
    }
}
