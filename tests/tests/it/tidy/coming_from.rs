//! Whether the rows of `docs/coming-from.md` are code.
//!
//! In: its sections, each a table and a program. Out: rows that are not "not yet" and whose
//! left words no comment of the program repeats, or whose code on the right it does not
//! use. That the programs run, the documentation tests of the library show.

use std::collections::BTreeSet;

use super::tree;

/// The rows that no code of their section shows.
pub(super) fn without_code() -> Vec<String> {
    let document = tree::read(&tree::root().join("docs/coming-from.md"));
    let sections = document.text.split("\n## ").skip(1);
    sections.flat_map(missing_in).collect()
}

fn missing_in(section: &str) -> Vec<String> {
    let (title, body) = section.split_once('\n').unwrap_or((section, ""));
    let code = body.split("```").skip(1).step_by(2).collect::<String>();
    let comments = comments(&code);
    let words: BTreeSet<&str> = words(&code).collect();
    let rows = body.lines().filter_map(|line| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        cells.split_once(" | ")
    });
    // The head, and the line below it, come first.
    let rows: Vec<_> = rows.skip(2).collect();
    assert!(rows.len() > 5, "`{title}` has {} rows", rows.len());
    let shown = rows
        .into_iter()
        .filter(|(_, ours)| !ours.starts_with("not yet"));
    shown
        .flat_map(|(theirs, ours)| {
            let said = plain(theirs);
            let is_said = comments.iter().any(|comment| comment.contains(&said));
            let untold = (!is_said).then(|| format!("{title}: no comment says `{said}`"));
            let unused = used(ours).filter(|word| !words.contains(word));
            let unused: Vec<_> = unused
                .map(|word| format!("{title}: `{said}` names `{word}`, which is not used"))
                .collect();
            untold.into_iter().chain(unused)
        })
        .collect()
}

fn comments(code: &str) -> Vec<String> {
    let lines = code.lines();
    lines
        .filter_map(|line| Some(plain(line.split_once("// ")?.1)))
        .collect()
}

/// Without the marks of code.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// The names that a program must say to use what is in backticks: of a path the last.
fn used(cell: &str) -> impl Iterator<Item = &str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.flat_map(|code| {
        let outside_of_texts = code.split('"').step_by(2);
        outside_of_texts.flat_map(|code| {
            let parts = code.split_inclusive("::");
            parts.filter(|part| !part.ends_with("::")).flat_map(words)
        })
    })
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    let words = code.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(char::is_alphabetic) && word.len() > 1)
}
