//! Builds the cleaner that the flags ask for.

use super::args::PatternArgs;
use super::terminal::Terminal;
use dechaff::clean::{OnGuard, self_test};
use dechaff::corpus::{Source, read_source};
use dechaff::engine::Engine;
use dechaff::patterns::{Pack, Problem, Severity, into_error, load, select};
use dechaff::{Cleaner, Error, ErrorKind, Level, Options, Weights, builtin_packs};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Name and version of the packs in use.
pub(crate) type Versions = Vec<(String, String)>;

/// `reasons`: whether somebody will read why evidence took what it did.
pub(crate) fn cleaner(
    args: &PatternArgs,
    reasons: bool,
    terminal: &Terminal,
) -> Result<(Cleaner, Versions), Error> {
    let builtin = if args.no_builtin_packs { Vec::new() } else { builtin_packs()? };
    let mut packs = packs(&args.packs, builtin, terminal)?;
    select(&mut packs, &args.select, &args.ignore)?;
    if packs.iter().flat_map(|pack| &pack.patterns).all(|pattern| pattern.is_off) {
        return Err(Error::new(ErrorKind::Usage, "no patterns are left")
            .with_hint("give a pack with `--pack`, or select more"));
    }
    let versions = packs.iter().map(|pack| (pack.name.clone(), pack.version.clone())).collect();
    let engine = Engine::new(packs).map_err(|problems| one_error(&problems))?;
    let mut options = options(args);
    options.reasons = reasons;
    Ok((Cleaner::new(engine, weights(args)?, options), versions))
}

/// A cleaner without patterns.
pub(crate) fn blind_cleaner(args: &PatternArgs) -> Result<Cleaner, Error> {
    let engine = Engine::new(Vec::new()).map_err(|problems| one_error(&problems))?;
    Ok(Cleaner::new(engine, weights(args)?, options(args)))
}

fn options(args: &PatternArgs) -> Options {
    let mut options = Options::at(Level::named(&args.level).unwrap_or_default());
    options.max_loss = args.max_loss;
    options.cost = args.cost;
    options.language.clone_from(&args.language);
    options.site.clone_from(&args.site);
    options.on_guard = match args.on_guard.as_str() {
        "flag" => OnGuard::Flag,
        "drop" => OnGuard::Drop,
        _ => OnGuard::Keep,
    };
    options
}

fn weights(args: &PatternArgs) -> Result<Weights, Error> {
    let Some(path) = &args.weights else {
        let is_asked = args.level != Level::Patterns.name();
        return if is_asked { Weights::builtin() } else { Ok(Weights::none()) };
    };
    let wrong = |message: String| {
        Error::new(ErrorKind::Pack, message).at(path).with_hint("name a file that `scripts/fit` wrote")
    };
    match read_source(path) {
        Ok(Source::Text { text, .. }) => Weights::parse(&text).map_err(|error| error.at(path)),
        Ok(_) => Err(wrong("not a text".to_owned())),
        Err(error) => Err(wrong(format!("cannot read the weights: {error}"))),
    }
}

/// `packs`, the built-in ones, and those at `paths`, whose warnings are shown.
pub(crate) fn packs(
    paths: &[PathBuf],
    mut packs: Vec<Pack>,
    terminal: &Terminal,
) -> Result<Vec<Pack>, Error> {
    if paths.is_empty() {
        return Ok(packs);
    }
    let english = english_words(&packs);
    let mut names: BTreeSet<String> = packs.iter().map(|pack| pack.name.clone()).collect();
    let mut problems = Vec::new();
    for path in paths {
        let (pack, found) = load(path);
        problems.extend(found);
        let Some(pack) = pack else { continue };
        problems.extend(problems_of(&pack, &english));
        // A pack of one's own takes the place of a built-in pack of its name, so that one can be worked on.
        if !names.insert(pack.name.clone()) {
            packs.retain(|other| other.name != pack.name);
        }
        packs.push(pack);
    }
    for problem in problems.iter().filter(|p| p.severity == Severity::Warning) {
        terminal.problem(problem);
    }
    if problems.iter().any(|p| p.severity == Severity::Error) {
        return Err(one_error(&problems));
    }
    Ok(packs)
}

/// The pack at `path`, whose warnings are shown.
pub(crate) fn load_pack(path: &Path, terminal: &Terminal) -> Result<Pack, Error> {
    let (pack, problems) = load(path);
    for problem in problems.iter().filter(|p| p.severity == Severity::Warning) {
        terminal.problem(problem);
    }
    pack.ok_or_else(|| one_error(&problems))
}

/// The everyday words of English, which acts on all texts.
pub(crate) fn english_words(packs: &[Pack]) -> Vec<String> {
    let english = packs.iter().filter(|pack| pack.language.as_deref() == Some("en"));
    english.filter_map(|pack| pack.words.get("common")).flatten().cloned().collect()
}

/// The problems of a pack, which may be sure of no everyday word of English or of its own.
pub(crate) fn problems_of(pack: &Pack, english: &[String]) -> Vec<Problem> {
    let own = pack.words.get("common").into_iter().flatten();
    self_test(pack, &english.iter().chain(own).cloned().collect::<Vec<_>>())
}

pub(crate) fn one_error(problems: &[Problem]) -> Error {
    into_error(problems).unwrap_or_else(|| Error::new(ErrorKind::Pack, "the packs cannot be used"))
}
