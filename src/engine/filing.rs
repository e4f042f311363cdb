//! Works out how the phrases of a pack are filed: by which needles a line comes to them, and what is tested then.

use super::gate::OPEN;
use super::holes::{Holes, Matcher};
use super::index::{MIN_EDGE_BYTES, MIN_INSIDE_BYTES, Needle};
use super::needles;
use super::phrase::{Compiled, MAX_HOLES, Part};
use super::regexes;
use super::spans::word_after_mark;
use crate::patterns::{Filing, Form, Gate, Hole, Kind, Lead, Lines, Phrase, Phrasing, Piece, Template, Test};

/// `{text}`s in one phrase. Each may end in many places, so the cost grows with a power of their number.
const MAX_TEXTS: usize = 3;
/// Phrases of a template without holes that are put into the table of whole keys.
const FEW_PHRASES: usize = 4;
/// From this length on a phrase without holes is found by its beginning, so that it is found in lines of which only
/// the beginning is folded.
const LONG_WHOLE_BYTES: usize = 160;

/// What filing a phrase costs, for the limits of [`super::compile`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Phrases written out, and their bytes.
    pub phrases: usize,
    pub phrase_bytes: usize,
    /// Regexes, and their sizes added up.
    pub regexes: usize,
    pub regex_size: u64,
}

/// Why a phrase cannot be filed: what is wrong, and what to do.
pub(super) type Refused = (String, String);

/// Files a phrase, the next one of its pack. `may_cost` says no where the limits are reached; the phrase is then never found.
pub(super) fn file(
    phrasing: &Phrasing,
    holes: &Holes,
    filing: &mut Filing,
    may_cost: &mut dyn FnMut(Cost) -> bool,
) -> Result<(), Refused> {
    let phrase = u32::try_from(filing.tests.len()).unwrap_or(u32::MAX);
    // Numbers count whatever comes of the phrase.
    filing.tests.push(Test::Phrase);
    let filed = filed(phrasing, holes, may_cost)?;
    filing.tests[phrase as usize] = filed.test;
    filing.spans.extend(filed.after_mark.into_iter().map(|word| (word, phrase)));
    let mut own = Vec::new();
    for (needle, gate) in filed.needles {
        let gate = gate.with(needle.text());
        own.extend(needle.file(Lead { phrase, gate }, filing));
    }
    // Each clue once: where several ways through a template have it, any of them will do.
    own.sort_by_key(|(clue, _)| *clue);
    own.dedup_by(|(clue, lead): &mut (u64, Lead), (kept, all)| {
        let is_same = clue == kept;
        if is_same {
            all.gate = all.gate.or(lead.gate);
        }
        is_same
    });
    own.into_iter().for_each(|(clue, lead)| filing.add(clue, lead));
    Ok(())
}

/// How one phrase is tested and what leads to it.
struct Filed {
    test: Test,
    needles: Vec<(Needle, Gate)>,
    after_mark: Vec<String>,
}

impl Filed {
    fn by(needles: Vec<(Needle, Gate)>) -> Self {
        Self { test: Test::Phrase, needles, after_mark: Vec::new() }
    }
}

fn filed(
    phrasing: &Phrasing,
    holes: &Holes,
    may_cost: &mut dyn FnMut(Cost) -> bool,
) -> Result<Filed, Refused> {
    let template = match &phrasing.form {
        Form::Template(template) => template,
        Form::Regex(written) => {
            let gated = regexes::gate(written).map_err(|r| (r.message, r.hint.to_owned()))?;
            may_cost(Cost { regexes: 1, regex_size: gated.cost, ..Cost::default() });
            let with_lines = |needle: Needle| {
                // Nobody sees whether what a regex begins with is fixed, so it is asked of long lines, too.
                let lines = if matches!(needle, Needle::Start(_)) { Lines::All } else { Lines::Short };
                (needle, Gate { lines, ..gated.gate })
            };
            return Ok(Filed::by(gated.needles.into_iter().map(with_lines).collect()));
        }
    };
    let texts = template.holes().into_iter().filter(|hole| *hole == Hole::Text).count();
    if template.holes().len() > MAX_HOLES as usize
        || (texts > MAX_TEXTS && template.phrases().iter().any(has_many_texts))
    {
        return Err((format!("`{template}` has too many holes"), "split the template".to_owned()));
    }
    // The few phrases of a plain template are looked up whole; those of the others are found by their needles.
    let is_plain = template.holes().is_empty() && template.phrase_count() <= FEW_PHRASES;
    if phrasing.kind != Kind::Span
        && !(is_plain && phrasing.kind == Kind::Line)
        && let Some(needles) = needles::needles(template, phrasing.kind, Some(holes))
    {
        return Ok(Filed::by(needles));
    }
    let phrases = template.phrase_count();
    let cost = Cost { phrases, phrase_bytes: phrases * template.to_string().len(), ..Cost::default() };
    match may_cost(cost) {
        true => written_out(template, phrasing.kind, holes),
        false => Ok(Filed::by(Vec::new())),
    }
}

