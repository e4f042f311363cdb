//! `docs/patterns.md`: what packs there are.

use super::by_category;
use dechaff::patterns::Pack;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// `docs/patterns.md`.
pub(super) fn document(packs: &[Pack]) -> String {
    let mut out = String::from(
        "# Packs\n\nAll built-in packs. This page is made by `scripts/document-patterns`; a test keeps it fresh. \
         The format is described in [patterns/README.md](../patterns/README.md); `dechaff packs list NAME` and `dechaff packs show ID` \
         print the patterns themselves.\n\n\
         Quality: `reviewed` packs were read by a second pair of eyes and held against real text; `draft` packs pass all checks and were held \
         against honest texts of their author, and wait for a reader who grew up with the language.\n\n\
         | pack | for | version | quality | patterns | phrases | about |\n|---|---|---|---|---:|---:|---|\n",
    );
    for pack in packs {
        let whom = pack.site.as_deref().or(pack.language.as_deref()).unwrap_or("all");
        let (patterns, phrases) = (pack.patterns.len(), pack.phrase_count());
        let Pack { name, version, quality, about, .. } = pack;
        let _ = writeln!(
            out,
            "| `{name}` | {whom} | {version} | {quality} | {patterns} | {phrases} | {} |",
            cell(about)
        );
    }
    let languages: Vec<&Pack> = packs.iter().filter(|pack| pack.site.is_none()).collect();
    let counts: Vec<_> = languages.iter().map(|pack| by_category(pack)).collect();
    let categories: BTreeSet<&str> = counts.iter().flat_map(|counts| counts.keys().copied()).collect();
    out.push_str("\n## Phrases by category\n\n| category |");
    languages.iter().for_each(|pack| out.push_str(&format!(" {} |", pack.name)));
    let _ = writeln!(out, "\n|---|{}", "---:|".repeat(languages.len()));
    for category in categories {
        let _ = write!(out, "| {category} |");
        for counts in &counts {
            let phrases = counts.get(category).map_or(String::new(), |(_, phrases)| phrases.to_string());
            let _ = write!(out, " {phrases} |");
        }
        out.push('\n');
    }
    out
}

/// Text for a cell of a Markdown table, shown as it is.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if "\\`*_{}[]<>|#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
