//! What `cfg` leaves in: of several items of one name the one that ships, or each of them.

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Meta, parse_str};

use super::super::conditions::Asked;
use super::functions::told;

fn check(file: &str, body: &TokenStream, expected: &Expect) {
    expected.assert_eq(&told(file, body));
}

#[test]
fn what_is_for_tests_only_is_left_out() {
    let doubles = "#[cfg(not(test))] fn stamp() -> u64 { std::time::Instant::now(); 1 }
         #[cfg(test)] fn stamp() -> u64 { 1 }
         #[cfg(test)] mod rates { pub fn eu() -> u8 { rand::random() } }
         #[cfg(not(test))] mod rates { pub fn eu() -> u8 { 3 } }
         #[cfg(not(test))] use uuid::Uuid as Ids;
         #[cfg(test)] struct Ids;
         #[cfg(test)] impl Ids { fn new_v4() {} }
         struct Shop;
         impl Shop {
             #[cfg(test)] fn opens(&self) {}
             #[cfg(not(test))] fn opens(&self) { std::env::var(\"A\"); }
             #[cfg(test)] fn closes(&self) { std::env::var(\"B\"); }
             #[cfg(not(test))] fn closes(&self) {}
         }";
    check(
        doubles,
        &quote!(stamp(); rates::eu(); Ids::new_v4(); Shop.opens(); Shop.closes();),
        &expect![[r#"
            `std::time::Instant::now` reads the monotonic clock
            through `stamp`, in line 1 of this file
            `uuid::Uuid::new_v4` makes an id from the clock or from random numbers
            `std::env::var` reads or changes the process's environment
            through `Shop::opens`, in line 11 of this file"#]],
    );
}

#[test]
fn a_flow_of_a_module_for_tests_has_its_items() {
    check(
        "#[cfg(not(test))] mod flows { fn stamp() {} }
         #[cfg(test)] mod flows { fn stamp() { std::env::var(\"A\"); }
         }",
        &quote!(stamp();),
        &expect![[r#"
            `std::env::var` reads or changes the process's environment
            through `stamp`, in line 2 of this file"#]],
    );
}

#[test]
fn each_alternative_is_looked_at_where_it_is_not_known_which_is_there() {
    check(
        "#[cfg(one)] use chrono::Utc as Clock;
         #[cfg(two)] use self::fixed::Clock;
         mod fixed { pub struct Clock; impl Clock { pub fn now() {} } }
         #[cfg(one)] fn stamp() { std::env::var(\"A\"); }
         #[cfg(two)] fn stamp() {}
         #[cfg(one)] mod sys { pub fn id() {} }
         #[cfg(two)] mod sys { pub fn id() { std::process::id(); } }
         #[cfg(not(any(one, two)))] mod sys { pub fn id() { rand::random() } }
         ",
        &quote!(Clock::now(); stamp(); sys::id(); Clock::now();),
        &expect![[r#"
            `chrono::Utc::now` reads the wall clock
            `std::env::var` reads or changes the process's environment
            through `stamp`, in line 4 of this file
            `chrono::Utc::now` reads the wall clock
            `std::process::id` starts, ends or names a process
            through `id`, in line 7 of this file
            `rand::random` takes random numbers from the system
            through `id`, in line 8 of this file"#]],
    );
}

#[test]
fn statements_and_branches_that_are_not_there_are_not_looked_at() {
    check(
        "fn price() -> u8 { #[cfg(any())] println!(); #[cfg(test)] let a = Instant::now(); 1 }
         use std::time::Instant;",
        &quote! {
            price();
            #[cfg(test)]
            println!();
            if cfg!(test) { eprintln!(); } else if cfg!(not(test)) { print!(); } else { dbg!(); }
            #[cfg(verbose)]
            eprint!();
            match 1 {
                #[cfg(test)]
                1 => eprintln!(),
                _ => {}
            }
        },
        &expect![[r#"
            `std::print!` prints, and prints again whenever the step is run again
            `std::eprint!` prints, and prints again whenever the step is run again"#]],
    );
}

#[test]
fn conditions_are_read_as_the_compiler_was_asked() {
    let args =
        |args: &[&str]| Asked::by(&args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>());
    let rustc = args(&[
        "rustc",
        "--crate-name",
        "a",
        "--cfg",
        "feature=\"on\"",
        "--cfg=feature=\"too\"",
    ]);
    let cross = args(&[
        "rustc",
        "--crate-name",
        "a",
        "--target",
        "x86_64-pc-windows-gnu",
    ]);
    let other = args(&["rust-analyzer-proc-macro-srv"]);
    let os = format!("target_os = \"{}\"", std::env::consts::OS);
    let rows = [
        ("test", Some(false), Some(false), Some(false)),
        ("not(test)", Some(true), Some(true), Some(true)),
        ("any()", Some(false), Some(false), Some(false)),
        ("feature = \"on\"", Some(true), Some(false), None),
        ("feature = \"too\"", Some(true), Some(false), None),
        ("feature = \"off\"", Some(false), Some(false), None),
        (
            "all(test, feature = \"on\")",
            Some(false),
            Some(false),
            Some(false),
        ),
        ("any(feature = \"off\", verbose)", None, None, None),
        (
            "all(not(feature = \"off\"), not(test))",
            Some(true),
            Some(true),
            None,
        ),
        (&os, Some(true), None, None),
        ("target_os = \"none\"", Some(false), None, None),
        ("debug_assertions", None, None, None),
    ];
    for (text, by_rustc, by_cross, by_other) in rows {
        let meta: Meta = parse_str(text).expect("it is a condition");
        assert_eq!(rustc.is_met(&meta), by_rustc, "{text}");
        assert_eq!(cross.is_met(&meta), by_cross, "{text}");
        assert_eq!(other.is_met(&meta), by_other, "{text}");
    }
}
