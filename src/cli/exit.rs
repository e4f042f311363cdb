//! Exit codes: part of the interface, listed in the README.

use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: all done; `check`: no junk.
    Done,
    /// 1: some sources failed; `check` and `packs check`: something was found.
    Found,
    /// 2: the call or a pack is wrong; nothing was written. `check`, `eval`: some sources failed.
    Wrong,
    /// 128 + the signal's number: stopped by a signal.
    Stopped(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Found => Self::from(1),
            Exit::Wrong => Self::from(2),
            Exit::Stopped(signal) => Self::from(128 + signal),
        }
    }
}
