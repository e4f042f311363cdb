//! `packs`: each mistake in a pack is named, with file, line and a hint; a wrong pack stops a run before it begins.
//!
//! `tests/fixtures/packs/invalid/` holds one pack for each mistake, and beside it what `packs check` prints. With
//! `UPDATE_EXPECT=1` in the environment the test writes what is printed now; read the difference before keeping it.

use crate::workdir::{JUNKY, Ran, Workdir, small_pack};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const HEADER: &str = "[pack]\nname = \"big\"\nversion = \"2026.11.0\"\nlicense = \"MIT\"\n";

/// The wrong packs by name, in order.
fn invalid() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs/invalid");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut packs: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    packs.sort();
    assert!(packs.len() > 20, "the folder of wrong packs has gone");
    packs
}

/// A wrong pack and what `packs check` says of it.
struct Checked {
    name: String,
    path: PathBuf,
    ran: Ran,
}

/// All wrong packs, checked once for all tests, each from a folder in which it has a short name.
fn checked() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let check = |(name, path): (String, PathBuf)| {
            let work = Workdir::with::<&str>(&[]);
            work.write(format!("{name}.toml"), std::fs::read(&path).unwrap());
            let ran = work.dechaff(&format!("packs check {name}.toml")).run();
            Checked { name, path, ran }
        };
        invalid().into_iter().map(check).collect()
    })
}

/// A pattern with these phrases, right in all else.
fn pattern(phrases: &str) -> String {
    let rest = r#"about = "For a test."
strength = "likely"
junk = ["Phrase number 1 x", "PHRASE NUMBER 1 X"]
text = ["The phrase has a number.", "A number."]
"#;
    format!("{HEADER}\n[[pattern]]\nid = \"phrases\"\ncategory = \"nav\"\n{rest}{phrases}\n")
}

/// `"phrase number 1 x", "phrase number 2 x", …`
fn numbered(count: usize) -> String {
    (1..=count).map(|n| format!("\"phrase number {n} x\",\n")).collect()
}

#[test]
fn each_mistake_is_named() {
    let mut wrong = Vec::new();
    for Checked { name, path, ran } in checked() {
        let found = ran.exits(1).says_nothing().is_tame().stdout_text();
        let expected = path.with_extension("stdout");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}\nexpected\n{expected}\nfound\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_EXPECT=1 accepts what is found\n\n{}", wrong.join("\n---\n"));
}

#[test]
fn each_problem_comes_with_file_line_and_hint() {
    let mut wrong = Vec::new();
    for Checked { name, ran, .. } in checked() {
        for problem in ran.stdout_text().split_inclusive("\n\n") {
            let Some(problem) = problem.strip_suffix("\n\n") else { continue }; // the count at the end
            let place = problem.split_once(": ").map_or("", |(_, rest)| rest);
            let line = place.strip_prefix(&format!("{name}.toml:")).and_then(|rest| rest.split(':').next());
            let has_line = line.is_some_and(|line| line.parse::<u32>().is_ok_and(|line| line > 0));
            if !has_line || !problem.contains("\nhint: ") {
                wrong.push(problem.to_owned());
            }
        }
    }
    assert!(wrong.is_empty(), "without a line or a hint:\n{}", wrong.join("\n"));
}

#[test]
fn a_pack_that_check_refuses_stops_a_run() {
    let mut accepted = Vec::new();
    for Checked { name, path, ran } in checked() {
        if ran.stdout_text().contains("\n0 errors") {
            continue; // warnings only
        }
        let work = Workdir::junky();
        work.write("pack.toml", std::fs::read(path).unwrap());
        let ran = work.dechaff("clean in -o out --pack pack.toml").run();
        ran.is_tame();
        if ran.code != 2 {
            accepted.push(name.as_str());
            continue;
        }
        ran.prints("").creates_nothing().says("error: pack.toml:");
    }
    assert!(accepted.is_empty(), "used all the same: {}", accepted.join(", "));
}

