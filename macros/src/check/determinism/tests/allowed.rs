//! What a flow allows itself, and what is told all the same.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::source::Source;
use super::super::{flow, walked};
use super::module;
use crate::diag::Diagnostics;
use crate::parse;

/// What is told of a flow with these arguments, and whether rustc may look at it.
fn told(args: TokenStream, file: &str, body: &TokenStream) -> (String, bool) {
    let mut diag = Diagnostics::new();
    let function = quote!(async fn f() { #body });
    let parsed = parse::flow(args, function, &mut diag).expect("a function");
    let is_checked = match file {
        "" => flow(&parsed, &Source::default(), &mut diag),
        file => walked(&parsed, Some(&vec![module(file)]), &mut diag),
    };
    (diag.finish().to_string(), is_checked)
}

#[test]
fn a_clock_of_the_zone_needs_both_groups() {
    let file = "use chrono::Local; fn at() { Local::now(); }";
    for body in [
        quote!(Local::now();),
        quote!(at();),
        quote!(jiff::Zoned::now();),
    ] {
        let groups = |args: TokenStream| {
            let (told, _) = told(args, file, &body);
            let ids = told.split("determinism/").skip(1);
            let ids = ids.filter_map(|rest| rest.split('"').next());
            ids.map(ToOwned::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(groups(quote!()), ["wall_clock"], "{body}");
        let zone = groups(quote!(allow(wall_clock, reason = "a")));
        assert_eq!(zone, ["timezone_locale"], "{body}");
        let clock = groups(quote!(allow(timezone_locale, reason = "a")));
        assert_eq!(clock, ["wall_clock"], "{body}");
        let both = groups(quote!(allow(
            flow::timezone_locale,
            wall_clock,
            reason = "a"
        )));
        assert_eq!(both, [""; 0], "{body}");
    }
}

#[test]
fn a_wrong_allow_is_told_once() {
    for args in [
        quote!(allow(wall_clock)),
        quote!(allow(clock, reason = "a")),
        quote!(allow(all, reason = "a")),
        quote!(allow = "wall_clock"),
        quote!(
            allow(ids, ids, reason = "a"),
            allow(wall_clock, reason = "a")
        ),
    ] {
        let text = args.to_string();
        let (told, _) = told(args, "", &quote!(std::time::SystemTime::now();));
        assert_eq!(told.matches("compile_error").count(), 1, "{text}: {told}");
        assert_eq!(
            told.contains("did you mean"),
            text.contains("(clock"),
            "{told}"
        );
    }
}

#[test]
fn what_is_told_in_a_helper_is_said_as_it_is_meant() {
    let file = "fn grown(n: f64) -> f64 { n.powf(1.5) }
        async fn cool() { std::thread::sleep(x) }";
    let (text, _) = told(quote!(strict), file, &quote!(grown(1.0);));
    assert!(
        text.contains("should not use it") && !text.contains("cannot be used"),
        "{text}"
    );
    let (_, is_checked) = told(quote!(), file, &quote!(cool().await;));
    assert!(!is_checked, "rustc would tell that it cannot be awaited");
    let (_, is_checked) = told(quote!(), file, &quote!(std::time::SystemTime::now();));
    assert!(is_checked);
}
