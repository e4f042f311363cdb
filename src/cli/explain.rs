//! `dechaff explain`: the text with what goes marked, what nearly goes, and why.

use super::Ended;
use super::args::{ExplainArgs, Global};
use super::cleaner::cleaner;
use super::exit::Exit;
use super::input::read_input;
use super::terminal::{Terminal, safe};
use anstyle::AnsiColor;
use dechaff::Document;
use dechaff::clean::{Score, Why};

/// How much a score may lack of what takes a line for the line to be shown as nearly removed: a factor of seven in the cost.
const NEARLY: f32 = 2.0;

pub(crate) fn run(args: &ExplainArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    let (cleaner, _) = cleaner(&args.patterns, true, terminal)?;
    let text = read_input(&args.input)?;
    let document = Document::new(&text);
    let cleaned = cleaner.clean(&document);
    let mut removals = cleaned.removals.iter().peekable();
    let mut nearly = cleaner.nearly_removed(&document, NEARLY).into_iter().peekable();
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
            let evidence = match &removal.why {
                Why::Evidence(score) => evidence(score, global.verbose),
                _ => cleaner.evidence(removal).join("; "),
            };
            whys.push(format!("{part}{pattern}{evidence}"));
        }
        let mut mark = match (whys.is_empty(), whole) {
            (true, _) => ' ',
            (false, true) => '-',
            (false, false) => '~',
        };
        while let Some((_, score)) = nearly.next_if(|near| near.0 == i + 1) {
            if mark == ' ' {
                mark = '?';
                whys.push(format!("nearly went: {}", evidence(&score, global.verbose)));
            }
        }
        let shown = format!("{mark} {}", safe(line.text));
        let shown = match mark {
            ' ' => shown.into(),
            '?' => terminal.styled(AnsiColor::Yellow.on_default(), &shown),
            _ => terminal.styled(AnsiColor::Red.on_default(), &shown),
        };
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

/// What evidence says, with numbers if asked for.
fn evidence(score: &Score, numbers: bool) -> String {
    let reason = |reason: &dechaff::clean::Reason| match numbers {
        true => format!("{reason} ({:+.2})", reason.share),
        false => reason.to_string(),
    };
    let reasons: Vec<String> = score.reasons.iter().flatten().map(reason).collect();
    let reasons = format!("place, look and neighbors: {}", reasons.join("; "));
    if numbers { format!("{reasons}; score {:+.2}", score.score) } else { reasons }
}
