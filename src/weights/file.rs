//! Reads `weights.toml` and `function-words.toml`.

use super::Weights;
use super::forest::{Forest, Mistake};
use crate::error::{Error, ErrorKind};
use crate::evidence::{FEATURES, FunctionWords, Section};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// `weights.toml`. What it was fitted on is for people, and not read.
#[derive(Deserialize)]
struct File {
    switch: f32,
    cost: BTreeMap<String, f32>,
    sections: BTreeMap<SectionName, Vec<String>>,
    /// Numbers of trees, and the score below which it is left at that.
    #[serde(default)]
    exits: Vec<(usize, f32)>,
    trees: String,
}

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum SectionName {
    Related,
    Comments,
    Footer,
}

#[derive(Deserialize)]
struct Words {
    words: BTreeMap<String, String>,
}

pub(super) fn parse(weights: &str, function_words: &str) -> Result<Weights, Error> {
    let file: File = toml::from_str(weights).map_err(|error| wrong(error.message()))?;
    if let Some((level, cost)) = file.cost.iter().find(|(_, cost)| !(cost.is_finite() && **cost > 0.0)) {
        return Err(wrong(format!("`cost.{level}` is {cost}, and no number above 0")));
    }
    let sections = file.sections.into_iter().flat_map(|(name, categories)| {
        let section = match name {
            SectionName::Related => Section::Related,
            SectionName::Comments => Section::Comments,
            SectionName::Footer => Section::Footer,
        };
        categories.into_iter().map(move |category| (category, section))
    });
    let columns: HashMap<&str, usize> = FEATURES.iter().enumerate().map(|(i, name)| (*name, i)).collect();
    let mut forest = Forest::default();
    for (i, tree) in file.trees.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        forest.add(tree, |name| columns.get(name).copied()).map_err(|mistake| {
            wrong(match mistake {
                Mistake::Feature(name) => format!("tree {}: nothing measures `{name}`", i + 1),
                Mistake::Number(text) => format!("tree {}: `{text}` is no number", i + 1),
                Mistake::Shape => format!("tree {} does not end where it should", i + 1),
            })
        })?;
    }
    forest.set_exits(file.exits);
    let words: Words = toml::from_str(function_words).map_err(|error| wrong(error.message()))?;
    let function_words = FunctionWords::new(words.words.values().flat_map(|list| list.split_whitespace()));
    Ok(Weights {
        forest,
        switch: file.switch,
        costs: file.cost,
        sections: sections.collect(),
        function_words,
    })
}

fn wrong(message: impl Into<String>) -> Error {
    let message = format!("the weights cannot be used: {}", message.into());
    Error::new(ErrorKind::Pack, message).with_hint("fit them again with `scripts/fit` of this version")
}
