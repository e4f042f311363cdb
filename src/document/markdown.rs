//! Reduces Markdown links and images to their text.

use std::borrow::Cow;

/// `[text](target)` and `![text](target)` become `text`; everything else stays.
pub(crate) fn without_links(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    // An image may stand inside a link, so the outer link appears only after the first pass. Deeper nesting
    // is not Markdown; the bound keeps the work linear.
    for _ in 0..2 {
        match reduced(&line) {
            Some(shorter) => line = Cow::Owned(shorter),
            None => break,
        }
    }
    line
}

/// One pass over the line; `None` if there is no link in it.
fn reduced(line: &str) -> Option<String> {
    let mut out = String::new();
    let (mut copied, mut from) = (0, 0);
    while let Some(middle) = line[from..].find("](").map(|i| from + i) {
        from = middle + 2;
        let Some(open) = line[copied..middle].rfind('[').map(|i| copied + i) else { continue };
        let Some(close) = target_end(&line[middle + 2..]).map(|i| middle + 2 + i) else { continue };
        let start = if line[copied..open].ends_with('!') { open - 1 } else { open };
        out.push_str(&line[copied..start]);
        out.push_str(&line[open + 1..middle]);
        copied = close + 1;
        from = copied;
    }
    if copied == 0 {
        return None;
    }
    out.push_str(&line[copied..]);
    Some(out)
}

/// Where the bracket that closes a link target stands; targets may hold one level of brackets.
fn target_end(target: &str) -> Option<usize> {
    let mut depth = 0;
    for (i, b) in target.bytes().enumerate() {
        match b {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(i),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_become_their_text() {
        for (line, expected) in [
            ("[Read more](https://example.org/a)", "Read more"),
            ("see [a](b) and [c](d(e)f).", "see a and c."),
            ("![Logo](x.png) Home", "Logo Home"),
            ("[![Logo](x.png)](https://example.org)", "Logo"),
            ("[not a link] (really)", "[not a link] (really)"),
            ("[open](never closed", "[open](never closed"),
            ("](", "]("),
        ] {
            assert_eq!(without_links(line), expected, "{line:?}");
        }
    }
}
