//! `explain`: marks and reasons, and that nothing in a text reaches the terminal raw.

use crate::workdir::{CLEAN, JUNKY, Workdir};

#[test]
fn lines_that_go_are_marked_and_the_reason_stands_below() {
    let text = "\
Advertisement

The bridge was opened by the mayor in 1931. (Newsagency Wire) It carried trams.
    Also read: Ten bridges
Sign up for our newsletter
Subscribe
(Newsagency Wire)
It was closed.";
    let work = Workdir::with(&[("a.txt", text)]);
    let shown = "\
- Advertisement
    ^ small/ad-label/advertisement (sure): the line is `advertisement`
-
    ^ blank line left behind
~ The bridge was opened by the mayor in 1931. (Newsagency Wire) It carried trams.
    ^ `(Newsagency Wire)` goes: small/press-release/agency-mark (sure): this part is `(newsagency wire)`
-     Also read: Ten bridges
    ^ small/related-links/also-read (sure): the line is `also read: {text}`
- Sign up for our newsletter
    ^ small/newsletter/form (sure): the line is `sign up for our newsletter`; it opens a box
- Subscribe
    ^ small/newsletter/form (sure): the line belongs to the box above
- (Newsagency Wire)
    ^ `(Newsagency Wire)` goes: small/press-release/agency-mark (sure): this part is `(newsagency wire)`
  It was closed.
";
    work.dechaff("explain a.txt").run().exits(0).prints(shown).says_nothing().creates_nothing();
    work.dechaff("explain -").stdin(text).run().exits(0).prints(shown);
}

#[test]
fn a_text_without_junk_is_shown_without_marks() {
    let work = Workdir::with(&[("a.txt", CLEAN), ("empty.txt", "")]);
    work.dechaff("explain a.txt")
        .run()
        .exits(0)
        .prints("  The bridge was opened in 1931.\n\n  It carried trams until 1960.\n");
    work.dechaff("explain empty.txt").run().exits(0).prints("");
}

#[test]
fn what_was_learned_of_the_document_goes_to_stderr() {
    let prose = "The bridge was opened in 1931 by the mayor of the town, and closed in 1960.";
    let work = Workdir::with(&[("a.txt", format!("{prose}\n\n{prose}\nAll rights reserved\n"))]);
    let ran = work.dechaff("explain a.txt").run();
    ran.exits(0).says("signals: truncated");
    assert!(!ran.stdout_text().contains("signals"));
}

#[test]
fn what_could_act_on_a_terminal_is_written_out() {
    let wild = [
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]8;;http://example.org\x1b\\link", r"\x1b]8;;http://example.org\x1b\link"),
        ("\x1b]52;c;aGk=\x07 sets the clipboard", r"\x1b]52;c;aGk=\x07 sets the clipboard"),
        ("\u{9b}2J \u{90}q\u{9c} 8-bit", r"\x9b2J \x90q\x9c 8-bit"),
        ("a\tb\x08\x0b\x0c\x7f\u{85}", r"a\x09b\x08\x0b\x0c\x7f\x85"),
        (
            "\u{202e}reversed\u{202c} \u{2066}\u{2069}\u{61c}\u{200e}",
            r"\u{202e}reversed\u{202c} \u{2066}\u{2069}\u{61c}\u{200e}",
        ),
        ("zero\u{200b}width\u{feff}\u{2060} tag\u{e0041}", r"zero\u{200b}width\u{feff}\u{2060} tag\u{e0041}"),
        ("\u{2028}line\u{2029}", r"\u{2028}line\u{2029}"),
    ];
    for (text, shown) in wild {
        let work =
            Workdir::with(&[("a.txt", format!("{text}\nAdvertisement {text}\nAlso read: More {text}\n"))]);
        let ran = work.dechaff("explain a.txt").run();
        ran.exits(0).is_tame();
        assert!(ran.stdout_text().starts_with(&format!("  {shown}\n")), "{}", ran.stdout_text());
    }
}

#[test]
fn a_part_that_goes_is_written_out_in_the_reason_too() {
    let work =
        Workdir::with(&[("a.txt", "The bridge was opened. (News\u{200b}agency\u{ad} Wi\u{202e}re)\n")]);
    let ran = work.dechaff("explain a.txt").run();
    ran.exits(0).is_tame();
    assert!(!ran.stdout.is_empty());
}

#[test]
fn every_character_is_tame_whatever_stands_beside_it() {
    let all: String = (1..=0x10_FFFFu32)
        .step_by(7)
        .chain(1..0x3000)
        .filter_map(char::from_u32)
        .map(|c| format!("x{c}y "))
        .collect();
    let work = Workdir::with::<&str>(&[]);
    work.dechaff("explain -").stdin(all).run().exits(0).is_tame();
}

#[test]
fn names_in_errors_are_written_out_as_well() {
    let work = Workdir::with::<&str>(&[]);
    let name = "\x1b[31m\u{202e}\u{9b}no.txt\nerror: faked";
    let ran = work.dechaff("explain").arg(name).run();
    ran.exits(1).is_tame();
    if ran.stderr_text().lines().any(|line| line.starts_with("error: faked")) {
        ran.fail("a line feed in a name makes a message of its own");
    }
}

#[test]
fn older_encodings_are_read_and_binary_files_refused() {
    let work = Workdir::with(&[
        ("a.txt", b"Caf\xe9 og \xe6bler, s\xf8d gr\xf8d p\xe5 en b\xe6nk.\n".as_slice()),
        ("b", &[0u8; 9]),
    ]);
    work.dechaff("explain a.txt").run().exits(0).prints("  Café og æbler, sød grød på en bænk.\n");
    work.dechaff("explain b").run().exits(1).prints("").says("b: no text");
    work.dechaff("explain missing.txt").run().exits(1).prints("").says("missing.txt: cannot open");
    work.dechaff("explain").run().exits(2).prints("");
    work.dechaff("explain -").stdin(JUNKY.replace('\n', "\r")).run().exits(0).is_tame();
}
