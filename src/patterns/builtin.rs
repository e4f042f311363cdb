//! The packs that come with the program, compiled in so that one binary is all that a machine needs.
//!
//! The list is written out and not made by a build script: it is what a reader looks for, and a test compares
//! it with the folder.

use super::pack::{Pack, PackFile};
use super::problem::into_error;
use crate::error::{Error, ErrorKind};

macro_rules! builtin_files {
    ($($path:literal),* $(,)?) => {
        /// The files of the built-in packs, by pack, each pack's `pack.toml` first: path below `patterns/`, and text. Where
        /// several packs know a line, the first is named.
        pub const BUILTIN_FILES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../patterns/", $path)))),*];
    };
}

builtin_files![
    "en/pack.toml",
    "en/ad-continue.toml",
    "en/ad-label.toml",
    "en/affiliate-disclosure.toml",
    "en/ai-disclaimer.toml",
    "en/app-promo.toml",
    "en/breadcrumb.toml",
    "en/byline-furniture.toml",
    "en/cms-default.toml",
    "en/comments.toml",
    "en/cookie.toml",
    "en/copyright.toml",
    "en/donation.toml",
    "en/ecommerce.toml",
    "en/error-js.toml",
    "en/events.toml",
    "en/forum-ui.toml",
    "en/image-credit.toml",
    "en/legal.toml",
    "en/nav.toml",
    "en/newsletter.toml",
    "en/paywall.toml",
    "en/press-release.toml",
    "en/print-email.toml",
    "en/read-more.toml",
    "en/related-links.toml",
    "en/social-counter.toml",
    "en/social-share.toml",
    "en/timestamp.toml",
    "en/video-player.toml",
    "en/wiki-ui.toml",
    "da/pack.toml",
    "da/ad-continue.toml",
    "da/ad-label.toml",
    "da/affiliate-disclosure.toml",
    "da/ai-disclaimer.toml",
    "da/app-promo.toml",
    "da/breadcrumb.toml",
    "da/byline-furniture.toml",
    "da/cms-default.toml",
    "da/comments.toml",
    "da/cookie.toml",
    "da/copyright.toml",
    "da/donation.toml",
    "da/ecommerce.toml",
    "da/error-js.toml",
    "da/events.toml",
    "da/forum-ui.toml",
    "da/image-credit.toml",
    "da/legal.toml",
    "da/nav.toml",
    "da/newsletter.toml",
    "da/paywall.toml",
    "da/press-release.toml",
    "da/print-email.toml",
    "da/read-more.toml",
    "da/related-links.toml",
    "da/social-counter.toml",
    "da/social-share.toml",
    "da/timestamp.toml",
    "da/video-player.toml",
    "da/wiki-ui.toml",
    "pt/pack.toml",
    "pt/ad-continue.toml",
    "pt/ad-label.toml",
    "pt/affiliate-disclosure.toml",
    "pt/ai-disclaimer.toml",
    "pt/app-promo.toml",
    "pt/breadcrumb.toml",
    "pt/byline-furniture.toml",
    "pt/cms-default.toml",
    "pt/comments.toml",
    "pt/cookie.toml",
    "pt/copyright.toml",
    "pt/donation.toml",
    "pt/ecommerce.toml",
    "pt/error-js.toml",
    "pt/events.toml",
    "pt/forum-ui.toml",
    "pt/image-credit.toml",
    "pt/legal.toml",
    "pt/nav.toml",
    "pt/newsletter.toml",
    "pt/paywall.toml",
    "pt/press-release.toml",
    "pt/print-email.toml",
    "pt/read-more.toml",
    "pt/related-links.toml",
    "pt/social-counter.toml",
    "pt/social-share.toml",
    "pt/timestamp.toml",
    "pt/video-player.toml",
    "pt/wiki-ui.toml",
];

/// Reads the built-in packs.
///
/// # Errors
/// None: the tests read them all.
pub fn builtin() -> Result<Vec<Pack>, Error> {
    let pack_of = |path: &'static str| path.split('/').next().unwrap_or_default();
    let packs = BUILTIN_FILES.chunk_by(|a, b| pack_of(a.0) == pack_of(b.0));
    let read = |files: &[(&'static str, &'static str)]| {
        let files: Vec<PackFile> = files.iter().map(|(path, text)| file(path, text)).collect();
        let (pack, problems) = Pack::parse(&files);
        pack.ok_or_else(|| {
            into_error(&problems).unwrap_or_else(|| Error::new(ErrorKind::Pack, "a built-in pack is wrong"))
        })
    };
    packs.map(read).collect()
}

fn file(path: &str, text: &str) -> PackFile {
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
    PackFile {
        name: format!("patterns/{path}"),
        category: (stem != "pack").then(|| stem.to_owned()),
        text: text.to_owned(),
    }
}
