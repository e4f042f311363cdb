//! Which patterns are on: `--select` and `--ignore`.

use super::pack::Pack;
use super::pattern::Pattern;
use super::schema::nearest;
use crate::error::{Error, ErrorKind};
use std::collections::BTreeSet;

/// Turns off the patterns in `packs` that none of `select` names (unless it is empty) or one of `ignore` does. They keep their
/// places: phrases are filed by number.
///
/// A name is a full id (`en/ad-label/advertisement`), the beginning of one (`en`, `en/ad-label`), or a category
/// (`ad-label`).
///
/// # Errors
/// A name that no pattern has, so that a slip of the pen does not silently clean nothing.
pub fn select(packs: &mut [Pack], select: &[String], ignore: &[String]) -> Result<(), Error> {
    let all: BTreeSet<&str> = packs.iter().flat_map(|pack| pack.patterns.iter().flat_map(names)).collect();
    for name in select.iter().chain(ignore) {
        if !all.contains(name.as_str()) {
            let error =
                Error::new(ErrorKind::Usage, format!("no pattern, category or pack is called `{name}`"));
            let near = nearest(name, &all.iter().copied().collect::<Vec<_>>())
                .map(|near| format!("did you mean `{near}`?"));
            return Err(error.with_hint(near.unwrap_or_else(|| "see `dechaff packs list`".to_owned())));
        }
    }
    let named = |pattern: &Pattern, list: &[String]| {
        names(pattern).any(|name| list.iter().any(|wanted| wanted == name))
    };
    for pack in packs.iter_mut() {
        for pattern in &mut pack.patterns {
            pattern.is_off = !(select.is_empty() || named(pattern, select)) || named(pattern, ignore);
        }
    }
    Ok(())
}

/// The names that mean a pattern.
fn names(pattern: &Pattern) -> impl Iterator<Item = &str> {
    let id = pattern.id.as_str();
    let to_category = pattern.pack().len() + 1 + pattern.category().len();
    let own = [id, pattern.pack(), pattern.category(), &id[..to_category]];
    own.into_iter().chain(pattern.formerly.iter().map(String::as_str))
}
