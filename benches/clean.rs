//! How fast documents are cleaned in memory, on one core. `cargo bench` prints bytes a second.
//!
//! Each benchmark first checks its own answer, so that no speed is bought with wrong output.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "benchmark")]

mod corpus;

use corpus::{Corpus, corpus, pack, phrases};
use dechaff::clean::{Buffers, Cleaner, Options};
use dechaff::{Document, Engine, Level, Weights};
use divan::Bencher;
use divan::counter::BytesCount;

const BYTES: usize = 16 << 20;

fn main() {
    divan::main();
}

/// Cleans all documents and returns the lines removed, blank lines aside.
fn clean_all(cleaner: &Cleaner, corpus: &Corpus, buffers: &mut Buffers, out: &mut String) -> usize {
    let removed = |text: &String| {
        let outcome = cleaner.clean_into(&Document::new(text), buffers, out);
        outcome.removals.iter().filter(|r| r.why.hit().is_some()).count()
    };
    corpus.documents.iter().map(removed).sum()
}

/// A pack of so many phrases over text of which a quarter of the lines are hit.
#[divan::bench(args = [1_500, 20_000], sample_count = 15, sample_size = 1)]
fn patterns(bencher: Bencher<'_, '_>, count: usize) {
    let phrases = phrases(count);
    let corpus = corpus(BYTES, &phrases);
    let cleaner = Cleaner::new(
        Engine::new(vec![pack(&phrases)]).expect("compiles"),
        Weights::none(),
        Options::at(Level::Patterns),
    );
    let (mut buffers, mut out) = (Buffers::default(), String::new());
    let removed = clean_all(&cleaner, &corpus, &mut buffers, &mut out);
    assert_eq!(removed, corpus.junk_lines, "every line made of a phrase goes, and no other");
    bencher
        .counter(BytesCount::new(corpus.bytes))
        .bench_local(|| clean_all(&cleaner, &corpus, &mut buffers, &mut out));
}

/// All built-in packs over the same text.
#[divan::bench(args = [Level::Patterns, Level::Balanced], sample_count = 15, sample_size = 1)]
fn builtin_packs(bencher: Bencher<'_, '_>, level: Level) {
    let corpus = corpus(BYTES, &phrases(1_500));
    let mut options = Options::at(level);
    options.reasons = false; // as in a run without a log
    let cleaner = dechaff::builtin_cleaner(options).expect("compiles");
    let (mut buffers, mut out) = (Buffers::default(), String::new());
    bencher
        .counter(BytesCount::new(corpus.bytes))
        .bench_local(|| clean_all(&cleaner, &corpus, &mut buffers, &mut out));
}

/// Splitting alone: the floor under everything else.
#[divan::bench(sample_count = 15, sample_size = 1)]
fn lines_only(bencher: Bencher<'_, '_>) {
    let corpus = corpus(BYTES, &phrases(1_500));
    bencher.counter(BytesCount::new(corpus.bytes)).bench_local(|| {
        corpus
            .documents
            .iter()
            .map(|text| Document::new(text).lines().map(|l| l.text.len()).sum::<usize>())
            .sum::<usize>()
    });
}

/// From the text of the built-in packs to an engine.
#[divan::bench(sample_count = 15, sample_size = 1)]
fn start_up(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| dechaff::builtin_engine().expect("compiles"));
}
