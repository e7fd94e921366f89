//! What a file says of its types beside their functions: what they derive, and what
//! their statics are made of.

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;

use super::functions::told;

fn check(file: &str, body: &TokenStream, expected: &Expect) {
    expected.assert_eq(&told(file, body));
}

#[test]
fn a_derived_default_calls_those_of_its_fields() {
    check(
        "use std::collections::{BTreeMap, HashMap};
         #[derive(Clone, Default)] struct Outer { inner: Inner, n: u8 }
         #[derive(Default)] struct Inner(Id);
         struct Id; impl Default for Id { fn default() -> Self { rand::random() } }
         #[derive(Default)] struct Tally {
             by: HashMap<u8, u8>,
         }
         #[derive(Default)] struct Calm { by: BTreeMap<u8, u8>, hashed: HashMap<u8, u8, Fixed> }
         fn outer() -> Outer { Outer::default() }
         ",
        &quote!(Outer::default(); outer(); let t: Tally = Default::default(); Calm::default();),
        &expect![[r#"
            `rand::random` takes random numbers from the system
            through `Outer::default` -> `Inner::default` -> `Id::default`, in line 4 of this file
            `std::collections::HashMap` has another order in each process
            through `Tally::default`, in line 6 of this file"#]],
    );
    check(
        "#[derive(Default)] struct Outer { inner: Inner, n: u8 }
         #[derive(Default)] struct Inner(Id);
         struct Id; impl Default for Id { fn default() -> Self { rand::random() } }
         ",
        &quote!(Outer { n: 1, ..Default::default() };),
        &expect![[r#"
            `rand::random` takes random numbers from the system
            through `Outer::default` -> `Inner::default` -> `Id::default`, in line 3 of this file"#]],
    );
}

#[test]
fn a_static_changes_if_a_part_of_it_does() {
    check(
        "use std::sync::{Mutex as Lock, LazyLock, atomic::AtomicU64};
         struct Metrics { orders: AtomicU64 }
         struct Outer { metrics: Option<Metrics> }
         enum Kind { A(Lock<u8>), B }
         type Hits = std::sync::atomic::AtomicI64;
         struct Lazy(LazyLock<u8>);
         static METRICS: Metrics = Metrics { orders: AtomicU64::new(0) };
         static OUTER: Outer = Outer::new();
         static KIND: Kind = Kind::B;
         static HITS: Hits = Hits::new(0);
         static LAZY: Lazy = Lazy::new();
         static LOCK: Lock<u8> = Lock::new(0);
         ",
        &quote!(METRICS.order(); OUTER.a(); KIND.b(); HITS.load(x); LAZY.0; LOCK.lock();),
        &expect![[r#"
            the static `METRICS` is shared by all flows of this process, and lost when it ends
            the static `OUTER` is shared by all flows of this process, and lost when it ends
            the static `KIND` is shared by all flows of this process, and lost when it ends
            the static `HITS` is shared by all flows of this process, and lost when it ends
            the static `LAZY` is filled when something in this process first uses it, with whatever that finds
            the static `LOCK` is shared by all flows of this process, and lost when it ends"#]],
    );
    check(
        "struct Mutex(i64); struct AtomicI64 { n: i64 } struct List { next: Option<Box<List>> }
         static A: Mutex = Mutex(1); static B: AtomicI64 = AtomicI64::new(1);
         static C: List = List { next: None }; static D: &[u8] = &[];
         ",
        &quote!(A.0; B.n; C.next; D[0];),
        &expect![""],
    );
}

#[test]
fn a_static_of_a_body_is_told_by_what_it_is() {
    check(
        "use std::sync::OnceLock;
         fn host() { static HOST: OnceLock<String> = OnceLock::new(); HOST.get(); }
         fn table() { static TABLE: [u8; 2] = [1, 2]; TABLE[0]; }
         ",
        &quote!(host(); table(); static N: std::sync::atomic::AtomicU8 = new();),
        &expect![[r#"
            the static `HOST` is filled when something in this process first uses it, with whatever that finds
            through `host`, in line 2 of this file
            the static `N` is shared by all flows of this process, and lost when it ends"#]],
    );
}

#[test]
fn tables_of_functions_do_what_these_do() {
    check(
        "static RULES: [fn(u8) -> u8; 2] = [fixed, drawn];
         const MAKERS: &[(&str, fn() -> uuid::Uuid)] = &[(\"a\", uuid::Uuid::new_v4)];
         fn fixed(n: u8) -> u8 { n }
         fn drawn(n: u8) -> u8 { rand::random() }
         ",
        &quote!(RULES[1](3); (MAKERS[0].1)();),
        &expect![[r#"
            `rand::random` takes random numbers from the system
            through `RULES` -> `drawn`, in line 4 of this file
            `uuid::Uuid::new_v4` makes an id from the clock or from random numbers
            through `MAKERS`, in line 2 of this file"#]],
    );
}
