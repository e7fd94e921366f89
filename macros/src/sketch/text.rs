//! Code as a short text.

use quote::ToTokens;

/// Longer texts end in dots.
const LONGEST: usize = 48;

/// The tokens on one line, as close to what the user wrote as rustc prints them.
pub(super) fn of(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let words: Vec<&str> = text.split_whitespace().collect();
    short(&words.join(" "))
}

fn short(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let shown: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", shown.trim_end())
}
