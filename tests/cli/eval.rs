//! `eval`: the two tables, the JSON, both forms of labels, and records that are wrong.

use crate::workdir::{CLEAN, JUNKY, Workdir};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// A record whose junk goes and whose gold stays.
fn good() -> String {
    json!({"id": "bridge", "url": "https://example.org", "raw": JUNKY, "gold": CLEAN}).to_string()
}

/// A record with labels, of which the first line goes by mistake and the second stays.
const BAD: &str =
    r#"{"id": 2, "raw": "Also read: Ten bridges\nMenu of the day\nText of the day.\n", "labels": "1010"}"#;

const HEAD: &str =
    "  docs       P       R      F1    kept  losing    gone  pooled  line P  line R    lost  file\n";

#[test]
fn each_file_has_a_row_and_each_pattern() {
    let work = Workdir::with(&[("good.jsonl", good()), ("bad.jsonl", format!("{BAD}\n"))]);
    let shown = "
     1  1.0000  1.0000  1.0000  1.0000       0  1.0000  1.0000  1.0000  1.0000  0.0000  good.jsonl
     1  0.2000  0.2000  0.2000  0.5000       1  0.4286  0.4286  0.0000  0.0000  0.5000  bad.jsonl
     2  0.6000  0.6000  0.6000  0.7500       1  0.7143  0.6364  0.5000  0.5000  0.2500  all

  gold    junk  unsure  removed by
     1       0       0  small/related-links/also-read
     0       1       0  small/ad-label/advertisement
";
    let ran = work.dechaff("eval good.jsonl bad.jsonl").run();
    ran.exits(0).prints(&format!("{HEAD}{}", &shown[1..])).says_nothing().creates_nothing();
}

#[test]
fn stdin_is_measured_with_the_patterns_that_are_asked_for() {
    let work = Workdir::with::<&str>(&[]);
    // The raw text has 9 shingles, the gold 8, and 5 are in both.
    let shown =
        "     1  0.5556  0.6250  0.5882  1.0000       0  0.0000  0.0000       -  0.0000  0.0000  stdin\n";
    let ran = work.dechaff("eval - --ignore ad-label").stdin(good()).run();
    ran.exits(0).prints(&format!("{HEAD}{shown}\nnothing was removed\n"));
}

#[test]
fn json_has_the_numbers_of_each_document() {
    let work = Workdir::with(&[("a.jsonl", format!("{}\n\n{BAD}", good()))]);
    let ran = work.dechaff("eval a.jsonl --json").run();
    ran.exits(0).says_nothing();
    let Ok(found) = serde_json::from_slice::<Value>(&ran.stdout) else { ran.fail("stdout is no JSON") };
    assert_eq!((&found["schema"], &found["packs"]["small"]), (&json!(1), &json!("2026.11.0")));
    assert_eq!(found["files"][0]["file"], "a.jsonl");
    for totals in [&found["all"], &found["files"][0]] {
        assert_eq!((&totals["documents"], &totals["content_kept"]), (&json!(2), &json!(0.75)));
        assert_eq!((&totals["gold_lines"], &totals["junk_lines"]), (&json!(4), &json!(2)));
    }
    let patterns = json!([
        {"pattern": "small/related-links/also-read", "gold": 1, "junk": 0, "unsure": 0},
        {"pattern": "small/ad-label/advertisement", "gold": 0, "junk": 1, "unsure": 0},
    ]);
    assert_eq!(found["patterns"], patterns);
    let document = json!({
        "file": "a.jsonl", "id": "2", "precision": 0.2, "recall": 0.2, "content": 2, "content_kept": 1,
        "junk": 7, "junk_left": 4, "junk_rows": 1, "junk_rows_deleted": 0, "gold_rows": 2,
        "gold_rows_deleted": 1, "unsure_rows": 0,
    });
    assert_eq!(found["documents"][1], document);
}

#[test]
fn long_lists_of_patterns_are_cut_unless_asked_for() {
    let mut pack = "[pack]\nname = \"many\"\nversion = \"2026.11.0\"\nlicense = \"MIT\"\n".to_owned();
    let mut raw = String::new();
    for n in 100..132 {
        let pattern = format!(
            "[[pattern]]\nid = \"slot-{n}\"\ncategory = \"ad-label\"\nabout = \"The mark of a slot.\"\n\
             strength = \"sure\"\nline = [\"slot number {n}\"]\njunk = [\"Slot number {n}\", \"SLOT NUMBER {n}\"]\n\
             text = [\"Slot number {n} is free.\", \"He took slot number {n}.\"]\n"
        );
        pack.push_str(&pattern);
        let _ = writeln!(raw, "Slot number {n}");
    }
    let work = Workdir::with(&[("many.toml", pack)]);
    let record = json!({"id": "a", "raw": raw, "gold": "The bridge was opened."}).to_string();
    for (call, end) in
        [("eval -", "and 2 more, which `-v` lists\n"), ("eval - -v", "many/ad-label/slot-131\n")]
    {
        let ran = work.dechaff(call).args("--pack many.toml").stdin(&record).run();
        ran.exits(0);
        if !ran.stdout_text().ends_with(end) {
            ran.fail(&format!("the list does not end with {end}"));
        }
    }
}

#[test]
fn wrong_records_are_named_with_file_and_line() {
    let work = Workdir::with(&[("good.jsonl", good())]);
    for (record, message) in [
        ("The bridge was opened.", "bad.jsonl:3: no JSON: expected value at column 1"),
        (r#"{"id": "a", "gold": "x"}"#, "bad.jsonl:3: the record has no `raw`"),
        (r#"{"id": "a", "raw": "x"}"#, "bad.jsonl:3: neither `gold` nor `labels`"),
        (r#"{"id": "a", "raw": "x\ny", "labels": "1"}"#, "bad.jsonl:3: `labels` has 1 characters"),
        ("{\"\x1b[31m\": 1, \"id\": \u{202e}", "bad.jsonl:3: no JSON"),
    ] {
        work.write("bad.jsonl", format!("{}\n\n{record}\n", good()));
        let ran = work.dechaff("eval good.jsonl bad.jsonl").run();
        ran.exits(2).prints("").says(message).says("hint: ").is_tame();
    }
}

#[test]
fn input_that_holds_no_records_is_refused() {
    let work = Workdir::with(&[
        ("empty.jsonl", b"\n \n".as_slice()),
        ("latin.jsonl", b"{\"id\": \"a\", \"raw\": \"sm\xf8r\", \"gold\": \"\"}"),
    ]);
    work.dechaff("eval empty.jsonl")
        .run()
        .exits(2)
        .says("empty.jsonl: no labeled texts")
        .says("hint: write one");
    work.dechaff("eval -").stdin("").run().exits(2).says("stdin: no labeled texts");
    work.dechaff("eval latin.jsonl").run().exits(2).says("latin.jsonl: not UTF-8").says("hint: ");
    work.dechaff("eval missing.jsonl").run().exits(2).says("missing.jsonl: cannot open");
    work.dechaff("eval").run().exits(2);
    work.dechaff("eval empty.jsonl --select nothing").run().exits(2);
    work.dechaff("eval -")
        .stdin(good())
        .in_bash(r#""$@" >/dev/full"#)
        .run()
        .exits(2)
        .says("stdout: cannot write");
}