/// The filing of a template whose phrases are looked at one by one.
fn written_out(template: &Template, kind: Kind, holes: &Holes) -> Result<Filed, Refused> {
    let (mut needles, mut after_mark) = (Vec::new(), Vec::new());
    for phrase in template.phrases() {
        let Some(compiled) = Compiled::new(&phrase, kind, holes) else { continue };
        if compiled.parts.is_empty() {
            let message = format!("`{template}` folds to nothing, which is every blank line");
            return Err((message, "write at least one letter or digit".to_owned()));
        }
        if kind == Kind::Span {
            let Some(word) = word_after_mark(&compiled) else {
                let message = format!("`{template}` has no word after a mark");
                let hint = "one of `( [ / | : ...` and then a fixed word must stand in every span";
                return Err((message, hint.to_owned()));
            };
            after_mark.push(word);
            continue;
        }
        let found = needles_of(&compiled);
        if found.is_empty() {
            let message = format!("`{template}` has too little fixed text");
            let hint = "two fixed letters must stand at its beginning or end, or a word of three inside";
            return Err((message, hint.to_owned()));
        }
        let gate = compiled.parts.iter().fold(OPEN, |gate, part| gate.with(part.fixed()));
        needles.extend(found.into_iter().map(|(needle, lines)| (needle, Gate { lines, ..gate })));
    }
    after_mark.sort();
    after_mark.dedup();
    let is_whole = |(needle, _): &(Needle, Gate)| matches!(needle, Needle::Whole(_));
    let test = match kind {
        Kind::Span => Test::Span,
        _ if template.holes().is_empty() && needles.iter().all(is_whole) => Test::Whole,
        _ => Test::Phrase,
    };
    Ok(Filed { test, needles, after_mark })
}

fn has_many_texts(phrase: &Phrase) -> bool {
    phrase.iter().filter(|piece| **piece == Piece::Hole(Hole::Text)).count() > MAX_TEXTS
}

impl Part {
    fn fixed(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Hole(_) => "",
        }
    }
}

/// The fixed texts of which a key must hold one to match the phrase; none if it has too little.
fn needles_of(phrase: &Compiled) -> Vec<(Needle, Lines)> {
    let kind = phrase.kind;
    let is_enough = |text: &&str| text.len() >= MIN_EDGE_BYTES;
    let long = |text: &str| {
        is_enough(&needles::trimmed(text)).then(|| (Needle::Start(text.to_owned()), Lines::Long))
    };
    if let Some(text) = phrase.fixed().filter(|t| kind == Kind::Line && t.len() < LONG_WHOLE_BYTES) {
        return vec![(Needle::Whole(text.to_owned()), Lines::All)];
    }
    let first = phrase.parts.first().map(Part::fixed).filter(|_| kind != Kind::End).filter(is_enough);
    let last = phrase.parts.last().map(Part::fixed).filter(|_| kind != Kind::Start).filter(is_enough);
    match (first, last) {
        (Some(first), Some(last)) if last.len() > first.len() && first.len() < 4 => {
            return [(Needle::End(last.to_owned()), Lines::Short)].into_iter().chain(long(first)).collect();
        }
        (Some(first), _) => {
            return [(Needle::Start(first.to_owned()), Lines::Short)]
                .into_iter()
                .chain(long(first))
                .collect();
        }
        (None, Some(last)) => return vec![(Needle::End(last.to_owned()), Lines::Short)],
        (None, None) => {}
    }
    let inside = phrase.parts.iter().map(Part::fixed).max_by_key(|text| text.len()).unwrap_or_default();
    if inside.len() >= MIN_INSIDE_BYTES && inside.chars().any(char::is_alphanumeric) {
        return vec![(Needle::Inside(inside.to_owned()), Lines::Short)];
    }
    // A word list at the beginning is as good as the fixed texts that it stands for.
    let Some(Part::Hole(Matcher::Words(words))) = phrase.parts.first().filter(|_| kind != Kind::End) else {
        return Vec::new();
    };
    let next = phrase.parts.get(1).map(Part::fixed).unwrap_or_default();
    let needle = |word: &String| {
        let text = format!("{word}{next}");
        match phrase.parts.len() {
            1 if kind == Kind::Line => Some(Needle::Whole(text)),
            _ => (text.len() >= MIN_EDGE_BYTES).then_some(Needle::Start(text)),
        }
    };
    let needles = words.entries.iter().map(needle).collect::<Option<Vec<_>>>().unwrap_or_default();
    needles.into_iter().map(|needle| (needle, Lines::Short)).collect()
}
