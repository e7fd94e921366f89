//! Collections without an order in what flows store, inside of own types.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::super::source;
use super::{module, refusals_in, walked};
use crate::diag::Diagnostics;
use crate::parse;

const FILE: &str = "use std::collections::*;
    struct Stock { shop: u8, prices: HashMap<String, u64> }
    struct Shelf { stocks: Vec<Option<Stock>> }
    enum Event { Empty, Tagged { tags: std::sync::Arc<HashSet<u8>> } }
    type Free = HashMap<u8, u8>;
    struct Aliased(u8, Free);
    struct Fixed { prices: HashMap<String, u64, Hasher>, sorted: BTreeMap<u8, u8>, next: Option<Box<Fixed>> }
    struct Generic<T> { of: T }
    mod inner { use super::*; pub struct Deep { pub shelf: Shelf } pub mod own { pub struct HashMap<K, V>(K, V); } }
    mod calm { use super::inner::own::HashMap; pub struct Deep { all: HashMap<u8, u8> } }
";

/// What the warnings are about.
fn warnings(diag: Diagnostics) -> Vec<String> {
    let told = diag.finish().to_string();
    let notes = told.split("note = \"").skip(1);
    let notes = notes.filter_map(|note| note.split(" has another order").next());
    notes.map(ToOwned::to_owned).collect()
}

fn of_flow(flow: TokenStream) -> Vec<String> {
    let mut diag = Diagnostics::new();
    let flow = parse::flow(TokenStream::new(), flow, &mut diag).expect("a function");
    walked(&flow, Some(&source::around(&module(FILE), 99)), &mut diag);
    warnings(diag)
}

fn of_type(ty: &Type) -> Vec<String> {
    of_flow(quote!(async fn f(x: #ty) {}))
}

fn of_body(body: &TokenStream) -> Vec<String> {
    of_flow(quote!(async fn f() { #body }))
}

const PRICES: &str = "`Stock.prices` is a `std::collections::HashMap`, which";

#[test]
fn own_types_are_looked_into() {
    let held = |ty: Type| of_type(&ty).join("; ");
    assert_eq!(held(syn::parse_quote!(Stock)), PRICES);
    assert_eq!(held(syn::parse_quote!(Vec<Shelf>)), PRICES);
    assert_eq!(held(syn::parse_quote!(inner::Deep)), PRICES);
    assert_eq!(held(syn::parse_quote!(Generic<Stock>)), PRICES);
    assert_eq!(
        held(syn::parse_quote!(Event)),
        "`Tagged.tags` is a `std::collections::HashSet`, which"
    );
    assert_eq!(
        held(syn::parse_quote!(Aliased)),
        "`Aliased.1` is a `std::collections::HashMap`, which"
    );
    for calm in [
        "Fixed",
        "Generic<u8>",
        "calm::Deep",
        "other::Stock",
        "Vec<Fixed>",
    ] {
        assert_eq!(held(syn::parse_str(calm).expect("a type")), "", "{calm}");
    }
    let result = of_flow(quote!(
        async fn f() -> Result<Stock, String> {}
    ));
    assert_eq!(result, [PRICES]);
}

#[test]
fn what_is_kept_is_looked_into() {
    let kept = [
        quote!(let stock = Stock::load(); other().await; stock.shop),
        quote!(let stock: Stock = far(); if a { b.await; } print(stock)),
        quote!(let Some(stock) = Shelf::load().stocks.pop() else { return }; a.await; stock;),
        quote!(let stock = Stock::load(); for a in b { c(&stock, a).await; }),
        quote!(let stock = Stock::load(); a.await; format!("{stock:?}");),
        quote!(loop {
            let stock = Stock::load();
            a.await;
            b(stock);
        }),
    ];
    for body in kept {
        assert_eq!(of_body(&body), [PRICES], "{body}");
    }
    let gone = [
        quote!(let stock = Stock::load(); let n = stock.shop; other(n).await; n),
        quote!(let stock = Stock::load(); put(stock).await; 1),
        quote!(let fixed = Fixed::load(); put(1).await; fixed),
        quote!(let stock = Stock::load(); f(stock); other().await;),
        quote!(struct Stock { n: u8 } let stock = Stock::load(); a.await; stock),
    ];
    for body in gone {
        assert_eq!(of_body(&body), [""; 0], "{body}");
    }
}

#[test]
fn the_result_of_an_action_is_looked_into() {
    let told = |ty: Type| {
        let mut diag = Diagnostics::new();
        let modules = vec![module(FILE)];
        super::super::told_of(&ty, Some(modules), &mut diag);
        warnings(diag).join("; ")
    };
    assert_eq!(told(syn::parse_quote!(Result<Shelf, String>)), PRICES);
    assert_eq!(told(syn::parse_quote!(Result<Fixed, String>)), "");
}

#[test]
fn a_collection_of_items_is_told_of_unless_a_type_says_its_hasher() {
    let told = |body: &TokenStream| refusals_in(Some(&vec![module(FILE)]), body);
    let map = "`std::collections::HashMap::from_iter` has another order in each process\n";
    let typed = "`std::collections::HashMap` has another order in each process\n";
    assert_eq!(told(&quote!(send(HashMap::from_iter(pairs));)), map);
    let in_field = quote!(Stock { shop: 1, prices: HashMap::from_iter(pairs) };);
    assert_eq!(told(&in_field), map);
    let annotated = quote!(let a: HashMap<_, _> = HashMap::from_iter(pairs););
    assert_eq!(told(&annotated), typed);
    for fixed in [
        quote!(let a: HashMap<_, _, Hasher> = HashMap::from_iter(pairs);),
        quote!(let a: far::Map = HashMap::from_iter(pairs);),
        quote!(Fixed { prices: HashMap::from_iter(pairs), ..old };),
        quote!(send(BTreeMap::from_iter(pairs));),
    ] {
        assert_eq!(told(&fixed), "", "{fixed}");
    }
    let items = quote!(let a: far::Map = HashMap::from_iter(std::env::vars()););
    assert_eq!(
        told(&items),
        "`std::env::vars` reads or changes the process's environment\n"
    );
}
