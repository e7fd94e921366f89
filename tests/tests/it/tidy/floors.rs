//! Which module of a crate may import which.
//!
//! In: the tables of `ARCHITECTURE.md`, a row for each module: its name, and
//! the rows above that it may import. Out: the imports that no row allows.
//! Paths that begin with `crate` or `super` are imports wherever they stand;
//! tests may import anything. As a row lists only rows above it, no cycle can
//! be written.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::tree::{self, File};

/// The floors of one crate.
pub(super) struct Table {
    pub(super) folder: String,
    rows: Vec<Row>,
}

struct Row {
    module: Vec<String>,
    /// The rows that it may import; `None` for all above.
    below: Option<Vec<String>>,
}

/// A path in the crate, and the line on which it stands.
struct Import {
    path: Vec<String>,
    line: usize,
}

/// The tables of `ARCHITECTURE.md`: code blocks that open with
/// `floors <folder>`.
pub(super) fn tables() -> Vec<Table> {
    let text = tree::read(&tree::root().join("ARCHITECTURE.md")).text;
    let blocks = text.split("```floors ").skip(1);
    blocks
        .map(|block| {
            let block = block.split("```").next().unwrap_or_default();
            let (folder, rows) = block.split_once('\n').unwrap_or((block, ""));
            let folder = folder.trim().to_owned();
            let rows = rows.lines().map(row).collect();
            Table { folder, rows }
        })
        .collect()
}

fn row(line: &str) -> Row {
    let (module, below) = line
        .split_once(" :")
        .unwrap_or_else(|| panic!("`{line}` is no row: write `module : module module`"));
    let below: Vec<String> = below.split_whitespace().map(str::to_owned).collect();
    Row {
        module: segments(module.trim()),
        below: (below != ["*"]).then_some(below),
    }
}

/// What breaks the table, in the table itself and in the crate.
pub(super) fn breaches(table: &Table) -> Vec<String> {
    let mut breaches = Vec::new();
    for (index, row) in table.rows.iter().enumerate() {
        let above = table.rows.get(..index).unwrap_or_default();
        for name in row.below.iter().flatten() {
            if !above.iter().any(|row| row.name() == *name) {
                let (row, folder) = (row.name(), &table.folder);
                breaches.push(format!("{folder}: `{row}` lists `{name}`, not above it"));
            }
        }
    }
    for file in tree::rust_files(&table.folder) {
        if !file.is_test() {
            breaches.extend(table.broken_by(&file));
        }
    }
    breaches
}

impl Row {
    fn name(&self) -> String {
        self.module.join("::")
    }
}

impl Table {
    /// The row that a path belongs to: the longest that begins it.
    fn row(&self, path: &[String]) -> Option<usize> {
        let rows = self.rows.iter().enumerate();
        let fitting = rows.filter(|(_, row)| path.starts_with(&row.module));
        let longest = fitting.max_by_key(|(_, row)| row.module.len());
        longest.map(|(index, _)| index)
    }

    fn broken_by(&self, file: &File) -> Vec<String> {
        let module = module(&file.path, &self.folder);
        let Some(own) = self.row(&module) else {
            return vec![format!("{} has no row", file.path)];
        };
        let mut imports = Vec::new();
        scan(file.tokens(), &module, &mut imports);
        let broken = imports.into_iter().filter_map(|Import { path, line }| {
            // What the root re-exports belongs to `lib`, which is above all.
            let target = self.row(&path);
            let name = target.and_then(|index| self.rows.get(index)).map(Row::name);
            let allowed = target.is_some_and(|target| self.allows(own, target));
            let (name, path) = (name.unwrap_or("lib".to_owned()), path.join("::"));
            let place = format!("{}:{line}", file.path);
            (!allowed).then(|| format!("{place} imports `crate::{path}` of `{name}`"))
        });
        broken.collect()
    }

    fn allows(&self, own: usize, target: usize) -> bool {
        let (Some(row), Some(wanted)) = (self.rows.get(own), self.rows.get(target)) else {
            return false;
        };
        let listed = match &row.below {
            Some(below) => below.contains(&wanted.name()),
            None => target < own,
        };
        own == target || listed
    }
}

/// The module that a file holds.
fn module(path: &str, folder: &str) -> Vec<String> {
    let inner = path.strip_prefix(folder).unwrap_or(path);
    let inner = inner.trim_start_matches('/').trim_end_matches(".rs");
    let mut module: Vec<String> = inner.split('/').map(str::to_owned).collect();
    if module.len() > 1 {
        module.pop_if(|last| last == "mod");
    }
    module
}

