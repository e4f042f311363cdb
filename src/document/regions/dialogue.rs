//! Dialogue: speeches with names before them, or with dashes or quotation marks.
//!
//! `Name: …` is also how pages write what they know about an article, and `Label: value` does not repeat its labels, while
//! speakers take turns. So labels must come again, and what is said must be sentences. Dashes begin list items too; what
//! is said there ends as sentences do, and somebody asks or exclaims.

use super::Region;
use super::rows::{Marks, Row, groups, widened};
use crate::document::{ends_sentence, word_count};

/// Lines that may lie between two speeches: further paragraphs, what somebody does.
const APART: usize = 3;

/// Marks all kinds of dialogue.
pub(super) fn find(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    named(rows, marks);
    chat(rows, marks);
    script(rows, marks);
    asked(rows, marks);
    dashed(rows, marks);
    quoted(rows, marks);
}

/// What lies between speeches is said or told in sentences.
fn is_told(row: &Row<'_>) -> bool {
    is_said(row.text) || row.text.starts_with(['(', '[', '（']) && row.text.ends_with([')', ']', '）'])
}

fn is_said(text: &str) -> bool {
    let text = text.trim_end_matches(['“', '„', '«', '」', '』', '‘']);
    ends_sentence(text) && !text.ends_with([':', '：'])
}

/// Speeches that names must stand before; of these, that end as sentences do; labels that must have been there before.
const SPEECHES: usize = 4;
const SENTENCES: usize = 3;
const REPEATED: usize = 2;
/// Speeches back to which a speaker is looked for.
const TURNS: usize = 6;

struct Speech<'t> {
    speaker: &'t str,
    is_said: bool,
    /// Words of what is said; none if that is no sentence.
    words: usize,
}

fn named<'t>(rows: &[Row<'t>], marks: &mut Marks<'_, '_>) {
    let evidence = |_: usize, row: &Row<'t>| speech(row.text);
    groups(rows, APART, evidence, is_told, |group| {
        let group = without_labels(group);
        let said = group.iter().filter(|(_, speech)| speech.words >= 2).count();
        let turns = turns(group, |speech| speech.speaker);
        if group.len() >= SPEECHES && said >= SENTENCES && turns >= REPEATED {
            protect(rows, group, marks);
        }
    });
}

/// The group without what stands at its ends with another label than all speeches near it, and is no sentence.
fn without_labels<'g, 't>(mut group: &'g [(usize, Speech<'t>)]) -> &'g [(usize, Speech<'t>)] {
    let is_part = |(_, speech): &(usize, Speech<'t>), near: &[(usize, Speech<'t>)]| {
        speech.is_said || near.iter().any(|(_, other)| other.speaker == speech.speaker)
    };
    while let [first, rest @ ..] = group
        && !is_part(first, &rest[..rest.len().min(TURNS)])
    {
        group = rest;
    }
    while let [rest @ .., last] = group
        && !is_part(last, &rest[rest.len().saturating_sub(TURNS)..])
    {
        group = rest;
    }
    group
}

fn protect<T>(rows: &[Row<'_>], group: &[(usize, T)], marks: &mut Marks<'_, '_>) {
    if let (Some(first), Some(last)) = (group.first(), group.last()) {
        marks.protect(&rows[first.0..=last.0], Region::Dialogue);
    }
}

/// How many speeches have a speaker who spoke shortly before, with somebody else between.
fn turns<'t, T>(group: &[(usize, T)], speaker: impl Fn(&T) -> &'t str) -> usize {
    let is_turn = |i: &usize| {
        let who = speaker(&group[*i].1);
        let before = group[i.saturating_sub(TURNS)..*i].iter().rev();
        let mut others = before.map(|(_, speech)| speaker(speech)).skip_while(|&other| other == who);
        others.any(|other| other == who) && (*i == 0 || speaker(&group[*i - 1].1) != who)
    };
    (0..group.len()).filter(is_turn).count()
}

/// Bytes in which the colon behind a name must stand, and words of a name.
const MAX_NAME: usize = 48;
const NAME_WORDS: usize = 4;

