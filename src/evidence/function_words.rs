//! Function words: the small words that hold sentences together, of many languages at once.
//!
//! Running text is a third to a half of them, menus and labels have next to none. The union of all languages is asked,
//! so no language has to be told first; what the lists of other languages add by chance is little and the same
//! for all lines.

use foldhash::fast::FixedState;
use hashbrown::HashSet;

/// A set of words in lower case.
#[derive(Clone, Debug, Default)]
pub struct FunctionWords {
    words: HashSet<Box<str>, FixedState>,
}

impl FunctionWords {
    /// The set of these words.
    pub fn new<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self { words: words.into_iter().map(Into::into).collect() }
    }

    /// Whether a word in lower case is one of them.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}
