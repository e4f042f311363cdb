//! Reads labeled texts: JSON Lines, a text and its gold in each.
//!
//! Gold comes in one of two forms, because people label in two ways: the text that should be left, or a mark for each line. Fields
//! that are not known are passed over, so that a collection made for something else can be used as it is. Values are
//! looked at one by one instead of by serde, so that an error can name the field.

use crate::error::{Error, ErrorKind};
use serde_json::{Map, Value};

/// A text of which it is known what should be left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labeled {
    /// Its name.
    pub id: String,
    /// The text to clean.
    pub raw: String,
    /// What should be left of it.
    pub gold: String,
}

impl Labeled {
    /// Reads all records of a file, up to the first that is wrong.
    ///
    /// # Errors
    /// A record that is wrong, with its line, or a file without any.
    pub fn read(text: &str) -> Result<Vec<Self>, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = text.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty());
        let read = lines.map(|(i, line)| Self::parse(line).map_err(|error| error.line(i + 1)));
        let read = read.collect::<Result<Vec<_>, _>>()?;
        if read.is_empty() {
            return Err(wrong("no labeled texts in it").with_hint(FORM));
        }
        Ok(read)
    }

    /// Reads one record.
    ///
    /// # Errors
    /// It is no JSON, or a field is missing or wrong.
    pub fn parse(line: &str) -> Result<Self, Error> {
        let mut fields: Map<String, Value> = match serde_json::from_str(line) {
            Ok(Value::Object(fields)) => fields,
            Ok(_) => return Err(wrong("no JSON object").with_hint(FORM)),
            Err(error) => {
                // The line of the error is always the first of this record.
                let why = error.to_string().replace(" at line 1 column ", " at column ");
                return Err(wrong(format!("no JSON: {why}"))
                    .with_hint("each line is one JSON object; line feeds within a text are written `\\n`"));
            }
        };
        let id = match fields.remove("id") {
            Some(Value::Number(id)) => id.to_string(),
            id => text("id", id)?.ok_or_else(|| missing("id"))?,
        };
        let raw = text("raw", fields.remove("raw"))?.ok_or_else(|| missing("raw"))?;
        let gold = match text("gold", fields.remove("gold"))? {
            Some(gold) => gold,
            None => {
                let labels = text("labels", fields.remove("labels"))?.ok_or_else(|| {
                    wrong("neither `gold` nor `labels`").with_hint(
                        "give the text that should be left as `gold`, or in `labels` a 1 or 0 for each line",
                    )
                })?;
                gold_lines(&raw, &labels)?
            }
        };
        Ok(Self { id, raw, gold })
    }
}

/// What a record looks like, for who has written none.
const FORM: &str =
    r#"write one a line, as {"id": "1", "raw": "the text as scraped", "gold": "what should be left"}"#;

fn wrong(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Format, message)
}

fn missing(field: &str) -> Error {
    wrong(format!("the record has no `{field}`")).with_hint(FORM)
}

/// The text of a field, if it is there.
fn text(field: &str, value: Option<Value>) -> Result<Option<String>, Error> {
    match value {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(_) => Err(wrong(format!("`{field}` is no text")).with_hint(format!("put `{field}` in quotes"))),
    }
}

/// The lines that are labeled `1`. Here lines end at line feeds only, as in the files that have such labels.
fn gold_lines(raw: &str, labels: &str) -> Result<String, Error> {
    let (lines, marks) = (raw.split('\n').count(), labels.chars().count());
    if let Some(label) = labels.chars().find(|label| !matches!(label, '0' | '1')) {
        return Err(wrong(format!("`labels` holds `{label}`")).with_hint("1 is text, 0 is junk"));
    }
    if lines != marks {
        let message = format!("`labels` has {marks} characters, and `raw` {lines} lines");
        return Err(wrong(message).with_hint(
            "give one for each line of `raw`, blank ones too; after a last line feed comes one more line",
        ));
    }
    let kept = raw.split('\n').zip(labels.chars()).filter(|(_, label)| *label == '1');
    Ok(kept.map(|(line, _)| line).collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, gold: &str) {
        assert_eq!(Labeled::parse(line).unwrap().gold, gold, "{line}");
    }

    fn check_wrong(line: &str, message: &str) {
        let error = Labeled::parse(line).unwrap_err();
        assert_eq!(error.to_string(), message, "{line}");
        assert!(error.hint().is_some(), "{line}");
    }

    #[test]
    fn gold_is_a_text_or_a_mark_for_each_line() {
        check(r#"{"id":"a","raw":"x\ny","gold":"y"}"#, "y");
        check(r#"{"id":7,"url":"u","raw":"x","gold":"","labels":"zz","more":[1]}"#, "");
        check(r#"{"id":"a","raw":"x\n\ny\n","gold":null,"labels":"0010"}"#, "y");
        check(r#"{"id":"a","raw":"x\r\ny","labels":"11"}"#, "x\r\ny");
        check(r#"{"id":"a","raw":"x\ny","labels":"00"}"#, "");
        check(r#"{"id":"a","raw":"","labels":"0"}"#, "");
    }

    #[test]
    fn wrong_records_say_what_is_wrong() {
        check_wrong("[]", "no JSON object");
        check_wrong("{", "no JSON: EOF while parsing an object at column 1");
        check_wrong(r#"{"raw":"x","gold":"x"}"#, "the record has no `id`");
        check_wrong(r#"{"id":"a","gold":"x"}"#, "the record has no `raw`");
        check_wrong(r#"{"id":"a","raw":["x"],"gold":"x"}"#, "`raw` is no text");
        check_wrong(r#"{"id":"a","raw":"x"}"#, "neither `gold` nor `labels`");
        check_wrong(r#"{"id":"a","raw":"x","labels":[1]}"#, "`labels` is no text");
        check_wrong(r#"{"id":"a","raw":"x\ny","labels":"12"}"#, "`labels` holds `2`");
        check_wrong(
            r#"{"id":"a","raw":"x\ny","labels":"1"}"#,
            "`labels` has 1 characters, and `raw` 2 lines",
        );
    }

    #[test]
    fn a_file_is_read_up_to_its_first_mistake() {
        let good = r#"{"id":"a","raw":"x","gold":"x"}"#;
        assert_eq!(Labeled::read(&format!("\u{feff}{good}\r\n\n{good}")).unwrap().len(), 2);
        let error = Labeled::read(&format!("{good}\n\n{{\n")).unwrap_err().at("f.jsonl".as_ref());
        assert!(error.to_string().starts_with("f.jsonl:3: no JSON"), "{error}");
        assert_eq!(Labeled::read(" \n\n").unwrap_err().kind(), ErrorKind::Format);
    }
}
