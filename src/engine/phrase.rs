//! A phrase, folded and ready to be matched against keys.

use super::holes::{Holes, Matcher, SENTINEL, View};
use super::regexes;
use super::tree::Tree;
use crate::document::{Case, fold, may_split_at};
use crate::patterns::{Form, Kind, Phrase, Phrasing, Piece, Test};
use regex::Regex;

/// A piece of a [`Compiled`] phrase.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Fixed(Box<str>),
    Hole(Matcher),
}

/// A folded phrase: fixed parts and holes in turn, with where it must stand.
#[derive(Clone, Debug)]
pub(super) struct Compiled {
    pub parts: Vec<Part>,
    pub kind: Kind,
}

/// Holes a phrase may have: as many as there are noncharacters to stand for them while it is folded.
pub(super) const MAX_HOLES: u32 = 30;

impl Compiled {
    /// Folds a phrase. `None` if it has too many holes; the parts are empty if it folds to nothing.
    pub(super) fn new(phrase: &Phrase, kind: Kind, holes: &Holes) -> Option<Self> {
        // The phrase is folded as a whole, with a stand-in for each hole, so that it is treated as a line is.
        let (mut written, mut matchers) = (String::new(), Vec::new());
        for piece in phrase {
            match piece {
                Piece::Text(text) => written.push_str(text),
                Piece::Hole(hole) => {
                    let n = u32::try_from(matchers.len()).ok().filter(|&n| n < MAX_HOLES)?;
                    written.push(char::from_u32(SENTINEL as u32 + 1 + n)?);
                    matchers.push(holes.matcher(hole)?);
                }
            }
        }
        let written = written.trim();
        // Where the phrase meets the rest of the line, its punctuation counts.
        let inner_start = matches!(kind, Kind::End | Kind::Span);
        let inner_end = matches!(kind, Kind::Start | Kind::Span);
        let guard = |inner: bool| if inner { SENTINEL.to_string() } else { String::new() };
        let mut folded = String::new();
        fold(&format!("{}{written}{}", guard(inner_start), guard(inner_end)), Case::Fold, &mut folded);
        let folded = folded.trim_matches(SENTINEL).trim();

        let mut parts = Vec::new();
        let mut matchers = matchers.into_iter();
        let is_hole = |c: char| c > SENTINEL && c <= '\u{fdef}';
        let mut rest = folded;
        while let Some(c) = rest.chars().next() {
            if is_hole(c) {
                parts.push(Part::Hole(matchers.next()?));
                rest = &rest[c.len_utf8()..];
            } else {
                let end = rest.find(is_hole).unwrap_or(rest.len());
                parts.push(Part::Fixed(rest[..end].into()));
                rest = &rest[end..];
            }
        }
        Some(Self { parts, kind })
    }

    /// The text, if the phrase has no holes.
    pub(super) fn fixed(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [Part::Fixed(text)] => Some(text),
            _ => None,
        }
    }

    /// Where the phrase stands in the key, if it stands where it must. Of several places, the first; of
    /// several readings, the one with the longest holes.
    pub(super) fn find(&self, view: View<'_>) -> Option<(usize, usize)> {
        let key = view.text();
        let to_end = !matches!(self.kind, Kind::Start | Kind::Span);
        // Said at once for most phrases; holes take time.
        match self.parts.last() {
            Some(Part::Fixed(last)) if to_end && !key.ends_with(&**last) => return None,
            _ => {}
        }
        let from = |start: usize| match_from(&self.parts, view, start, to_end).map(|end| (start, end));
        if !matches!(self.kind, Kind::End | Kind::Span) {
            return from(0);
        }
        if let Some(text) = self.fixed().filter(|_| to_end) {
            let start = key.len().checked_sub(text.len()).filter(|_| key.ends_with(text))?;
            return may_split_at(key, start).then_some((start, key.len()));
        }
        match self.parts.first()? {
            Part::Fixed(text) => {
                let mut at = 0;
                while let Some(found) = key[at..].find(&**text) {
                    at += found;
                    if may_split_at(key, at)
                        && let Some(place) = from(at)
                    {
                        return Some(place);
                    }
                    // Occurrences may overlap: `ha ha` in `ha ha ha`.
                    at += text.chars().next().map_or(1, char::len_utf8);
                }
                None
            }
            Part::Hole(_) => {
                (0..key.len()).filter(|&at| key.is_char_boundary(at) && may_split_at(key, at)).find_map(from)
            }
        }
    }
}

/// A phrase as it is written in a pack, made ready to be matched.
#[derive(Debug)]
pub(super) enum Folded {
    /// Keys.
    Whole(Vec<Box<str>>),
    Tree(Tree),
    Phrases(Vec<Compiled>),
    /// `None` if it is too large.
    Regex(Option<Regex>),
}

impl Folded {
    pub(super) fn new(phrasing: &Phrasing, test: Test, holes: &Holes) -> Self {
        let kind = phrasing.kind;
        let template = match &phrasing.form {
            Form::Template(template) => template,
            Form::Regex(written) => return Self::Regex(regexes::compile(written)),
        };
        let phrases =
            || template.phrases().into_iter().filter_map(|phrase| Compiled::new(&phrase, kind, holes));
        match test {
            Test::Whole => {
                Self::Whole(phrases().filter_map(|phrase| phrase.fixed().map(Into::into)).collect())
            }
            // Of a span it must be known where it stands, which a tree does not say.
            Test::Span => Self::Phrases(phrases().collect()),
            Test::Phrase => Tree::new(template, kind, holes)
                .map_or_else(|| Self::Phrases(phrases().collect()), Self::Tree),
        }
    }

    /// Whether a phrase without holes is the key.
    #[inline]
    pub(super) fn is(&self, key: &str) -> bool {
        matches!(self, Self::Whole(keys) if keys.iter().any(|whole| **whole == *key))
    }

    /// Whether it stands in the key where it must.
    pub(super) fn is_in(&self, view: View<'_>) -> bool {
        match self {
            Self::Whole(_) => self.is(view.text()),
            Self::Tree(tree) => tree.is_in(view),
            Self::Phrases(phrases) => phrases.iter().any(|phrase| phrase.find(view).is_some()),
            Self::Regex(regex) => regex.as_ref().is_some_and(|regex| regex.is_match(view.text())),
        }
    }

    /// Its phrases, if they are written out.
    pub(super) fn phrases(&self) -> &[Compiled] {
        match self {
            Self::Phrases(phrases) => phrases,
            _ => &[],
        }
    }
}

/// The end of the first reading of `parts` that begins at `start`.
fn match_from(parts: &[Part], view: View<'_>, start: usize, to_end: bool) -> Option<usize> {
    let key = view.text();
    let Some((part, rest)) = parts.split_first() else {
        let ends = if to_end { start == key.len() } else { may_split_at(key, start) };
        return ends.then_some(start);
    };
    match part {
        Part::Fixed(text) => {
            key[start..].starts_with(&**text).then(|| match_from(rest, view, start + text.len(), to_end))?
        }
        Part::Hole(matcher) => {
            let may = |end: usize| match rest.first() {
                Some(Part::Fixed(text)) => key[end..].starts_with(&**text),
                Some(Part::Hole(_)) => true,
                None => !to_end || end == key.len(),
            };
            let mut reached = None;
            matcher.ends(view, start, &may, &mut |end| {
                reached = match_from(rest, view, end, to_end);
                reached.is_some()
            });
            reached
        }
    }
}
