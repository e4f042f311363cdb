//! Signals: a run stops soon, leaves nothing half-done, and what it did is on record.

use crate::workdir::{CLEAN, JUNKY, Running, Workdir, until};
use std::time::{Duration, Instant};

/// So many files that a run surely lasts: links to one file, which cost nothing to make.
const FILES: usize = 6000;
/// Times the text in each.
const REPEATS: usize = 60;

fn many() -> Workdir {
    let work = Workdir::with(&[("file", JUNKY.repeat(REPEATS))]);
    work.folder("in");
    for number in 0..FILES {
        std::fs::hard_link(work.path("file"), work.path(format!("in/{number:04}.txt"))).unwrap();
    }
    work
}

/// Starts a run and waits for its first outputs.
fn in_mid_run<'w>(work: &'w Workdir, call: &str) -> Running<'w> {
    let mut running = work.dechaff(call).start();
    until("the first outputs", || work.exists("out/0003.txt") || running.has_ended());
    assert!(!running.has_ended(), "the run was over before it could be interrupted");
    running
}

#[test]
fn a_signal_stops_the_run_soon_and_leaves_whole_files() {
    let work = many();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let running = in_mid_run(&work, "clean in -o out --removed removed.jsonl");
        running.signal(signal);
        let start = Instant::now();
        let ran = running.end();
        ran.exits(code).says("warning: stopped: the files in hand were finished");
        let needed = ran.ended - start;
        let outputs = work.tree("out");
        if outputs.len() >= FILES {
            ran.fail("the run went on to its end");
        }
        assert!(needed < Duration::from_secs(2), "{signal}: it took {needed:?} to stop");
        let clean = CLEAN.repeat(REPEATS);
        assert!(outputs.values().all(|bytes| bytes == clean.as_bytes()), "{signal}: an output is not whole");
        std::fs::remove_dir_all(work.path("out")).unwrap();
    }
}

#[test]
fn all_that_was_written_before_a_signal_can_be_restored() {
    let work = many();
    let running = in_mid_run(&work, "clean in -o out --removed removed.jsonl");
    running.signal("INT");
    let ran = running.end();
    let logged = work.text("removed.jsonl").lines().count();
    let outputs = work.tree("out").len();
    // Of each text one label goes each time, with the blank line below it.
    assert_eq!(
        logged,
        outputs * REPEATS * 2,
        "the log does not hold all that was removed from {outputs} outputs"
    );
    ran.exits(130).says(&format!("{outputs} cleaned"));
    work.dechaff("restore out --removed removed.jsonl -o back").run().exits(0);
    let text = JUNKY.repeat(REPEATS);
    assert!(work.tree("back").values().all(|bytes| bytes == text.as_bytes()));
}

#[test]
fn a_check_that_is_stopped_says_so_by_its_exit_code() {
    let work = many();
    let mut running = work.dechaff("check in").start();
    running.read_line(); // it is under way
    running.signal("TERM");
    running.end().exits(143).says("warning: stopped");
}

#[test]
fn a_second_signal_ends_the_run_at_once() {
    // Nobody reads the diff, so the run hangs in writing it, as one might on a dead network disk.
    let work = Workdir::with(&[("in/a.txt", JUNKY.repeat(20_000))]);
    let mut running = work.dechaff("clean in -n --diff").start();
    running.read_line();
    running.signal("INT");
    let start = Instant::now();
    // One signal at a time: a second that arrives before the first was seen is the same one.
    until("the end", || {
        running.signal("INT");
        running.has_ended()
    });
    assert!(start.elapsed() < Duration::from_secs(2), "it took {:?}", start.elapsed());
    running.end().exits(130);
}

#[test]
fn a_signal_while_stdin_is_waited_for_ends_the_run() {
    let work = Workdir::with::<&str>(&[]);
    if !work.tool("mkfifo pipe") {
        return crate::workdir::skipped("there is no mkfifo");
    }
    let mut running =
        work.dechaff("clean - --removed removed.jsonl").in_bash(r#"exec 3<>pipe; exec "$@" <&3"#).start();
    until("the end", || {
        running.signal("TERM"); // a shell starts jobs in the background with INT ignored
        running.has_ended()
    });
    let ran = running.end();
    // Ended by the signal itself, or by the program's own hand.
    if ![-15, 143].contains(&ran.code) {
        ran.fail("no exit code of an interrupted program");
    }
    assert!(!work.exists("removed.jsonl"));
}
