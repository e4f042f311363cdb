//! Calls that could destroy something are refused before anything is written.
//!
//! That no input was changed is checked by the harness after every run.

use crate::workdir::{JUNKY, Workdir};

/// Two folders and links to them.
fn folders() -> Workdir {
    let work = Workdir::with(&[
        ("in/a.txt", JUNKY),
        ("in/sub/b.txt", JUNKY),
        ("other/in/a.txt", JUNKY),
        ("other/x/b.txt", JUNKY),
    ]);
    work.link("in", "link");
    work.link("in/a.txt", "link.txt");
    work
}

#[track_caller]
fn refused(work: &Workdir, call: &str, message: &str) {
    work.dechaff(call).run().exits(2).prints("").creates_nothing().says(message);
}

#[test]
fn an_output_that_is_the_input() {
    let work = folders();
    for out in ["in", "in/", "./in", "in/../in", "other/../in", "link", "link/", "in/."] {
        refused(&work, &format!("clean in -o {out}"), "the output is the input");
    }
    refused(&work, "clean link -o in", "the output is the input");
    refused(&work, &format!("clean in -o {}", work.path("in").display()), "the output is the input");
    for out in ["in/a.txt", "in", "in/", "link.txt", "link", "in/sub/../a.txt"] {
        refused(&work, &format!("clean in/a.txt -o {out}"), "the output is the input");
    }
}

#[test]
fn an_output_inside_the_input() {
    let work = folders();
    for out in ["in/out", "in/sub", "in/sub/out/deep", "link/out", "in/../in/out", "in/a.txt"] {
        refused(&work, &format!("clean in -o {out}"), "the output lies inside the input");
    }
    refused(&work, "clean link -o in/out", "the output lies inside the input");
    refused(&work, "clean other in -o in/out", "the output lies inside the input");
    refused(&work, "clean . -o out", "the output lies inside the input");
}

#[test]
fn an_input_inside_the_output() {
    let work = folders();
    for (input, out) in [("in", "."), ("in/sub", "in"), ("in/sub", "link"), ("other/in", "other")] {
        refused(&work, &format!("clean {input} -o {out}"), "the output folder holds the input");
    }
}

#[test]
fn two_inputs_with_one_output() {
    let work = folders();
    for inputs in ["in other/in", "in/a.txt other/in/a.txt", "in in", "in link/../in", "in/a.txt ./in/a.txt"]
    {
        refused(&work, &format!("clean {inputs} -o out"), "two inputs have this output");
    }
}

#[test]
fn a_file_where_another_input_needs_a_folder() {
    // `out/x` would be a file and the folder of `out/x/b.txt`.
    let work = folders();
    work.write("files/x", JUNKY);
    work.dechaff("clean files/x other/x -o out").run().exits(2).creates_nothing();
}

#[test]
fn an_output_that_is_another_input() {
    // `sub/x.txt` would become `out/sub/x.txt`, the first input.
    let work = Workdir::with(&[("sub/x.txt", "From sub.\n"), ("place/sub/x.txt", "An input.\n")]);
    work.dechaff("clean place/sub/x.txt sub -o place").run().exits(2).creates_nothing();
}

#[test]
fn an_output_that_leads_back_into_the_input_by_a_link() {
    // `out/sub/b.txt` is `in/sub/b.txt`. Either the call is refused, or the one file fails.
    let work = folders();
    work.folder("out");
    work.link("../in/sub", "out/sub");
    let ran = work.dechaff("clean in -o out").run();
    assert_ne!(ran.code, 0, "it would have written to the input");
}

#[test]
fn links_and_second_names_at_the_place_of_an_output_are_replaced_and_not_followed() {
    let work = folders();
    work.folder("out/sub");
    work.link("../in/a.txt", "out/a.txt");
    std::fs::hard_link(work.path("in/sub/b.txt"), work.path("out/sub/b.txt")).unwrap();
    work.dechaff("clean in -o out").run().exits(0);
    assert_eq!(work.tree("out").len(), 2);
    assert_ne!(work.tree("out"), work.tree("in"));
}

