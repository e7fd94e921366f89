//! Iterators over a text that a flow holds in a local and asks for items itself:
//!
//! ```text
//! let mut left = source.chars().peekable();
//! while let Some(c) = left.next() { read(c).await }
//! ```
//!
//! What is left is stored, as a text that gives the same items; what was peeked at is
//! still to come.

use std::iter::Enumerate;
use std::marker::PhantomData;
use std::str::{CharIndices, Chars, Lines, Split, SplitAsciiWhitespace, SplitWhitespace};

use serde::{Deserialize, Serialize};

/// A way to go over a text.
pub trait Walk: 'static {
    /// What it goes over from where it is.
    type Kept: From<Rest> + 'static;
    /// What it gives.
    type Item<'a>: Clone;
    /// The iterator.
    type Items<'a>: Iterator<Item = Self::Item<'a>> + Clone;

    /// A text that gives `items`.
    fn keep<'a>(items: impl Iterator<Item = Self::Item<'a>>) -> Rest;

    /// Goes on.
    fn again(kept: &Self::Kept) -> Self::Items<'_>;

    /// What is left.
    fn left(items: &Self::Items<'_>) -> Rest {
        Self::keep(items.clone())
    }
}

/// What is left of a text.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rest {
    /// The text.
    text: String,
    /// How much came before it, as the iterator counts.
    before: u64,
}

impl From<String> for Rest {
    fn from(text: String) -> Self {
        Self { text, before: 0 }
    }
}

/// What is left, behind spaces in place of what came before.
#[derive(Debug)]
pub struct Padded {
    text: String,
    before: usize,
}

impl From<Rest> for Padded {
    fn from(rest: Rest) -> Self {
        let before = usize::try_from(rest.before).unwrap_or(0);
        let text = " ".repeat(before) + &rest.text;
        Self { text, before }
    }
}

/// `items` without the first `before` of them.
fn behind<I: Iterator>(mut items: I, before: usize) -> I {
    if let Some(last) = before.checked_sub(1) {
        let _ = items.nth(last);
    }
    items
}

/// Over its characters.
#[derive(Debug)]
pub struct ByChar;

impl Walk for ByChar {
    type Kept = Rest;
    type Item<'a> = char;
    type Items<'a> = Chars<'a>;

    fn keep<'a>(items: impl Iterator<Item = Self::Item<'a>>) -> Rest {
        items.collect::<String>().into()
    }

    fn again(kept: &Rest) -> Chars<'_> {
        kept.text.chars()
    }
}

/// Over its characters with the bytes at which they stand.
#[derive(Debug)]
pub struct ByIndex;

impl Walk for ByIndex {
    type Kept = Padded;
    type Item<'a> = (usize, char);
    type Items<'a> = CharIndices<'a>;

    fn keep<'a>(items: impl Iterator<Item = Self::Item<'a>>) -> Rest {
        numbered(items)
    }

    fn again(kept: &Padded) -> CharIndices<'_> {
        behind(kept.text.char_indices(), kept.before)
    }

    fn left(items: &CharIndices<'_>) -> Rest {
        let (text, before) = (items.as_str().to_owned(), items.offset() as u64);
        Rest { text, before }
    }
}

/// Over its characters with their numbers.
#[derive(Debug)]
pub struct ByNumber;

impl Walk for ByNumber {
    type Kept = Padded;
    type Item<'a> = (usize, char);
    type Items<'a> = Enumerate<Chars<'a>>;

    fn keep<'a>(items: impl Iterator<Item = Self::Item<'a>>) -> Rest {
        numbered(items)
    }

    fn again(kept: &Padded) -> Enumerate<Chars<'_>> {
        behind(kept.text.chars().enumerate(), kept.before)
    }
}

fn numbered(items: impl Iterator<Item = (usize, char)>) -> Rest {
    let mut items = items.peekable();
    let before = items.peek().map_or(0, |(first, _)| *first as u64);
    let text = items.map(|(_, item)| item).collect();
    Rest { text, before }
}

/// Over its lines.
#[derive(Debug)]
pub struct ByLine;

impl Walk for ByLine {
    type Kept = Rest;
    type Item<'a> = &'a str;
    type Items<'a> = Lines<'a>;

    fn keep<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
        // Of each line one end is cut off: another `\r` before it stays.
        let text: String = items.flat_map(|line| [line, "\r\n"]).collect();
        text.into()
    }

    fn again(kept: &Rest) -> Lines<'_> {
        kept.text.lines()
    }
}

/// Over its words.
#[derive(Debug)]
pub struct ByWord;

impl Walk for ByWord {
    type Kept = Rest;
    type Item<'a> = &'a str;
    type Items<'a> = SplitWhitespace<'a>;

    fn keep<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
        words(items)
    }

    fn again(kept: &Rest) -> SplitWhitespace<'_> {
        kept.text.split_whitespace()
    }
}

/// Over its words, between spaces of ASCII.
#[derive(Debug)]
pub struct ByAsciiWord;

impl Walk for ByAsciiWord {
    type Kept = Rest;
    type Item<'a> = &'a str;
    type Items<'a> = SplitAsciiWhitespace<'a>;

    fn keep<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
        words(items)
    }

    fn again(kept: &Rest) -> SplitAsciiWhitespace<'_> {
        kept.text.split_ascii_whitespace()
    }
}

fn words<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
    let text: String = items.flat_map(|word| [word, " "]).collect();
    text.into()
}

/// Over its parts between separators, of a type `S` that a character can be.
#[derive(Debug)]
pub struct ByPart<S>(PhantomData<S>);

/// Parts with a separator between them that is in none of them.
#[derive(Debug)]
pub struct Parts {
    text: String,
    separator: String,
    is_over: bool,
}

impl From<Rest> for Parts {
    fn from(rest: Rest) -> Self {
        let mut all = rest.text.chars();
        let separator = all.next();
        Self {
            text: all.collect(),
            separator: separator.into_iter().collect(),
            is_over: separator.is_none(),
        }
    }
}

fn parts<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
    let parts: Vec<&str> = items.collect();
    if parts.is_empty() {
        return String::new().into();
    }
    let is_free = |separator: &char| parts.iter().all(|part| !part.contains(*separator));
    let separator = ('\u{1}'..=char::MAX)
        .find(is_free)
        .unwrap_or_default()
        .to_string();
    // The first character says which it is.
    let text = separator.clone() + &parts.join(&separator);
    text.into()
}

impl Walk for ByPart<char> {
    type Kept = Parts;
    type Item<'a> = &'a str;
    type Items<'a> = Split<'a, char>;

    fn keep<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
        parts(items)
    }

    fn again(kept: &Parts) -> Split<'_, char> {
        let separator = kept.separator.chars().next().unwrap_or_default();
        behind(kept.text.split(separator), usize::from(kept.is_over))
    }
}

impl Walk for ByPart<&'static str> {
    type Kept = Parts;
    type Item<'a> = &'a str;
    type Items<'a> = Split<'a, &'a str>;

    fn keep<'a>(items: impl Iterator<Item = &'a str>) -> Rest {
        parts(items)
    }

    fn again(kept: &Parts) -> Split<'_, &str> {
        let separator = if kept.is_over {
            "\u{1}"
        } else {
            &kept.separator
        };
        behind(kept.text.split(separator), usize::from(kept.is_over))
    }
}
