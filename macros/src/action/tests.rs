//! The items of actions as text, and durations.

use crate::check::Source;
use std::time::Duration;

use expect_test::{ExpectFile, expect_file};
use proc_macro2::TokenStream;
use quote::quote;

use super::duration;

/// Expands `item` with `args` and compares what comes out, formatted.
fn check(args: TokenStream, item: TokenStream, expected: &ExpectFile) {
    let expanded = super::expand(args, item, &Source::default()).to_string();
    let file = syn::parse_file(&expanded).expect("the expansion is a list of items");
    expected.assert_eq(&prettyplease::unparse(&file));
}

#[test]
fn an_async_action() {
    check(
        quote!(
            name = "pay",
            retry(attempts = 3, first_delay = "1s", factor = 3),
            retry_if = is_busy,
            timeout = "5s"
        ),
        quote! {
            /// Charges.
            #[tracing::instrument]
            pub(crate) async fn charge(
                gateway: Dep<Gateway>,
                cx: ActionCx,
                mut order: Order,
                r#type: &str,
                items: &[Item],
            ) -> Result<Receipt, PayError> {
                gateway.charge(&cx, &mut order, r#type, items).await
            }
        },
        &expect_file!["snapshots/async_action.rs.txt"],
    );
}

#[test]
fn a_plain_action_runs_on_the_blocking_pool() {
    check(
        quote!(),
        quote!(
            fn hash(bytes: &Bytes) -> u64 {
                bytes.hash()
            }
        ),
        &expect_file!["snapshots/plain_action.rs.txt"],
    );
}

#[test]
fn a_refused_action_still_resolves() {
    check(
        quote!(),
        quote!(
            async fn save<T: Save>(store: &Dep<Store>, value: T) -> &str {
                store.save(value).await
            }
        ),
        &expect_file!["snapshots/refused_action.rs.txt"],
    );
}

#[test]
fn a_refused_option_does_not_take_the_action_away() {
    check(
        quote!(timeout = "soon"),
        quote!(
            async fn ping() {}
        ),
        &expect_file!["snapshots/refused_option.rs.txt"],
    );
}

#[test]
fn durations_are_a_whole_number_and_a_unit() {
    let parsed = |text| duration::parse(text);
    assert_eq!(parsed("250us"), Some(Duration::from_micros(250)));
    assert_eq!(parsed("100ms"), Some(Duration::from_millis(100)));
    assert_eq!(parsed("2m"), Some(Duration::from_mins(2)));
    assert_eq!(parsed("7d"), Some(Duration::from_hours(7 * 24)));
    for wrong in [
        "",
        "5",
        "s",
        "5 s",
        "-5s",
        "1.5s",
        "5S",
        "5sec",
        "99999999999999999999s",
        "18446744073709551615d",
    ] {
        assert_eq!(parsed(wrong), None, "{wrong:?}");
    }
}
