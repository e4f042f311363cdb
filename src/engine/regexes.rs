//! Regular expressions of packs: bounded in size, and each behind fixed text that a line must hold.
//!
//! Without such text a regex would run on every short line, and a hundred of them would cost more than all
//! other patterns together. And packs come from strangers: the `regex` crate runs in linear time and bounds the
//! automaton, but not literal alternations, nor the time that compiling takes. So the expression's own size is
//! bounded before it is compiled.

use super::gate::OPEN;
use super::index::{MIN_INSIDE_BYTES, Needle};
use crate::patterns::Gate;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind};

/// Size of one expression: literal bytes and character ranges, repetitions written out. Compiling takes
/// about a millisecond for each 10,000 (measured with `[a-z]{n}` and with word alternations).
const MAX_COST: u64 = 20_000;
/// Bytes that the compiled program and its automaton may have.
const SIZE_LIMIT: usize = 1 << 20;
/// Literals that may stand for the beginning or end of one expression.
const MAX_NEEDLES: usize = 64;
/// Nesting of an expression.
const MAX_DEPTH: u32 = 50;

/// An expression with the fixed texts of which a key must hold one.
pub(super) struct Gated {
    pub needles: Vec<Needle>,
    /// What a key must be like besides.
    pub gate: Gate,
    /// Its size, see [`MAX_COST`].
    pub cost: u64,
}

/// Compiles an expression; `None` if that takes more than the limits.
pub(super) fn compile(written: &str) -> Option<Regex> {
    let mut builder = RegexBuilder::new(&format!("^(?:{written})$"));
    builder.size_limit(SIZE_LIMIT).dfa_size_limit(SIZE_LIMIT).nest_limit(MAX_DEPTH).build().ok()
}

/// What to do about an expression that is too large.
pub(super) const TOO_LARGE_HINT: &str = "shorten repetitions such as `{1,500}`, or write templates";

/// Why an expression was refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refused {
    pub message: String,
    pub hint: &'static str,
}

/// Reads an expression that is compared with the whole key.
pub(super) fn gate(written: &str) -> Result<Gated, Refused> {
    let parsed = regex_syntax::ParserBuilder::new().nest_limit(MAX_DEPTH).build().parse(written);
    let hir = parsed.map_err(|error| {
        let message = match error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => "it does not parse".to_owned(),
        };
        Refused {
            message: format!("regex does not parse: {message}"),
            hint: "see the regex syntax in patterns/README.md",
        }
    })?;
    if hir.properties().minimum_len() == Some(0) {
        let message = "regex matches an empty line".to_owned();
        return Err(Refused { message, hint: "require some text" });
    }
    let cost = cost(&hir);
    if cost > MAX_COST {
        let message = format!("regex is too large ({cost} parts, at most {MAX_COST})");
        return Err(Refused { message, hint: TOO_LARGE_HINT });
    }
    match needles(&hir) {
        Some(needles) => {
            let bytes = |n: Option<usize>| n.and_then(|n| u16::try_from(n).ok());
            let (least, most) = (hir.properties().minimum_len(), hir.properties().maximum_len());
            let length = (bytes(least).unwrap_or(0), bytes(most).unwrap_or(u16::MAX));
            Ok(Gated { needles, gate: Gate { length, ..OPEN }, cost })
        }
        None => Err(Refused {
            message: "regex has no required text".to_owned(),
            hint: "some fixed letters must stand in every match: two or more at its beginning or end, or three inside",
        }),
    }
}

fn needles(hir: &Hir) -> Option<Vec<Needle>> {
    let edge = |kind, needle: fn(String) -> Needle| {
        let mut extractor = Extractor::new();
        extractor.kind(kind).limit_total(MAX_NEEDLES);
        let literals = extractor.extract(hir);
        let literals = literals.literals()?;
        let texts: Option<Vec<String>> = literals
            .iter()
            .map(|l| {
                std::str::from_utf8(l.as_bytes()).ok().filter(|t| t.chars().count() >= 2).map(str::to_owned)
            })
            .collect();
        Some(texts?.into_iter().map(needle).collect::<Vec<_>>())
    };
    edge(ExtractKind::Prefix, Needle::Start)
        .filter(|n| !n.is_empty())
        .or_else(|| edge(ExtractKind::Suffix, Needle::End).filter(|n| !n.is_empty()))
        .or_else(|| required(hir).map(|text| vec![Needle::Inside(text)]))
}

/// The longest literal that every match must hold.
fn required(hir: &Hir) -> Option<String> {
    let found = match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_owned),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(required).max_by_key(String::len),
        _ => None,
    };
    found.filter(|text| text.len() >= MIN_INSIDE_BYTES)
}

fn cost(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() as u64,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Capture(capture) => cost(&capture.sub).saturating_add(1),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            cost(&repetition.sub).saturating_mul(u64::from(times)).saturating_add(1)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(cost).fold(0, u64::saturating_add)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &[Needle]) {
        match gate(written) {
            Ok(gated) => assert_eq!(gated.needles, expected, "{written}"),
            Err(refused) => panic!("{written}: {refused:?}"),
        }
    }

    #[test]
    fn fixed_text_is_found_at_the_edges_or_inside() {
        let start = |text: &str| Needle::Start(text.to_owned());
        check(r"posted (?:by|on) .{1,30}", &[start("posted by "), start("posted on ")]);
        check(r"[a-c]+ comments", &["a", "b", "c"].map(|x| Needle::End(format!("{x} comments"))));
        check(r".{1,20} min read .{1,20}", &[Needle::Inside(" min read ".into())]);
    }

    #[test]
    fn bombs_and_gluttons_are_refused() {
        for (written, message) in [
            ("a(b", "regex does not parse: unclosed group"),
            (".*", "regex matches an empty line"),
            (".+", "regex has no required text"),
            ("[a-z]+ ?[0-9]", "regex has no required text"),
            ("(?:a{1000}){1000}", "regex is too large (1001001 parts, at most 20000)"),
        ] {
            let refused = gate(written).err().map(|r| r.message);
            assert_eq!(refused.as_deref(), Some(message), "{written}");
        }
        assert!(gate(&"(".repeat(4000)).is_err());
        assert!(gate(r"share (?:\w{1,100}\s){1,50}").is_err());
    }
}
