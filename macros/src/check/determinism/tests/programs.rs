//! Each row that is refused stands in a program of a user's, beside the message that
//! rustc shows for it. `UPDATE_EXPECT=1` writes the programs, and
//! `TRYBUILD=overwrite cargo test -p flowstone-ui-tests` the messages.

use std::path::PathBuf;

use super::super::table::{self, Group, Level};
use super::rows::{self, Case};

#[test]
fn each_refused_row_has_a_program() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui-tests/fail/rows");
    for group in table::GROUPS {
        let Some(wanted) = program(group) else {
            continue;
        };
        let path = PathBuf::from(format!("{folder}/{}.rs", group.id));
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&wanted) {
            let updates = std::env::var_os("UPDATE_EXPECT").is_some();
            assert!(updates, "{} is old: UPDATE_EXPECT=1", path.display());
            std::fs::write(&path, wanted).expect("the program can be written");
        }
    }
}

/// The rows of a group, each in a flow of its own.
fn program(group: &Group) -> Option<String> {
    let refused = group.rules.iter().filter(|rule| rule.level == Level::Error);
    let rows = refused.flat_map(|rule| rule.paths.iter().map(|row| (rule.at, *row)));
    let flows: Vec<String> = rows
        .enumerate()
        .map(|(number, (at, row))| flow(number, &rows::forms(at, row)))
        .collect();
    let head = "//! What `flowstone::determinism` lists as refused, row by row.\n";
    (!flows.is_empty()).then(|| format!("{head}{}\nfn main() {{}}\n", flows.concat()))
}

fn flow(number: usize, cases: &[Case]) -> String {
    let found = || cases.iter().filter(|case| case.found);
    // As a pointer it needs no arguments.
    let pointer = found().find(|case| case.form == rows::A_POINTER);
    let case = pointer.or_else(|| found().find(|case| case.file.is_empty()));
    let Case { file, body, .. } = case
        .or_else(|| found().next())
        .expect("each row has a form in which it is found");
    format!(
        "\nmod row_{number} {{\n    {file}\n    #[flowstone::flow]\n    \
         async fn row() {{\n        {body}\n    }}\n}}\n"
    )
}
