//! Text: patterns, words, formats, errors.

use aho_corasick::AhoCorasick;
use anyhow::Context as _;
use flowstone::prelude::*;
use heck::{ToKebabCase as _, ToSnakeCase as _};
use regex::Regex;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::helpers::text;

const A_MOMENT: Duration = Duration::from_millis(1);

#[flow]
pub async fn regex_match() -> bool {
    let order = Regex::new(r"^[A-Z]{2}-(\d+)$").unwrap();
    let fits = order.is_match("DE-123");
    flow::sleep(A_MOMENT).await;
    fits && text::mail_domain("a@example.org").is_some()
}

#[flow]
pub async fn regex_replace() -> String {
    let spaces = Regex::new(r"\s+").unwrap();
    let text = spaces.replace_all("a  b \n c", " ").into_owned();
    flow::sleep(A_MOMENT).await;
    text::masked(&text, &["b", "c"])
}

#[flow]
pub async fn split_words() -> Vec<String> {
    let words: Vec<String> = "  Tea, pot "
        .split(',')
        .map(|w| w.trim().to_lowercase())
        .collect();
    flow::sleep(A_MOMENT).await;
    text::by_length(words)
}

#[flow]
pub async fn formatted_table() -> String {
    let head = format!("{:<8}|{:>6.2}|{:#06x}", "tea", 3.5, 255);
    flow::sleep(A_MOMENT).await;
    text::table(&head, &[("tea", 3), ("pot", 12)])
}

#[flow]
pub async fn heck_cases() -> String {
    let name = "OrderLine".to_snake_case();
    flow::sleep(A_MOMENT).await;
    name.to_kebab_case() + &text::title("order line")
}

#[flow]
pub async fn similar_names() -> usize {
    let distance = strsim::levenshtein("kitten", "sitting");
    flow::sleep(A_MOMENT).await;
    distance + text::closest("tee", &["tea", "pot"]).map_or(0, str::len)
}

#[flow]
pub async fn graphemes_cut() -> String {
    let cut: String = "e\u{301}te\u{301}".graphemes(true).take(2).collect();
    flow::sleep(A_MOMENT).await;
    cut + &text::initials("Ada Lovelace")
}

#[flow]
pub async fn found_with_memchr() -> Option<usize> {
    let at = memchr::memchr(b'\n', b"a line\nand one");
    flow::sleep(A_MOMENT).await;
    Some(at? + text::occurrences("abcabcab", "ab"))
}

#[flow]
pub async fn found_with_aho() -> usize {
    let words = AhoCorasick::new(["tea", "pot"]).unwrap();
    let found = words.find_iter("a teapot").count();
    flow::sleep(A_MOMENT).await;
    found + text::censored("teapot", &["tea"]).len()
}

#[flow]
pub async fn numbers_shown() -> String {
    let shown = [f64::to_string(&0.1), u64::MAX.to_string()].join(" ");
    flow::sleep(A_MOMENT).await;
    text::euros(123_456) + &shown
}

#[flow]
pub async fn escaped_markup() -> String {
    let escaped = "a<b".replace('<', "&lt;").escape_debug().to_string();
    flow::sleep(A_MOMENT).await;
    text::unescaped(&escaped)
}

#[flow]
pub async fn anyhow_context() -> String {
    let read = "x".parse::<u32>().context("the quantity is no number");
    let told = read.map_or_else(|error| format!("{error:#}"), |n| n.to_string());
    flow::sleep(A_MOMENT).await;
    text::quantity(&told).map_or_else(|error| error.to_string(), |n| n.to_string())
}

#[flow]
pub async fn error_with_thiserror() -> String {
    let told = text::OrderError::TooMany { limit: 3 }.to_string();
    flow::sleep(A_MOMENT).await;
    text::checked(4).map_or_else(|error| format!("{error:?}: {told}"), |n| n.to_string())
}
