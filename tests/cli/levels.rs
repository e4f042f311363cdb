//! Levels, the cost behind them, weights of one's own, the guard: how much goes, and what is said of it.

use crate::workdir::Workdir;
use serde_json::Value;

/// Running text, and a menu that no pattern of the small pack knows.
fn page() -> String {
    let menu = ["Home", "Sports", "Local", "Weather", "Obituaries", "Puzzles", "Sign in", "Archive", "Shop"];
    let paragraph = "The bridge was opened in 1931 by the mayor of the town, and for forty years it carried the trams \
                     to the harbor. It was closed because nobody wanted to pay for the paint.";
    let menu: String = menu.iter().map(|item| format!("* {item}\n")).collect();
    let text: String = (1..=6).map(|n| format!("{paragraph} That was year {n} of the plan.\n\n")).collect();
    format!("{menu}\n{text}{menu}")
}

/// Weights by which short lines go, more surely at one level than at the other.
fn weights(trees: &str) -> String {
    format!(
        "switch = 1.0\ntrees = \"\"\"\n{trees}\n\"\"\"\n[cost]\nbalanced = 100.0\nthorough = 2.0\n[sections]\n"
    )
}

/// A folder with the page and the weights.
fn work() -> Workdir {
    Workdir::with(&[("in/a.txt", page()), ("short.toml", weights("words<=3@0 3 -9"))])
}

#[test]
fn patterns_take_what_they_know_and_levels_what_stands_around_the_text() {
    let work = work();
    let lines_left = |level: &str| {
        work.dechaff(&format!("clean in -o out-{level} --level {level} --weights short.toml")).run().exits(0);
        work.text(format!("out-{level}/a.txt")).lines().filter(|line| line.starts_with('*')).count()
    };
    assert_eq!(lines_left("patterns"), 18);
    assert_eq!(lines_left("balanced"), 18);
    assert_eq!(lines_left("thorough"), 0);
    work.dechaff("clean in -o out --weights short.toml --cost 10").run().exits(0);
    assert!(!work.text("out/a.txt").contains('*'));
    for cost in ["0", "-1", "nan", "much"] {
        work.dechaff(&format!("clean in -o out2 --cost={cost}")).run().exits(2).says("a number above 0");
    }
}

#[test]
fn evidence_is_in_the_log_and_the_summary_and_can_be_put_back() {
    let work = work();
    let ran = work
        .dechaff("clean in -o out --weights short.toml --level thorough --removed removed.jsonl --json")
        .run();
    ran.exits(0);
    let summary: Value = serde_json::from_slice(&ran.stdout).unwrap();
    assert_eq!(
        (&summary["by_category"]["evidence"], &summary["changed"]),
        (&Value::from(18), &Value::from(1))
    );
    let log = work.text("removed.jsonl");
    let record: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert!(record["score"].as_f64().unwrap() > 0.0, "{record}");
    assert!(!record["evidence"].as_array().unwrap().is_empty() && record["pattern"].is_null(), "{record}");
    work.dechaff("restore out --removed removed.jsonl -o back").run().exits(0);
    assert_eq!(work.text("back/a.txt"), page());
    let checked = work.dechaff("check in --weights short.toml --level thorough").run();
    checked.exits(1);
    assert!(checked.stdout_text().starts_with("in/a.txt:1: evidence: * Home\n"), "{}", checked.stdout_text());
}

#[test]
fn explain_names_evidence_and_what_nearly_went() {
    let work = work();
    let explain = |flags: &str| {
        let ran = work.dechaff(&format!("explain in/a.txt --weights short.toml {flags}")).run();
        ran.exits(0);
        ran.stdout_text()
    };
    let goes = "- * Home\n    ^ place, look and neighbors: number of words: 1\n";
    assert!(explain("--level thorough").starts_with(goes));
    let goes = "- * Home\n    ^ place, look and neighbors: number of words: 1 (+3.00); score +2.31\n";
    assert!(explain("--level thorough -v").starts_with(goes));
    let stays =
        "? * Home\n    ^ nearly went: place, look and neighbors: number of words: 1 (+3.00); score -1.61\n";
    assert!(explain("-v").starts_with(stays));
    assert!(explain("--cost 10000").starts_with("  * Home\n"));
}

