//! What the gate finds, with and without the file of the flow.

#![expect(clippy::needless_raw_string_hashes, reason = "blessing writes them so")]

mod allowed;
mod conditions;
mod derived;
mod foreign;
mod functions;
mod pages;
mod programs;
mod rows;
mod stored;
mod traits;
mod words;

use std::rc::Rc;

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

use super::meaning::{Meaning, Space};
use super::resolve::Resolver;
use super::source::{self, Module, Modules};
use super::table::{self, At};
use super::walked;
use crate::diag::Diagnostics;
use crate::parse;

/// The first lines of the refusals of `flow`, which stands in a module of the
/// names that `file` brings into scope.
fn refusals(file: Option<&str>, flow: &TokenStream) -> String {
    refusals_in(file.map(|file| vec![module(file)]).as_ref(), flow)
}

fn module(file: &str) -> Rc<Module> {
    Rc::new(Module::parse(file, true).expect("the file can be parsed"))
}

fn refusals_in(modules: Option<&Modules>, body: &TokenStream) -> String {
    let mut diag = Diagnostics::new();
    let flow = parse::flow(
        TokenStream::new(),
        quote!(async fn f() { #body }),
        &mut diag,
    );
    walked(&flow.expect("it is a function"), modules, &mut diag);
    first_lines(diag)
}

fn first_lines(diag: Diagnostics) -> String {
    let errors = diag.finish().to_string();
    let texts = errors
        .split("compile_error ! {")
        .skip(1)
        .filter_map(|error| error.split('"').nth(1));
    let mut lines: Vec<&str> = texts
        .filter_map(|text| text.split(", so it cannot").next())
        .collect();
    lines.push("");
    lines.join("\n")
}

fn check(file: &str, body: &TokenStream, expected: &Expect) {
    expected.assert_eq(&refusals(Some(file), body));
}

#[test]
fn paths_are_followed_through_imports() {
    check(
        "use std::time::{self, SystemTime as Clock, *};
         use chrono::prelude::*;
         use rand;
         type Started = Clock;
         extern crate uuid as ids;",
        &quote! {
            let a = Clock::now();
            let b = Started::now();
            let c = time::Instant::now();
            let d = Instant::now;
            let e = Utc::now();
            let f = rand::random::<u8>();
            let g = ids::Uuid::new_v4();
            let h = ::std::env::var("HOME");
            let i = <Clock>::now();
            let j = core::time::Duration::from_secs(1);
        },
        &expect![[r#"
            `std::time::SystemTime::now` reads the wall clock
            `std::time::SystemTime::now` reads the wall clock
            `std::time::Instant::now` reads the monotonic clock
            `std::time::Instant::now` reads the monotonic clock
            `chrono::Utc::now` reads the wall clock
            `rand::random` takes random numbers from the system
            `uuid::Uuid::new_v4` makes an id from the clock or from random numbers
            `std::env::var` reads or changes the process's environment
            `std::time::SystemTime::now` reads the wall clock
        "#]],
    );
}

#[test]
fn names_of_the_users_own_are_not_meant() {
    check(
        "use crate::clock::SystemTime;
         struct Instant;
         mod rand {}
         macro_rules! println { () => {} }
         fn random() -> u8 { 4 }",
        &quote! {
            let a = Instant::now();
            let b = SystemTime::now();
            let c = rand::random::<u8>();
            let d = random();
            println!();
            struct Uuid;
            let e = Uuid::new_v4();
            let f = crate::std::env::var("HOME");
        },
        &expect![[""]],
    );
}

#[test]
fn a_variable_hides_an_import_once_it_is_bound() {
    check(
        "use rand::{rng, random};",
        &quote! {
            let rng = rng();
            let value = rng();
            let apply = |random: fn() -> u8| random();
            let other = random::<u8>();
        },
        &expect![[r#"
            `rand::rng` takes random numbers from the system
            `rand::random` takes random numbers from the system
        "#]],
    );
}

#[test]
fn imports_in_the_body_count_where_they_stand() {
    check(
        "",
        &quote! {
            {
                use std::time::Instant;
                let a = Instant::now();
            }
            use std::thread::*;
            spawn(work);
        },
        &expect![[r#"
            `std::time::Instant::now` reads the monotonic clock
            `std::thread::spawn` depends on threads, which end with the process
        "#]],
    );
}

#[test]
fn hidden_places_are_searched_too() {
    check(
        "use std::env;",
        &quote! {
            assert_eq!(env::var("A"), Ok(flow::id()), "{:?}", env::var("B"));
            let a = some_macro!(x => env::var("C"); y);
            let b = vec![env::var("D"); 2];
            let c = names.map(env::var);
            let d = || env::var("E");
            fn helper() { env::var("F"); }
            #[action] fn allowed() { env::var("G"); }
        },
        &expect![[r#"
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
            `std::env::var` reads or changes the process's environment
        "#]],
    );
}

#[test]
fn an_order_that_is_fixed_by_a_hasher_is_allowed() {
    check(
        "use std::collections::*;
         type Fixed = HashMap<u8, u8, FixedState>;
         type Free = HashMap<u8, u8>;",
        &quote! {
            let a: HashMap<u8, u8> = HashMap::default();
            let b: HashMap<u8, u8, FixedState> = HashMap::default();
            let c: Fixed = Fixed::default();
            let d: Free = Free::new();
            let e = pairs.collect::<HashSet<_>>();
            let f = pairs.collect::<HashSet<_, FixedState>>();
            let g: Vec<Option<HashSet<u8>>> = vec![];
            let h: HashMap<u8, u8> = HashMap::new();
        },
        &expect![[r#"
            `std::collections::HashMap` has another order in each process
            `std::collections::HashMap::new` has another order in each process
            `std::collections::HashSet` has another order in each process
            `std::collections::HashSet` has another order in each process
            `std::collections::HashMap::new` has another order in each process
        "#]],
    );
}

#[test]
fn statics_that_can_change_are_shared() {
    check(
        "static COUNT: AtomicU64 = AtomicU64::new(0);
         static NAMES: &[&str] = &[];
         static WORDS: LazyLock<Vec<String>> = LazyLock::new(words);
         thread_local! { static HERE: Cell<u8> = Cell::new(0); }",
        &quote! {
            static LAST: Mutex<u8> = Mutex::new(0);
            let a = COUNT.load(Relaxed);
            let b = NAMES.len() + WORDS.len();
            HERE.set(1);
            thread_local! { static THERE: u8 = 1; }
        },
        &expect![[r#"
            the static `LAST` is shared by all flows of this process, and lost when it ends
            the static `COUNT` is shared by all flows of this process, and lost when it ends
            the static `WORDS` is filled when something in this process first uses it, with whatever that finds
            the static `HERE` is shared by all flows of this process, and lost when it ends
            `std::thread_local!` is shared by all flows of this process, and lost when it ends
        "#]],
    );
}

#[test]
fn without_a_file_the_last_two_words_count() {
    expect![[r#"
        `SystemTime::now` looks like `std::time::SystemTime::now`, which reads the wall clock
        `chrono::Utc::now` reads the wall clock
        `fs::read` looks like `std::fs::read`, which touches the file system
        `tokio::task::yield_now` belongs to an async runtime, which a flow does not run on
        `std::println!` prints, and prints again whenever the step is run again
    "#]]
    .assert_eq(&refusals(
        None,
        &quote! {
            let a = SystemTime::now();
            let b = chrono::Utc::now();
            let c = fs::read("x");
            let d = rng();
            let e = Timestamp::now();
            let f = tokio::task::yield_now();
            println!("x");
            use my::Instant;
            let g = Instant::now();
            let h = flow::now();
        },
    ));
}

#[test]
fn the_innermost_module_of_a_file_is_asked_first() {
    let text = "use std::time::Instant;
        mod outer {
            struct Instant;
            mod tests {
                use super::*;
                use super::super::Instant as Real;
            }
        }";
    let file = module(text);
    let body = quote! {
        let a = Instant::now();
        let b = Real::now();
    };
    let at = |line| refusals_in(Some(&source::around(&file, line)), &body);
    expect![[r#"
        `std::time::Instant::now` reads the monotonic clock
    "#]]
    .assert_eq(&at(1));
    expect![[""]].assert_eq(&at(3));
    expect![[r#"
        `std::time::Instant::now` reads the monotonic clock
    "#]]
    .assert_eq(&at(5));
}

#[test]
fn every_row_is_a_full_path_and_stands_once() {
    let rules = table::GROUPS.iter().flat_map(|group| group.rules);
    let mut rows: Vec<_> = rules
        .flat_map(|rule| rule.paths.iter().map(|path| (rule.at, path)))
        .collect();
    for (at, path) in &rows {
        let is_full = path.contains("::") || path.contains('.');
        assert!(is_full || *at == At::Syntax, "{path}");
        assert!(
            !path.contains(char::is_whitespace) || *at == At::Syntax,
            "{path}"
        );
    }
    let all = rows.len();
    rows.sort_by_key(|(at, path)| (format!("{at:?}"), **path));
    rows.dedup();
    assert_eq!(rows.len(), all);
}

#[test]
fn a_refusal_says_what_why_and_what_instead() {
    let mut diag = Diagnostics::new();
    let item: ItemFn = syn::parse_quote!(
        async fn f() {
            std::time::SystemTime::now()
        }
    );
    let flow = parse::flow(TokenStream::new(), quote!(#item), &mut diag).expect("a function");
    walked(&flow, None, &mut diag);
    let text = diag.finish().to_string().replace("\\n", "\n");
    expect![[r#"
        :: core :: compile_error ! { "`std::time::SystemTime::now` reads the wall clock, so it cannot be used in a `#[flow]`

        help: use `flow::now()`, or `SystemTime::from(flow::now())`
        help: or move it into an `#[action]` and await that
        note: after a crash a flow goes on from its last `.await`, and must do the same again
        note: if it is meant: `#[flow(allow(wall_clock, reason = \"..\"))]`; see https://docs.rs/flowstone/latest/flowstone/determinism/wall_clock" }"#]].assert_eq(&text);
}

#[test]
fn a_name_comes_through_one_glob_at_most() {
    let file =
        "use flowstone::prelude::*; use crates::types::*; use crates::acts::*; use std::time::*;
                use crates as types; use types::more::*;";
    let resolver = Resolver::new(Some(vec![module(file)]), None);
    let Meaning::Full(found) = resolver.meaning(&vec!["order".to_owned()], Space::Value) else {
        panic!("nothing is known of the name");
    };
    assert_eq!(found.len(), 6, "{found:?}");
    check(
        file,
        &quote!(Instant::now();),
        &expect![[r#"
            `std::time::Instant::now` reads the monotonic clock
        "#]],
    );
}
