//! Each group has a page in the documentation, which ends with its rows.
//! `UPDATE_EXPECT=1` writes them.

use std::fmt::Write;
use std::path::PathBuf;

use super::super::table::{self, At, Group, Level, Rule};

const TITLE: &str = "//! # What is told\n//!\n";

#[test]
fn each_page_ends_with_the_rows_of_its_group() {
    for group in table::GROUPS {
        let path = page(group);
        let text = std::fs::read_to_string(&path).expect("the group has a page");
        let (head, _) = text.split_once(TITLE).expect("the page lists its rows");
        let wanted = format!("{head}{TITLE}{}", rows(group));
        if text != wanted {
            let updates = std::env::var_os("UPDATE_EXPECT").is_some();
            assert!(updates, "{} is old: UPDATE_EXPECT=1", path.display());
            std::fs::write(&path, wanted).expect("the page can be written");
        }
    }
}

#[test]
fn each_page_is_of_a_group() {
    let folder = page(&table::GROUPS[0]).with_file_name("");
    let pages = std::fs::read_dir(folder).expect("there are pages");
    let names = pages.map(|page| page.expect("it can be read").path());
    for name in names.map(|path| path.file_stem().expect("a name").to_owned()) {
        let is_group = table::GROUPS.iter().any(|group| name == group.id);
        assert!(is_group || name == "mod", "{}", name.display());
    }
}

#[test]
fn the_index_has_each_group() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = |path: &str| std::fs::read_to_string(format!("{folder}/{path}")).expect(path);
    let (index, pages) = (
        read("docs/determinism.md"),
        read("runtime/src/determinism/mod.rs"),
    );
    for group in table::GROUPS {
        let id = group.id;
        let row = pages.split_once(&format!("//! | [`{id}`] |")).expect(id).1;
        let row = row.lines().next().unwrap_or_default();
        let link = format!("| [`{id}`](../runtime/src/determinism/{id}.rs) |{row}");
        assert!(index.contains(&link), "docs/determinism.md lacks: {link}");
    }
}

fn page(group: &Group) -> PathBuf {
    let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/src/determinism");
    PathBuf::from(format!("{pages}/{}.rs", group.id))
}

fn rows(group: &Group) -> String {
    let mut text = String::new();
    for rule in group.rules {
        let rows = rule.paths.iter().map(|row| shown(rule.at, row));
        let rows = rows.collect::<Vec<_>>().join(", ");
        let item = format!("- {}{}: {rows}.", rule.why, told(rule));
        add(&mut text, &item);
    }
    if group.id == table::GLOBAL_STATE.id {
        statics(&mut text);
    }
    text
}

/// What is told of the file's own statics, which are no paths.
fn statics(text: &mut String) {
    let written = "`static mut`, `Mutex`, `RwLock`, `Cell`, `RefCell`, `UnsafeCell`, `ArcSwap`, `DashMap`, `Atomic..`";
    let filled = "`LazyLock`, `OnceLock`, `LazyCell`, `OnceCell`, `Lazy`";
    for (rule, types) in [(table::STATIC, written), (table::LAZY_STATIC, filled)] {
        let of = "a static of the same file, of one of these or of an own type that has one";
        add(text, &format!("- {}: {of}: {types}.", rule.why));
    }
}

fn add(text: &mut String, item: &str) {
    for (at, line) in wrapped(item).iter().enumerate() {
        let indent = if at == 0 { "" } else { "  " };
        writeln!(text, "//! {indent}{line}").expect("a string takes all");
    }
}

fn told(rule: &Rule) -> &'static str {
    match rule.level {
        Level::Error => "",
        Level::Warning => " (a warning)",
        Level::Strict => " (a warning, if `strict`)",
    }
}

fn shown(at: At, row: &str) -> String {
    let row = row.trim_start_matches('=');
    match at {
        At::Macro => format!("`{row}!`"),
        At::Method => match row.strip_prefix("*.") {
            Some(method) => format!("`.{method}()`"),
            None => format!("`{}()`", row.replace('.', "::")),
        },
        At::Unhashed(given) => format!("`{row}<{}>`", ["_"].repeat(given).join(", ")),
        At::Syntax if row == "unsafe" || row == "extern" => format!("an `{row}` block"),
        At::Syntax if let Some((format, of)) = row.split_once("} ") => format!("`{format}}}` {of}"),
        At::Syntax if row.contains('{') => format!("`{row}`"),
        At::Syntax => format!("a {row}"),
        At::Value | At::Type => format!("`{row}`"),
    }
}

fn wrapped(item: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in item.split(' ') {
        let last = lines.last_mut().expect("there is one");
        if last.len() + word.len() > 82 {
            lines.push(word.to_owned());
        } else {
            let space = if last.is_empty() { "" } else { " " };
            *last = format!("{last}{space}{word}");
        }
    }
    lines
}
