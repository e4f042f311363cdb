//! A file is a document: finding out how its bytes spell text.
//!
//! UTF-8 is taken as it is and written as it was. Everything else is decoded and comes out as UTF-8, which is
//! always noted: a byte order mark decides, then a UTF-16 look, then `chardetng` (Firefox's detector). A text that is
//! UTF-8 but for a few damaged bytes is not handed to the detector, which would read the whole of it as another
//! encoding; only the damaged bytes are replaced.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Bytes looked at to tell binary files from text; Git looks at as many.
const SNIFF_BYTES: usize = 8000;
/// Characters from which text without a mark can be told to be UTF-16.
const MIN_UTF16_CHARS: usize = 4;
/// Well-formed non-ASCII characters for each malformed sequence that make a text damaged UTF-8.
const DAMAGED_RATIO: usize = 8;

/// What the bytes of a file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// Text, and how it was spelled if not in plain UTF-8.
    Text(String, Option<Transcoded>),
    /// Not text.
    Binary,
}

/// How a text that was not UTF-8 came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transcoded {
    /// The encoding's name, as in the WHATWG Encoding Standard.
    pub from: &'static str,
    /// Malformed sequences that were replaced by U+FFFD.
    pub replaced: usize,
}

/// Decodes the bytes of a file.
pub fn decode(bytes: Vec<u8>) -> Decoded {
    let head = &bytes[..bytes.len().min(SNIFF_BYTES)];
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) || head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        return Decoded::Binary; // UTF-32, which nobody publishes
    }
    if let Some((encoding, _)) = Encoding::for_bom(head).filter(|(e, _)| *e == UTF_16LE || *e == UTF_16BE) {
        return transcoded(encoding, &bytes);
    }
    if memchr::memchr(0, head).is_some() {
        return match utf16_look(head) {
            Some(encoding) => transcoded(encoding, &bytes),
            None => Decoded::Binary,
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded::Text(text, None),
        Err(error) => not_utf8(error.as_bytes()),
    }
}

fn not_utf8(bytes: &[u8]) -> Decoded {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad * DAMAGED_RATIO {
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Decoded::Text(text, Some(Transcoded { from: "damaged UTF-8", replaced: bad }));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    transcoded(detector.guess(None, Utf8Detection::Deny), bytes)
}

fn transcoded(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    let replaced = if had_errors { text.matches('\u{fffd}').count() } else { 0 };
    Decoded::Text(text.into_owned(), Some(Transcoded { from: encoding.name(), replaced }))
}

/// UTF-16 without a mark: in most languages every other byte of it is zero, or nearly so.
fn utf16_look(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < MIN_UTF16_CHARS {
        return None;
    }
    if odd * 10 >= half * 4 && even * 20 <= half {
        Some(UTF_16LE)
    } else if even * 10 >= half * 4 && odd * 20 <= half {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DANISH: &str = "Læs også: Få råd til haven. Æbletræer, roser og små buske på én gang.\n";

    fn check(bytes: &[u8], text: &str, from: Option<&str>) {
        match decode(bytes.to_vec()) {
            Decoded::Text(found, transcoded) => {
                assert_eq!(found, text);
                assert_eq!(transcoded.map(|t| t.from), from);
            }
            Decoded::Binary => panic!("{text:?} was taken for binary"),
        }
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn text_in_any_encoding_is_read() {
        check(DANISH.as_bytes(), DANISH, None);
        check(b"", "", None);
        check("\u{feff}a".as_bytes(), "\u{feff}a", None);
        let latin: Vec<u8> = DANISH.chars().map(|c| c as u8).collect();
        check(&latin, DANISH, Some("windows-1252"));
        let japanese = "続きを読む。広告が表示されています。";
        check(&encoding_rs::SHIFT_JIS.encode(japanese).0, japanese, Some("Shift_JIS"));
        check(&utf16(DANISH, u16::to_le_bytes), DANISH, Some("UTF-16LE"));
        check(&utf16(DANISH, u16::to_be_bytes), DANISH, Some("UTF-16BE"));
        check(&utf16(&format!("\u{feff}{DANISH}"), u16::to_be_bytes), DANISH, Some("UTF-16BE"));
    }

    #[test]
    fn a_few_damaged_bytes_cost_only_themselves() {
        let mut bytes = DANISH.repeat(3).into_bytes();
        bytes.insert(30, 0xFF);
        let Decoded::Text(text, Some(transcoded)) = decode(bytes) else { panic!("not transcoded") };
        assert_eq!(transcoded, Transcoded { from: "damaged UTF-8", replaced: 1 });
        assert_eq!(text.replace('\u{fffd}', ""), DANISH.repeat(3));
    }

    #[test]
    fn binary_files_are_not_text() {
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0".to_vec()), Decoded::Binary);
        assert_eq!(decode(vec![0; 100]), Decoded::Binary);
        assert_eq!(decode(b"\xff\xfe\0\0a\0\0\0".to_vec()), Decoded::Binary);
    }
}
