//! `dechaff restore`.

use super::Ended;
use super::args::{Global, RestoreArgs};
use super::exit::Exit;
use super::terminal::Terminal;
use dechaff::corpus;

pub(crate) fn run(args: &RestoreArgs, global: &Global, terminal: &mut Terminal) -> Ended {
    let restored = corpus::restore(&args.clean, &args.removed, &args.output)?;
    for error in &restored.failed {
        terminal.error(error);
    }
    if !global.quiet {
        for (path, encoding) in &restored.transcoded {
            terminal.warning(&format!("{}: was {encoding}, restored as UTF-8", path.display()));
        }
        if restored.dropped > 0 {
            terminal.warning(&format!(
                "{} documents were left out by the guard, and are in the input only",
                restored.dropped
            ));
        }
        terminal.note(&format!(
            "restored     {} documents, {} removals put back",
            restored.documents, restored.removals
        ));
    }
    Ok(if restored.failed.is_empty() { Exit::Done } else { Exit::Found })
}
