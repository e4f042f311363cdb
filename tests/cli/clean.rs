//! `clean`: what goes where, which files are taken, the diff, the removal log and the summary.

use crate::workdir::{CLEAN, JUNKY, Workdir};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;

/// Every kind of removal in one text. The numbers are those of the lines.
const ARTICLE: &str = "\
Skip to content

The old bridge over the river was opened in 1931 by the mayor of the town. (Newsagency Wire)

Advertisement

It carried trams until 1960, when the last of them was taken out of service.

Also read: Ten bridges to see

Also read: The letter

Sign up for our newsletter
Email address
Subscribe

Today only walkers and cyclists may use it, and on Sundays a market is held.

All rights reserved
";

const ARTICLE_CLEAN: &str = "\
The old bridge over the river was opened in 1931 by the mayor of the town.

It carried trams until 1960, when the last of them was taken out of service.

Also read: The letter

Today only walkers and cyclists may use it, and on Sundays a market is held.
";

/// A folder with all that a run meets: junk and none, folders in folders, an empty file.
fn mixed() -> Workdir {
    let work = Workdir::with(&[
        ("in/article.txt", ARTICLE),
        ("in/junky.txt", JUNKY),
        ("in/plain.txt", CLEAN),
        ("in/deep/er/junky.txt", JUNKY),
        ("in/deep/empty.txt", ""),
    ]);
    for number in 0..40 {
        work.write(
            format!("in/many/{number:02}.txt"),
            format!("Text {number}.\n\nAdvertisement\n\n{ARTICLE}"),
        );
    }
    work
}

#[test]
fn all_kinds_of_junk_go_and_the_text_stays() {
    let work = Workdir::with(&[("in/a.txt", ARTICLE)]);
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.text("out/a.txt"), ARTICLE_CLEAN);
}

#[test]
fn a_folder_is_mirrored() {
    let work = Workdir::with(&[
        ("in/a/b.txt", JUNKY),
        ("in/a/c/d.md", CLEAN),
        ("in/no-ending", ""),
        ("in/æ ø.txt", JUNKY),
    ]);
    for call in ["clean in -o out", "clean in/ -o out2/", "clean ./in -o out3/deep/er"] {
        work.dechaff(call).run().exits(0);
    }
    assert_eq!(work.names("out"), ["a/b.txt", "a/c/d.md", "no-ending", "æ ø.txt"]);
    assert_eq!(work.text("out/a/b.txt"), CLEAN);
    assert_eq!(work.tree("out2"), work.tree("out"));
    assert_eq!(work.tree("out3/deep/er"), work.tree("out"));
}

#[test]
fn several_inputs_come_under_their_own_names() {
    let work = Workdir::with(&[("x/in/a.txt", JUNKY), ("y/other/a.txt", JUNKY), ("b.txt", JUNKY)]);
    work.dechaff("clean x/in y/other/. b.txt -o out").run().exits(0);
    assert_eq!(work.names("out"), ["b.txt", "in/a.txt", "other/a.txt"]);
}

#[test]
fn a_file_becomes_the_file_that_is_named_or_goes_into_the_folder() {
    let work = Workdir::junky();
    work.folder("out-folder");
    for (out, file) in
        [("out.txt", "out.txt"), ("out-folder", "out-folder/a.txt"), ("out-new/", "out-new/a.txt")]
    {
        work.dechaff(&format!("clean in/a.txt -o {out}")).run().exits(0);
        assert_eq!(work.text(file), CLEAN, "{out}");
    }
}

#[test]
fn an_output_of_an_earlier_run_is_replaced() {
    let work = Workdir::junky();
    work.write("out/a.txt", "old and longer than what comes now, so that a rest of it would show");
    work.write("out/other.txt", "other");
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.text("out/a.txt"), CLEAN);
    assert_eq!(work.text("out/other.txt"), "other", "what no input stands for is left alone");
}

