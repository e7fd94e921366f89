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
    expected.assert_eq(&told(file, body));
}

pub(super) fn told(file: &str, body: &TokenStream) -> String {
    let mut diag = Diagnostics::new();
    let flow = quote!(async fn f() { #body });
    let mut flow = parse::flow(TokenStream::new(), flow, &mut diag).expect("a function");
    crate::fork::open(&mut flow.body);
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
    lines.join("\n")
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

/// Two types that ask the system, and functions that give them.
const SERVICES: &str = "use std::time::{SystemTime, UNIX_EPOCH};
    struct Ctx;
    impl Ctx { const ONE: Self = Self; fn of(n: u8) -> Self { Self } fn id(&self) -> u64 { rand::random() } fn me(self) -> Self { self } }
    enum Kind { Fast, Slow(u8) }
    impl Kind { fn go(&self) { println!() } }
    struct Shop { ctx: Ctx, kinds: Vec<Kind> }
    impl Shop { fn open() -> Result<Self, String> { todo!() } fn kind(&self) -> Option<&Kind> { None } }
    fn make() -> Ctx { Ctx }
    fn all() -> Vec<Ctx> { vec![] }
    mod inner { pub struct Deep; impl Deep { pub fn now(&self) { std::time::Instant::now(); } } pub fn deep() -> Option<Deep> { None } }
    macro_rules! stamp { ($a:expr, $($b:tt)*) => { let t = std::time::SystemTime::now(); $a + $($b),* }; () => { 0 } }
    macro_rules! add { ($a:expr) => { $a + 1 } }
    #[action] async fn load() -> Result<Ctx, String> { todo!() }
    #[action] async fn load_all() -> Vec<Ctx> { todo!() }
    #[flow] async fn other() -> Ctx { todo!() }
    const CH: Channel<Ctx> = channel(1);
    enum Event { Came(Ctx), Gone { ctx: Ctx, n: u8 } }
    trait Walks { fn read_dir(&self); }
    struct Calm; impl Calm { fn id(&self) -> u64 { 1 } fn go(&self) {} }
";

/// A body that comes to `Ctx::id`, once.
fn leads_to_id(body: &TokenStream) {
    check(
        SERVICES,
        body,
        &expect![[r#"
            `rand::random` takes random numbers from the system
            through `Ctx::id`, in line 3 of this file"#]],
    );
}

#[test]
fn methods_are_followed_on_whatever_says_its_type() {
    let bodies = [
        quote!(let c = Ctx; c.id();),
        quote!(make().id();),
        quote!(let s = make(); s.me().id();),
        quote!(Ctx::ONE.id();),
        quote!(all()[0].id();),
        quote!(for c in all() {
            c.id();
        }),
        quote!(for (_, c) in all().iter().enumerate() {
            c.id();
        }),
        quote!(let n: u64 = all().iter().map(|c| c.id()).sum();),
        quote!(all().into_iter().fold(0, |sum, c| sum + c.id());),
        quote!(if let Some(c) = all().first() {
            c.id();
        }),
        quote!(match all().pop() { Some(c) => c.id(), None => 0 };),
        quote!(let Some(c) = all().pop() else { return }; c.id();),
        quote!(let shop = Shop::open()?; shop.ctx.id();),
        quote!(let (c, n) = (Ctx, 1); c.id();),
        quote!(let c = if n > 1 { Ctx } else { make() }; c.id();),
    ];
    bodies.iter().for_each(leads_to_id);
}

#[test]
fn methods_are_followed_on_what_is_awaited_and_in_patterns() {
    let bodies = [
        quote!(let c = load().await?; c.id();),
        quote!(let c = load().label("first").await.unwrap(); c.id();),
        quote!(for c in load_all().await {
            c.id();
        }),
        quote!(match load().await { Ok(c) if c.id() > 3 => 1, _ => 2 };),
        quote!(other().await.id();),
        quote!(let c = flow::receive(CH).await; c.id();),
        quote!(let (_, c) = flow::join!(tick(1), load()); c?.id();),
        quote!(match event { Event::Came(c) => c.id(), _ => 1 };),
        quote!(if let Event::Gone { ctx, .. } = &event {
            ctx.id();
        }),
        quote!(let Shop { ctx: c, .. } = &shop; c.id();),
        quote!(if let [c, ..] = all().as_slice() {
            c.id();
        }),
        quote!(let all: Vec<Option<Ctx>> = todo(); for c in all.iter().flatten() {
            c.id();
        }),
    ];
    bodies.iter().for_each(leads_to_id);
}

#[test]
fn methods_are_followed_through_closures_of_methods() {
    let bodies = [
        quote!(names.iter().map(|n| n.len()); all().iter().map(|c| c.me()).map(|c| c.id());),
        quote!(names.iter().map(|n| make()); vec![1].iter().map(|n| make()).map(|c| c.id());),
        quote!(vec![1].into_iter().map(|n| (n, Ctx)).for_each(|(n, c)| c.id());),
        quote!(let n: Vec<u8> = x; n.iter().copied().map(Ctx::of).map(|c| c.id());),
        quote!(vec![1].into_iter().filter_map(|n| Some(Ctx)).map(|c| c.id());),
        quote!(vec![1].into_iter().flat_map(|n| all()).any(|c| c.id() > 1);),
        quote!(vec![1].into_iter().map(|n| { let c = make(); c }).map(|c| c.id());),
        quote!(Some(1).map(|n| Ctx).unwrap().id();),
        quote!(Some(1).and_then(|n| all().pop()).map_or(0, |c| c.id());),
        quote!(let all = vec![1].into_iter().map(|n| Ctx).collect::<Vec<_>>(); all[0].id();),
        quote!(let all: Vec<_> = vec![1].into_iter().map(|n| Ctx).collect(); all[0].id();),
        quote!(vec![Calm].iter().map(|c| { c.id(); make() }).map(|c| c.id());),
    ];
    bodies.iter().for_each(leads_to_id);
    // What the closure is given is not what it makes.
    let calm = quote!(all().iter().map(|c| Calm).map(|c| c.id()););
    check(SERVICES, &calm, &expect![[""]]);
    let calm = quote!(fallible().map_err(|c: Calm| c).map_err(|c| c.id()););
    check(SERVICES, &calm, &expect![[""]]);
}

#[test]
fn methods_are_followed_on_what_a_race_gives() {
    let bodies = [
        quote!(flow::race! { c = load() => c?.id(), _ = tick(1) => 0 };),
        quote!(flow::race! { _ = tick(1) => 0, Ok(c) = load() => c.id(), c = other() => 1 };),
        quote!(flow::race! { _ = tick(1) => 0, _ = load() => 0, c = other() => { c.id() } };),
        quote!(flow::race! { c = other() => c.id() };),
        quote!(let c = flow::race! { c = other() => c, c = flow::receive(CH) => c }; c.id();),
        quote!(let c = flow::race! { _ = tick(1) => return, Ok(c) = load() => c }; c.id();),
    ];
    bodies.iter().for_each(leads_to_id);
    let calm = quote!(flow::race! { _ = load() => 0, c = tick(1) => c.id() };);
    check(SERVICES, &calm, &expect![[""]]);
}

#[test]
fn methods_are_followed_on_variants_fields_and_what_std_gives() {
    let bodies = [
        quote!(Kind::Fast.go();),
        quote!(let k = Kind::Slow(1); k.go();),
        quote!(for k in &shop.kinds {
            k.go();
        }),
        quote!(shop.kind().unwrap().go();),
        quote!(shop.kinds.iter().for_each(|k| k.go());),
    ];
    for body in bodies {
        check(
            SERVICES,
            &quote!(let shop: Shop = todo(); #body),
            &expect![[r#"
                `std::println!` prints, and prints again whenever the step is run again
                through `Kind::go`, in line 5 of this file"#]],
        );
    }
    check(
        SERVICES,
        &quote!(inner::deep().unwrap().now(); std::time::SystemTime::UNIX_EPOCH.elapsed();),
        &expect![[r#"
            `std::time::Instant::now` reads the monotonic clock
            through `Deep::now`, in line 10 of this file
            `std::time::SystemTime::elapsed` reads the wall clock"#]],
    );
}

#[test]
fn macros_of_the_file_are_followed() {
    check(
        SERVICES,
        &quote!(let a = stamp!(1, 2); let b = add!(3);),
        &expect![[r#"
            `std::time::SystemTime::now` reads the wall clock
            through `stamp!`, in line 11 of this file"#]],
    );
}

#[test]
fn methods_that_types_have_without_saying_so_are_followed() {
    let file = "trait Stamped { fn name(&self) -> u8; fn stamp(&self) { Self::at(); } fn own(&self) { println!() } }
        impl Stamped for Order { fn name(&self) -> u8 { 1 } fn own(&self) {} }
        struct Order; impl Order { fn at() { rand::random(); } }
        impl Default for Order { fn default() -> Self { Self::at(); Order } }
        impl From<u8> for Order { fn from(n: u8) -> Self { Self::at(); Order } }
        impl Iterator for Order { type Item = u8; fn next(&mut self) -> Option<u8> { Self::at(); None } }
        impl std::fmt::Display for Order { fn fmt(&self, f: &mut F) -> R { Self::at(); } }
        impl std::str::FromStr for Order { fn from_str(s: &str) -> R { Self::at(); } } impl Order { const NEW: fn() = Order::at; }
        impl From<u8> for Two { fn from(n: u8) -> Self { Two } } struct Two;
        impl From<u16> for Two { fn from(n: u16) -> Self { Order::at(); Two } }
        struct Calm { n: u8 }";
    let way = |body: &TokenStream, name: &str| {
        let expected = "`rand::random` takes random numbers from the system\n\
                        through `Order::NAME` -> `Order::at`, in line 3 of this file";
        let told = told(file, body);
        assert_eq!(told, expected.replace("NAME", name), "{body}");
    };
    way(&quote!(Order.stamp();), "stamp");
    way(&quote!(let o = Order; o.to_string();), "fmt");
    way(&quote!(let o: Order = Default::default();), "default");
    way(&quote!(Order { n: 1, ..Default::default() };), "default");
    way(&quote!(let o: Order = 3.into();), "from");
    way(&quote!(let o: Order = "a".parse()?;), "from_str");
    way(
        &quote!(let o: Order = "a".parse().expect("one");),
        "from_str",
    );
    way(&quote!("a".parse::<Order>()?;), "from_str");
    way(
        &quote!(let all: Vec<Order> = vec![]; all.resize_with(3, Default::default);),
        "default",
    );
    way(
        &quote!(let o: Option<Order> = x; o.unwrap_or_default();),
        "default",
    );
    way(&quote!(let o = Order; format!("{o}");), "fmt");
    way(&quote!(format!("{:?} {}", 1, Order);), "fmt");
    way(&quote!((Order::NEW)();), "NEW");
    way(&quote!(let all: Vec<u8> = Order.take(3).collect();), "next");
    way(&quote!(for n in Order {}), "next");
    let calm = quote! {
        Order.name();
        Order.own();
        let a: Calm = Default::default();
        let b: Calm = 3.into();
        a.to_string();
        let c = Calm { ..Default::default() };
        for n in c {}
        let d: u8 = Default::default();
        Order.clone();
        let two: Two = 3.into();
        Two::from(3);
        let o: Option<Calm> = x;
        o.unwrap_or_default();
        format!("{:?} {a}", Order);
    };
    assert_eq!(told(file, &calm), "");
}

#[test]
fn methods_of_other_types_are_not_taken_for_them() {
    let bodies = [
        quote!(let c = Calm; c.id(); c.go();),
        quote!(let c = Ctx; let c = Calm; c.id();),
        quote!(for c in vec![Calm] {
            c.id();
        }),
        quote!(calm.iter().map(|c| c.id());),
        quote!(other().id(); unknown.go();),
        quote!(let f = |c: Calm| c.id();),
        quote!(if let Some(c) = Some(Calm) {
            c.go();
        }),
        quote!(let n: u32 = 3; n.read_dir();),
        quote!(let f: dep::kit::Form = make_one(); f.canonicalize(); dep::Kit::read_dir(&f);),
    ];
    for body in bodies {
        check(SERVICES, &body, &expect![[""]]);
    }
}

#[test]
fn a_constant_that_is_a_function_is_what_it_names() {
    check(
        "use std::time::SystemTime;
         const NOW: fn() -> SystemTime = SystemTime::now;
         const LATER: fn() -> u64 = || { stamp(); 3 };
         fn stamp() { NOW(); }
         fn f() {}",
        &quote!(LATER();),
        &expect![[r#"
            `std::time::SystemTime::now` reads the wall clock
            through `LATER` -> `stamp` -> `NOW`, in line 2 of this file"#]],
    );
}

#[test]
fn a_type_that_is_written_out_before_a_function_counts() {
    check(
        "use std::collections::HashMap;
         type Fixed<K, V> = HashMap<K, V, S>;
         fn f() {}",
        &quote! {
            HashMap::<u8, u8>::default();
            HashMap::<u8, u8, S>::default();
            Fixed::<u8, u8>::default();
            Vec::<u8>::new();
        },
        &expect!["`std::collections::HashMap` has another order in each process"],
    );
}
