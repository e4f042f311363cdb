//! The text: what a document, a line and a key are.
//!
//! Text is `&str`. Scraped text is nearly always UTF-8, and everything that folds, counts words or shows a
//! line to a person needs characters; what is not UTF-8 is decoded at the edge ([`crate::formats::text`]) and
//! noted there. So no other module asks about encodings, and "byte for byte" means the bytes of this text.
//!
//! Nothing here knows patterns or files.

mod key;
mod lines;
mod lookalikes;
mod markdown;
mod regions;
mod words;

pub use key::{Case, Key, fold};
pub(crate) use key::{KEPT_AT_ENDS, is_decoration};
pub use lines::{Line, Lines, lines};
pub(crate) use lookalikes::mixes_alphabets;
pub(crate) use markdown::without_links;
pub(crate) use regions::{JunkIn, has_fence, may_be_item, may_hold_junk};
pub use regions::{Region, RegionLine, regions};
pub use words::{ends_sentence, is_prose, is_sentence, is_word_char, may_split_at, word_count};
pub(crate) use words::{has_sentence_break, is_unspaced};

/// One scraped text.
///
/// ```
/// use dechaff::Document;
/// let document = Document::new("Advertisement\nThe text.\n");
/// assert_eq!(document.lines().count(), 2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Document<'t> {
    text: &'t str,
    language: Option<&'t str>,
}

impl<'t> Document<'t> {
    /// The document that holds `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, language: None }
    }

    /// The same, in a known language (ISO 639-1). What is not told is found out where it matters.
    #[must_use]
    pub fn in_language(self, language: &'t str) -> Self {
        Self { language: Some(language), ..self }
    }

    /// The language that was told.
    pub fn language(&self) -> Option<&'t str> {
        self.language
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its lines, which put together again are the text.
    pub fn lines(&self) -> Lines<'t> {
        lines(self.text)
    }
}