#[test]
fn a_wrong_pack_stops_a_run_before_anything_is_read() {
    let work = Workdir::with(&[("pack.toml", pattern("line = [\"- * -\"]"))]);
    if !work.tool("mkfifo pipe") {
        return crate::workdir::skipped("there is no mkfifo");
    }
    // A pipe that never ends: whoever reads it hangs.
    let endless = r#"exec 3<>pipe; exec "$@" <&3"#;
    work.dechaff("clean - --pack pack.toml").in_bash(endless).run().exits(2).prints("").creates_nothing();
    work.dechaff("check - --pack pack.toml").in_bash(endless).run().exits(2).prints("");
    work.dechaff("explain - --pack pack.toml").in_bash(endless).run().exits(2).prints("");
}

#[test]
fn warnings_of_a_pack_are_shown_and_do_not_stop_a_run() {
    let work = Workdir::junky();
    let path = small_pack().with_file_name("invalid/too-few-examples.toml");
    let ran = work.dechaff(&format!("clean in -o out --pack {}", path.display())).run();
    ran.exits(0);
    ran.says("warning: ").says("has 1 `junk` examples, fewer than 2");
}

#[test]
fn one_missing_quotation_mark_is_one_mistake() {
    let text = pattern("line = [\"read more]").replace("likely", "sure")
        + "\n"
        + &pattern("line = [\"a\"]").replace(HEADER, "");
    let work = Workdir::with(&[("pack.toml", text)]);
    let ran = work.dechaff("packs check pack.toml").run();
    ran.exits(1);
    let errors = ran.stdout_text().matches("error: ").count();
    if errors > 3 {
        ran.fail(&format!("{errors} errors bury the one mistake"));
    }
}

#[test]
fn packs_that_are_too_large_are_refused() {
    let long = "phrase number 1 ".repeat(257);
    let cases = [
        (
            "long-phrase",
            pattern(&format!("line = [\"{long}\"]")),
            "pack.toml:13: pattern `phrases`: a phrase has 4112 bytes, more than 4096",
        ),
        (
            "large-file",
            format!("{}# {}", pattern("line = [\"x\"]"), "x".repeat(1 << 20)),
            "pack.toml: file has more than 1048576 bytes",
        ),
        (
            "many-phrases",
            pattern(&format!("line = [{}]", numbered(20_001))),
            "pack.toml: file has 20001 phrases, more than 20000",
        ),
        (
            "many-regexes",
            pattern(&format!("regex = [{}]", numbered(1_001))),
            "the packs have more than 1000 regexes",
        ),
        (
            "many-choices",
            pattern(&format!("line = [\"phrase {}\"]", "(a|b)".repeat(11))),
            "template stands for 2048 phrases, more than 2000",
        ),
        ("deep", pattern(&format!("line = [\"{}\"]", "[".repeat(4000))), "brackets are nested too deeply"),
        ("deep-toml", format!("{HEADER}x = {}", "[".repeat(100_000)), "pack.toml"),
    ];
    for (name, text, message) in cases {
        let work = Workdir::with(&[("pack.toml", text.as_str()), ("in/a.txt", JUNKY)]);
        let ran = work.dechaff("packs check pack.toml").run();
        ran.exits(1).creates_nothing();
        if !ran.stdout_text().contains(&format!("error: {message}")) && !ran.stdout_text().contains(message) {
            ran.fail(&format!("{name}: stdout does not say `{message}`"));
        }
        work.dechaff("clean in -o out --pack pack.toml").run().exits(2).creates_nothing();
    }
}

#[test]
fn packs_as_large_as_allowed_are_used() {
    let long = format!("phrase number 1 x{}", " x".repeat(2039));
    assert_eq!(long.len(), 4095);
    for phrases in
        [format!("line = [{}]", numbered(20_000)), format!("line = [\"{long}\", \"phrase number 1 x\"]")]
    {
        let work = Workdir::with(&[("pack.toml", pattern(&phrases))]);
        work.dechaff("packs check pack.toml").run().exits(0).says_nothing();
    }
}

