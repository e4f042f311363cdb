//! What hostile or broken files and folders do to a run: the one file fails or is left out, the rest is done.

use crate::workdir::{CLEAN, JUNKY, Workdir, is_root, skipped};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::UnixListener;

const DANISH: &str = "Rødgrød med fløde på en bænk.\nAdvertisement\nÆbler og pærer, læs mere.\n";
const DANISH_CLEAN: &str = "Rødgrød med fløde på en bænk.\nÆbler og pærer, læs mere.\n";

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

/// Cleans a folder with this one file beside a right one, and returns what became of it.
fn beside_a_right_file(bytes: &[u8]) -> Option<Vec<u8>> {
    let work = Workdir::junky();
    work.write("in/it", bytes);
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.text("out/a.txt"), CLEAN);
    work.exists("out/it").then(|| work.bytes("out/it"))
}

#[test]
fn texts_of_all_encodings_come_out_as_utf8() {
    let shift_jis = encoding_rs::SHIFT_JIS.encode("続きを読む。広告が表示されています。\n").0.into_owned();
    let latin: Vec<u8> = DANISH.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let damaged = [DANISH.as_bytes(), b"\xff", DANISH.as_bytes()].concat();
    let cases: [(&str, &[u8], &str); 9] = [
        ("UTF-8", DANISH.as_bytes(), DANISH_CLEAN),
        ("UTF-8 with a mark", "\u{feff}Advertisement\nA.\n".as_bytes(), "\u{feff}A.\n"),
        ("UTF-16 LE", &utf16(DANISH, u16::to_le_bytes), DANISH_CLEAN),
        ("UTF-16 BE", &utf16(DANISH, u16::to_be_bytes), DANISH_CLEAN),
        ("UTF-16 LE with a mark", &utf16(&format!("\u{feff}{DANISH}"), u16::to_le_bytes), DANISH_CLEAN),
        ("UTF-16 BE with a mark", &utf16(&format!("\u{feff}{DANISH}"), u16::to_be_bytes), DANISH_CLEAN),
        ("Latin-1", &latin, DANISH_CLEAN),
        ("Shift_JIS", &shift_jis, "続きを読む。広告が表示されています。\n"),
        ("damaged UTF-8", &damaged, &format!("{DANISH_CLEAN}\u{fffd}{DANISH_CLEAN}")),
    ];
    for (name, bytes, text) in cases {
        let out = beside_a_right_file(bytes).unwrap_or_else(|| panic!("{name} was left out"));
        assert_eq!(String::from_utf8(out).unwrap(), text, "{name}");
    }
}

#[test]
fn texts_of_any_form_are_kept_as_they_are() {
    let late_nul = format!("{}\0\n", "Text. ".repeat(2000));
    let many_lines = "\n".repeat(100_000);
    for text in [
        "",
        "\n",
        "\r\n\r\n",
        "\r\r",
        " \t \n\u{a0}\n",
        "\u{feff}",
        "A.\r\nB.\rC.\nD.\n\rE.",
        "A.",
        &late_nul,
        &many_lines,
    ] {
        let out = beside_a_right_file(text.as_bytes()).unwrap();
        assert!(out == text.as_bytes(), "{:?} has changed", &text[..text.len().min(40)]);
    }
}

#[test]
fn mixed_line_ends_stay_with_their_lines() {
    let out =
        beside_a_right_file(b"A.\r\n\r\nAdvertisement\r\rB.\nAdvertisement\r\nC.\r\nAlso read\r").unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "A.\r\n\r\nB.\nC.\r\n");
}

#[test]
fn binary_files_are_left_out_and_named() {
    for bytes in [
        b"Advertisement\0\n".as_slice(),
        &[0; 5000],
        b"\x7fELF\x02\x01\x01\0\0\0\0\0",
        b"\xff\xfe\0\0A\0\0\0",
    ] {
        assert_eq!(beside_a_right_file(bytes), None, "{bytes:?}");
    }
    let work = Workdir::with(&[("in/b", [0u8; 9])]);
    work.dechaff("clean in -o out").run().exits(0).creates_nothing().says("in/b: skipped: binary");
    work.dechaff("clean -").stdin([0u8; 9]).run().exits(1).prints("").says("stdin is no text");
}

#[test]
fn folders_without_texts_are_no_error() {
    let work = Workdir::with::<&str>(&[]);
    work.folder("in/empty/deep");
    work.dechaff("clean in -o out").run().exits(0).creates_nothing().says("0 cleaned");
    work.dechaff("check in").run().exits(0).prints("");
    let empty = Workdir::with(&[("in/sub/a.txt", "")]);
    empty.dechaff("clean in -o out").run().exits(0).says("1 cleaned, 0 changed, 1 untouched");
    assert_eq!(empty.text("out/sub/a.txt"), "");
}

#[test]
fn links_that_dangle_or_loop_are_left_out() {
    let work = Workdir::junky();
    for (to, link) in [
        ("nowhere", "in/dangling"),
        (".", "in/here"),
        ("..", "in/above"),
        ("loop2", "in/loop1"),
        ("loop1", "in/loop2"),
    ] {
        work.link(to, link);
    }
    work.link("self", "self");
    let ran = work.dechaff("clean in -o out -v").run();
    ran.exits(0).says("skipped      5 files");
    ran.says("in/dangling: skipped: symlink")
        .says("in/loop1: skipped: symlink")
        .says("in/here: skipped: symlink");
    assert_eq!(work.names("out"), ["a.txt"]);
    work.dechaff("clean in/dangling -o out2")
        .run()
        .exits(2)
        .creates_nothing()
        .says("in/dangling: cannot open the input");
    work.dechaff("clean self -o out2").run().exits(2).creates_nothing().says("self: cannot open the input");
}

