//! Rules of the tree that no compiler checks.
//!
//! In: the files of the repository, and the tables of `ARCHITECTURE.md`. Out:
//! all breaches of a rule at once, each with its file and what to do.

mod coming_from;
mod docs;
mod floors;
mod kinds;
mod refusals;
mod tree;
mod words;

use tree::File;

/// The longest a file may be, and the longest without a reason given in
/// `ARCHITECTURE.md`, in lines without tests.
const LONGEST: usize = 500;
const LONG: usize = 300;

#[test]
fn imports_go_down() {
    let tables = floors::tables();
    let folders: Vec<&str> = tables.iter().map(|table| table.folder.as_str()).collect();
    assert_eq!(folders, ["macros/src", "runtime/src"], "the floor tables");
    let breaches = tables.iter().flat_map(floors::breaches);
    none("see the floor tables in ARCHITECTURE.md", breaches);
}

#[test]
fn every_file_says_what_it_is() {
    let silent = code().into_iter().filter(|file| !opens(&file.text));
    let silent = silent.map(|file| format!("{} does not open with `//!`", file.path));
    none(
        "say what comes in, what goes out, what it leaves to others",
        silent,
    );
}

#[test]
fn files_are_short() {
    let excused = docs::long_files();
    let breaches = code().into_iter().filter(|file| !file.is_test());
    let breaches = breaches.filter_map(|file| {
        let lines = file.lines_without_tests();
        let listed = excused.contains(&file.path);
        match () {
            () if lines > LONGEST => Some(format!("{} has {lines} lines", file.path)),
            () if lines > LONG && !listed => Some(format!(
                "{} has {lines} lines and no reason in ARCHITECTURE.md",
                file.path
            )),
            () if lines <= LONG && listed => Some(format!(
                "{} is no longer long: take it off the list",
                file.path
            )),
            () => None,
        }
    });
    none(
        "split the file along its stages, or give the reason",
        breaches,
    );
}

#[test]
fn passes_run_without_rustc() {
    let named = tree::rust_files("macros/src").into_iter();
    let named = named
        .filter(|file| file.path != "macros/src/lib.rs")
        .filter(|file| tree::idents(&file.tokens()).any(|ident| ident == "proc_macro"));
    let named = named.map(|file| format!("{} names `proc_macro`", file.path));
    none(
        "use `proc_macro2`: only `macros/src/lib.rs` meets rustc",
        named,
    );
}

#[test]
fn refusals_have_their_tests() {
    none(
        "write `ui-tests/fail/<family>/<refusal>.rs`",
        refusals::untested(),
    );
}

#[test]
fn messages_say_no_name_of_ours() {
    none(
        "demand it by the constant of a trait, as `Kept::CODEC` (docs/lowering.md, emit)",
        words::internal(),
    );
}

#[test]
fn documents_name_what_exists() {
    none("mend the document", docs::stale());
}

#[test]
fn documents_quote_what_stands_there() {
    none("copy the lines anew", docs::misquoted());
}

#[test]
fn every_row_for_those_who_come_from_elsewhere_is_code() {
    none(
        "write it in the program of its section, with the words of the row as a comment",
        coming_from::without_code(),
    );
}

#[test]
fn every_kind_of_code_has_a_row_and_a_test() {
    none("mend the tables of docs/lowering.md", kinds::wrong());
}

/// Panics with all `breaches`, if there are any.
#[track_caller]
fn none(help: &str, breaches: impl IntoIterator<Item = String>) {
    let breaches: Vec<String> = breaches.into_iter().collect();
    assert!(breaches.is_empty(), "\n{}\n\n{help}\n", breaches.join("\n"));
}

fn opens(text: &str) -> bool {
    text.starts_with("//! ")
}

/// All Rust files but generated snapshots, and programs whose lines are part
/// of the message that refuses them.
fn code() -> Vec<File> {
    let data = ["ui-tests/fail/", "macros/src/tests/stages/"];
    let files = tree::rust_files("").into_iter();
    files
        .filter(|file| !data.iter().any(|folder| file.path.starts_with(folder)))
        .collect()
}
