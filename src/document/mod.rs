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
    url: Option<&'t str>,
}

impl<'t> Document<'t> {
    /// The document that holds `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, language: None, url: None }
    }

    /// The same, in a known language (ISO 639-1). What is not told is found out where it matters.
    #[must_use]
    pub fn in_language(self, language: &'t str) -> Self {
        Self { language: Some(language), ..self }
    }

    /// The same, from this address. Packs for one site act on documents from it only.
    #[must_use]
    pub fn at_url(self, url: &'t str) -> Self {
        Self { url: Some(url), ..self }
    }

    /// The host of its address, without `www.`: of `https://www.Example.org:80/x`, `Example.org`.
    pub fn host(&self) -> Option<&'t str> {
        let url = self.url?;
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?;
        let bare =
            host.get(..4).filter(|start| start.eq_ignore_ascii_case("www.")).map_or(host, |_| &host[4..]);
        (!bare.is_empty()).then_some(bare)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_off_addresses() {
        for (url, host) in [
            ("https://www.Example.org:80/x?y#z", Some("Example.org")),
            ("example.org", Some("example.org")),
            ("http://me@news.example.org", Some("news.example.org")),
            ("https:///x", None),
            ("", None),
        ] {
            assert_eq!(Document::new("").at_url(url).host(), host, "{url}");
        }
    }
}
