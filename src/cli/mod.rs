//! The command line: parse, dispatch, exit. What a command does is in the file of its name.

mod args;
mod check;
mod clean;
mod cleaner;
mod diff;
mod eval;
mod exit;
mod explain;
mod input;
mod packs;
mod restore;
mod stop;
mod summary;
mod terminal;

use args::{Cli, Command};
use clap::Parser;
use dechaff::{Error, ErrorKind};
use exit::Exit;
use std::process::ExitCode;
use terminal::Terminal;

pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Wrong } else { Exit::Done }.into();
        }
    };
    let mut terminal = Terminal::new(cli.global.color);
    let ended = match &cli.command {
        Command::Clean(args) => clean::run(args, &cli.global, &mut terminal),
        Command::Check(args) => check::run(args, &cli.global, &mut terminal),
        Command::Explain(args) => explain::run(args, &cli.global, &mut terminal),
        Command::Eval(args) => eval::run(args, &cli.global, &mut terminal),
        Command::Restore(args) => restore::run(args, &cli.global, &mut terminal),
        Command::Packs(command) => packs::run(command, &mut terminal),
    };
    let ended = ended.and_then(|exit| terminal.finish().map(|()| exit));
    match ended {
        Ok(exit) => exit,
        // Whoever read our output has seen enough.
        Err(error) if error.is_closed_pipe() => Exit::Done,
        Err(error) => {
            terminal.error(&error);
            match error.kind() {
                ErrorKind::Read | ErrorKind::Write
                    if !matches!(cli.command, Command::Check(_) | Command::Eval(_)) =>
                {
                    Exit::Found
                }
                _ => Exit::Wrong,
            }
        }
    }
    .into()
}

/// What a command gives back.
type Ended = Result<Exit, Error>;