#[test]
fn a_right_pack_passes_and_is_counted() {
    let work = Workdir::with(&[("small.toml", std::fs::read(small_pack()).unwrap())]);
    let passes = "small 2026.11.0: 8 patterns, 12 phrases\n0 errors, 0 warnings\n";
    work.dechaff("packs check small.toml").run().exits(0).prints(passes).says_nothing().creates_nothing();
}

#[test]
fn a_pack_may_be_a_folder_with_a_file_for_each_category() {
    let text =
        pattern("line = [\"phrase number {n} x\"]").replace(HEADER, "").replace("category = \"nav\"\n", "");
    let work = Workdir::with(&[
        ("pack/pack.toml", HEADER),
        ("pack/nav.toml", &text),
        ("pack/README.md", "No pattern."),
    ]);
    work.dechaff("packs check pack")
        .run()
        .exits(0)
        .prints("big 2026.11.0: 1 patterns, 1 phrases\n0 errors, 0 warnings\n");
    work.write("pack/legal.toml", text.replace("about", "abuot"));
    let ran = work.dechaff("packs check pack").run();
    ran.exits(1);
    assert!(
        ran.stdout_text().starts_with("error: pack/legal.toml:2: pattern `phrases`: pattern has no `about`")
    );
}

#[test]
fn what_is_no_pack_is_named() {
    let work = Workdir::with(&[("folder/nav.toml", ""), ("latin.toml", "x")]);
    work.write("latin.toml", b"# one\n# caf\xe9\n");
    for (path, message) in [
        ("missing.toml", "error: missing.toml: cannot open the pack: "),
        ("folder", "error: folder: the folder has no `pack.toml`\nhint: "),
        ("latin.toml", "error: latin.toml:2: not UTF-8\nhint: "),
        ("/dev/null", "error: /dev/null: neither a file nor a folder\nhint: "),
    ] {
        let ran = work.dechaff(&format!("packs check {path}")).run();
        ran.exits(1);
        if !ran.stdout_text().starts_with(message) {
            ran.fail(&format!("stdout does not begin with `{message}`"));
        }
        work.dechaff(&format!("check . --pack {path}")).run().exits(2);
    }
}

#[test]
fn patterns_are_listed_and_shown() {
    let work = Workdir::with(&[("small.toml", std::fs::read(small_pack()).unwrap())]);
    let ran = work.dechaff("packs list --pack small.toml").run();
    ran.exits(0).says_nothing();
    assert!(ran.stdout_text().contains(
        "small 2026.11.0 (reviewed): 8 patterns, 12 phrases. For the tests of the command line.\n"
    ));
    let listed = "\
small/related-links/also-read                    sure   A pointer to another article.
small/related-links/play-note                    keep   A stage direction that looks like a pointer, and stays.
";
    work.dechaff("packs list small/related-links --pack small.toml").run().exits(0).prints(listed);
    let shown = "\
small/newsletter/form
Sign-up box inside an article.

strength   sure
place      any

phrases
  open   sign up for our newsletter
  follow email address
  follow subscribe
  shape = none, needs = 1, max_lines = 12, above = 0

must match
  Sign up for our newsletter
  Email address
  Subscribe
  Sign up for our newsletter
  Subscribe

must not match
  Sign up for our newsletter
  Sign up for our newsletter
  The newsletter comes once a week, and it is free.

small.toml:50
";
    work.dechaff("packs show small/newsletter/form --pack small.toml").run().exits(0).prints(shown);
    for call in [
        "packs show small/newsletter/from --pack small.toml",
        "packs list smal/newsletter/form --pack small.toml",
    ] {
        let ran = work.dechaff(call).run();
        ran.exits(2).prints("");
        ran.says("no pattern, category or pack is called")
            .says("hint: did you mean `small/newsletter/form`?");
    }
}

#[test]
fn the_format_is_explained_by_its_page() {
    let page = include_str!("../../patterns/README.md");
    Workdir::with::<&str>(&[]).dechaff("packs explain-format").run().exits(0).prints(page).says_nothing();
}
