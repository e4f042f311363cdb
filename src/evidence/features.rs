//! The list of what is measured of each unit: the one place that names features.
//!
//! The fitted weights name them too, so a feature that is renamed or added needs a new fit (`scripts/fit`).

/// Declares the features with their names and with what they say in plain words.
macro_rules! features {
    ($($name:ident: $about:literal,)*) => {
        /// Something measured of a unit; its number is its column in [`Table`](super::Table).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types, reason = "the names stand in the weights as they are here")]
        #[repr(usize)]
        pub enum Feature {
            $(
                #[doc = $about]
                $name,
            )*
        }

        /// The names of all features, in the order of their columns.
        pub const FEATURES: &[&str] = &[$(stringify!($name)),*];

        /// What each feature is, in plain words, in the same order.
        pub const ABOUT: &[&str] = &[$($about),*];
    };
}

features! {
    // How the unit itself looks.
    words: "number of words",
    word_length: "letters of a word on average",
    end: "how it ends",
    start: "how it begins",
    capitals: "share of capitalized words",
    shouting: "share of capital letters",
    digits: "share of digits",
    symbols: "share of punctuation and symbols",
    separators: "separators such as | and >",
    function_words: "share of function words",
    function_count: "number of function words",
    inner_ends: "sentences that end inside",
    commas: "commas",
    links: "addresses and handles",
    link_share: "share of link text",
    numbers: "share of numbers among the words",
    quotes: "quotation marks",
    rows: "lines that make it up",
    bracketed: "stands in brackets",
    label: "begins with a label and a colon",
    longest: "longest word",
    indent: "indented",
    // The lines that stand with it between blank lines.
    group_units: "lines between the blank lines around it",
    group_before: "lines above it in its paragraph",
    group_after: "lines below it in its paragraph",
    group_words: "words of a line in its paragraph",
    group_ends: "lines of its paragraph that end a sentence",
    gap_before: "blank lines above",
    gap_after: "blank lines below",
    // The units around it.
    words_1b: "words of the line above",
    words_2b: "words two lines above",
    words_3b: "words three lines above",
    words_1a: "words of the line below",
    words_2a: "words two lines below",
    words_3a: "words three lines below",
    end_1b: "how the line above ends",
    end_2b: "how the second line above ends",
    end_1a: "how the line below ends",
    end_2a: "how the second line below ends",
    start_1b: "how the line above begins",
    start_1a: "how the line below begins",
    function_1b: "function words in the line above",
    function_1a: "function words in the line below",
    capitals_1b: "capitalized words in the line above",
    capitals_1a: "capitalized words in the line below",
    mean_3: "words of the three lines on each side",
    mean_8: "words of the eight lines on each side",
    function_3: "function words in the three lines on each side",
    function_8: "function words in the eight lines on each side",
    ends_5b: "sentences that end in the five lines above",
    ends_5a: "sentences that end in the five lines below",
    prose_5b: "running text in the five lines above",
    prose_5a: "running text in the five lines below",
    prose_15b: "running text in the fifteen lines above",
    prose_15a: "running text in the fifteen lines below",
    // Where it stands.
    from_start: "lines before it",
    from_end: "lines after it",
    relative: "how far down it stands",
    since_prose: "lines since the last running text",
    until_prose: "lines until the next running text",
    head: "lines before the first running text",
    tail: "lines after the last running text",
    prose_before: "share of the running text that stands before it",
    body_start: "lines from where the body of the text begins",
    body_end: "lines from where the body of the text ends",
    body_in: "inside the body of the text",
    core_start: "lines from where the core of the text begins",
    core_end: "lines from where the core of the text ends",
    // What is repeated.
    copies: "how often the same line stands in the document",
    copy_before: "the same line stood above",
    first_words: "how many lines begin with the same words",
    last_word: "how many lines end with the same word",
    alike: "neighbors of the same look",
    // What patterns say.
    hit: "what patterns say of it",
    strong_1b: "the line above is junk by a pattern",
    strong_1a: "the line below is junk by a pattern",
    strong_3b: "junk by patterns in the three lines above",
    strong_3a: "junk by patterns in the three lines below",
    strong_10b: "junk by patterns in the ten lines above",
    strong_10a: "junk by patterns in the ten lines below",
    weak_3: "hints of patterns in the three lines on each side",
    since_related: "lines since a heading of related stories",
    since_comments: "lines since a mark of comments",
    since_footer: "lines since a mark of a footer",
    until_footer: "lines until a mark of a footer",
    prose_since_section: "running text since the last such mark",
    // The document.
    doc_units: "lines of the document",
    doc_prose: "share of running text in the document",
    doc_mean: "words of a line in the document",
    doc_short: "share of short lines in the document",
    doc_ends: "share of lines in the document that end a sentence",
    doc_blank: "share of blank lines in the document",
    doc_strong: "share of lines in the document that are junk by patterns",
    doc_rows: "lines of a paragraph in the document",
    doc_body: "share of the document that is its body",
}

impl Feature {
    /// The feature of a column.
    pub fn name(self) -> &'static str {
        FEATURES[self as usize]
    }
}
