//! Functions of the same file: a flow that calls one does what it does.

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;

use super::super::source;
use super::{module, walked};
use crate::diag::Diagnostics;
use crate::parse;

/// What is told of a flow in the last line of `file`: what it is about, and how it
/// is reached.
fn check(file: &str, body: &TokenStream, expected: &Expect) {
    let mut diag = Diagnostics::new();
    let flow = quote!(async fn f() { #body });
    let flow = parse::flow(TokenStream::new(), flow, &mut diag).expect("a function");
    let last = file.lines().count();
    walked(&flow, Some(&source::around(&module(file), last)), &mut diag);
    let told = diag.finish().to_string().replace("\\n", "\n");
    let lines = told.lines().filter_map(|line| match line {
        line if let Some((_, error)) = line.split_once("compile_error") => {
            error.split('"').nth(1)?.split(", so").next()
        }
        line => line.strip_prefix("note: called "),
    });
    let lines: Vec<&str> = lines.collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_way_is_told() {
    check(
        "use std::time::SystemTime as Clock;
         fn stamp() -> u64 { seconds(raw_now()) }
         fn seconds(time: Clock) -> u64 { 0 }
         fn raw_now() -> Clock {
             Clock::now()
         }",
        &quote!(let a = stamp(); let b = all.map(stamp); raw_now();),
        &expect![[r#"
            `std::time::SystemTime::now` reads the wall clock
            through `stamp` -> `raw_now`, in line 5 of this file"#]],
    );
}

#[test]
fn functions_of_types_and_modules_are_followed() {
    check(
        "mod util {
             pub mod deep { pub fn now() { std::time::Instant::now(); } }
             pub use deep::now as other;
         }
         use util::deep;
         struct Order { at: u64 }
         impl Order {
             fn new() -> Self { Self::id(); Self { at: 0 } }
             fn id() -> u64 { rand::random() }
             fn home(&self) { self.inner(); }
             fn inner(&self) { std::env::var(\"HOME\"); }
         }",
        &quote! {
            crate::util::deep::now();
            util::other();
            let order = Order::new();
            order.home();
        },
        &expect![[r#"
            `std::time::Instant::now` reads the monotonic clock
            through `now`, in line 2 of this file
            `rand::random` takes random numbers from the system
            through `Order::new` -> `Order::id`, in line 9 of this file
            `std::env::var` reads or changes the process's environment
            through `Order::home` -> `Order::inner`, in line 11 of this file"#]],
    );
}

#[test]
fn functions_that_call_each_other_are_followed_once() {
    check(
        "fn even(n: u32) -> bool { n == 0 || odd(n - 1) }
         fn odd(n: u32) -> bool { println!(\"{n}\"); n != 0 && even(n - 1) }",
        &quote!(even(4); odd(3);),
        &expect![[r#"
            `std::println!` prints, and prints again whenever the step is run again
            through `even` -> `odd`, in line 2 of this file"#]],
    );
}

#[test]
fn what_is_no_function_of_the_file_is_not_followed() {
    check(
        "#[action] fn act() { std::env::var(\"A\"); }
         #[flowstone::flow] async fn other() { std::env::var(\"B\"); }
         fn named() { std::env::var(\"C\"); }
         fn harmless() { let named = 1; named + 1; }
         use elsewhere::helper;",
        &quote!(act().await; other().await; let named = || 1; named(); harmless(); helper();),
        &expect![[""]],
    );
}

#[test]
fn what_a_function_may_do_to_itself_is_not_told() {
    check(
        "fn fast(bytes: &[u8]) -> &str { unsafe { from_utf8_unchecked(bytes) } }
         fn shared() -> u64 { std::sync::Mutex::new(1); COUNT.load(Relaxed) }
         static COUNT: AtomicU64 = AtomicU64::new(0);",
        &quote!(fast(x); shared();),
        &expect![[r#"
            the static `COUNT` is shared by all flows of this process, and lost when it ends
            through `shared`, in line 2 of this file"#]],
    );
}