/// `NAME: what is said`, `NAME. What is said`
fn speech(text: &str) -> Option<Speech<'_>> {
    let (speaker, said) = labelled(text).or_else(|| played(text))?;
    let is_said = is_said(said);
    Some(Speech { speaker, is_said, words: if is_said { word_count(said) } else { 0 } })
}

/// As plays are printed: a name in capitals, perhaps how it is said, a full stop.
fn played(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().take(MAX_NAME).position(|b| matches!(b, b'.' | b'('))?;
    let (name, rest) = text.split_at(at);
    let said = match rest.strip_prefix('.') {
        Some(said) => said,
        None => rest.split_once(')')?.1.trim_start_matches(['.', ',']),
    };
    let has_name = name.chars().filter(|c| c.is_uppercase()).count() >= 2;
    (has_name && is_cast(name) && said.starts_with(' ')).then_some((name.trim_end(), said))
}

fn labelled(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['*', '_', '-', '–', '—', ' ']);
    let colon = text.bytes().take(MAX_NAME).position(|b| b == b':');
    let wide = text.char_indices().take(16).find(|&(_, c)| c == '：').map(|(at, _)| at);
    let at = colon.into_iter().chain(wide).min()?;
    let (speaker, rest) = text.split_at(at);
    let said = rest.strip_prefix(':').map_or_else(
        || rest.strip_prefix('：'),
        |rest| rest.starts_with([' ', '*', '_', '\t', '\u{a0}', '“', '"']).then_some(rest),
    )?;
    let speaker = speaker.trim_end();
    let first = speaker.chars().next()?;
    let is_name = first.is_alphabetic()
        && (!first.is_lowercase() || !speaker.contains(' '))
        && word_count(speaker) <= NAME_WORDS
        && speaker.chars().all(|c| {
            c.is_alphanumeric() || c.is_whitespace() || ".-'’()（）·・&*_".contains(c) || !c.is_ascii()
        });
    (is_name && !said.trim().is_empty()).then_some((speaker, said))
}

/// Lines of a chat: `<anna> hello`, `[12:01] anna: hello`. They end as people like, but time or brackets mark each.
fn chat(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    groups(
        rows,
        1,
        |_, row| nick(row.text),
        is_told,
        |group| {
            if group.len() >= SPEECHES && turns(group, |nick| *nick) >= REPEATED {
                protect(rows, group, marks);
            }
        },
    );
}

fn nick(text: &str) -> Option<&str> {
    let (time, text) = without_time(text);
    if let Some(rest) = text.strip_prefix('<') {
        let (nick, rest) = rest.split_once('>')?;
        let is_nick =
            (1..=24).contains(&nick.len()) && !nick.contains(['/', '=', '"']) && rest.starts_with(' ');
        return is_nick.then_some(nick);
    }
    let speech = speech(text)?;
    time.then_some(speech.speaker)
}

/// Whether a line begins with a time, `[12:01:30]`, `3/12/2020, 12:01 PM -`, and the line without it.
fn without_time(text: &str) -> (bool, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "[(:./,- –".contains(c));
    let time = &text[..text.len() - rest.len()];
    let rest = ["AM", "PM", "am", "pm"].iter().find_map(|half| rest.strip_prefix(half)).unwrap_or(rest);
    let is_time = time.contains(':') && time.bytes().filter(u8::is_ascii_digit).count() >= 3;
    (is_time, if is_time { rest.trim_start_matches([']', ')', ' ', '-', '–']) } else { text })
}

/// Play scripts: a name in capitals on a line of its own, and below it what is said.
fn script<'t>(rows: &[Row<'t>], marks: &mut Marks<'_, '_>) {
    let evidence = |i: usize, row: &Row<'t>| {
        let next = rows.get(i + 1)?;
        (is_cast(row.text) && !is_cast(next.text) && is_said(next.text)).then_some(row.text)
    };
    // Speeches of several lines end in sentences, not so each line.
    let is_spoken = |row: &Row<'_>| is_told(row) || !row.gap;
    groups(rows, 2 * APART, evidence, is_spoken, |group| {
        if let [(first, _), .., (last, _)] = *group
            && group.len() >= SPEECHES
            && turns(group, |name| *name) >= REPEATED
        {
            marks.protect(&rows[widened(rows, (first, last + 1), APART, is_told)], Region::Dialogue);
        }
    });
}

