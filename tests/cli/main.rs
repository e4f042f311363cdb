//! The command line, run as a person runs it: the built program, real folders, exit codes, what it prints.
//!
//! The tests use a small pack of their own (`tests/fixtures/packs/small.toml`), so that work on the real packs changes
//! nothing here. After every run the harness checks by itself that no input was changed and that no unfinished
//! file was left behind, see [`workdir`].
//!
//! They need a Unix: links, pipes, signals, permissions and names that are not UTF-8 are half of what is tested. Where a
//! machine cannot provoke a fault (no `strace`, no right to mount), the test prints `skipped: …` and passes.
#![cfg(all(unix, feature = "cli"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

/// What hostile or broken files and folders do to a run: the one file fails, the rest is done.
mod bad_input;
/// `check`: what it lists and its exit codes.
mod check;
/// `clean`: what goes where, which files are taken, the diff, the log and the summary.
mod clean;
/// `eval`: the two tables, the JSON, both forms of labels, and records that are wrong.
mod eval;
/// `explain`: marks and reasons, and that nothing in a text reaches the terminal raw.
mod explain;
/// Faults of the machine: a full disk, files that vanish, grow or shrink while they are read, no permission.
mod faults;
/// Signals: a run stops soon, leaves nothing half-done, and what it did is on record.
mod interrupt;
/// Levels, the cost behind them, weights of one's own, the guard.
mod levels;
/// What maintainers of packs use: skeletons, hits in context, what changes between two versions, counts; packs for sites.
mod pack_tools;
/// `packs`: each mistake in a pack is named, with file, line and a hint; a wrong pack stops a run before it begins.
mod packs;
/// Calls that could destroy something are refused before anything is written.
mod refusals;
/// `restore`: the input comes back byte for byte.
mod restore;
/// Where output goes: data to stdout, words to stderr, color, closed pipes and full disks.
mod streams;
/// A folder to work in and a command to run in it.
mod workdir;
