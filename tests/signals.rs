//! What a document's junk says of the document.
#![allow(clippy::unwrap_used, reason = "tests")]

use dechaff::clean::OnGuard;
use dechaff::{Document, Level, Options, Signal, builtin_cleaner};

const PROSE: &str = "\
The bridge was opened in 1931 by the mayor of the town, and for forty years it carried the trams to the harbor.

It was closed because nobody wanted to pay for the paint, and since then it has stood empty in the middle of the town.
";

#[test]
fn lines_say_what_became_of_the_text() {
    let cleaner = builtin_cleaner(Options::default()).unwrap();
    let signals = |text: &str| cleaner.clean(&Document::new(text)).signals;
    let wall = "This website uses cookies to improve your experience.\nAccept all\n";
    for (text, expected) in [
        (PROSE.to_owned(), vec![]),
        (format!("{PROSE}\nSubscribe to continue reading\n"), vec![Signal::Paywalled]),
        (
            format!(
                "{PROSE}\nThe council will meet again on Tuesday, but whether it will vote is not known to any of [...]\n"
            ),
            vec![Signal::Truncated],
        ),
        (
            format!(
                "{PROSE}\nThe council will meet again on Tuesday, but whether it will vote is not known to any…\n"
            ),
            vec![Signal::Truncated],
        ),
        (
            format!(
                "{PROSE}\n“And nobody,” he said, “will ever know what it was that we were looking for in there...”\n"
            ),
            vec![],
        ),
        (wall.to_owned(), vec![Signal::FailedScrape]),
        (format!("{PROSE}\n{wall}"), vec![]),
        (
            "404 Not Found\nPlease enable JavaScript to continue using this application.\nHome\n".to_owned(),
            vec![Signal::FailedScrape],
        ),
    ] {
        assert_eq!(signals(&text), expected, "{text}");
    }
}

#[test]
fn a_document_that_would_lose_too_much_is_kept_cleaned_or_dropped() {
    let policy =
        "This website uses cookies to improve your experience while you navigate through the website.\n";
    let text = format!(
        "{}\nThe bridge was opened in 1931 by the mayor of the town, and it was closed in 1960.\n",
        policy.repeat(4)
    );
    for (on_guard, changed, dropped) in
        [(OnGuard::Keep, false, false), (OnGuard::Flag, true, false), (OnGuard::Drop, false, true)]
    {
        let mut options = Options::at(Level::Patterns);
        options.on_guard = on_guard;
        options.max_loss = Some(0.1);
        let cleaned = builtin_cleaner(options).unwrap().clean(&Document::new(&text));
        assert!(cleaned.signals.contains(&Signal::Guarded), "{on_guard:?}");
        assert_eq!((cleaned.text != text, cleaned.dropped), (changed, dropped), "{on_guard:?}");
    }
}