#[test]
fn an_output_has_the_permissions_of_any_new_file() {
    let work = Workdir::junky();
    assert!(work.tool("chmod 4755 in/a.txt"));
    for (umask, mode) in [("022", 0o644), ("077", 0o600), ("000", 0o666)] {
        let call = work.dechaff(&format!("clean in -o out{umask} --removed removed{umask}.jsonl"));
        call.in_bash(&format!(r#"umask {umask}; exec "$@""#)).run().exits(0);
        for file in [format!("out{umask}/a.txt"), format!("removed{umask}.jsonl")] {
            let found = std::fs::metadata(work.path(&file)).unwrap().permissions().mode() & 0o7777;
            assert_eq!(found, mode, "{file}: {found:o} and not {mode:o}");
        }
    }
}

#[test]
fn stdin_goes_to_stdout_or_to_the_file_that_is_named() {
    let work = Workdir::with::<&str>(&[]);
    work.dechaff("clean -").stdin(JUNKY).run().exits(0).prints(CLEAN).says_nothing().creates_nothing();
    work.dechaff("clean - -o out.txt").stdin(JUNKY).run().exits(0).prints("");
    assert_eq!(work.text("out.txt"), CLEAN);
    work.dechaff("clean -").run().exits(0).prints("");
    work.dechaff("clean - -o out2.txt --diff").stdin(JUNKY).run().exits(0);
    assert!(work.exists("out2.txt"), "a diff of stdin is shown as well as the file written, as for folders");
}

#[test]
fn a_dry_run_writes_nothing_and_says_what_it_would_do() {
    let work = Workdir::junky();
    let ran = work.dechaff("clean in -o out -n").run();
    ran.exits(0).creates_nothing();
    ran.says("1 read, 1 changed").says("small/ad-label/advertisement");
    work.dechaff("clean in --dry-run").run().exits(0).creates_nothing();
    work.dechaff("clean - -n").stdin(JUNKY).run().exits(0).prints("").says("1 read, 1 changed");
}

#[test]
fn the_diff_shows_what_goes_with_three_lines_around_it() {
    let text = "1\n2\n3\n4\n5\nAdvertisement\n6\n7\n8\n9\n\nAlso read: More\n\nlast line without an end";
    let work = Workdir::with(&[("in/sub/a.txt", text), ("in/plain.txt", CLEAN)]);
    let diff = "\
--- a/sub/a.txt
+++ b/sub/a.txt
@@ -3,12 +3,9 @@
 3
 4
 5
-Advertisement
 6
 7
 8
 9
-
-Also read: More
 
 last line without an end
\\ No newline at end of file
";
    work.dechaff("clean in -n --diff").run().exits(0).prints(diff).creates_nothing();
    work.dechaff("clean in -o out --diff").run().exits(0).prints(diff);
    assert!(work.exists("out/sub/a.txt"), "with an output the diff is shown besides");
}

#[test]
fn the_removal_log_has_a_line_for_each_removal() {
    let work = Workdir::with(&[("in/sub/a.txt", ARTICLE), ("in/plain.txt", CLEAN)]);
    work.dechaff("clean in -o out --removed removed.jsonl").run().exits(0);
    let log = work.text("removed.jsonl");
    let records: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        records[0],
        json!({"source": "sub/a.txt", "signals": ["truncated"]}),
        "what the source says comes first"
    );
    let short: Vec<(u64, &str, &str)> = records[1..]
        .iter()
        .map(|r| {
            (r["line"].as_u64().unwrap(), r["pattern"].as_str().unwrap_or("-"), r["text"].as_str().unwrap())
        })
        .collect();
    let expected = [
        (1, "small/nav/skip", "Skip to content\n"),
        (2, "-", "\n"),
        (3, "small/press-release/agency-mark", " (Newsagency Wire)"),
        (5, "small/ad-label/advertisement", "Advertisement\n"),
        (6, "-", "\n"),
        (9, "small/related-links/also-read", "Also read: Ten bridges to see\n"),
        (10, "-", "\n"),
        (13, "small/newsletter/form", "Sign up for our newsletter\n"),
        (14, "small/newsletter/form", "Email address\n"),
        (15, "small/newsletter/form", "Subscribe\n"),
        (16, "-", "\n"),
        (18, "-", "\n"),
        (19, "small/copyright/all-rights", "All rights reserved\n"),
    ];
    assert_eq!(short, expected);
    for record in &records[1..] {
        let (offset, text) = (record["offset"].as_u64().unwrap(), record["text"].as_str().unwrap());
        let offset = usize::try_from(offset).unwrap();
        assert_eq!(&ARTICLE[offset..offset + text.len()], text);
        assert_eq!(record["source"], "sub/a.txt");
    }
    let whole = json!({
        "source": "sub/a.txt", "line": 19, "offset": 388, "text": "All rights reserved\n",
        "pattern": "small/copyright/all-rights", "category": "copyright",
        "evidence": ["the line is `all rights reserved`", "after the last paragraph"],
    });
    assert_eq!(records.last(), Some(&whole));
    assert_eq!(
        records[2],
        json!({
            "source": "sub/a.txt", "line": 2, "offset": 16, "text": "\n", "evidence": ["blank line left behind"],
        })
    );
}

#[test]
fn offsets_are_bytes_of_the_text_as_utf8_whatever_its_letters() {
    let work = Workdir::with(&[("in/a.txt", "\u{feff}Ærø – 渡し船。\r\nAdvertisement\r\nSlut.")]);
    work.dechaff("clean in -o out --removed removed.jsonl").run().exits(0);
    let record: Value = serde_json::from_str(&work.text("removed.jsonl")).unwrap();
    assert_eq!((&record["line"], &record["offset"]), (&json!(2), &json!(27)));
    assert_eq!(work.text("out/a.txt"), "\u{feff}Ærø – 渡し船。\r\nSlut.");
}

#[test]
fn the_json_summary_adds_up_and_keeps_its_fields() {
    let work = Workdir::with(&[("in/a.txt", ARTICLE), ("in/b.txt", CLEAN)]);
    work.write("in/latin.txt", b"Caf\xe9 og \xe6bler, s\xf8d gr\xf8d p\xe5 en b\xe6nk.\n");
    work.write("in/binary", [0u8; 9]);
    let ran = work.dechaff("clean in -o out --json").run();
    ran.exits(0);
    let summary: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let expected = json!({
        "schema": 1, "version": env!("CARGO_PKG_VERSION"), "packs": {"small": "2026.11.0"},
        "documents": 3, "changed": 1, "untouched": 2, "dropped": 0, "skipped": 1, "failed": 0,
        "bytes_in": ARTICLE.len() + CLEAN.len() + 36, "bytes_out": ARTICLE_CLEAN.len() + CLEAN.len() + 42,
        "removed": 8, "blank_lines": 5,
        "by_category": {
            "ad-label": 1, "copyright": 1, "nav": 1, "newsletter": 3, "press-release": 1, "related-links": 1,
        },
        "by_pattern": {
            "small/ad-label/advertisement": 1, "small/copyright/all-rights": 1, "small/nav/skip": 1,
            "small/newsletter/form": 3, "small/press-release/agency-mark": 1, "small/related-links/also-read": 1,
        },
        "signals": {"truncated": 1}, "transcoded": {"windows-1252": 1},
    });
    assert_eq!(summary, expected);
    let ran = work.dechaff("clean - --json").stdin(JUNKY).run();
    ran.exits(0);
    let summary: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!((&summary["documents"], &summary["removed"]), (&json!(1), &json!(1)));
}

#[test]
fn patterns_are_selected_and_ignored_by_category_pack_or_id() {
    let all = "Advertisement\nAlso read: More\nText.\n";
    let work = Workdir::with(&[("in/a.txt", all)]);
    for (flags, kept) in [
        ("--select ad-label", "Also read: More\nText.\n"),
        ("--select small/ad-label", "Also read: More\nText.\n"),
        ("--select small/ad-label/advertisement", "Also read: More\nText.\n"),
        ("--ignore ad-label", "Advertisement\nText.\n"),
        ("--select small --ignore related-links", "Also read: More\nText.\n"),
        ("--ignore ad-label,nav --ignore related-links", all),
        ("--select ad-label,related-links", "Text.\n"),
    ] {
        work.dechaff(&format!("clean in -o out {flags}")).run().exits(0);
        assert_eq!(work.text("out/a.txt"), kept, "{flags}");
    }
}

#[test]
fn a_name_that_no_pattern_has_is_refused_with_the_nearest() {
    let work = Workdir::junky();
    for (flags, hint) in [
        ("--select ad-lable", "hint: did you mean `ad-label`?"),
        ("--ignore small/nav/skp", "hint: did you mean `small/nav/skip`?"),
        ("--select banana", "hint: see `dechaff packs list`"),
    ] {
        let ran = work.dechaff(&format!("clean in -o out {flags}")).run();
        ran.exits(2).creates_nothing();
        ran.says("no pattern, category or pack is called").says(hint);
    }
    work.dechaff("clean in -o out --select nav --ignore nav")
        .run()
        .exits(2)
        .creates_nothing()
        .says("no patterns are left");
}

#[test]
fn globs_choose_files() {
    let files = ["a.txt", "b.md", "sub/c.txt", "sub/d.md", "sub/deep/e.txt"];
    let work = Workdir::with(
        &files.map(|file| (format!("in/{file}"), JUNKY)).each_ref().map(|(f, t)| (f.as_str(), *t)),
    );
    for (number, (flags, taken)) in [
        ("-g *.txt", &["a.txt", "sub/c.txt", "sub/deep/e.txt"][..]),
        ("-g *.txt -g b.*", &["a.txt", "b.md", "sub/c.txt", "sub/deep/e.txt"]),
        ("-g !*.txt", &["b.md", "sub/d.md"]),
        ("-g sub/** -g !*.md", &["sub/c.txt", "sub/deep/e.txt"]),
        ("-g *.pdf", &[]),
    ]
    .into_iter()
    .enumerate()
    {
        work.dechaff(&format!("clean in -o out{number} {flags}")).run().exits(0);
        let found = if taken.is_empty() { Vec::new() } else { work.names(&format!("out{number}")) };
        assert_eq!(found, taken, "{flags}");
        assert_eq!(work.exists(format!("out{number}")), !taken.is_empty(), "{flags}");
    }
    work.dechaff("clean in -o out -g [").run().exits(2).creates_nothing().says("glob `[` does not parse");
}

#[test]
fn hidden_files_are_taken_only_if_asked_for() {
    let work = Workdir::with(&[
        ("in/a.txt", JUNKY),
        ("in/.b.txt", JUNKY),
        ("in/.c/d.txt", JUNKY),
        (".e/f.txt", JUNKY),
    ]);
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.names("out"), ["a.txt"]);
    work.dechaff("clean in -o out-hidden --hidden").run().exits(0);
    assert_eq!(work.names("out-hidden"), [".b.txt", ".c/d.txt", "a.txt"]);
    work.dechaff("clean .e -o out-named").run().exits(0);
    assert_eq!(work.names("out-named"), ["f.txt"], "a folder that is named is meant");
}

