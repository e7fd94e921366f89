//! The tables of `docs/lowering.md` against what syn knows.
//!
//! In: the tables whose first column is `syn`, and the source of the version
//! of syn that the macros are built with. Out: kinds of statements,
//! expressions and patterns without a row, rows of kinds that are not there,
//! rows without a test, tests that do not exist, and kinds that gate 1 leaves
//! to its wildcard.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use serde_json::Value;

use super::tree;

/// The enums of syn, and the files that declare them.
const ENUMS: [(&str, &str); 3] = [("Stmt", "stmt.rs"), ("Expr", "expr.rs"), ("Pat", "pat.rs")];

/// Where gate 1 names each kind of expression.
const GATE: &str = "macros/src/check/waits.rs";

/// A row: the kinds it is about, and the tests that it names.
struct Row {
    text: String,
    kinds: Vec<String>,
    tests: Vec<String>,
}

/// What is wrong with the tables, or with gate 1.
pub(super) fn wrong() -> Vec<String> {
    let known = known();
    let rows = rows();
    let in_rows: BTreeSet<&String> = rows.iter().flat_map(|row| &row.kinds).collect();
    let mut wrong = Vec::new();
    for kind in known.iter().filter(|kind| !in_rows.contains(kind)) {
        wrong.push(format!("no row of docs/lowering.md is about `{kind}`"));
    }
    for kind in in_rows.into_iter().filter(|kind| !known.contains(*kind)) {
        wrong.push(format!("syn has no `{kind}`"));
    }
    for row in &rows {
        if row.tests.is_empty() {
            wrong.push(format!("this row names no test: {}", row.text));
        }
        for test in row.tests.iter().filter(|test| !exists(test)) {
            wrong.push(format!("there is no test `{test}`"));
        }
    }
    let gate = tree::read(&tree::root().join(GATE)).text;
    let named = |kind: &&String| !kind.starts_with("Expr::") || gate.contains(&format!("{kind}("));
    for kind in known.iter().filter(|kind| !named(kind)) {
        wrong.push(format!("{GATE} does not name `{kind}`"));
    }
    wrong
}

/// The rows of the tables.
fn rows() -> Vec<Row> {
    let text = tree::read(&tree::root().join("docs/lowering.md")).text;
    let tables = text.split("\n| syn |").skip(1);
    let rows = tables.flat_map(|table| {
        let rows = table.lines().skip(2);
        rows.take_while(|line| line.starts_with('|')).map(row)
    });
    rows.collect()
}

fn row(line: &str) -> Row {
    // A bar in a cell is written `\|`.
    let line = line.replace("\\|", "");
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
    let quoted = |cell: Option<&&str>| {
        let quoted = cell.unwrap_or(&"").split('`').skip(1).step_by(2);
        quoted.map(str::to_owned).collect()
    };
    Row {
        kinds: quoted(cells.first()),
        tests: quoted(cells.get(3).or(cells.get(2))),
        text: line.clone(),
    }
}

/// Whether a test is there: `file::function`, or a program of `ui-tests`.
fn exists(test: &str) -> bool {
    let Some((file, function)) = test.split_once("::") else {
        let folders = ["ui-tests", "ui-tests/fail"].iter();
        return folders
            .map(|folder| tree::root().join(folder).join(test))
            .any(|path| path.is_file());
    };
    let folders = ["tests/tests/it/compiler", "macros/src/tests"].iter();
    let mut files = folders.map(|folder| tree::root().join(folder).join(format!("{file}.rs")));
    files.any(|path| path.is_file() && tree::read(&path).text.contains(&format!("fn {function}(")))
}

/// All kinds that syn knows, as `Expr::Await`.
fn known() -> BTreeSet<String> {
    let source = syn_source();
    let kinds = ENUMS.iter().flat_map(|(name, file)| {
        let tokens = tree::read(&source.join(file)).tokens();
        let body = body_of(name, &tokens);
        let body = body.unwrap_or_else(|| panic!("syn's {file} declares no enum `{name}`"));
        variants(&body).map(move |variant| format!("{name}::{variant}"))
    });
    kinds.collect()
}

/// The braces of `enum name { .. }`, at any depth.
fn body_of(name: &str, tokens: &TokenStream) -> Option<Group> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before: Vec<String> = tokens
            .iter()
            .take(index)
            .rev()
            .take(2)
            .map(ToString::to_string)
            .collect();
        if group.delimiter() == Delimiter::Brace && before == [name, "enum"] {
            return Some(group.clone());
        }
        if let Some(found) = body_of(name, &group.stream()) {
            return Some(found);
        }
    }
    None
}

/// The names at the beginning of an enum's variants.
fn variants(body: &Group) -> impl Iterator<Item = String> + use<> {
    // What is left of attributes is `#`.
    let tokens = body.stream().into_iter();
    tokens.filter_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    })
}

/// The folder of syn's source, of the version that the macros depend on.
fn syn_source() -> PathBuf {
    let found: Value = serde_json::from_slice(&metadata()).expect("cargo writes JSON");
    let list = |path| {
        let list = found.pointer(path).and_then(Value::as_array);
        list.expect("cargo lists packages and what they need")
    };
    let (packages, nodes) = (list("/packages"), list("/resolve/nodes"));
    let ours = packages
        .iter()
        .find(|package| package["name"] == "flowstone-macros")
        .expect("the macros are part of the workspace");
    let node = nodes.iter().find(|node| node["id"] == ours["id"]);
    let needed = node.and_then(|node| node["dependencies"].as_array());
    let needed = needed.expect("the macros depend on syn");
    let manifest = packages
        .iter()
        .find(|package| package["name"] == "syn" && needed.contains(&package["id"]))
        .and_then(|package| package["manifest_path"].as_str())
        .expect("the macros depend on syn");
    let folder = Path::new(manifest).parent().expect("a file has a folder");
    folder.join("src")
}

/// What cargo knows of the packages that this was built from: those for other
/// systems may not have been downloaded.
fn metadata() -> Vec<u8> {
    let version = run("rustc", &["--version", "--verbose"]);
    let version = String::from_utf8_lossy(&version);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.expect("rustc knows where it runs");
    let form = ["metadata", "--format-version=1", "--offline"];
    run("cargo", &[&form[..], &["--filter-platform", host]].concat())
}

/// What a program of the toolchain prints.
fn run(program: &str, arguments: &[&str]) -> Vec<u8> {
    let named = std::env::var_os(program.to_uppercase());
    let output = Command::new(named.unwrap_or_else(|| program.into()))
        .current_dir(tree::root())
        .args(arguments)
        .output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {error}");
    output.stdout
}
