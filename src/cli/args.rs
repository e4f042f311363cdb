//! Every command and flag, with its help. `-h` shows the first sentence of each, `--help` all of it.

use super::terminal::Color;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Removes junk lines (ad labels, "Also read", share bars, cookie notices, menus) from scraped text.
///
/// dechaff only deletes lines; it says which pattern took each of them, and can put them back.
#[derive(Debug, Parser)]
#[command(name = "dechaff", version, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Global {
    /// When to use color.
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
    /// Say nothing but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: each link or pipe that was skipped, each file that was decoded or kept whole.
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Clean texts: a folder into a folder, a file into a file, `-` from stdin to stdout.
    ///
    /// One folder is mirrored into OUT; of several inputs each comes under its own name. Inputs are never
    /// changed, and an output appears whole or not at all.
    ///
    /// Exit codes: 0 done, 1 some files failed, 2 wrong call or pack, 130 interrupted.
    Clean(CleanArgs),
    /// List the junk lines in texts, and change nothing.
    ///
    /// Exit codes: 0 no junk, 1 junk found, 2 something failed or the call is wrong.
    Check(CheckArgs),
    /// Show a text with each removed line marked and the reason beside it.
    Explain(ExplainArgs),
    /// Measure cleaning on labeled texts: what it keeps, what it leaves, and which patterns are wrong.
    ///
    /// The input is JSON Lines, a text on each line: {"id": "1", "raw": "the text as scraped", "gold": "what should be left"}.
    /// Instead of `gold` there may be `labels`, a character for each line of `raw`: 1 is text, 0 is junk. Other fields are
    /// passed over.
    ///
    /// Columns, shares from 0 to 1 over runs of four words: P, R and F1 compare what is left with the gold; `kept` is
    /// how much of the content is still there, `losing` how many documents keep less than 0.95 of it; `gone` is how much of
    /// the junk went, as a mean over documents, `pooled` the same over all of them together. Over lines that are clearly gold or junk: `line P` is
    /// how many that went are junk, `line R` how many junk lines went, `lost` how many gold lines went. The second
    /// table has the lines and parts of lines that each pattern took; those that are gold are false alarms.
    ///
    /// Exit codes: 0 done, 2 wrong call, pack or input.
    Eval(EvalArgs),
    /// Put cleaned texts together again, byte for byte, with what `clean --removed` wrote.
    Restore(RestoreArgs),
    /// Look at pattern packs, and check your own.
    #[command(subcommand)]
    Packs(PacksCommand),
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Patterns")]
pub(crate) struct PatternArgs {
    /// Also use the pack in this file or folder. May be given several times.
    #[arg(long = "pack", value_name = "PATH")]
    pub packs: Vec<PathBuf>,
    /// Leave out the packs that come with dechaff.
    #[arg(long)]
    pub no_builtin_packs: bool,
    /// Use only these patterns: a category, a pack, `pack/category` or a full id. May be given several times, or separated by commas.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Leave out these patterns, named as for --select.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// The language of the texts, such as `da`: packs for other languages than that and English are left out. Unless told, it is found out for
    /// each text where it matters.
    #[arg(long, value_name = "CODE", value_parser = language)]
    pub language: Option<String>,
    /// The site that the texts come from, such as `example.org`: turns on the pack for it.
    #[arg(long, value_name = "DOMAIN")]
    pub site: Option<String>,
    /// How much evidence a removal needs: `patterns` removes only what patterns are sure of, `balanced` also what place, look and
    /// neighbors say clearly, `thorough` is for whole pages, menus and all.
    #[arg(long, value_name = "LEVEL", default_value = "balanced", value_parser = ["patterns", "balanced", "thorough"])]
    pub level: String,
    /// How many pieces of junk a wrongly removed piece of text is worth: the number behind --level. More keeps more.
    #[arg(long, value_name = "N", value_parser = cost)]
    pub cost: Option<f32>,
    /// Use the weights in this file, written by `scripts/fit`.
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// Keep a document whole if more than this share of its prose would go; unless told 0.5, 0.7 or 0.95 by level.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub max_loss: Option<f64>,
    /// What becomes of such a document: `keep` it whole, `flag` it and clean it all the same, or `drop` it.
    #[arg(long, value_name = "WHAT", default_value = "keep", value_parser = ["keep", "flag", "drop"])]
    pub on_guard: String,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Files")]
pub(crate) struct FileArgs {
    /// Only files that match; with a leading `!`, none that match. May be given several times.
    #[arg(short, long, value_name = "GLOB")]
    pub glob: Vec<String>,
    /// Also files and folders whose name begins with a dot.
    #[arg(long)]
    pub hidden: bool,
    /// How many threads; 0 is one for each core.
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

#[derive(Debug, Args)]
pub(crate) struct CleanArgs {
    /// Files, folders, or `-` for stdin.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Where the clean texts go: a folder, or for a single file a file. Not needed for stdin and dry runs.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Write no texts: only say what would be removed.
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Show the changes as a unified diff on stdout.
    #[arg(long)]
    pub diff: bool,
    /// Write one JSON line for each removal to this file; `restore` needs it.
    #[arg(long, value_name = "FILE")]
    pub removed: Option<PathBuf>,
    /// Write the summary as JSON to stdout.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub files: FileArgs,
    #[command(flatten)]
    pub patterns: PatternArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// Files, folders, or `-` for stdin.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Write the summary as JSON to stdout, and no lines.
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub files: FileArgs,
    #[command(flatten)]
    pub patterns: PatternArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A file, or `-` for stdin.
    #[arg(value_name = "FILE")]
    pub input: PathBuf,
    #[command(flatten)]
    pub patterns: PatternArgs,
}

#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Labeled texts: JSON Lines files, or `-` for stdin. Each file has its row.
    #[arg(required = true, value_name = "LABELED")]
    pub inputs: Vec<PathBuf>,
    /// Write all figures as JSON, those of each document too.
    #[arg(long)]
    pub json: bool,
    /// Clean nothing: write what is measured of each unit, as `scripts/fit` reads it.
    #[arg(long, hide = true)]
    pub measures: bool,
    /// Use no patterns at all.
    #[arg(long, hide = true, requires = "measures")]
    pub without_patterns: bool,
    #[command(flatten)]
    pub patterns: PatternArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// What `clean` wrote: a folder or a file.
    #[arg(value_name = "CLEAN")]
    pub clean: PathBuf,
    /// The file that `clean --removed` wrote.
    #[arg(long, value_name = "FILE", required = true)]
    pub removed: PathBuf,
    /// Where the restored texts go.
    #[arg(short, long, value_name = "OUT", required = true)]
    pub output: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PacksCommand {
    /// List packs with their categories and counts.
    List {
        /// List the patterns of this pack, category or `pack/category`.
        name: Option<String>,
        /// Also the pack in this file or folder.
        #[arg(long = "pack", value_name = "PATH")]
        packs: Vec<PathBuf>,
    },
    /// Show a pattern: what it catches, what it must not, and how sure it is.
    Show {
        /// The full id, such as `en/ad-label/advertisement`.
        id: String,
        /// Also look in the pack in this file or folder.
        #[arg(long = "pack", value_name = "PATH")]
        packs: Vec<PathBuf>,
    },
    /// Check a pack and report all problems at once.
    ///
    /// Exit codes: 0 no problems, 1 problems, 2 wrong call.
    Check {
        /// A pack's file or folder; without it, the packs that come with dechaff.
        paths: Vec<PathBuf>,
    },
    /// Write the skeleton of a new pack: a folder for a language, a file for a site.
    New {
        /// A language code (ISO 639-1) such as `sl`, or a domain such as `example.org`.
        name: String,
        /// Where to write it.
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        folder: PathBuf,
    },
    /// Show what a pack hits in texts, in context, the most frequent first.
    ///
    /// All patterns are shown, whatever their strength and place, and nothing is cleaned.
    Test(PacksTestArgs),
    /// Show which lines of texts change sides between two versions of a pack.
    ///
    /// Each version decides alone, at level `patterns`. Exit codes: 0 none do, 1 some do, 2 wrong call or pack.
    Diff(PacksDiffArgs),
    /// Count what packs are made of.
    Stats {
        /// Also the pack in this file or folder.
        #[arg(long = "pack", value_name = "PATH")]
        packs: Vec<PathBuf>,
    },
    /// Print the whole description of the pack format.
    ExplainFormat,
    /// Print all patterns as a Markdown page (docs/patterns.md).
    #[command(hide = true)]
    Document,
}

#[derive(Debug, Args)]
pub(crate) struct PacksTestArgs {
    /// The pack's file or folder.
    pub pack: PathBuf,
    /// Files or folders of texts.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// How many hits of each pattern to show.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub show: usize,
    #[command(flatten)]
    pub files: FileArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PacksDiffArgs {
    /// The older version: a pack's file or folder.
    pub old: PathBuf,
    /// The newer version.
    pub new: PathBuf,
    /// Files or folders of texts.
    #[arg(required = true, value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub files: FileArgs,
}

fn language(text: &str) -> Result<String, String> {
    match text.len() {
        2 | 3 if text.bytes().all(|b| b.is_ascii_lowercase()) => Ok(text.to_owned()),
        _ => Err("a language code (ISO 639-1), such as `da`".to_owned()),
    }
}

fn cost(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(cost) if cost.is_finite() && cost > 0.0 => Ok(cost),
        _ => Err("a number above 0, such as 10".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1, such as 0.5".to_owned()),
    }
}
