//! Each row of the table, in each form in which it can be written, and its
//! benign twin: what has the same name and is the user's own.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::table::{self, At, Group, Level, Rule};
use super::{module, walked};
use crate::diag::Diagnostics;
use crate::parse;

const IN_A_HELPER: &str = "in a helper";
pub(super) const A_POINTER: &str = "a pointer";

/// A file, a body in it, and whether the row forbids what it says.
pub(super) struct Case {
    pub(super) form: &'static str,
    pub(super) file: String,
    pub(super) body: String,
    pub(super) found: bool,
}

fn case(form: &'static str, file: impl Into<String>, body: impl Into<String>) -> Case {
    Case {
        form,
        file: file.into(),
        body: body.into(),
        found: true,
    }
}

fn twin(form: &'static str, file: impl Into<String>, body: impl Into<String>) -> Case {
    Case {
        found: false,
        ..case(form, file, body)
    }
}

#[test]
fn each_row_is_found_in_each_form_and_its_twin_is_not() {
    let mut wrong = Vec::new();
    let mut cases = 0;
    for group in table::GROUPS {
        for rule in group.rules {
            for row in rule.paths {
                for case in forms(rule.at, row) {
                    cases += 1;
                    let expected: &[String] = &[expected(group, rule)];
                    // A function is not followed for what is warned of.
                    let is_told = rule.level != Level::Warning || case.form != IN_A_HELPER;
                    let expected = if case.found && is_told { expected } else { &[] };
                    let found = found(&case);
                    if found != expected {
                        let Case {
                            form, file, body, ..
                        } = case;
                        wrong.push(format!("{row}, {form}: {found:?}\n  {file}\n  {body}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "of {cases} cases:\n{}", wrong.join("\n"));
    assert!(cases > 1500, "only {cases} cases");
}

/// What a row is told as: the group, and whether the flow is refused.
fn expected(group: &Group, rule: &Rule) -> String {
    match rule.level {
        Level::Error => format!("error {}", group.id),
        Level::Warning | Level::Strict => format!("warning {}", group.id),
    }
}

fn found(case: &Case) -> Vec<String> {
    let body: TokenStream = case.body.parse().expect("the body is Rust");
    let mut diag = Diagnostics::new();
    let flow = parse::flow(quote!(strict), quote!(async fn f() { #body }), &mut diag);
    let flow = flow.unwrap_or_else(|| panic!("no flow: {}", case.body));
    walked(&flow, Some(&vec![module(&case.file)]), &mut diag);
    let told = diag.finish().to_string();
    let marks = ["compile_error", "deprecated"].map(|mark| told.matches(mark).count());
    let ids = told.split("determinism/").skip(1);
    let ids = ids.map(|rest| rest.split('"').next().unwrap_or_default());
    let levels = ["error"; 99]
        .into_iter()
        .take(marks[0])
        .chain(["warning"; 99]);
    levels
        .zip(ids)
        .map(|(level, id)| format!("{level} {id}"))
        .collect()
}

pub(super) fn forms(at: At, row: &str) -> Vec<Case> {
    match at {
        At::Value => values(row),
        At::Type => types(row, 0),
        At::Unhashed(given) => types(row, given),
        At::Macro => macros(row),
        At::Method => methods(row),
        At::Syntax => constructs(row),
    }
}

/// A path that the row stands for, and whether one name alone can mean it.
fn written(row: &str) -> (String, bool) {
    let row = row.trim_start_matches('=');
    let path = row.replace("::**", "::inner::any").replace("::*", "::any");
    (path.replace("*::", "made::Made::"), !row.contains('*'))
}

/// `module`, `name` and what follows that, of `module::name::..`.
fn halves(path: &str) -> (String, String, String) {
    let parts: Vec<&str> = path.split("::").collect();
    let at = match parts.as_slice() {
        [.., ty, _] if ty.starts_with(char::is_uppercase) => parts.len() - 2,
        _ => parts.len() - 1,
    };
    let (module, rest) = parts.split_at(at);
    let (name, end) = rest.split_first().expect("a path has a name");
    let end = [&[""], end].concat().join("::");
    (module.join("::"), (*name).to_owned(), end)
}

fn values(row: &str) -> Vec<Case> {
    let (path, by_glob) = written(row);
    let (module, name, end) = halves(&path);
    let renamed = if end.is_empty() { "renamed" } else { "Renamed" };
    let mut cases = vec![
        case("called", "", format!("let a = ::{path}(1);")),
        case(A_POINTER, "", format!("let f = ::{path};")),
        case("handed on", "", format!("all.map({path});")),
        case(
            "imported",
            format!("use {module}::{name};"),
            format!("{name}{end}();"),
        ),
        case(
            "renamed",
            format!("use {module}::{name} as {renamed};"),
            format!("let f = {renamed}{end};"),
        ),
        case(
            "in a macro",
            "",
            format!("assert!(true, \"{{}}\", {path}());"),
        ),
        case("in an unknown macro", "", format!("some!(x => {path}; y);")),
        case(
            IN_A_HELPER,
            format!("fn one() {{ two() }} fn two() {{ {path}(); }}"),
            "one();",
        ),
        twin(
            "of another module",
            format!("use crate::own::{name};"),
            format!("{name}{end}();"),
        ),
    ];
    if by_glob {
        let (file, body) = (format!("use {module}::*;"), format!("{name}{end}();"));
        cases.push(case("by a glob", file, body));
    }
    cases.extend(own(&module, &name, &end, by_glob));
    cases
}

/// The same name for what is the user's own, and an own name for the same.
fn own(module: &str, name: &str, end: &str, by_glob: bool) -> Vec<Case> {
    let Some(function) = end.strip_prefix("::") else {
        let (own, body) = (
            format!("fn {name}() {{}} "),
            format!("{name}(); let f = {name};"),
        );
        return vec![twin("an own function", own, body)];
    };
    let own = format!("struct {name}; impl {name} {{ fn {function}() {{}} }}");
    let mut cases = vec![twin(
        "of an own type",
        own,
        format!("let f = {name}{end}; f();"),
    )];
    if name.starts_with(char::is_lowercase) || by_glob {
        cases.push(case(
            "by an alias",
            format!("type Other = {module}::{name};"),
            format!("Other{end}();"),
        ));
    }
    cases
}

fn types(row: &str, given: usize) -> Vec<Case> {
    let (path, _) = written(row);
    let (module, name) = path.rsplit_once("::").expect("a full path");
    let arguments = match given {
        0 => String::new(),
        given => format!("<{}>", vec!["u8"; given].join(", ")),
    };
    vec![
        case("a type", "", format!("let a: ::{path}{arguments} = x;")),
        case(
            "in a type",
            "",
            format!("let a: Vec<{path}{arguments}> = x;"),
        ),
        case(
            "collected",
            "",
            format!("x.collect::<{path}{arguments}>();"),
        ),
        case(
            "renamed",
            format!("use {module}::{name} as Renamed;"),
            format!("let a: &Renamed{arguments} = x;"),
        ),
        case(
            "by a glob",
            format!("use {module}::*;"),
            format!("let a: {name}{arguments} = x;"),
        ),
        case(
            "by an alias",
            format!("type Other = {path}{arguments};"),
            "let a: Other = x;",
        ),
        twin(
            "an own type",
            format!("struct {name};"),
            format!("let a: {name}{arguments} = x;"),
        ),
        twin(
            "of another module",
            format!("use crate::own::{name};"),
            format!("let a: {name}{arguments} = x;"),
        ),
    ]
}

fn macros(row: &str) -> Vec<Case> {
    let (path, _) = written(row);
    let (module, name) = path.rsplit_once("::").expect("a full path");
    let mut cases = vec![
        case("called", "", format!("::{path}!(a);")),
        case("as a value", "", format!("let a = {path}!(b);")),
        case("renamed", format!("use {path} as renamed;"), "renamed!(a);"),
        case(
            "by a glob",
            format!("use {module}::*;"),
            format!("{name}!(a);"),
        ),
        case(IN_A_HELPER, format!("fn one() {{ {path}!(a); }}"), "one();"),
        twin(
            "an own macro",
            format!("macro_rules! {name} {{ () => {{}} }}"),
            format!("{name}!(a);"),
        ),
        twin(
            "of another module",
            format!("use crate::own::{name};"),
            format!("{name}!(a);"),
        ),
    ];
    if module == "std" {
        cases.push(case("of the prelude", "", format!("{name}!(a);")));
    }
    cases
}

fn methods(row: &str) -> Vec<Case> {
    let (ty, method) = row.rsplit_once('.').expect("a method has a type");
    if ty == "*" {
        return vec![
            case("of a value", "", format!("made().{method}();")),
            case(
                "of a variable",
                "",
                format!("let x = made(); x.{method}(1);"),
            ),
            twin(
                "an own method",
                format!("struct Own; impl Own {{ fn {method}(&self) {{}} }}"),
                format!("let x = made(); x.{method}();"),
            ),
            twin(
                "of an own trait",
                format!("mod inner {{ trait Own {{ fn {method}(&self); }} }}"),
                format!("made().{method}();"),
            ),
            twin(
                "of an own type",
                "use crate::own::Own;",
                format!("let x: Own = made(); x.{method}();"),
            ),
        ];
    }
    let (module, name) = ty.rsplit_once("::").unwrap_or(("std", ty));
    let mut cases = vec![
        case(
            "of a typed variable",
            "",
            format!("let x: &{ty} = made(); (&x).{method}();"),
        ),
        case(
            IN_A_HELPER,
            format!("fn one(x: &{ty}) {{ x.{method}(); }}"),
            "one(made());",
        ),
        twin(
            "of an own type",
            format!("struct {name};"),
            format!("let x: {name} = made(); x.{method}();"),
        ),
        twin("of whatever", "", format!("let x = made(); x.{method}();")),
    ];
    if ty.contains("::") {
        cases.push(case(
            "of an imported type",
            format!("use {module}::{name} as Renamed;"),
            format!("let x: Renamed = made(); x.{method}();"),
        ));
    }
    // Whatever makes a value of tokio's is forbidden itself; a pointer has no name.
    if !ty.starts_with("tokio") && ty != "pointer" {
        let (made, at_once) = (format!("let x = {ty}::new();"), format!("{ty}::of(1)"));
        cases.push(case("of what is made", "", format!("{made} x.{method}();")));
        cases.push(case("at once", "", format!("{at_once}.{method}();")));
    }
    cases
}

fn constructs(row: &str) -> Vec<Case> {
    match row {
        "unsafe" => vec![
            case("a block", "", "let a = unsafe { b };"),
            case("in a closure", "", "let a = || unsafe { b };"),
            twin("of a helper", "fn one() { unsafe { two() } }", "one();"),
        ],
        "extern" => vec![case("a block", "", "extern \"C\" { fn a(); }")],
        "pointer as integer" => vec![
            case("of a slice", "", "let a = b.as_ptr() as usize;"),
            case("of a cast", "", "let a = (&b as *const u8) as u64;"),
            case("raw", "", "let a = &raw const b as usize;"),
            twin(
                "a number",
                "",
                "let a = b as usize; let c = d.len() as u64;",
            ),
            twin("another pointer", "", "let a = b.as_ptr() as *const u8;"),
        ],
        "{:p}" => vec![
            case("of an argument", "", "let a = format!(\"{:p}\", b);"),
            case("of a name", "", "let a = format!(\"{} {b:#p}\", c);"),
            twin(
                "of a number",
                "",
                "let a = format!(\"{p} {:.2} {{:p}}\", c);",
            ),
        ],
        "{:?} of a pointer" => vec![
            case(
                "of an argument",
                "",
                "let a = format!(\"{:?}\", b.as_ptr());",
            ),
            case(
                "of a name",
                "",
                "let p = &raw const b; let a = format!(\"{} {p:#?}\", c);",
            ),
            case(
                "of a typed variable",
                "",
                "let p: *const u8 = b; format!(\"{} {:?}\", c, p);",
            ),
            case(
                "of a named argument",
                "",
                "format!(\"{p:?}\", p = &b as *const u8);",
            ),
            twin(
                "of a value",
                "",
                "let p = &b; format!(\"{p:?} {:?} {} {{:?}}\", c, 1);",
            ),
        ],
        other => panic!("the construct {other} has no case"),
    }
}
