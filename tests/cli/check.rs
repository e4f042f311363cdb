//! `check`: what it lists and its exit codes.

use crate::workdir::{CLEAN, JUNKY, Workdir};
use serde_json::Value;

#[test]
fn junk_is_listed_with_file_line_and_pattern() {
    let text = "Text. (Newsagency Wire)\n\nAlso read: \u{1b}[31mMore\n\nText.\n";
    let work = Workdir::with(&[("in/sub/a.txt", text), ("in/b.txt", JUNKY), ("in/c.txt", CLEAN)]);
    let listed = "\
in/b.txt:3: small/ad-label/advertisement: Advertisement
in/sub/a.txt:1: small/press-release/agency-mark: (Newsagency Wire)
in/sub/a.txt:3: small/related-links/also-read: Also read: \\x1b[31mMore
";
    let ran = work.dechaff("check in").run();
    ran.exits(1).prints(listed).creates_nothing().is_tame();
    ran.says("3 read, 2 changed, 1 untouched");
}

#[test]
fn a_text_without_junk_passes() {
    let work = Workdir::with(&[("in/a.txt", CLEAN), ("in/empty.txt", "")]);
    work.dechaff("check in").run().exits(0).prints("").creates_nothing();
    work.dechaff("check -q in").run().exits(0).prints("").says_nothing();
    work.dechaff("check -").stdin(CLEAN).run().exits(0).prints("");
}

#[test]
fn stdin_is_listed_under_its_name() {
    let work = Workdir::with::<&str>(&[]);
    let listed = "stdin:3: small/ad-label/advertisement: Advertisement\n";
    work.dechaff("check -").stdin(JUNKY).run().exits(1).prints(listed);
}

#[test]
fn json_is_the_summary_and_nothing_else() {
    let work = Workdir::junky();
    for call in ["check in --json", "check - --json"] {
        let ran = work.dechaff(call).stdin(JUNKY).run();
        ran.exits(1).creates_nothing();
        let Ok(summary) = serde_json::from_slice::<Value>(&ran.stdout) else { ran.fail("stdout is no JSON") };
        assert_eq!(summary["removed"], 1, "{call}");
    }
}

#[test]
fn failures_are_told_from_junk() {
    let work = Workdir::junky();
    work.link("nowhere", "in/link.txt");
    work.dechaff("check missing").run().exits(2).says("missing: cannot open the input");
    work.dechaff("check in --select nothing").run().exits(2);
    work.dechaff("check in --no-such-flag").run().exits(2);
    work.dechaff("check").run().exits(2);
    // Exit code 1 would say that it holds junk.
    work.dechaff("check -").stdin([0u8; 100]).run().exits(2).says("no text");
    work.dechaff("check in").in_bash(r#""$@" >/dev/full"#).run().exits(2).says("stdout: cannot write");
}
