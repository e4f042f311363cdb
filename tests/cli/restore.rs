//! `restore`: the input comes back byte for byte.

use crate::workdir::{CLEAN, JUNKY, Ran, Workdir};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

/// Cleans `in` into `out` and restores it into `back`.
fn there_and_back(work: &Workdir) -> Ran {
    work.dechaff("clean in -o out --removed removed.jsonl").run().exits(0);
    work.dechaff("restore out --removed removed.jsonl -o back").run()
}

/// Texts put together by chance from lines with and without junk, the same in every run.
fn by_chance() -> Workdir {
    let lines = [
        "",
        " ",
        "Advertisement",
        "**ADVERTISEMENT**",
        "Also read: More",
        "Also read: The letter",
        "Skip to content",
        "All rights reserved",
        "Sign up for our newsletter",
        "Email address",
        "Subscribe",
        "A word.",
        "(Newsagency Wire)",
        "Rain. (Newsagency Wire)",
        "It carried trams until 1960, when the last of them was taken out of service.",
        "\u{feff}é",
    ];
    let mut state = 1931u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    let work = Workdir::with::<&str>(&[]);
    for number in 0..150 {
        let mut text = String::new();
        for _ in 0..below(25) {
            text.push_str(lines[below(lines.len())]);
            text.push_str(["\n", "\n", "\n", "\r\n", "\r"][below(5)]);
        }
        text.push_str(["", "Advertisement", "End."][below(3)]);
        work.write(format!("in/{number}.txt"), text);
    }
    work
}

#[test]
fn every_form_of_text_comes_back_byte_for_byte() {
    let work = Workdir::with(&[
        ("in/lf.txt", JUNKY),
        ("in/crlf.txt", &JUNKY.replace('\n', "\r\n")),
        ("in/cr.txt", &JUNKY.replace('\n', "\r")),
        ("in/mixed.txt", "One.\r\n\n\rAdvertisement\r\rTwo.\n\r\nAlso read\n"),
        ("in/no-final-newline.txt", "Text.\n\nAdvertisement"),
        ("in/bom.txt", "\u{feff}Advertisement\r\n\r\nText.\r\n"),
        ("in/only-a-bom.txt", "\u{feff}"),
        ("in/empty.txt", ""),
        ("in/blank.txt", "\n \r\n\t\n\n"),
        ("in/only-junk.txt", "\n\nAdvertisement\n\n\nAlso read: More\n\n"),
        (
            "in/spans.txt",
            "A. (Newsagency Wire)\nB (newsagency wire) c.\n  (NEWSAGENCY WIRE)  \n(Newsagency Wire) D.",
        ),
        ("in/box.txt", "Text.\n\nSign up for our newsletter\n\n  Email address\n\nSubscribe\nText.\n"),
        ("in/letters.txt", "Ærø – 渡し船 🙂\nAdvertisement\n\u{0}later is no binary: e\u{301}"),
        ("in/separators.txt", "One.\u{85}\u{2028}\u{b}\u{c}\nAdvertisement\u{c}\nTwo.\n"),
        ("in/deep/er/plain.txt", CLEAN),
    ]);
    work.write(
        "in/letters.txt",
        format!("Ærø – 渡し船 🙂\nAdvertisement\n{}\u{0}", "e\u{301} ".repeat(4000)),
    );
    there_and_back(&work).exits(0).says("restored     15 documents");
    let (back, input) = (work.tree("back"), work.tree("in"));
    for (path, bytes) in &input {
        assert!(back.get(path) == Some(bytes), "{} did not come back", path.display());
    }
    assert_eq!(back.len(), input.len());
}

#[test]
fn texts_put_together_by_chance_come_back() {
    let work = by_chance();
    there_and_back(&work).exits(0);
    assert!(work.tree("back") == work.tree("in"), "not all came back");
}

#[test]
fn texts_put_together_by_chance_are_clean_after_one_run() {
    let work = by_chance();
    work.dechaff("clean in -o out").run().exits(0);
    work.dechaff("clean out -o out-again").run().exits(0);
    for (path, again) in work.tree("out-again") {
        let [before, once] = ["in", "out"].map(|folder| work.text(std::path::Path::new(folder).join(&path)));
        assert!(again == once.as_bytes(), "{before:?}\nonce  {once:?}\ntwice {:?}", String::from_utf8(again));
    }
}

