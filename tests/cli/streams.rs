//! Where output goes: data to stdout, words to stderr, color, closed pipes and full disks.

use crate::workdir::{JUNKY, Workdir, skipped};

/// A text whose listing, diff and explanation are larger than all buffers between two programs.
fn large() -> Workdir {
    Workdir::with(&[("in/a.txt", JUNKY.repeat(4000)), ("in/b.txt", JUNKY.repeat(4000))])
}

#[test]
fn quiet_is_silent_but_for_errors() {
    let work = Workdir::junky();
    work.write("in/binary", [0u8; 9]);
    work.dechaff("clean in -o out -q").run().exits(0).prints("").says_nothing();
    work.link("nowhere", "nothing.txt");
    work.dechaff("clean nothing.txt -o out -q")
        .run()
        .exits(2)
        .prints("")
        .says("nothing.txt: cannot open the input");
}

#[test]
fn what_was_skipped_or_decoded_is_named() {
    let work = Workdir::junky();
    work.write("in/binary", [0u8; 9]);
    work.write("in/latin.txt", b"Caf\xe9 og \xe6bler, s\xf8d gr\xf8d p\xe5 en b\xe6nk.\n");
    work.link("a.txt", "in/link.txt");
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(0).prints("");
    ran.says("warning: in/binary: skipped: binary");
    ran.says("decoded      1 document from windows-1252").says("skipped      2 files, being no text");
    assert!(!ran.stderr_text().contains("link.txt"));
    let ran = work.dechaff("clean in -o out --verbose").run();
    ran.exits(0).prints("");
    ran.says("warning: in/link.txt: skipped: symlink").says("warning: in/binary: skipped: binary");
    ran.says("warning: in/latin.txt: decoded from windows-1252, written as UTF-8");
}

#[test]
fn a_text_from_stdin_that_was_decoded_is_noted_too() {
    let latin = b"Caf\xe9 og \xe6bler, s\xf8d gr\xf8d p\xe5 en b\xe6nk.\n";
    let work = Workdir::with::<&str>(&[]);
    let ran = work.dechaff("clean -").stdin(latin).run();
    ran.exits(0).prints("Café og æbler, sød grød på en bænk.\n").says("windows-1252");
    work.dechaff("clean - -q").stdin(latin).run().exits(0).says_nothing();
}

#[test]
fn color_comes_only_where_it_is_wanted() {
    let work = Workdir::junky();
    let calls = ["clean in -n --diff", "check in", "explain in/a.txt"];
    for call in calls {
        work.dechaff(call).run().is_tame();
        work.dechaff(call).arg("--color").arg("never").run().is_tame();
        for (name, value) in [("TERM", "xterm"), ("NO_COLOR", "1"), ("TERM", "dumb")] {
            let ran = work.dechaff(call).arg("--color=always").env(name, value).run();
            if !ran.stdout_text().contains("\x1b[31m") && !ran.stdout_text().contains("\x1b[35m") {
                ran.fail("no color, though it was asked for");
            }
        }
    }
    work.dechaff("clean missing -o out --color always").run().says("\x1b[1m\x1b[31merror:\x1b[0m missing");
    work.dechaff("clean in -n --color sometimes").run().exits(2).is_tame();
}

