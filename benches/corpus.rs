//! Text and packs made up for the benchmarks: the same at every run, of any size, and with a known answer.
//!
//! The mixture follows what was measured on 1,351 scraped pages: three quarters of the bytes stand in paragraphs of 200
//! bytes and more, one fifth in lines under 80 bytes, and a pack of 1,400 phrases hits a quarter of all lines.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "benchmark")]

use dechaff::patterns::{Pack, PackFile};

/// A generator of pseudo-random numbers (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

const SYLLABLES: &[&str] = &[
    "ba", "con", "der", "el", "fro", "gen", "hal", "in", "jor", "kel", "lum", "mar", "nor", "op", "pel",
    "qui", "ras", "sto", "tel", "un", "ver", "wal", "yel", "zon", "ed", "ing", "er", "ly", "th", "s",
];

fn word(random: &mut Random) -> String {
    (0..1 + random.below(3)).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect()
}

fn words(random: &mut Random, count: usize) -> String {
    (0..count).map(|_| word(random)).collect::<Vec<_>>().join(" ")
}

fn capitalized(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

/// A pack of `count` phrases: four in five fixed, the others with a hole at one end or in the middle.
pub(crate) fn phrases(count: usize) -> Vec<String> {
    let mut random = Random::new(7);
    (0..count)
        .map(|i| {
            let length = 2 + random.below(4);
            let fixed = format!("{} {}", words(&mut random, length), to_letters(i));
            match i % 10 {
                0 => format!("{fixed} {{text}}"),
                5 => format!("{{n}} {fixed}"),
                _ => fixed,
            }
        })
        .collect()
}

/// A number as a word, so that no two phrases are the same.
fn to_letters(mut n: usize) -> String {
    let mut out = String::from("x");
    loop {
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
        if n == 0 {
            return out;
        }
    }
}

pub(crate) fn pack(phrases: &[String]) -> Pack {
    let mut text = String::from("[pack]\nname = \"bench\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n");
    for (i, chunk) in phrases.chunks(50).enumerate() {
        let list: Vec<String> = chunk.iter().map(|p| format!("{p:?}")).collect();
        let list = list.join(", ");
        text += &format!(
            "[[pattern]]\nid = \"p{i}\"\nabout = \"x\"\ncategory = \"bench\"\nstrength = \"sure\"\nline = [{list}]\n"
        );
    }
    let file = PackFile { name: "bench".into(), category: None, text };
    Pack::parse(&[file]).0.expect("the pack is well formed")
}

/// Documents of about 4 KB, and how many of their lines are junk.
pub(crate) struct Corpus {
    pub(crate) documents: Vec<String>,
    pub(crate) bytes: usize,
    pub(crate) junk_lines: usize,
}

pub(crate) fn corpus(bytes: usize, phrases: &[String]) -> Corpus {
    let mut random = Random::new(11);
    let mut corpus = Corpus { documents: Vec::new(), bytes: 0, junk_lines: 0 };
    while corpus.bytes < bytes {
        let mut text = String::new();
        while text.len() < 4000 {
            match random.below(100) {
                // A paragraph of four to seven sentences.
                0..8 => {
                    for _ in 0..4 + random.below(4) {
                        let length = 10 + random.below(12);
                        text += &capitalized(&words(&mut random, length));
                        text += ". ";
                    }
                }
                8..40 => {
                    let phrase = &phrases[random.below(phrases.len())];
                    let line = phrase.replace("{text}", "the end of it").replace("{n}", "1,024");
                    text += &if random.below(3) == 0 { line.to_uppercase() } else { capitalized(&line) };
                    corpus.junk_lines += 1;
                }
                40..80 => {
                    let length = 1 + random.below(9);
                    text += &capitalized(&words(&mut random, length));
                }
                _ => {} // a blank line
            }
            text.push('\n');
        }
        corpus.bytes += text.len();
        corpus.documents.push(text);
    }
    corpus
}
