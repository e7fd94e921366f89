//! The files of the repository, as text and as tokens.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// A file; `path` is relative to the repository, with `/`.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    /// Whether the whole file is a test.
    pub(super) fn is_test(&self) -> bool {
        let test = |part: &str| matches!(part, "tests" | "tests.rs" | "ui-tests");
        self.path.split('/').any(test)
    }

    /// How long it is without its unit tests.
    pub(super) fn lines_without_tests(&self) -> usize {
        let all = self.text.trim_end().lines().count();
        let tests = self.text.split_once("\n#[cfg(test)]\nmod tests {");
        let tests = tests.and_then(|(_, rest)| rest.split("\n}\n").next());
        all - tests.map_or(0, |body| body.lines().count() + 2)
    }

    /// Its tokens: comments and layout are gone.
    pub(super) fn tokens(&self) -> TokenStream {
        let tokens = self.text.parse::<TokenStream>();
        tokens.unwrap_or_else(|error| panic!("{} is not Rust: {error}", self.path))
    }
}

/// The root of the repository.
pub(super) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = own.parent().expect("the crate lies in the repository");
    root.to_owned()
}

/// All Rust files below `folder`, by name.
pub(super) fn rust_files(folder: &str) -> Vec<File> {
    files(folder, "rs")
}

/// All files below `folder` whose names end with `.extension`, by name.
pub(super) fn files(folder: &str, extension: &str) -> Vec<File> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.retain(|path| path.extension().is_some_and(|found| found == extension));
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// Reads one file.
pub(super) fn read(path: &Path) -> File {
    let text = fs::read_to_string(path);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let path = path.strip_prefix(root()).unwrap_or(path);
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    let path = parts.join("/");
    File { path, text }
}

/// The names in `tokens`, at any depth.
pub(super) fn idents(tokens: &TokenStream) -> Box<dyn Iterator<Item = String>> {
    Box::new(tokens.clone().into_iter().flat_map(|token| match token {
        TokenTree::Ident(ident) => Box::new(std::iter::once(ident.to_string())),
        TokenTree::Group(group) => idents(&group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Box::new(std::iter::empty()),
    }))
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            // What version control and builds leave behind is not the tree.
            if name != "target" && name != ".git" {
                collect(&path, paths);
            }
        } else {
            paths.push(path);
        }
    }
}