#[test]
fn a_terminal_gets_color_unless_no_color_is_set() {
    let work = Workdir::junky();
    if !work.tool("script --version") {
        return skipped("there is no `script` that makes a terminal");
    }
    let on_terminal = |name, value| {
        let line = r#"printf -v line '%q ' "$@"; script -qec "$line" /dev/null"#;
        work.dechaff("clean in -n --diff").in_bash(line).env(name, value).run().exits(0).stdout_text()
    };
    assert!(
        on_terminal("NO_COLOR", "").contains("\x1b[31m-Advertisement\x1b[0m"),
        "empty is as good as unset"
    );
    assert!(!on_terminal("NO_COLOR", "1").contains("\x1b[31m"));
    assert!(!on_terminal("TERM", "dumb").contains("\x1b[31m"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let work = large();
    let text = JUNKY.repeat(4000);
    for call in
        ["check in -q", "explain in/a.txt", "clean in -n --diff -q", "clean -", "check -", "explain -"]
    {
        let mut running = work.dechaff(call).stdin(&text).start();
        assert_ne!(running.read_line(), "", "{call}");
        running.close_stdout();
        let ran = running.end();
        ran.says_nothing();
        if ![0, 1].contains(&ran.code) {
            ran.fail("the exit code says that something went wrong");
        }
    }
    for call in ["clean in -n --diff -q", "packs explain-format", "--help"] {
        // Closed before the first byte.
        let ran = work.dechaff(call).in_bash(r#"set -o pipefail; "$@" | true"#).run();
        ran.says_nothing();
        if ![0, 1].contains(&ran.code) {
            ran.fail("the exit code says that something went wrong");
        }
    }
}

#[test]
fn a_diff_that_nobody_reads_to_its_end_leaves_no_file_uncleaned() {
    // More files than are under way at once.
    let work = Workdir::with::<&str>(&[]);
    for number in 0..700 {
        work.write(format!("in/{number:03}.txt"), JUNKY);
    }
    let mut running = work.dechaff("clean in -o out --removed removed.jsonl --diff -q").start();
    running.close_stdout();
    let ran = running.end();
    ran.says_nothing();
    if ran.code == 0 && work.tree("out").len() != 700 {
        ran.fail(&format!("exit code 0 after {} of 700 files", work.tree("out").len()));
    }
    let logged = work.text("removed.jsonl").lines().count();
    assert_eq!(logged, 2 * work.tree("out").len(), "the log does not hold what was removed");
}

#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let work = large();
    if !std::path::Path::new("/dev/full").exists() {
        return skipped("there is no /dev/full");
    }
    for (call, code) in [
        ("clean -", 1),
        ("clean in -n --diff", 1),
        ("clean in -n --json", 1),
        ("explain in/a.txt", 1),
        ("check in -q", 2),
        ("check in --json", 2),
        ("packs explain-format", 1),
    ] {
        let ran = work.dechaff(call).stdin(JUNKY).in_bash(r#""$@" >/dev/full"#).run();
        ran.exits(code).says("error: stdout: cannot write to: no space left on device").creates_nothing();
    }
}

#[test]
fn help_and_version_are_data_and_mistakes_are_not() {
    let work = Workdir::with::<&str>(&[]);
    for call in ["--help", "-h", "--version", "clean --help", "packs --help"] {
        let ran = work.dechaff("").args(call).run();
        ran.exits(0).says_nothing();
        assert!(ran.stdout_text().contains("dechaff") || ran.stdout_text().contains("Usage"), "{call}");
    }
    work.dechaff("").args("clean --nonsense").run().exits(2).prints("").says("--nonsense");
}

#[test]
fn names_of_files_never_reach_the_terminal_raw() {
    let name = "\x1b[31m\u{202e}\u{9b}\x07\r\u{200b}x\nwarning: faked";
    let work = Workdir::with(&[(&format!("in/{name}.txt"), JUNKY)].map(|(n, t)| (n.as_str(), t)));
    work.write(format!("in/{name}.binary"), [0u8; 9]);
    work.write(format!("in/{name}.latin"), b"Caf\xe9 og \xe6bler, s\xf8d gr\xf8d p\xe5 en b\xe6nk.\n");
    work.link("nowhere", &format!("in/{name}.link"));
    work.folder(&format!("out/{name}.txt")); // stands in the way: an error
    let calls = [
        "clean in -o out -v",
        "clean in -o out2 --removed removed.jsonl -v",
        "clean in -n --diff",
        "check in",
        "restore out2 --removed removed.jsonl -o back",
        "restore out2 --removed missing.jsonl -o back",
    ];
    for call in calls {
        let ran = work.dechaff(call).run();
        ran.is_tame();
        let printed = ran.stdout_text() + &ran.stderr_text();
        if printed.lines().any(|line| line.starts_with("warning: faked")) {
            ran.fail("a line feed in a name makes a message of its own");
        }
    }
    let ran = work.dechaff("clean -o out").arg(format!("missing {name}")).run();
    ran.exits(2).is_tame();
    if ran.stderr_text().lines().any(|line| line.starts_with("warning: faked")) {
        ran.fail("a line feed in a name makes a message of its own");
    }
}