#[test]
fn a_transcoded_document_comes_back_as_utf8_and_that_is_said() {
    let danish = "Rødgrød med fløde på en bænk.\nAdvertisement\nÆbler og pærer.\n";
    let latin: Vec<u8> = danish.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let work = Workdir::with(&[("in/latin.txt", latin.as_slice()), ("in/utf8.txt", danish.as_bytes())]);
    work.write(
        "in/utf16.txt",
        "\u{feff}Plain text.\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
    );
    let ran = there_and_back(&work);
    ran.exits(0).says("back/latin.txt: was windows-1252, restored as UTF-8");
    ran.says("back/utf16.txt: was UTF-16LE, restored as UTF-8");
    assert!(!ran.stderr_text().contains("utf8.txt"));
    assert_eq!(work.text("back/latin.txt"), danish);
    assert_eq!(work.text("back/utf8.txt"), danish);
    assert_eq!(work.text("back/utf16.txt"), "Plain text.\n");
}

#[test]
fn files_of_any_name_come_back() {
    let work =
        Workdir::with(&[("in/-rf", JUNKY), ("in/ ", JUNKY), ("in/a\nb", JUNKY), ("in/\"quoted\\", JUNKY)]);
    work.write(format!("in/{}", "x".repeat(255)), JUNKY);
    let mut names = 5;
    let invalid = work.path("in").join(OsStr::from_bytes(b"\xff\xfe\x80"));
    match std::fs::write(&invalid, JUNKY) {
        Ok(()) => names += 1,
        Err(_) => crate::workdir::skipped("this file system has no names that are not UTF-8"),
    }
    there_and_back(&work).exits(0).says(&format!("restored     {names} documents"));
    assert_eq!(work.tree("back"), work.tree("in"));
    assert_eq!(work.tree("out").len(), names);
    assert!(work.tree("out").values().all(|bytes| bytes == CLEAN.as_bytes()));
}

#[test]
fn a_single_file_and_a_text_from_stdin_come_back() {
    let work = Workdir::junky();
    work.dechaff("clean in/a.txt -o out.txt --removed removed.jsonl").run().exits(0);
    work.dechaff("restore out.txt --removed removed.jsonl -o back.txt").run().exits(0);
    assert_eq!(work.text("back.txt"), JUNKY);
    work.dechaff("restore out.txt --removed removed.jsonl -o back-folder/").run().exits(0);
    assert_eq!(
        work.text("back-folder/out.txt"),
        JUNKY,
        "as for `clean`, a path that ends in a slash is a folder"
    );
    let ran = work.dechaff("clean - --removed removed2.jsonl").stdin(JUNKY).run();
    ran.exits(0);
    work.write("out2.txt", ran.stdout);
    work.dechaff("restore out2.txt --removed removed2.jsonl -o back2.txt").run().exits(0);
    assert_eq!(work.text("back2.txt"), JUNKY);
}

#[test]
fn a_log_beside_the_clean_texts_is_no_document() {
    let work = Workdir::junky();
    work.dechaff("clean in -o out --removed out/removed.jsonl").run().exits(0);
    work.dechaff("restore out --removed out/removed.jsonl -o back").run().exits(0);
    assert_eq!(work.names("back"), work.names("in"));
}

