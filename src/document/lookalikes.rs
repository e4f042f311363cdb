//! Brings words that mix alphabets back to one.
//!
//! Ad labels are disguised by swapping letters for look-alikes of another alphabet (`Pеклaма` with a Latin `P`,
//! `Spоnsоred` with a Cyrillic `о`). A word that mixes alphabets is nobody's word, so it is safe to unify; words of one
//! alphabet are never touched. The pairs are those of Unicode's confusables (UTS #39) that are used in the
//! wild, in the small and the capital form, as keys are lower case.

/// (Cyrillic, Latin)
const CYRILLIC: &[(char, char)] = &[
    ('а', 'a'),
    ('в', 'b'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('н', 'h'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ї', 'i'),
    ('ј', 'j'),
    ('к', 'k'),
    ('м', 'm'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('ѕ', 's'),
    ('т', 't'),
    ('у', 'y'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
];

/// (Greek, Latin)
const GREEK: &[(char, char)] = &[
    ('α', 'a'),
    ('β', 'b'),
    ('ε', 'e'),
    ('η', 'h'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'm'),
    ('ν', 'n'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'y'),
    ('χ', 'x'),
    ('ζ', 'z'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
];

fn is_cyrillic(c: char) -> bool {
    matches!(c as u32, 0x0400..=0x052F)
}

fn is_greek(c: char) -> bool {
    matches!(c as u32, 0x0370..=0x03FF)
}

/// Whether `text` has letters of Latin and of an alphabet that looks like it, so that its words may have to be unified.
pub(crate) fn mixes_alphabets(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_alphabetic()) && text.chars().any(|c| is_cyrillic(c) || is_greek(c))
}

/// Unifies each word of a key that mixes Latin with Cyrillic or Greek. Letters that change become small.
pub(super) fn unify(key: &mut String) {
    let mut out = String::with_capacity(key.len());
    for word in key.split_inclusive(|c: char| !c.is_alphanumeric()) {
        unify_word(word, &mut out);
    }
    *key = out;
}

fn unify_word(word: &str, out: &mut String) {
    let small = |c: char| c.to_lowercase().next().unwrap_or(c);
    let latin = word.chars().any(|c| c.is_ascii_alphabetic());
    let pairs = match (word.chars().any(is_cyrillic), word.chars().any(is_greek)) {
        (true, false) if latin => CYRILLIC,
        (false, true) if latin => GREEK,
        _ => return out.push_str(word),
    };
    // A letter without a look-alike tells which alphabet was meant; without one it is Latin.
    let alone = |c: char| pairs.iter().all(|p| p.0 != small(c) && p.1 != small(c));
    let meant_other = word.chars().any(|c| (is_cyrillic(c) || is_greek(c)) && alone(c));
    let meant_latin = word.chars().any(|c| c.is_ascii_alphabetic() && alone(c));
    if meant_other && meant_latin {
        return out.push_str(word);
    }
    out.extend(word.chars().map(|c| {
        let pair = pairs.iter().find(|p| if meant_other { p.1 == small(c) } else { p.0 == small(c) });
        pair.map_or(c, |p| if meant_other { p.0 } else { p.1 })
    }));
}

#[cfg(test)]
mod tests {
    use super::unify;

    #[test]
    fn only_words_of_two_alphabets_change() {
        for (key, expected) in [
            ("pеклaмa", "реклама"),                     // Latin p and a
            ("spоnsоred cоntent", "sponsored content"), // Cyrillic o
            ("αdvertisement", "advertisement"),
            ("реклама", "реклама"),
            ("он x 5", "он x 5"),
            ("zж", "zж"),
        ] {
            let mut key = key.to_owned();
            unify(&mut key);
            assert_eq!(key, expected);
        }
    }
}
