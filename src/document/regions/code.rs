//! Code: between fences, or indented.
//!
//! A fence that nobody closes protects nothing. It would protect the whole rest by Markdown's rules, and stray
//! fences are common where pages were cut. Fences of one kind pair up from the start: a paired fence is in its
//! region and cannot go, so pairs do not shift.
//!
//! Indentation alone says nothing: scrapers that keep the layout indent menus, as deep as they are nested. So
//! indented lines count only if they hold what sentences and menus do not: operators, calls, semicolons and braces at the end.

use super::Region;
use super::rows::{Marks, Row, groups, widened};

/// A line that opens or closes a block.
#[derive(Clone, Copy)]
struct Fence {
    row: usize,
    is_tilde: bool,
    length: usize,
    /// Nothing behind it: it may close.
    is_bare: bool,
}

/// Longer fences are taken for as long as this.
const MAX_FENCE: usize = 10;
/// Tildes in greater number are drawn lines.
const MAX_TILDES: usize = 5;
/// Bytes of what may stand behind an opening fence, a language and options.
const MAX_INFO: usize = 40;

fn fence(row: usize, text: &str) -> Option<Fence> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    let is_tilde = mark == '~';
    let is_fence = length >= 3
        && !(is_tilde && length > MAX_TILDES)
        && info.len() <= MAX_INFO
        && !info.contains(mark)
        && info.split_whitespace().count() <= 4;
    is_fence.then_some(Fence { row, is_tilde, length: length.min(MAX_FENCE), is_bare: info.is_empty() })
}

/// Marks what stands between fences.
pub(super) fn fenced(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let fences: Vec<Fence> = rows.iter().enumerate().filter_map(|(i, row)| fence(i, row.text)).collect();
    // For each fence the next that can close it, found from the end.
    let mut nearest = [[None; MAX_FENCE + 1]; 2];
    let mut closers = vec![None; fences.len()];
    for (i, fence) in fences.iter().enumerate().rev() {
        let nearest = &mut nearest[usize::from(fence.is_tilde)];
        closers[i] = nearest[fence.length];
        if fence.is_bare {
            nearest[..=fence.length].fill(Some(i));
        }
    }
    let mut at = 0;
    while let (Some(open), Some(closer)) = (fences.get(at), closers.get(at)) {
        at += 1;
        if let &Some(closer) = closer {
            marks.protect_all(rows[open.row].line, rows[fences[closer].row].line, Region::Code);
            at = closer + 1;
        }
    }
}

/// Columns that make a line code in Markdown.
const CODE_INDENT: usize = 4;
/// Lines that must look like code, and lines that may lie between two of them.
const CODE_LINES: usize = 3;
const CODE_APART: usize = 3;

/// Marks what is indented and looks like code.
pub(super) fn indented(rows: &[Row<'_>], marks: &mut Marks<'_, '_>) {
    let is_indented = |row: &Row<'_>| row.indent >= CODE_INDENT;
    let evidence = |_, row: &Row<'_>| (is_indented(row) && !row.is_junk && is_code(row.text)).then_some(());
    groups(rows, CODE_APART, evidence, is_indented, |group| {
        if let [(first, ()), .., (last, ())] = *group
            && group.len() >= CODE_LINES
        {
            let range = widened(rows, (first, last), CODE_APART, |row| is_indented(row) && !row.is_junk);
            marks.protect(&rows[range], Region::Code);
        }
    });
}

/// Bytes of a line of code. Scripts that a page leaks are often in one long line.
const MAX_CODE: usize = 160;

fn is_code(text: &str) -> bool {
    const OPERATORS: &[&str] = &[
        "==", "!=", "&&", "||", "::", "->", "=>", ":=", "+=", "</", "/>", "();", "$(", "${", "%s", "\\n",
        "[0]", "__",
    ];
    const BEGINNINGS: &[&str] =
        &["$ ", ">>> ", "#include", "//", "/*", "--", "<?", "def ", "import ", "return "];
    const ENDS: &[&str] = &["{", "};", ");", "\\", "})", "():", "):", "];", "()"];
    if text.len() > MAX_CODE {
        return false;
    }
    let is_closing = text.len() <= 8 && text.bytes().all(|b| b"{}[]();,".contains(&b)) && text != ",";
    is_closing
        || BEGINNINGS.iter().any(|sign| text.starts_with(sign))
        || ENDS.iter().any(|sign| text.ends_with(sign))
        || OPERATORS.iter().any(|sign| text.contains(sign))
        || is_call(text)
        || is_assignment(text)
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'$' | b'@'))
}

/// `print(x)`, `self.close(a, b);`
fn is_call(text: &str) -> bool {
    let text = text.trim_end_matches([';', ',', ':']);
    text.ends_with(')') && text.split_once('(').is_some_and(|(name, _)| is_name(name))
}

/// `x = 1`, `let name = value;`, `"key": 1,`
fn is_assignment(text: &str) -> bool {
    let key = |key: &str| key.len() > 2 && key.starts_with('"') && key.ends_with('"') && !key.contains(' ');
    text.split_once(" = ").is_some_and(|(name, _)| {
        let mut words = name.split(' ');
        words.clone().count() <= 3 && words.all(is_name)
    }) || text.split_once(": ").is_some_and(|(name, _)| key(name))
        || (text.ends_with(';') && !text[..text.len() - 1].contains(' '))
}
