//! Methods that are found by the traits of the file, and names that are hidden.

use quote::quote;

use super::functions::told;

const CLOCKS: &str = "trait Clock { fn now(&self) -> u8; }
    struct System; struct Fixed;
    impl Clock for System { fn now(&self) -> u8 { std::process::id() } }
    fn clock() -> impl Clock { System }
    trait Make { fn make() -> u8; fn made(&self) -> u8; }
    impl Make for System { fn make() -> u8 { std::process::id() } fn made(&self) -> u8 { std::process::id() } }
    impl Make for Fixed { fn make() -> u8 { 1 } fn made(&self) -> u8 { 1 } }
    fn maker() -> impl Make { Fixed }
    trait Age { fn age(&self) -> u8; }
    impl Age for DateTime<Utc> { fn age(&self) -> u8 { std::process::id() } }
    trait Tap { fn tap(self) -> Self; }
    impl<T> Tap for T { fn tap(self) -> Self { std::process::id() } }
    trait Shown { fn show(&self) { std::process::id() } }
    impl<T> Shown for T {}
    fn ready(p: impl AsRef<std::path::Path>) -> bool { p.as_ref().exists() }
    ";

#[test]
fn methods_are_found_by_the_traits_of_the_file() {
    for body in [
        quote!(clock().now();),
        quote!(<System as Make>::make();),
        quote!(Make::made(&System);),
        quote!(let at: DateTime<Utc> = x; at.age();),
        quote!(3.tap();),
        quote!(3.show();),
        quote!(let n = other(); n.tap();),
        quote!(let s = std::rc::Rc::new(System); s.now();),
        quote!(let s; s = System; s.now();),
        quote!(ready("a");),
    ] {
        assert!(told(CLOCKS, &body).contains("through `"), "{body}");
    }
    for body in [
        quote!(<Fixed as Make>::make();),
        quote!(Make::made(&Fixed);),
        quote!(maker().made();),
        quote!(let at: DateTime<Local> = x; at.other();),
        quote!(let s; s = Fixed; s.made();),
        quote!(let s = std::rc::Rc::new(Fixed); s.made();),
    ] {
        assert_eq!(told(CLOCKS, &body), "", "{body}");
    }
}

#[test]
fn names_that_are_hidden_are_not_meant() {
    let file = "use chrono::Utc;
        trait Now { fn now() -> i64; }
        fn at<Utc: Now>() -> i64 { Utc::now() }
        struct Slab; impl Slab { fn as_ptr(&self) -> usize { 3 } }
        fn slab() -> Slab { Slab }
        ";
    let calm = quote!(at::<Fixed>(); let s = Slab; s.as_ptr() as usize; slab().as_ptr() as u64;);
    assert_eq!(told(file, &calm), "");
    let pointer = quote!(let v: Vec<u8> = x; v.as_ptr() as usize;);
    assert_eq!(
        told(file, &pointer),
        "a pointer as an integer depends on where a value lies in memory"
    );
    assert_eq!(
        told("", &quote!(v.as_mut_ptr() as usize;)).lines().count(),
        1
    );
}
