//! `packs new`, `test`, `diff` and `stats`, and packs for sites.

use super::workdir::Workdir;

const OLD: &str = "\
[pack]
name = \"mine\"
version = \"2026.11.0\"
license = \"MIT\"
quality = \"draft\"

[[pattern]]
id = \"pointer\"
category = \"related-links\"
about = \"Pointer to another article.\"
strength = \"sure\"
line = [\"read this too\", \"read this too: {text}\"]
junk = [\"Read this too\", \"Read this too: Ten bridges\"]
text = [\"Read this too often and it bores you.\", \"I read this too.\"]
";
const TEXT: &str = "The bridge was opened in 1931.\n\nRead this too: Ten bridges\n\nShare with friends\n\nIt carried trams until 1960.\n";

fn with_packs() -> Workdir {
    let new = OLD
        .replace("\"read this too: {text}\"", "\"share with friends\"")
        .replace("\"Read this too: Ten bridges\"", "\"Share with friends\"");
    Workdir::with(&[("old.toml", OLD), ("new.toml", &new), ("in/a.txt", TEXT), ("in/b.txt", TEXT)])
}

#[test]
fn a_new_pack_is_a_start_that_passes_its_check() {
    let work = Workdir::with::<&str>(&[]);
    let ran = work.dechaff("packs new sl --folder out").run();
    ran.exits(0).prints("out/sl/pack.toml\nout/sl/ad-label.toml\n");
    work.dechaff("packs check out/sl").run().exits(0);
    work.dechaff("packs new news.example.org --folder out")
        .run()
        .exits(0)
        .prints("out/news-example-org.toml\n");
    work.dechaff("packs check out/news-example-org.toml").run().exits(0);
    let again = work.dechaff("packs new sl --folder out").run();
    again.exits(2);
    assert!(again.stderr_text().contains("there is such a file already"), "{}", again.stderr_text());
    let neither = work.dechaff("packs new Slovene").run();
    neither.exits(2).creates_nothing();
}

#[test]
fn hits_are_shown_in_context_the_most_frequent_first() {
    let shown = "\
mine/related-links/pointer (sure): 2 lines in 2 texts
  in/a.txt:3
      The bridge was opened in 1931.
    > Read this too: Ten bridges
      Share with friends
2 texts; 1 patterns hit, 0 did not
";
    with_packs().dechaff("packs test old.toml in --show 1").run().exits(0).prints(shown).creates_nothing();
}

#[test]
fn lines_that_change_sides_are_listed() {
    let work = with_packs();
    let shown = "\
+ in/a.txt:3: mine/related-links/pointer: Read this too: Ten bridges
- in/a.txt:5: mine/related-links/pointer: Share with friends
+ in/b.txt:3: mine/related-links/pointer: Read this too: Ten bridges
- in/b.txt:5: mine/related-links/pointer: Share with friends
2 texts: 2 lines now go (-), 2 now stay (+)
";
    work.dechaff("packs diff old.toml new.toml in").run().exits(1).prints(shown).creates_nothing();
    let same = "2 texts: 0 lines now go (-), 0 now stay (+)\n";
    work.dechaff("packs diff old.toml old.toml in").run().exits(0).prints(same);
}

#[test]
fn packs_are_counted() {
    let work = with_packs();
    let ran = work.dechaff("packs stats --pack old.toml").run();
    ran.exits(0);
    let text = ran.stdout_text();
    let line = text.lines().find(|line| line.starts_with("mine ")).unwrap();
    let numbers: Vec<&str> = line.split_whitespace().skip(1).collect();
    assert_eq!(numbers, ["1", "2", "1", "0", "0", "0", "0", "0", "0", "0", "4"], "{text}");
    assert!(text.lines().last().unwrap().starts_with("all "), "{text}");
}

/// A pack for a site acts on its own pages only.
#[test]
fn a_site_is_told() {
    let pack = OLD.replace("quality", "site = \"example.org\"\nquality");
    let work = Workdir::with(&[("site.toml", &pack), ("in/a.txt", &TEXT.to_owned())]);
    let base = "check in --pack site.toml --select mine --level patterns";
    work.dechaff(base).run().exits(0);
    work.dechaff(&format!("{base} --site example.com")).run().exits(0);
    let found = work.dechaff(&format!("{base} --site news.example.org")).run();
    found.exits(1).prints("in/a.txt:3: mine/related-links/pointer: Read this too: Ten bridges\n");
    let wrong = OLD.replace("quality", "site = \"www.example.org\"\nquality");
    let work = Workdir::with(&[("site.toml", &wrong)]);
    let ran = work.dechaff("packs check site.toml").run();
    ran.exits(1);
    assert!(ran.stdout_text().contains("`www.example.org` is no domain"), "{}", ran.stdout_text());
}

#[test]
fn a_renamed_pattern_is_known_by_its_old_id() {
    let pack = OLD.replace("strength", "formerly = [\"mine/related-links/also\"]\nstrength");
    let work = Workdir::with(&[("mine.toml", &pack), ("in/a.txt", &TEXT.to_owned())]);
    let shown = work.dechaff("packs show mine/related-links/also --pack mine.toml").run();
    shown.exits(0);
    assert!(shown.stdout_text().starts_with("mine/related-links/pointer\n"), "{}", shown.stdout_text());
    let found =
        work.dechaff("check in --pack mine.toml --select mine/related-links/also --level patterns").run();
    found.exits(1).prints("in/a.txt:3: mine/related-links/pointer: Read this too: Ten bridges\n");
}
