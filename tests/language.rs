//! Packs of one language stay away from documents in another, English ones act everywhere.
#![allow(clippy::unwrap_used, reason = "tests")]

use dechaff::{Document, Level, Options, builtin_cleaner};

const DANISH: &str = "\
Broen blev åbnet i 1931 af byens borgmester, og i fyrre år kørte sporvognene over den til havnen og tilbage igen.
Læs også
Advertisement
Den blev lukket, fordi ingen ville betale for malingen, og siden har den stået tom og rustet midt i byen.
";
const SWEDISH: &str = "\
Bron öppnades år 1931 av stadens borgmästare, och i fyrtio år gick spårvagnarna över den till hamnen och tillbaka igen.
Læs også
Advertisement
Den stängdes eftersom ingen ville betala för målarfärgen, och sedan dess har den stått tom och rostat mitt i staden.
";

fn left(text: &str, options: Options, told: Option<&str>) -> Vec<bool> {
    let document = Document::new(text);
    let document = told.map_or(document, |language| document.in_language(language));
    let cleaned = builtin_cleaner(options).unwrap().clean(&document);
    ["Læs også", "Advertisement"].map(|line| cleaned.text.lines().any(|l| l == line)).to_vec()
}

/// A part that is cut out is a removal as any other.
#[test]
fn parts_of_lines_stay_in_other_languages_too() {
    let danish = "Byen blev grundlagt i 1931 og var i fyrre år den største i egnen, indtil havnen blev lukket og skibene sejlede.\n\nDen nye bro. (Kuva: Matti Virtanen)\n\nIngen ved, hvem der malede den første lygte, eller hvorfor den var grøn, men alle husker den endnu i dag.\n";
    let cleaner = builtin_cleaner(Options::at(Level::Patterns)).unwrap();
    assert_eq!(cleaner.clean(&Document::new(danish)).text, danish);
    let finnish = Document::new(danish).in_language("fi");
    assert!(!cleaner.clean(&finnish).text.contains("Kuva"));
}

#[test]
fn a_danish_label_goes_from_danish_text_only() {
    let patterns = || Options::at(Level::Patterns);
    assert_eq!(left(DANISH, patterns(), None), [false, false]);
    assert_eq!(left(SWEDISH, patterns(), None), [true, false]);
    assert_eq!(left(SWEDISH, patterns(), Some("da")), [false, false], "what is told is believed");
    let mut swedish = patterns();
    swedish.language = Some("sv".into());
    assert_eq!(left(DANISH, swedish, None), [true, false]);
    assert_eq!(
        left("Læs også\n", patterns(), None),
        [false, false],
        "a text that says nothing is of any language"
    );
}