#[test]
fn a_removal_log_among_the_inputs_or_outputs() {
    let work = folders();
    for log in [
        "in/removed.jsonl",
        "in/a.txt",
        "link/removed.jsonl",
        "in/sub/../removed.jsonl",
        "out/a.txt",
        "out/sub/b.txt",
    ] {
        refused(
            &work,
            &format!("clean in -o out --removed {log}"),
            "the removal log would be an input or an output",
        );
    }
    let absolute = work.path("out/a.txt");
    refused(&work, &format!("clean in -o out --removed {}", absolute.display()), "the removal log would be");
    refused(&work, "clean in/a.txt -o out.txt --removed in/a.txt", "the removal log would be");
    refused(&work, "clean in -n --removed in/removed.jsonl", "the removal log would be");
}

#[test]
fn a_removal_log_that_is_an_output_by_another_spelling() {
    let work = folders();
    for (output, log) in [("out", "./out/a.txt"), ("./out", "out/a.txt"), ("out", "other/../out/sub/b.txt")] {
        refused(
            &work,
            &format!("clean in -o {output} --removed {log}"),
            "the removal log would be an input or an output",
        );
    }
    refused(
        &work,
        "clean in/a.txt -o out.txt --removed ./out.txt",
        "the removal log would be an input or an output",
    );
}

#[test]
fn a_removal_log_that_is_the_output_for_stdin() {
    let work = folders();
    for log in ["out.txt", "./out.txt", "other/../out.txt"] {
        let ran = work.dechaff(&format!("clean - -o out.txt --removed {log}")).stdin(JUNKY).run();
        ran.exits(2).creates_nothing().says("the removal log would be an input or an output");
    }
}

#[test]
fn a_path_through_a_folder_that_is_not_there_yet() {
    // The system finds nothing at `missing/../in`, until `missing` has been made.
    for call in [
        "clean in -o missing/../in",
        "clean in/a.txt -o missing/../in/a.txt",
        "clean in -o missing/../in/out",
        "clean in -o missing/..",
        "clean in -o out --removed missing/../in/removed.jsonl",
        "clean in -o out --removed missing/../in/a.txt",
    ] {
        refused(&folders(), call, "hint: ");
    }
}

#[test]
fn what_is_no_file_is_never_replaced_by_one() {
    // Renaming over a device, such as /dev/null for root, would break the machine. A pipe stands for all of them here.
    let work = folders();
    if !work.tool("mkfifo pipe") {
        return crate::workdir::skipped("there is no mkfifo");
    }
    for call in ["clean in/a.txt -o pipe", "clean - -o pipe", "clean in -o out --removed pipe"] {
        let ran = work.dechaff(call).stdin(JUNKY).run();
        assert_ne!(ran.code, 0, "{call}");
        ran.says("pipe");
    }
}

#[test]
fn a_file_where_the_output_folder_should_be() {
    let work = folders();
    work.write("file", "A file.\n");
    for call in ["clean in -o file", "clean in/a.txt other -o file", "clean in -o file/out"] {
        let ran = work.dechaff(call).run();
        ran.creates_nothing();
        assert_ne!(ran.code, 0, "{call}");
        ran.says("file");
    }
}

#[test]
fn calls_that_make_no_sense() {
    let work = folders();
    for (call, message) in [
        ("clean in", "there is no output"),
        ("clean in - -o out", "`-` stands alone"),
        ("clean missing -o out", "missing: cannot open the input: no such file or directory"),
        ("clean in missing -o out", "missing: cannot open the input"),
        ("clean in -o out --no-such-flag", "unexpected argument '--no-such-flag'"),
        ("clean in -o out --level everything", "invalid value 'everything'"),
        ("clean in -o out -j many", "invalid value 'many'"),
        ("clean in -o out -q -v", "cannot be used with"),
        ("clean -o out", "required arguments were not provided"),
    ] {
        refused(&work, call, message);
    }
    work.dechaff("").run().exits(2).creates_nothing();
    work.dechaff("polish in").run().exits(2).creates_nothing().says("unrecognized subcommand 'polish'");
}

#[test]
fn without_any_pattern_nothing_is_cleaned() {
    let work = folders();
    work.dechaff("")
        .arg("clean")
        .arg("in")
        .arg("-o")
        .arg("out")
        .arg("--no-builtin-packs")
        .run()
        .exits(2)
        .says("no patterns are left");
    assert!(!work.exists("out"));
}
