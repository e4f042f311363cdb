//! `dechaff packs diff`: which lines of a folder of texts change sides between two versions of a pack.

use super::texts::each_text;
use crate::cli::Ended;
use crate::cli::args::PacksDiffArgs;
use crate::cli::cleaner::{load_pack, one_error};
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::clean::OnGuard;
use dechaff::engine::Engine;
use dechaff::{Cleaner, Document, Error, Level, Options, Weights};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(args: &PacksDiffArgs, terminal: &mut Terminal) -> Ended {
    let (old, new) = (cleaner(&args.old, terminal)?, cleaner(&args.new, terminal)?);
    let (mut gone, mut back, mut shown) = (0, 0, Vec::new());
    let read = each_text(&args.inputs, &args.files, |name, text| {
        let (before, after) = (removed(&old, text), removed(&new, text));
        let only = |a: &BTreeMap<usize, (String, String)>, b: &BTreeMap<usize, (String, String)>| {
            a.iter()
                .filter(|(line, _)| !b.contains_key(line))
                .map(|(l, what)| (*l, what.clone()))
                .collect::<Vec<_>>()
        };
        let (newly, no_longer) = (only(&after, &before), only(&before, &after));
        gone += newly.len();
        back += no_longer.len();
        let mut all: Vec<_> = newly.into_iter().map(|line| ('-', line)).collect();
        all.extend(no_longer.into_iter().map(|line| ('+', line)));
        all.sort_by_key(|(_, (line, _))| *line);
        shown.extend(
            all.into_iter().map(|(sign, (line, (id, text)))| (sign, format!("{name}:{line}: {id}: {text}"))),
        );
    })?;
    for (sign, line) in &shown {
        let color = if *sign == '-' { AnsiColor::Red } else { AnsiColor::Green };
        let line = terminal.styled(color.on_default(), &safe(&format!("{sign} {line}"))).into_owned();
        terminal.line(&line)?;
    }
    terminal.line(&format!("{read} texts: {gone} lines now go (-), {back} now stay (+)"))?;
    Ok(if gone + back == 0 { Exit::Done } else { Exit::Found })
}

/// Only the pack decides, in texts of its language, and nothing is held back: the pack is what is compared.
fn cleaner(path: &Path, terminal: &Terminal) -> Result<Cleaner, Error> {
    let pack = load_pack(path, terminal)?;
    let mut options = Options::at(Level::Patterns);
    options.language.clone_from(&pack.language);
    options.site.clone_from(&pack.site);
    options.on_guard = OnGuard::Flag;
    let engine = Engine::new(vec![pack]).map_err(|problems| one_error(&problems))?;
    Ok(Cleaner::new(engine, Weights::none(), options))
}

/// By line, what took it, and its text.
fn removed(cleaner: &Cleaner, text: &str) -> BTreeMap<usize, (String, String)> {
    let cleaned = cleaner.clean(&Document::new(text));
    let taken = cleaned.removals.iter().filter_map(|removal| {
        let by = cleaner.taken_by(removal)?.to_owned();
        Some((removal.line, (by, removal.text.trim().to_owned())))
    });
    taken.collect()
}