#[test]
fn links_are_not_followed_but_for_an_input_that_is_one() {
    let work = Workdir::with(&[("in/a.txt", JUNKY), ("other/b.txt", JUNKY)]);
    work.link("../other/b.txt", "in/file-link.txt");
    work.link("../other", "in/folder-link");
    work.link("in", "link");
    work.dechaff("clean in -o out -v").run().exits(0).says("in/file-link.txt: skipped: symlink");
    assert_eq!(work.names("out"), ["a.txt"]);
    work.dechaff("clean link -o out2").run().exits(0);
    assert_eq!(work.names("out2"), ["a.txt"]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let work = mixed();
    let run = |threads: u32| {
        let (out, log) = (format!("out{threads}"), format!("removed{threads}.jsonl"));
        let ran = work.dechaff(&format!("clean in -o {out} --removed {log} --diff -j {threads}")).run();
        ran.exits(0);
        (ran.stdout_text(), ran.stderr_text(), work.tree(&out), work.bytes(&log))
    };
    let one = run(1);
    assert_eq!(one.2.len(), 45);
    for threads in [2, 8] {
        assert!(run(threads) == one, "{threads} threads differ from one");
    }
}

#[test]
fn cleaning_twice_changes_nothing() {
    let work = mixed();
    work.dechaff("clean in -o out1").run().exits(0);
    let ran = work.dechaff("clean out1 -o out2 --json").run();
    ran.exits(0);
    let summary: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!((&summary["changed"], &summary["blank_lines"]), (&json!(0), &json!(0)));
    assert_eq!(work.tree("out2"), work.tree("out1"));
}

#[test]
fn what_is_junk_only_when_other_junk_has_gone_goes_in_the_same_run() {
    let texts = [
        "A.\nSign up for our newsletter\nAdvertisement\nSubscribe\nB.\n",
        "A.\nSign up for our newsletter\n(Newsagency Wire)\nSubscribe\nB.\n",
        "A.\nSign up for our newsletter (Newsagency Wire)\nSubscribe\nB.\n",
        "A.\nAdvertisement (Newsagency Wire)\nB.\n",
        "A. (Newsagency (Newsagency Wire) Wire)\nB.\n",
        "A. (Newsagency Wire) b (Newsagency Wire) c.\n",
    ];
    let mut wrong = Vec::new();
    for text in texts {
        let work = Workdir::with(&[("in/a.txt", text)]);
        work.dechaff("clean in -o out").run().exits(0);
        work.dechaff("clean out -o out-again").run().exits(0);
        let [once, twice] = ["out/a.txt", "out-again/a.txt"].map(|file| work.text(file));
        if once != twice {
            wrong.push(format!("{text:?}\n  once  {once:?}\n  twice {twice:?}"));
        }
    }
    assert!(wrong.is_empty(), "cleaning twice is not cleaning once:\n{}", wrong.join("\n"));
}

#[test]
fn a_document_that_would_lose_most_of_its_prose_is_kept_whole() {
    let notice = "This website and all that you find on it are the property of the company that runs it.\n";
    let text = format!("Advertisement\n\n{notice}\nA word.\n");
    let work = Workdir::with(&[("in/a.txt", &text)]);
    let ran = work.dechaff("clean in -o out -v").run();
    ran.exits(0);
    ran.says("guarded      1 document").says("in/a.txt: kept whole: too much of its prose would have gone");
    assert_eq!(work.text("out/a.txt"), text);
    work.dechaff("clean in -o out2 --max-loss 1").run().exits(0);
    assert_eq!(work.text("out2/a.txt"), "A word.\n");
    work.dechaff("clean in -o out3 --max-loss 2")
        .run()
        .exits(2)
        .creates_nothing()
        .says("a number from 0 to 1");
}

#[test]
fn a_document_of_nothing_but_junk_becomes_an_empty_file() {
    let work = Workdir::with(&[("in/a.txt", "Advertisement\n\nAlso read: More\n")]);
    work.dechaff("clean in -o out").run().exits(0).says("emptied      1 document");
    assert_eq!(work.text("out/a.txt"), "");
}

#[test]
fn the_summary_counts_and_names_what_went() {
    let work = Workdir::with(&[("in/a.txt", ARTICLE), ("in/b.txt", CLEAN)]);
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(0).prints("");
    let expected = "\
documents    2 cleaned, 1 changed, 1 untouched
bytes        469 B in, 315 B kept, 154 B removed (32.8 %)
removed      8 lines, and 5 blank lines with them
                    3  newsletter
                    1  ad-label
                    1  copyright
                    1  nav
                    1  press-release
                    1  related-links
top patterns        3  small/newsletter/form
                    1  small/ad-label/advertisement
                    1  small/copyright/all-rights
                    1  small/nav/skip
                    1  small/press-release/agency-mark
                    1  small/related-links/also-read
truncated    1 document: a teaser, or cut at the end
";
    assert_eq!(ran.stderr_text(), expected);
}