#[test]
fn pipes_and_sockets_are_left_out_and_never_waited_for() {
    let work = Workdir::junky();
    let _socket = UnixListener::bind(work.path("in/socket")).unwrap();
    if !work.tool("mkfifo in/pipe") {
        return skipped("there is no mkfifo");
    }
    let ran = work.dechaff("clean in -o out -v").run();
    ran.exits(0);
    ran.says("in/pipe: skipped: not a regular file").says("in/socket: skipped: not a regular file");
    assert_eq!(work.names("out"), ["a.txt"]);
    work.dechaff("clean in/pipe -o out2").run().exits(0).creates_nothing().says("skipped      1 file");
    work.dechaff("check in/pipe").run().exits(0).prints("");
    work.dechaff("clean /dev/zero -o out2").run().exits(0).creates_nothing().says("skipped      1 file");
}

#[test]
fn files_of_any_name_are_cleaned() {
    let long = "x".repeat(255);
    let names = ["-rf", "--help", "a\nb", " ", "\"'`$(x)", "\u{1b}[31m", "\u{202e}", "…", &long, ".hidden"];
    let work = Workdir::with::<&str>(&[]);
    for name in names {
        work.write(format!("in/{name}"), JUNKY);
    }
    let invalid = work.path("in").join(OsStr::from_bytes(b"caf\xe9\xff"));
    let invalid = std::fs::write(invalid, JUNKY).is_ok();
    if !invalid {
        skipped("this file system has no names that are not UTF-8");
    }
    work.dechaff("clean in -o out --hidden").run().exits(0).is_tame();
    assert_eq!(work.tree("out").len(), names.len() + usize::from(invalid));
    for (path, bytes) in work.tree("out") {
        assert_eq!(bytes, CLEAN.as_bytes(), "{}", path.display());
        assert!(work.exists(std::path::Path::new("in").join(path)));
    }
    work.write("-dash.txt", JUNKY);
    work.dechaff("clean -o out-dash.txt -- -dash.txt").run().exits(0);
    work.dechaff("clean ./-dash.txt -o out-dash2.txt").run().exits(0);
    assert_eq!(work.text("out-dash.txt"), work.text("out-dash2.txt"));
}

#[test]
fn a_tree_deeper_than_most_is_mirrored() {
    let work = Workdir::with::<&str>(&[]);
    let path = format!("in/{}a.txt", "folder/".repeat(200));
    work.write(&path, JUNKY);
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.text(path.replacen("in", "out", 1)), CLEAN);
}

#[test]
fn what_may_not_be_read_fails_alone() {
    let work = Workdir::with(&[
        ("in/a.txt", JUNKY),
        ("in/closed.txt", JUNKY),
        ("in/locked/b.txt", JUNKY),
        ("in/z.txt", JUNKY),
    ]);
    assert!(work.tool("chmod 000 in/closed.txt in/locked && mkdir out && chmod 777 . out"));
    let mut call = work.dechaff("clean in -o out --removed out/removed.jsonl");
    if is_root() {
        // Permissions mean nothing to root.
        let copy = work.path("dechaff");
        let setpriv = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
        let copied = std::fs::copy(env!("CARGO_BIN_EXE_dechaff"), &copy).is_ok();
        let pack = std::fs::copy(crate::workdir::small_pack(), work.path("small.toml")).is_ok();
        if !copied
            || !pack
            || !work.tool("setpriv --reuid=65534 --regid=65534 --clear-groups ./dechaff --version")
        {
            return skipped("there is no setpriv, and root may read everything");
        }
        call = work
            .dechaff("")
            .args("clean in -o out --no-builtin-packs --pack small.toml --removed out/removed.jsonl");
        call = call.program(copy).through(&setpriv);
    }
    let ran = call.run();
    ran.exits(1).says("error: in/closed.txt: cannot open: permission denied\nhint: check the permissions");
    ran.says("error: in/locked: cannot list: permission denied").says("failed       2 files, see above");
    assert_eq!(work.names("out"), ["a.txt", "removed.jsonl", "z.txt"]);
    assert_eq!(work.text("out/z.txt"), CLEAN);
    assert!(work.tool("chmod 700 in/locked"));
}

#[test]
fn a_line_of_64_mib_is_kept() {
    let work = Workdir::junky();
    let mut line = "words of a text that never ends, ".repeat((64 << 20) / 33);
    line.push_str("and an end.");
    work.write("in/long.txt", &line);
    work.dechaff("clean in -o out").run().exits(0);
    assert!(work.bytes("out/long.txt") == line.as_bytes());
    assert_eq!(work.text("out/a.txt"), CLEAN);
}

/// Needs some 4 GiB of memory and of disk, and a minute.
#[test]
#[ignore = "large: run it with `cargo test --release --test cli -- --ignored`"]
fn a_line_of_1_gib_is_kept() {
    let work = Workdir::junky();
    let line = "words of a text that never ends, ".repeat((1 << 30) / 33);
    work.write("in/long.txt", &line);
    work.dechaff("clean in -o out").run().exits(0);
    assert!(work.bytes("out/long.txt") == line.as_bytes());
}

#[test]
fn a_file_larger_than_the_limit_is_refused_without_being_read() {
    let work = Workdir::junky();
    let file = std::fs::File::create(work.path("in/huge.txt")).unwrap();
    if file.set_len((4 << 30) + 1).is_err() {
        return skipped("this file system has no files with holes");
    }
    let ran = work.dechaff("clean in -o out").run();
    ran.exits(1);
    ran.says("error: in/huge.txt: the file has 4294967297 bytes, more than 4294967296")
        .says("hint: split it");
    assert_eq!(work.names("out"), ["a.txt"]);
}
