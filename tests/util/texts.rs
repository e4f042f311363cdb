//! Lines to try: those of a pack's examples and of the test documents.

use super::packs::in_repository;
use dechaff::patterns::Pack;
use std::collections::BTreeSet;

/// Every line of every example of a pack.
pub(crate) fn example_lines(pack: &Pack) -> Vec<String> {
    let examples = pack.patterns.iter().flat_map(|pattern| pattern.junk.iter().chain(&pattern.text));
    examples.flat_map(|example| example.text.lines()).map(str::to_owned).collect()
}

/// Every different line of every text file below `tests/fixtures` and `examples`.
#[expect(
    clippy::disallowed_methods,
    reason = "the rule is about the library, and no test document is written here"
)]
pub(crate) fn fixture_lines() -> Vec<String> {
    let mut lines = BTreeSet::new();
    for folder in ["tests/fixtures", "examples"] {
        for entry in walkdir::WalkDir::new(in_repository(folder)).into_iter().flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "txt") {
                // Some fixtures are not UTF-8 on purpose.
                let bytes = std::fs::read(entry.path()).unwrap();
                lines.extend(String::from_utf8_lossy(&bytes).lines().map(str::to_owned));
            }
        }
    }
    lines.into_iter().collect()
}
