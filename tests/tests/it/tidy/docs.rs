//! What the documents say about the tree.
//!
//! In: the Markdown files, without their code blocks. Out: paths, symbols and
//! links in them that do not exist. A path is text in backticks that begins
//! with a folder of the repository, or is the name of a file; a symbol is one
//! with `::`, each part of which must occur in some Rust file.

use std::collections::BTreeSet;

use super::tree::{self, File};

/// The folders that a path may begin with.
const FOLDERS: [&str; 11] = [
    ".ci/",
    "audit/",
    "benches/",
    "cli/",
    "docs/",
    "examples/",
    "hooks/",
    "macros/",
    "runtime/",
    "tests/",
    "ui-tests/",
];

/// The files that `ARCHITECTURE.md` allows to be long.
pub(super) fn long_files() -> BTreeSet<String> {
    let text = tree::read(&tree::root().join("ARCHITECTURE.md")).text;
    let list = text.split("```long files\n").nth(1).unwrap_or_default();
    let list = list.split("```").next().unwrap_or_default();
    let paths = list.lines().map(|line| {
        let (path, reason) = line.split_once(" : ").unwrap_or((line, ""));
        assert!(!reason.is_empty(), "`{line}` gives no reason");
        path.trim().to_owned()
    });
    paths.collect()
}

/// What the documents name and the tree does not have.
pub(super) fn stale() -> Vec<String> {
    let known = Known::new();
    let documents = tree::files("", "md").into_iter();
    documents
        .flat_map(|document| known.stale(&document))
        .collect()
}

/// The code blocks that say `from <file>` and are not, line by line, in it.
pub(super) fn misquoted() -> Vec<String> {
    let documents = tree::files("", "md").into_iter();
    documents
        .flat_map(|document| {
            let blocks = document.text.split("```").skip(1).step_by(2);
            let wrong = blocks.filter_map(|block| {
                let (head, quoted) = block.split_once('\n')?;
                let (_, source) = head.split_once(" from ")?;
                let source = tree::read(&tree::root().join(source));
                let found = trimmed(&source.text).contains(&trimmed(quoted));
                let first = quoted.lines().next().unwrap_or_default();
                (!found).then(|| format!("{}: `{first}` is not in {}", document.path, source.path))
            });
            wrong.collect::<Vec<String>>()
        })
        .collect()
}

/// The lines without what is before and behind them.
fn trimmed(text: &str) -> String {
    let lines = text.trim().lines().map(|line| format!("\n{}", line.trim()));
    lines.chain(["\n".to_owned()]).collect()
}

/// What can be named.
struct Known {
    files: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Known {
    fn new() -> Self {
        let rust = tree::rust_files("");
        let names = rust.iter().flat_map(|file| tree::idents(&file.tokens()));
        let names = names.collect();
        let files = ["rs", "md", "toml", "stderr", "csv"].map(|kind| tree::files("", kind));
        let files = files.into_iter().flatten().map(|file| file.path).collect();
        Self { files, names }
    }

    fn stale(&self, document: &File) -> Vec<String> {
        let mut stale = Vec::new();
        for (line, text) in prose(&document.text) {
            let quoted = text.split('`').skip(1).step_by(2);
            let wrong = quoted.filter(|quoted| !self.has(quoted));
            let links = text.split("](").skip(1).filter_map(|link| {
                let link = link.split([')', '#']).next()?;
                (!link.is_empty() && !link.contains("://")).then_some(link)
            });
            let dead = links.filter(|link| !beside(&document.path, link));
            for name in wrong.chain(dead) {
                let path = &document.path;
                stale.push(format!("{path}:{line} names `{name}`, which is not there"));
            }
        }
        stale
    }

    /// Whether `quoted` exists, or names nothing of the tree.
    fn has(&self, quoted: &str) -> bool {
        let is_path = FOLDERS.iter().any(|folder| quoted.starts_with(folder));
        let one_word = !quoted.contains(char::is_whitespace);
        if is_path && one_word {
            // What stands after a placeholder is for the reader to fill in.
            let fixed = quoted.split(['<', '*', '{']).next().unwrap_or_default();
            return tree::root().join(fixed).exists() || self.begins(fixed);
        }
        if one_word && is_file_name(quoted) {
            let below = format!("/{quoted}");
            let ends = |file: &String| file == quoted || file.ends_with(&below);
            return self.files.iter().any(ends);
        }
        match quoted.trim_end_matches("()").split_once("::") {
            Some(_) if quoted.chars().all(is_symbol) => {
                let mut parts = quoted.trim_end_matches("()").split("::");
                parts.all(|part| part.is_empty() || self.names.contains(part))
            }
            _ => true,
        }
    }

    fn begins(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.starts_with(path))
    }
}

fn is_symbol(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ':' | '(' | ')')
}

/// `name.rs`, `folder/name.md`: not `*.rs`, nor an extension alone.
fn is_file_name(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    let stem = text.strip_suffix(".rs").or(text.strip_suffix(".md"));
    stem.is_some_and(|stem| !stem.is_empty()) && text.chars().all(plain)
}

/// Whether `link` leads from a document to a file.
fn beside(document: &str, link: &str) -> bool {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    tree::root().join(folder).join(link).exists()
}

/// The lines outside of code blocks, with their numbers.
fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut in_code = false;
    let lines = text.lines().enumerate().filter(|(_, line)| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        !fence && !in_code
    });
    lines.map(|(index, line)| (index + 1, line)).collect()
}