fn segments(path: &str) -> Vec<String> {
    path.split("::").map(str::to_owned).collect()
}

/// Collects the imports in `tokens`, which stand in `module`.
fn scan(tokens: TokenStream, module: &[String], found: &mut Vec<Import>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        rest = match (token, after) {
            (TokenTree::Punct(hash), [TokenTree::Group(attribute), item @ ..])
                if hash.as_char() == '#' && is_cfg_test(&attribute.stream()) =>
            {
                after_item(item)
            }
            (
                TokenTree::Ident(word),
                [TokenTree::Ident(name), TokenTree::Group(body), after @ ..],
            ) if word == "mod" => {
                let inner: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
                scan(body.stream(), &inner, found);
                after
            }
            // What a macro names, its callers import.
            (TokenTree::Punct(dollar), [TokenTree::Ident(word), after @ ..])
                if dollar.as_char() == '$' && word == "crate" =>
            {
                after
            }
            (TokenTree::Ident(word), after) if word == "crate" || word == "super" => {
                let parent = module.get(..module.len().saturating_sub(1));
                let base = if word == "super" { parent } else { None };
                let base = base.unwrap_or_default().to_vec();
                let line = word.span().start().line;
                colons(after).map_or(after, |after| follow(after, base, line, found))
            }
            (TokenTree::Group(group), after) => {
                if !is_visibility(group) {
                    scan(group.stream(), module, found);
                }
                after
            }
            (_, after) => after,
        };
    }
}

/// Collects the paths that begin with `base` and go on in `tokens`; gives what
/// stands after them.
fn follow<'a>(
    tokens: &'a [TokenTree],
    mut base: Vec<String>,
    line: usize,
    found: &mut Vec<Import>,
) -> &'a [TokenTree] {
    match tokens {
        [TokenTree::Ident(word), after @ ..] => {
            if word == "super" {
                base.pop();
            } else if word != "self" {
                base.push(word.to_string());
            }
            if let Some(after) = colons(after) {
                return follow(after, base, line, found);
            }
            found.push(Import { path: base, line });
            after
        }
        [TokenTree::Group(group), after @ ..] if group.delimiter() == Delimiter::Brace => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',');
            for branch in inner.split(is_comma) {
                follow(branch, base.clone(), line, found);
            }
            after
        }
        [TokenTree::Punct(_), after @ ..] => {
            found.push(Import { path: base, line });
            after
        }
        _ => tokens,
    }
}

/// What follows `::`.
fn colons(tokens: &[TokenTree]) -> Option<&[TokenTree]> {
    match tokens {
        [TokenTree::Punct(one), TokenTree::Punct(two), after @ ..]
            if one.as_char() == ':' && two.as_char() == ':' =>
        {
            Some(after)
        }
        _ => None,
    }
}

fn is_cfg_test(attribute: &TokenStream) -> bool {
    attribute.to_string().replace(' ', "") == "cfg(test)"
}

/// `pub(in crate::..)`.
fn is_visibility(group: &proc_macro2::Group) -> bool {
    let first = group.stream().into_iter().next();
    matches!(first, Some(TokenTree::Ident(word)) if word == "in")
}

/// What follows an item: it ends with a semicolon or a body.
fn after_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let end = tokens.iter().position(|token| match token {
        TokenTree::Punct(mark) => mark.as_char() == ';',
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    });
    let end = end.map_or(tokens.len(), |end| end + 1);
    // `use super::{..};` has a semicolon after its braces, which is harmless.
    tokens.get(end..).unwrap_or_default()
}

#[test]
fn imports_are_found_wherever_they_stand() {
    let source = r"
        use crate::{a::{self, b as c}, d::*};
        pub(in crate::e) fn f(x: super::g::H) -> crate::i::J { matches!(x, crate::k::L) }
        mod m { use super::super::n; }
        #[cfg(test)]
        mod tests { use crate::o; }
        #[cfg(test)]
        use crate::p;
    ";
    let tokens = source.parse().expect("the source is Rust");
    let mut found = Vec::new();
    scan(tokens, &segments("own::file"), &mut found);
    let found: Vec<String> = found.iter().map(|import| import.path.join("::")).collect();
    let expected = ["a", "a::b", "d", "own::g::H", "i::J", "k::L", "own::n"];
    assert_eq!(found, expected);
}