#[test]
fn a_log_that_names_files_outside_the_folder_is_refused() {
    let work = Workdir::with(&[("out/a.txt", CLEAN), ("secret.txt", CLEAN)]);
    let removal = r#""line":1,"offset":0,"text":"x\n""#;
    let hex = |name: &str| name.bytes().map(|b| format!("{b:02x}")).collect::<String>();
    for name in ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "..", ".", "./a.txt"] {
        for source in
            [format!(r#""source":"{name}""#), format!(r#""source":"a.txt","source_bytes":"{}""#, hex(name))]
        {
            work.write("removed.jsonl", format!("{{{source},{removal}}}\n"));
            let ran = work.dechaff("restore out --removed removed.jsonl -o back").run();
            ran.exits(2).creates_nothing();
            ran.says("lies outside the folder");
        }
    }
    for (source, message) in
        [("zz", "`zz` is no file name"), ("616", "`616` is no file name"), ("+1", "`+1` is no file name")]
    {
        work.write("removed.jsonl", format!(r#"{{"source":"a","source_bytes":"{source}",{removal}}}"#));
        let ran = work.dechaff("restore out --removed removed.jsonl -o back").run();
        ran.exits(2).creates_nothing();
        ran.says(message);
    }
}

#[test]
fn what_is_no_removal_log_is_refused_with_its_line() {
    let work = Workdir::junky();
    work.dechaff("clean in -o out --removed removed.jsonl").run().exits(0);
    let log = work.text("removed.jsonl");
    for (text, message) in [
        (format!("{log}nonsense\n"), "removed.jsonl:3: not a line of a removal log"),
        (format!("{log}{{\"source\":\"a.txt\"}}\n"), "a removal without `offset` or `text`"),
        (
            format!("{log}{{\"source\":\"a.txt\",\"extra\":1}}\n"),
            "removed.jsonl:3: not a line of a removal log",
        ),
        (log.replacen("\"offset\":", "\"offset\":-", 1), "removed.jsonl:1: not a line of a removal log"),
    ] {
        work.write("removed.jsonl", text);
        work.dechaff("restore out --removed removed.jsonl -o back")
            .run()
            .exits(2)
            .creates_nothing()
            .says(message);
    }
    work.write("removed.jsonl", b"\xff\xfe\n");
    work.dechaff("restore out --removed removed.jsonl -o back").run().exits(2).creates_nothing();
    work.dechaff("restore out --removed missing.jsonl -o back")
        .run()
        .exits(2)
        .creates_nothing()
        .says("missing.jsonl");
    work.write("removed.jsonl", log);
    work.dechaff("restore missing --removed removed.jsonl -o back")
        .run()
        .exits(2)
        .creates_nothing()
        .says("missing: ");
    work.dechaff("restore out -o back").run().exits(2).creates_nothing();
    work.dechaff("restore out --removed removed.jsonl").run().exits(2).creates_nothing();
}

#[test]
fn a_clean_text_that_has_changed_or_gone_fails_alone() {
    let work = Workdir::with(&[("in/a.txt", JUNKY), ("in/b.txt", JUNKY), ("in/c.txt", JUNKY)]);
    work.dechaff("clean in -o out --removed removed.jsonl").run().exits(0);
    work.write("out/a.txt", "short");
    std::fs::remove_file(work.path("out/b.txt")).unwrap();
    let ran = work.dechaff("restore out --removed removed.jsonl -o back").run();
    ran.exits(1);
    ran.says("out/a.txt: the removal at byte 32 does not fit")
        .says("out/b.txt: the log has removals of `b.txt`");
    assert_eq!(work.names("back"), ["c.txt"]);
    assert_eq!(work.text("back/c.txt"), JUNKY);
}

#[test]
fn the_clean_texts_are_never_overwritten() {
    let work = Workdir::junky();
    work.dechaff("clean in -o clean --removed removed.jsonl").run().exits(0);
    work.link("clean", "link");
    for out in ["clean", "clean/", "./clean/../clean", "link", "clean/back"] {
        let ran = work.dechaff(&format!("restore clean --removed removed.jsonl -o {out}")).run();
        ran.exits(2);
        ran.creates_nothing().says("clean");
    }
    let ran = work.dechaff("restore clean/a.txt --removed removed.jsonl -o clean/a.txt").run();
    ran.exits(2);
    ran.creates_nothing();
}

#[test]
fn the_removal_log_is_never_overwritten() {
    let work = Workdir::junky();
    work.dechaff("clean in/a.txt -o clean.txt --removed log.jsonl").run().exits(0);
    for out in ["log.jsonl", "./in/../log.jsonl"] {
        work.dechaff(&format!("restore clean.txt --removed log.jsonl -o {out}"))
            .run()
            .exits(2)
            .creates_nothing();
    }
}

#[test]
fn quiet_says_nothing() {
    let work = Workdir::junky();
    there_and_back(&work).exits(0).prints("").says("restored     1 documents, 2 removals put back");
    work.dechaff("restore out --removed removed.jsonl -o back -q").run().exits(0).prints("").says_nothing();
}
