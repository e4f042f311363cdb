//! `dechaff packs new`: the skeleton of a pack.

use crate::cli::Ended;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, safe};
use dechaff::corpus::WholeFile;
use dechaff::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Writes a folder for a language, or a file for a domain, into `folder`.
pub(super) fn run(name: &str, folder: &Path, terminal: &mut Terminal) -> Ended {
    let is_code = matches!(name.len(), 2 | 3) && name.bytes().all(|b| b.is_ascii_lowercase());
    let files = match name.contains('.') {
        true => vec![(folder.join(format!("{}.toml", name.replace('.', "-"))), site(name))],
        false if is_code => {
            let folder = folder.join(name);
            vec![
                (folder.join("pack.toml"), language(name)),
                (folder.join("ad-label.toml"), CATEGORY.to_owned()),
            ]
        }
        false => {
            let error = Error::new(ErrorKind::Usage, format!("`{name}` is neither a language nor a domain"));
            return Err(
                error.with_hint("give a language code such as `sl`, or a domain such as `example.org`")
            );
        }
    };
    let made: Vec<PathBuf> = files.iter().map(|(path, _)| path.clone()).collect();
    if let Some(there) = made.iter().find(|path| path.symlink_metadata().is_ok()) {
        let error = Error::new(ErrorKind::Usage, "there is such a file already").at(there);
        return Err(error.with_hint("nothing was written; choose another folder with `--folder`"));
    }
    for (path, text) in files {
        let mut file = WholeFile::create(&path)?;
        file.write(text.as_bytes())?;
        file.finish()?;
    }
    for path in &made {
        terminal.line(&safe(&path.display().to_string()))?;
    }
    let pack = if name.contains('.') { made.first().cloned() } else { Some(folder.join(name)) };
    let pack = pack.unwrap_or_default().display().to_string();
    terminal.note(&format!("fill it in, then run `dechaff packs check {}`", safe(&pack)));
    Ok(Exit::Done)
}

/// The `[pack]` table; `key` says whom the pack is for.
fn header(name: &str, key: &str, value: &str, about: &str) -> String {
    format!(
        r#"[pack]
name = "{name}"
version = "2026.11.0"                # year.month.patch
license = "MIT OR Apache-2.0"
{key} = "{value}"
about = "In a sentence: {about}."
quality = "draft"
"#
    )
}

fn language(code: &str) -> String {
    let header = header(code, "language", code, "which texts this pack is for");
    format!(
        r#"{header}
# Word lists become holes of their name; see `dechaff packs explain-format`.
[words]
month = []                           # all forms in which dates are written
weekday = []
unit = []                            # minutes, hours, days, in all their forms
common = []                          # single words that are never junk for sure
"#
    )
}

const CATEGORY: &str = r#"# Marks of ad slots and paid content. One file for each category, named after it.

[[pattern]]
id = "advertisement"
about = "Label of an ad slot, between two paragraphs."
strength = "sure"
line = ["advertisement in your language", "why do I see this ad?"]
junk = ["ADVERTISEMENT IN YOUR LANGUAGE", "Why do I see this ad?"]
text = ["The advertisement in your language was printed in 1931.", "Why do I see this advice?"]
"#;

fn site(domain: &str) -> String {
    let name = domain.replace('.', "-");
    let header = header(&name, "site", domain, "what the pages of this site carry around their text");
    format!(
        r#"{header}
[[pattern]]
id = "newsletter"
category = "newsletter"
about = "The site's newsletter, by its name."
strength = "sure"
line = ["get the daily example in your inbox"]
junk = ["Get the Daily Example in your inbox", "GET THE DAILY EXAMPLE IN YOUR INBOX"]
text = ["He reads the Daily Example every day.", "An example of an inbox is shown below."]
"#
    )
}
