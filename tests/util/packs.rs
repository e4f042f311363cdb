//! The repository's packs, for tests.

use dechaff::engine::Engine;
use dechaff::patterns::{Pack, Severity, load};
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
