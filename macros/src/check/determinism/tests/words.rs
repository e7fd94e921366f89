//! What is left out of a file, and which helpers are looked through.

use super::super::resolve::Resolver;
use super::super::skim;
use super::super::words;
use super::module;

#[test]
fn bodies_are_taken_out_and_lines_stay() {
    let text = r####"
fn a<'a>(text: &'a str) -> char {
    let brace = ['}', '\'', '\\', '{'];
    // } /* {
    /* } /* } */ { */
    let raw = r#"}"{"#; let bytes = b"}\"{"; let byte = b'}'; let r#fn = br"}";
    text.chars().next().unwrap_or(brace[0])
}
mod b { impl C { fn d(f: fn(u8)) { one(); } const E: u8 = { 7 }; } fn f(); }
macro_rules! g { ($x:expr) => { fn h() { $x } } }
fn i() {}
"####;
    let (skimmed, bodies) = skim::skim(text);
    let lines: Vec<&str> = skimmed.lines().collect();
    assert_eq!(lines.len(), text.lines().count());
    assert_eq!(lines[1], "fn a<'a>(text: &'a str) -> char {0");
    assert_eq!(lines[7], "}");
    assert_eq!(
        lines[8],
        "mod b { impl C { fn d(f: fn(u8)) {1} const E: u8 = { 7 }; } fn f(); }"
    );
    assert_eq!(
        lines[9],
        "macro_rules! g { ($x:expr) => { fn h() { $x } } }"
    );
    assert_eq!(lines[10], "fn i() {2}");
    assert_eq!(bodies.len(), 3);
    assert!(bodies[0].ends_with("unwrap_or(brace[0])\n"));
    assert_eq!(bodies[1..], [" one(); ", ""]);
}

#[test]
fn text_that_ends_too_early_is_taken_as_it_is() {
    for text in [
        "fn a() { \"",
        "fn a() { r#\"",
        "fn a( {",
        "/* /*",
        "fn a() { '",
        "}} fn b() {",
    ] {
        let (skimmed, _) = skim::skim(text);
        assert!(!skimmed.is_empty(), "{text}");
    }
}

/// Whether a helper with this body is looked through.
fn is_looked_through(body: &str) -> bool {
    let file = module(
        "use std::collections::BTreeMap; use std::time::{Duration, Instant}; use uuid::Uuid;
        use crate::orders::Order; use std::fs; use rand as dice; use flowstone::prelude::*;
        static SEEN: AtomicU64 = AtomicU64::new(0); type Map = BTreeMap<u8, u8>;
        mod inner { pub fn f() {} } fn own() {} macro_rules! mine { () => {} }
        struct Job; impl Job { fn id(&self) {} }",
    );
    words::may_lead(body, &Resolver::new(Some(vec![file]), None))
}

#[test]
fn helpers_without_a_word_that_leads_anywhere_are_passed_over() {
    let idle = [
        "order.items.iter().map(|item| item.price * item.count).sum()",
        "format!(\"{} {sum}\", order.now)",
        "let m: BTreeMap<u8, Order> = BTreeMap::new(); m.len() + Duration::from_secs(3).as_secs()",
        "fn name<'a>(a: &'static str) -> &'a str { a }",
        "// Instant::now()\n self.own = 3; let text = \"SystemTime::now()\"; a.b..text.len()",
    ];
    for body in idle {
        assert!(!is_looked_through(body), "{body}");
    }
}

#[test]
fn helpers_with_such_a_word_are_looked_through() {
    let led = [
        "let at = std::time::SystemTime::now();",
        "Uuid::new_v4()",
        "let new = Uuid::new_v4; f(new)",
        "Instant::default()",
        "fs::read(\"a\")",
        "dice::random()",
        "println!(\"a\")",
        "path . exists()",
        "tokio::spawn(f)",
        "format!(\"{SEEN:?}\")",
        "own()",
        "inner::f()",
        "self::own()",
        "super::f()",
        "mine!()",
        "job.id()",
        "Map::new()",
        "HashMap::<u8, u8>::default()",
        "r#own()",
        "use std::time::Instant as I; I::now()",
        "<Instant>::now()",
        "HashMap::<u8, u8>::new()",
        "rand::prelude::random()",
        "chrono::prelude::Utc::now()",
    ];
    for body in led {
        assert!(is_looked_through(body), "{body}");
    }
}
