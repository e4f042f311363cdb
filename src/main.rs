//! dechaff (temporary)
#![allow(clippy::all, clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]
use dechaff::{clean::{self_test, Why}, engine::Engine, patterns::{load, Severity}, Cleaner, Document, Options};
use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().map(String::as_str) == Some("packs") {
        let (pack, mut problems) = load(Path::new(&args[2]));
        if let Some(pack) = &pack {
            let common = pack.words.get("common").cloned().unwrap_or_default();
            problems.extend(self_test(pack, &common));
            let n: usize = pack.patterns.iter().map(|p| p.phrasings().count()).sum();
            println!("{} patterns, {} templates", pack.patterns.len(), n);
        }
        for p in &problems { println!("{p}\n"); }
        println!("{} problems", problems.len());
        std::process::exit(if problems.is_empty() { 0 } else { 1 });
    }
    // clean IN -o OUT [--pack DIR]... [--removed FILE] [-q]
    let (mut input, mut out, mut packs, mut removed) = (String::new(), String::new(), vec![], None);
    let mut it = args.into_iter().skip(1);
    while let Some(a) = it.next() {
        match a.as_str() { "-o" => out = it.next().unwrap(), "--pack" => packs.push(it.next().unwrap()), "--removed" => removed = it.next(), "-q" => {}, _ => input = a }
    }
    if packs.is_empty() { packs = vec!["/work/main/patterns/en".into(), "/work/main/patterns/da".into()]; }
    let mut all = vec![];
    for p in packs {
        let (pack, problems) = load(Path::new(&p));
        for p in &problems { if p.severity == Severity::Error { eprintln!("{p}"); } }
        all.extend(pack);
    }
    let engine = match Engine::new(all) { Ok(e) => e, Err(ps) => { for p in ps { eprintln!("{p}"); } std::process::exit(2) } };
    let cleaner = Cleaner::new(engine, Options::default());
    std::fs::create_dir_all(&out).unwrap();
    let mut log = String::new();
    let mut paths: Vec<_> = std::fs::read_dir(&input).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let cleaned = cleaner.clean(&Document::new(&text));
        for r in &cleaned.removals {
            if r.why == Why::Blank { continue; }
            log += &serde_json::json!({"source": path.file_name().unwrap().to_string_lossy(), "line": r.line, "offset": r.offset, "text": r.text, "pattern": cleaner.pattern(r).map(|p| &p.id), "evidence": cleaner.evidence(r)}).to_string();
            log.push('\n');
        }
        std::fs::write(Path::new(&out).join(path.file_name().unwrap()), cleaned.text.as_bytes()).unwrap();
    }
    if let Some(r) = removed { std::fs::write(r, log).unwrap(); }
}