/// Questions that must have answers below them.
const QUESTIONS: usize = 4;
/// Bytes of a question that is asked in an interview.
const MAX_QUESTION: usize = 300;

/// Interviews without names: questions, and below each what is answered.
fn asked<'t>(rows: &[Row<'t>], marks: &mut Marks<'_, '_>) {
    let asks = |text: &str| {
        text.len() <= MAX_QUESTION && text.trim_end_matches(['*', '_']).ends_with(['?', '？', '؟', '՞'])
    };
    let evidence = |i: usize, row: &Row<'t>| {
        (asks(row.text) && rows.get(i + 1).is_some_and(|next| is_said(next.text) && !asks(next.text)))
            .then_some(())
    };
    groups(rows, APART, evidence, is_told, |group| {
        if let [(first, ()), .., (last, ())] = *group
            && group.len() >= QUESTIONS
        {
            marks.protect(&rows[first..=last + 1], Region::Dialogue);
        }
    });
}

fn is_cast(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or_default().trim_end_matches(['.', ':', ' ']);
    (2..=32).contains(&name.len())
        && name.split(' ').count() <= 3
        && name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
}

/// Speeches that begin with a dash or are quoted.
const MARKED_SPEECHES: usize = 3;

/// Speeches that begin with a dash. A hyphen is a list item at first sight, and counts if sentences are asked.
fn dashed(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let evidence = |_, row: &Row<'_>| {
        let said = row.text.strip_prefix(['–', '—', '―', '-'])?.trim_start();
        // Headlines that were cut short.
        if row.text.starts_with('-') && said.ends_with("...") {
            return None;
        }
        (is_said(said) && said.starts_with(char::is_alphabetic) | said.starts_with(['¿', '¡', '…', '.']))
            .then(|| said.contains(['?', '!', '？', '！', ';', '؟']))
    };
    groups(rows, APART, evidence, is_prose_between, |group| {
        let asked = group.iter().filter(|(_, asks)| *asks).count();
        if group.len() >= MARKED_SPEECHES && asked >= 1 {
            protect(rows, group, marks);
        }
    });
}

/// Paragraphs between speeches.
fn is_prose_between(row: &Row<'_>) -> bool {
    is_said(row.text) && word_count(row.text) >= 4 && !row.text.starts_with(['-', '*', '•'])
}

/// Speeches in quotation marks.
fn quoted(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let evidence = |_, row: &Row<'_>| is_quoted(row.text).then_some(());
    groups(rows, 2, evidence, is_prose_between, |group| {
        if group.len() >= MARKED_SPEECHES {
            protect(rows, group, marks);
        }
    });
}

/// A line that begins with a quotation, and ends as a sentence.
fn is_quoted(text: &str) -> bool {
    let mut chars = text.chars();
    let closes: &[char] = match chars.next() {
        Some('"') => &['"'],
        Some('“') => &['”', '“'],
        Some('„') => &['“', '”', '"'],
        Some('«') => &['»'],
        Some('»') => &['«', '»'],
        Some('「') => &['」'],
        Some('『') => &['』'],
        _ => return false,
    };
    let Some((said, told)) = chars.as_str().split_once(closes) else { return false };
    let is_wide = text.starts_with(['「', '『']);
    // Behind the quotation of a reader or an expert stands a name after a dash.
    let is_signed = told.trim_start().starts_with(['–', '—', '-', '~']);
    let is_sentence = |text: &str| is_said(text) || text.ends_with([',', '，', '、']);
    !is_signed
        && (is_wide || (is_said(text) && (is_sentence(said) || is_sentence(told) && word_count(told) >= 2)))
}
