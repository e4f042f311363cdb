//! `dechaff explain`: the text with what goes marked, and why.

use super::Ended;
use super::args::ExplainArgs;
use super::cleaner::cleaner;
use super::exit::Exit;
use super::input::read_input;
use super::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::Document;
use dechaff::clean::Why;

pub(crate) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Ended {
    let (cleaner, _) = cleaner(&args.patterns, terminal)?;
    let text = read_input(&args.input)?;
    let document = Document::new(&text);
    let cleaned = cleaner.clean(&document);
    let mut removals = cleaned.removals.iter().peekable();
    for (i, line) in document.lines().enumerate() {
        let mut whys = Vec::new();
        let mut whole = false;
        while let Some(removal) = removals.next_if(|r| r.line == i + 1) {
            whole |= !matches!(removal.why, Why::Span(_)) || removal.text.len() >= line.text.len();
            let pattern =
                cleaner.pattern(removal).map(|p| format!("{} ({}): ", p.id, p.strength)).unwrap_or_default();
            let part = match removal.why {
                Why::Span(_) => format!("`{}` goes: ", removal.text.trim()),
                _ => String::new(),
            };
            whys.push(format!("{part}{pattern}{}", cleaner.evidence(removal).join("; ")));
        }
        let mark = match (whys.is_empty(), whole) {
            (true, _) => ' ',
            (false, true) => '-',
            (false, false) => '~',
        };
        let shown = format!("{mark} {}", safe(line.text));
        let shown =
            if mark == ' ' { shown.into() } else { terminal.styled(AnsiColor::Red.on_default(), &shown) };
        let shown = shown.into_owned();
        terminal.line(shown.trim_end())?;
        for why in whys {
            let why = format!("    ^ {}", safe(&why));
            let why = terminal.styled(AnsiColor::Cyan.on_default(), &why).into_owned();
            terminal.line(&why)?;
        }
    }
    if !cleaned.signals.is_empty() {
        let signals: Vec<_> = cleaned.signals.iter().map(|signal| signal.name()).collect();
        terminal.note(&format!("signals: {}", signals.join(", ")));
    }
    Ok(Exit::Done)
}
