//! Whose packs may act: patterns of one language stay away from documents in another, and patterns of one site from those of others.
//!
//! A label in one language is a word in another. So a pack that is for a language acts only on documents in it; English
//! packs act on all, because pages of all languages have English furniture. The language is asked for only when such
//! a pattern was found, which spares nearly all documents the question, and from running text in which none was found,
//! which is still there when the document is cleaned again.

use super::rows::{Row, Rows};
use crate::document::is_prose;
use crate::engine::{Engine, Scratch};

/// Bytes of text that are looked at; more say nothing new.
const ENOUGH_BYTES: usize = 600;
/// With less there is no telling.
const LITTLE_BYTES: usize = 80;

/// What is known of where a document comes from.
#[derive(Clone, Copy)]
pub(super) struct Origin<'d> {
    /// Its language, if it was told.
    pub language: Option<&'d str>,
    /// The host of its address.
    pub host: Option<&'d str>,
}

impl Origin<'_> {
    /// Whether it comes from a site or a part of it.
    fn is_from(&self, site: &str) -> bool {
        let ends_with = |host: &str| {
            let (below, end) = host.split_at_checked(host.len().checked_sub(site.len())?)?;
            Some(end.eq_ignore_ascii_case(site) && (below.is_empty() || below.ends_with('.')))
        };
        self.host.and_then(ends_with).unwrap_or(false)
    }
}

/// Drops the hits of patterns for other sites or other languages than the document's: what was told, or what its text says.
pub(super) fn drop_foreign(
    rows: &mut Rows,
    text: &str,
    engine: &Engine,
    scratch: &mut Scratch,
    origin: Origin<'_>,
) {
    let language_of = |pattern: u32| engine.language(pattern).filter(|language| *language != "en");
    let hits =
        || rows.all_hits().iter().map(|hit| hit.pattern).chain(rows.cuts.iter().map(|cut| cut.hit.pattern));
    let has_language = hits().any(|pattern| language_of(pattern).is_some());
    if !has_language && hits().all(|pattern| engine.site(pattern).is_none()) {
        return;
    }
    let told = origin.language;
    let found = if told.is_none() && has_language { detected(rows, text) } else { None };
    let is_at_home = |own: &str| match (told, &found) {
        (Some(told), _) => own == told,
        (None, Some((found, is_sure))) => {
            own == found || are_kin(KIN, own, found) || (!is_sure && are_kin(ALIKE, own, found))
        }
        (None, None) => true,
    };
    let is_wanted = |pattern: u32| match engine.site(pattern) {
        Some(site) => origin.is_from(site),
        None => language_of(pattern).is_none_or(is_at_home),
    };
    // What a foreign pattern has cut, or kept from being cut, may be another's to cut.
    let mut foreign: Vec<usize> =
        rows.cuts.iter().filter(|cut| !is_wanted(cut.hit.pattern)).map(|cut| cut.row).collect();
    for (i, row) in rows.rows.iter().enumerate() {
        let is_foreign = rows.hits(row).iter().any(|hit| !is_wanted(hit.pattern));
        if is_foreign && engine.may_hold_span(&text[row.start..row.text_end]) {
            foreign.push(i);
        }
    }
    foreign.sort_unstable();
    foreign.dedup();
    if !foreign.is_empty() {
        rows.match_again(&foreign, text, engine, scratch, &is_wanted);
    }
    rows.retain_hits(|hit| is_wanted(hit.pattern));
}

/// Languages that are always taken for each other in short texts.
const KIN: &[&[&str]] =
    &[&["da", "no"], &["cs", "sk"], &["bs", "hr", "sl", "sr"], &["bg", "mk"], &["id", "ms"], &["af", "nl"]];
/// Those that are where the guess is not sure.
const ALIKE: &[&[&str]] = &[
    &["da", "no", "sv"],
    &["ca", "es", "gl", "it", "pt"],
    &["be", "bg", "mk", "ru", "sr", "uk"],
    &["cs", "pl", "sk", "sl", "hr"],
    &["de", "nl", "af"],
    &["ar", "fa", "ur"],
    &["ja", "zh"],
];

fn are_kin(kin: &[&[&str]], a: &str, b: &str) -> bool {
    kin.iter().any(|kin| kin.contains(&a) && kin.contains(&b))
}

/// The language of the running text without hits, and whether that is sure; `None` if there is next to no text.
fn detected(rows: &Rows, text: &str) -> Option<(String, bool)> {
    let mut sample = String::new();
    let is_plain = |(i, row): &(usize, &Row)| rows.hits(row).is_empty() && is_prose(rows.line(*i, text));
    for (i, _) in rows.rows.iter().enumerate().filter(|(_, row)| !row.is_blank).filter(is_plain) {
        let line = rows.line(i, text);
        sample.push_str(&line[..line.floor_char_boundary(ENOUGH_BYTES)]);
        sample.push('\n');
        if sample.len() >= ENOUGH_BYTES {
            break;
        }
    }
    if sample.len() < LITTLE_BYTES {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    Some((two_letters(info.lang())?, info.is_reliable()))
}

/// The two-letter code (ISO 639-1), which packs use.
fn two_letters(language: whatlang::Lang) -> Option<String> {
    let code = match language.code() {
        "afr" => "af",
        "ara" => "ar",
        "aze" => "az",
        "bel" => "be",
        "ben" => "bn",
        "bul" => "bg",
        "cat" => "ca",
        "ces" => "cs",
        "cmn" => "zh",
        "cym" => "cy",
        "dan" => "da",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "est" => "et",
        "fin" => "fi",
        "fra" => "fr",
        "guj" => "gu",
        "heb" => "he",
        "hin" => "hi",
        "hrv" => "hr",
        "hun" => "hu",
        "hye" => "hy",
        "ind" => "id",
        "ita" => "it",
        "jpn" => "ja",
        "kan" => "kn",
        "kat" => "ka",
        "khm" => "km",
        "kor" => "ko",
        "lat" => "la",
        "lav" => "lv",
        "lit" => "lt",
        "mal" => "ml",
        "mar" => "mr",
        "mkd" => "mk",
        "mya" => "my",
        "nep" => "ne",
        "nld" => "nl",
        "nob" => "no",
        "ori" => "or",
        "pan" => "pa",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "sin" => "si",
        "slk" => "sk",
        "slv" => "sl",
        "spa" => "es",
        "srp" => "sr",
        "swe" => "sv",
        "tam" => "ta",
        "tel" => "te",
        "tgl" => "tl",
        "tha" => "th",
        "tuk" => "tk",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "uzb" => "uz",
        "vie" => "vi",
        "yid" => "yi",
        "zul" => "zu",
        _ => return None,
    };
    Some(code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Origin, two_letters};

    #[test]
    fn a_site_is_its_host_and_the_hosts_below() {
        let from = |host| Origin { language: None, host: Some(host) }.is_from("example.org");
        assert!(from("example.org") && from("news.Example.org"));
        assert!(!from("badexample.org") && !from("example.org.evil.net") && !from("org") && !from("é.org"));
        assert!(!Origin { language: None, host: None }.is_from("example.org"));
    }

    #[test]
    fn every_language_of_the_library_that_has_two_letters_is_named() {
        let missing: Vec<&str> = whatlang::Lang::all()
            .iter()
            .filter(|language| two_letters(**language).is_none())
            .map(|language| language.code())
            .collect();
        let known = ["aka", "amh", "epo", "jav", "sna"]; // no pack is near
        let unknown: Vec<_> = missing.into_iter().filter(|code| !known.contains(code)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
