//! Text: patterns, words, formats, errors.

use std::fmt::Write as _;

use aho_corasick::AhoCorasick;
use heck::ToTitleCase as _;
use regex::{Captures, Regex, RegexSet};
use thiserror::Error;
use unicode_segmentation::UnicodeSegmentation as _;

pub(crate) fn mail_domain(mail: &str) -> Option<String> {
    let pattern = Regex::new(r"(?i)^[a-z0-9.]+@(?<domain>[a-z0-9.]+)$").ok()?;
    let captures = pattern.captures(mail)?;
    Some(captures.name("domain")?.as_str().to_owned())
}

pub(crate) fn masked(text: &str, words: &[&str]) -> String {
    let set = RegexSet::new(words).unwrap();
    let found = set.matches(text).iter().count();
    let word = Regex::new(r"\b\w\b").unwrap();
    let masked = word.replace_all(text, |_: &Captures<'_>| "*");
    format!("{masked} {found}")
}

pub(crate) fn by_length(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    words
}

pub(crate) fn table(head: &str, rows: &[(&str, u32)]) -> String {
    let mut table = format!("{head}\n");
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    for (name, count) in rows {
        writeln!(table, "{name:^width$} {count:>5} {count:b}").unwrap();
    }
    table
}

pub(crate) fn title(text: &str) -> String {
    text.to_title_case()
}

pub(crate) fn closest<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    let near = |other: &&&str| strsim::jaro_winkler(name, other) > 0.5;
    let mut near: Vec<&str> = names.iter().filter(near).copied().collect();
    near.sort_by_key(|other| strsim::damerau_levenshtein(name, other));
    near.first().copied()
}

pub(crate) fn initials(name: &str) -> String {
    name.unicode_words()
        .filter_map(|word| word.chars().next())
        .collect()
}

pub(crate) fn occurrences(text: &str, word: &str) -> usize {
    memchr::memmem::find_iter(text.as_bytes(), word).count()
}

pub(crate) fn censored(text: &str, words: &[&str]) -> String {
    let words = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words);
    words.unwrap().replace_all(text, &["***"])
}

pub(crate) fn euros(cents: u64) -> String {
    let whole = (cents / 100).to_string();
    let groups = whole
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(String::from_utf8_lossy);
    let groups: Vec<_> = groups.collect();
    format!("{},{:02} €", groups.join("."), cents % 100)
}

pub(crate) fn unescaped(text: &str) -> String {
    let parts = text.split("&lt;");
    parts.map(str::to_uppercase).collect::<Vec<_>>().join("<")
}

pub(crate) fn quantity(text: &str) -> anyhow::Result<u32> {
    anyhow::ensure!(text.len() < 100, "{text} is too long");
    Ok(text.parse()?)
}

#[derive(Debug, Error)]
pub(crate) enum OrderError {
    #[error("no more than {limit} are sold at once")]
    TooMany { limit: u32 },
    #[error(transparent)]
    NotANumber(#[from] std::num::TryFromIntError),
}

pub(crate) fn checked(count: i64) -> Result<u32, OrderError> {
    let count = u32::try_from(count)?;
    if count > 3 {
        return Err(OrderError::TooMany { limit: 3 });
    }
    Ok(count)
}
