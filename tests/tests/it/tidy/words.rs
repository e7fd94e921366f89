//! The words of rustc, as users see them, against the names that are ours alone.
//!
//! In: the messages beside the programs of `ui-tests/fail`. Out: the lines that say a name
//! of generated code, or of what only generated code calls.

use super::tree;

/// What no path in a message goes through.
const PATHS: [&str; 3] = ["__flow", "__private", "machine::"];

/// Lines that cannot be helped: file, and what stands there.
const EXCUSED: [(&str, &str); 1] = [
    // A list of rustc's own of all types with an impl: `Bytes` has no other name for a crate
    // that does not depend on `bytes`.
    (
        "ui-tests/fail/rows/filesystem.stderr",
        "- impl AsRef<[u8]> for flowstone::__private::Bytes;",
    ),
];

/// The lines with names of ours.
pub(super) fn internal() -> Vec<String> {
    let mut found = Vec::new();
    for file in tree::files("ui-tests/fail", "stderr") {
        for (number, line) in file.text.lines().enumerate() {
            let is_excused = EXCUSED.contains(&(&file.path, line.trim()));
            if !is_excused && is_internal(line) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    found
}

fn is_internal(line: &str) -> bool {
    let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
    PATHS.iter().any(|path| line.contains(path)) || words.any(is_ours)
}

/// Whether only generated code says this: a tie, a form, a trait for method resolution.
fn is_ours(word: &str) -> bool {
    let is_via = |rest: &str| rest.starts_with(char::is_uppercase);
    matches!(word, "Right" | "Wrong")
        || word.ends_with("Tie")
        || word.ends_with("Form")
        || word.strip_prefix("Via").is_some_and(is_via)
}
