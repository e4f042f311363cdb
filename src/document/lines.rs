//! Splits text into lines without losing a byte.
//!
//! Scraped text mixes `\n`, `\r\n` and `\r`, and often lacks a final newline. Cleaning must not repair any of
//! that, since people compare the output with the input. So a [`Line`] keeps its ending, and the lines of a
//! text put together are the text.
//!
//! Form feed, vertical tab, NEL and the Unicode separators do not end a line: editors and `wc` do not count
//! them either, and a removal must be found again by its line number.

use memchr::memchr2_iter;

/// A line of a text: the unit that is kept or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// The line without its ending.
    pub text: &'t str,
    /// `"\n"`, `"\r\n"`, `"\r"`, or `""` for a last line that has none.
    pub ending: &'t str,
    /// Where the line begins in the text, in bytes.
    pub start: usize,
}

impl Line<'_> {
    /// Where the line with its ending stops in the text, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len() + self.ending.len()
    }

    /// Nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }
}

/// The lines of `text`, in order.
pub fn lines(text: &str) -> Lines<'_> {
    Lines { text, breaks: memchr2_iter(b'\n', b'\r', text.as_bytes()), start: 0 }
}

/// Iterator over the lines of a text, see [`lines`].
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    breaks: memchr::Memchr2<'t>,
    start: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    #[inline]
    fn next(&mut self) -> Option<Line<'t>> {
        let start = self.start;
        let Some(at) = self.breaks.next() else {
            self.start = self.text.len();
            let text = &self.text[start..];
            return (!text.is_empty()).then_some(Line { text, ending: "", start });
        };
        let bytes = self.text.as_bytes();
        let mut end = at + 1;
        if bytes[at] == b'\r' && bytes.get(end) == Some(&b'\n') {
            self.breaks.next();
            end += 1;
        }
        self.start = end;
        Some(Line { text: &self.text[start..at], ending: &self.text[at..end], start })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = lines(text).map(|l| (l.text, l.ending)).collect();
        assert_eq!(found, expected, "{text:?}");
        let mut at = 0;
        for line in lines(text) {
            assert_eq!(line.start, at);
            at = line.end();
        }
        assert_eq!(at, text.len());
    }

    #[test]
    fn every_kind_of_ending_is_kept() {
        check("", &[]);
        check("a", &[("a", "")]);
        check("a\n", &[("a", "\n")]);
        check("a\nb", &[("a", "\n"), ("b", "")]);
        check("a\r\nb\rc\n\r", &[("a", "\r\n"), ("b", "\r"), ("c", "\n"), ("", "\r")]);
        check("\n\n", &[("", "\n"), ("", "\n")]);
        check("\u{feff}a\r\r\n", &[("\u{feff}a", "\r"), ("", "\r\n")]);
        check("a\u{85}b\u{2028}c\u{c}d", &[("a\u{85}b\u{2028}c\u{c}d", "")]);
    }
}
