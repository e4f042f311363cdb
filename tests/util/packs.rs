//! The repository's packs and texts, for tests.

use dechaff::engine::Engine;
use dechaff::patterns::{Pack, Severity, load};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file or folder of the repository.
pub(crate) fn in_repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The pack of a language, compiled.
pub(crate) fn pack(language: &str) -> (Pack, Engine) {
    let (pack, problems) = load(&in_repository("patterns").join(language));
    let errors: Vec<String> =
        problems.iter().filter(|p| p.severity == Severity::Error).map(ToString::to_string).collect();
    let pack = pack.unwrap_or_else(|| panic!("patterns/{language} does not load:\n{}", errors.join("\n")));
    match Engine::new(vec![pack.clone()]) {
        Ok(engine) => (pack, engine),
        Err(problems) => {
            let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("patterns/{language} does not compile:\n{}", shown.join("\n"));
        }
    }
}

/// Every line of every example of a pack.
pub(crate) fn example_lines(pack: &Pack) -> Vec<String> {
    let examples = pack.patterns.iter().flat_map(|pattern| pattern.junk.iter().chain(&pattern.text));
    examples.flat_map(|example| example.text.lines()).map(str::to_owned).collect()
}

/// Every different line of every text file below `tests/fixtures` and `examples`.
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