#[test]
fn weights_of_ones_own_are_used_and_mistakes_in_them_named() {
    let work = work();
    for (trees, says) in [
        ("words<=3@0 9", "tree 1 does not end where it should"),
        ("luck<=3@0 9 -9", "tree 1: nothing measures `luck`"),
        ("words<=x@0 9 -9", "tree 1: `x` is no number"),
    ] {
        work.write("wrong.toml", weights(trees));
        let ran = work.dechaff("clean in -o out2 --weights wrong.toml").run();
        ran.exits(2).says(says).says("wrong.toml").says("scripts/fit");
        assert!(!work.exists("out2"));
    }
    work.write("no.toml", "balanced");
    work.dechaff("clean in -o out2 --weights no.toml").run().exits(2).says("the weights cannot be used");
    work.dechaff("clean in -o out2 --weights missing.toml").run().exits(2).says("missing.toml");
}

#[test]
fn the_guard_keeps_flags_or_drops() {
    let wall = "Sign up for our newsletter\nEmail address\nSubscribe\n";
    let sentence = "Advertisement of the day, by which the owners of the bridge wanted to say that it was open again to all of us.\n";
    let work = Workdir::with(&[("in/a.txt", page()), ("in/b.txt", format!("{sentence}{wall}"))]);
    // At this limit whatever prose goes is too much.
    work.write(
        "all.toml",
        "switch = 0.0\ntrees = \"9\"\n[cost]\nbalanced = 1.0\nthorough = 1.0\n[sections]\n",
    );
    let run = |what: &str| {
        let out = format!("out-{what}");
        let ran = work
            .dechaff(&format!(
                "clean in -o {out} --weights all.toml --on-guard {what} --removed removed-{what}.jsonl --json"
            ))
            .run();
        ran.exits(0);
        let summary: Value = serde_json::from_slice(&ran.stdout).unwrap();
        assert_eq!(summary["signals"]["guarded"], Value::from(1), "{what}: {summary}");
        (work.exists(format!("{out}/a.txt")), summary["dropped"].as_u64().unwrap())
    };
    assert_eq!(run("keep"), (true, 0));
    assert_eq!(work.text("out-keep/a.txt"), page());
    assert_eq!(run("flag"), (true, 0));
    assert_eq!(work.text("out-flag/a.txt"), "");
    assert_eq!(run("drop"), (false, 1));
    let stdin = work.dechaff("clean - --weights all.toml --on-guard drop").stdin(page()).run();
    stdin.exits(0).prints("");
    work.dechaff("restore out-drop --removed removed-drop.jsonl -o back")
        .run()
        .exits(0)
        .says("1 documents were left out");
    work.dechaff("clean in -o out9 --on-guard burn").run().exits(2).says("invalid value 'burn'");
    work.dechaff("clean in -o out9 --language Danish").run().exits(2).says("a language code");
}

#[test]
fn neighbors_pull_labels_along_but_no_sentences() {
    let text = |middle: &str| format!("{}\nHome\nSports\n{middle}\nLocal\nWeather\n\n{}", page(), page());
    let clean = |middle: &str| {
        let work = Workdir::with(&[
            ("a.txt", text(middle)),
            ("pull.toml", weights("words<=3@0 9 words<=20@0 0.5 -9")),
        ]);
        work.dechaff("clean a.txt -o out.txt --level thorough --weights pull.toml").run().exits(0);
        work.text("out.txt").contains(middle)
    };
    assert!(!clean("What the mayor wrote"), "a headline among junk goes with it");
    assert!(clean("The mayor wrote all of it himself."), "a sentence stays unless it would go alone");
    assert!(clean("The mayor wrote. Nobody knows what he wanted"));
}
