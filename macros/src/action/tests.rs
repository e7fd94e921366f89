//! The items of actions as text, and durations.

#![expect(clippy::needless_raw_string_hashes, reason = "blessing writes them so")]

use std::time::Duration;

use expect_test::{Expect, expect};
use proc_macro2::TokenStream;
use quote::quote;

use super::duration;

/// Expands `item` with `args` and compares what comes out, formatted.
fn check(args: TokenStream, item: TokenStream, expected: &Expect) {
    let expanded = super::expand(args, item).to_string();
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
        &expect![[r#"
            /// Charges.
            #[allow(private_interfaces, clippy::all, clippy::pedantic)]
            pub(crate) fn charge(
                order: Order,
                r#type: &str,
                items: &[Item],
            ) -> ::flowstone::__private::ActionCall<charge> {
                ::flowstone::__private::ActionCall::capture(|__flow_fields| {
                    <charge>::__ARGUMENTS.0.encode(__flow_fields, "order", &order)?;
                    <charge>::__ARGUMENTS.1.encode(__flow_fields, "type", r#type)?;
                    <charge>::__ARGUMENTS.2.encode(__flow_fields, "items", items)?;
                    let _ = __flow_fields;
                    ::core::result::Result::Ok(())
                })
            }
            ///The action `pay`.
            #[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
            pub(crate) struct charge {}
            #[automatically_derived]
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            impl charge {
                /// The name under which the action is registered and stored.
                pub const NAME: &'static str = "pay";
                const __ARGUMENTS: (
                    ::flowstone::__private::ArgumentTie<Order, Order>,
                    ::flowstone::__private::ArgumentTie<str, <str as ::std::borrow::ToOwned>::Owned>,
                    ::flowstone::__private::ArgumentTie<[Item], ::std::vec::Vec<Item>>,
                ) = (
                    ::flowstone::__private::argument::<Order>(),
                    ::flowstone::__private::borrowed_argument::<str>(),
                    ::flowstone::__private::slice_argument::<Item>(),
                );
                fn __attempt(
                    __flow_deps: &::flowstone::__private::Deps,
                    __flow_cx: ::flowstone::__private::ActionCx,
                    __flow_fields: &::flowstone::__private::Fields,
                ) -> ::core::result::Result<
                    ::flowstone::__private::RunFuture,
                    ::flowstone::__private::AttemptOutcome,
                > {
                    #[allow(unused_imports)]
                    use ::flowstone::__private::{ViaResult as _, ViaValue as _};
                    let _ = (__flow_deps, &__flow_cx, __flow_fields);
                    let __flow_a0 = __flow_deps
                        .get::<Gateway>()
                        .map_err(::flowstone::__private::AttemptOutcome::MissingDep)?;
                    let __flow_a1 = ::flowstone::__private::ActionCx::clone(&__flow_cx);
                    let __flow_a2 = <charge>::__ARGUMENTS.0.decode(__flow_fields, "order")?;
                    let __flow_a3 = <charge>::__ARGUMENTS.1.decode(__flow_fields, "type")?;
                    let __flow_a4 = <charge>::__ARGUMENTS.2.decode(__flow_fields, "items")?;
                    ::core::result::Result::Ok(
                        ::flowstone::__private::attempt(async move {
                            let __flow_reply = <charge>::run(
                                    __flow_a0,
                                    __flow_a1,
                                    __flow_a2,
                                    &__flow_a3,
                                    &__flow_a4,
                                )
                                .await;
                            (&&::flowstone::__private::ReplyTag::<Result<Receipt, PayError>>::new())
                                .attempt(
                                    __flow_reply,
                                    <charge as ::flowstone::__private::Action>::REPLY,
                                    is_busy,
                                )
                        }),
                    )
                }
            }
            impl charge {
                ///Runs the body of the action `pay` itself: it is not tried again, and nothing is stored.
                #[allow(
                    clippy::missing_errors_doc,
                    clippy::missing_panics_doc,
                    clippy::must_use_candidate,
                    clippy::needless_pass_by_value,
                    clippy::unused_async
                )]
                #[tracing::instrument]
                pub(crate) async fn run(
                    gateway: Dep<Gateway>,
                    cx: ActionCx,
                    mut order: Order,
                    r#type: &str,
                    items: &[Item],
                ) -> Result<Receipt, PayError> {
                    gateway.charge(&cx, &mut order, r#type, items).await
                }
            }
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl ::flowstone::__private::Action for charge {
                type Output = Result<Receipt, PayError>;
                const REPLY: ::flowstone::__private::ReplyTie<Self::Output> = ::flowstone::__private::fallible_reply::<
                    Receipt,
                    PayError,
                >();
                const DEF: &'static ::flowstone::__private::ActionDef = &::flowstone::__private::ActionDef {
                    name: "pay",
                    file: ::core::file!(),
                    line: 1u32,
                    policy: ::flowstone::__private::Policy::new(
                        ::flowstone::__private::Retry::attempts(3u32)
                            .first_delay(::core::time::Duration::new(1u64, 0u32))
                            .factor(3f64),
                        ::core::option::Option::Some(::core::time::Duration::new(5u64, 0u32)),
                        ::core::option::Option::None,
                    ),
                    deps: || ::std::vec![::flowstone::__private::DepDef::of:: < Gateway > ()],
                    run: |deps, cx, arguments| ::flowstone::__private::prepared(
                        <charge>::__attempt(deps, cx, arguments),
                    ),
                    failed: |failure| {
                        #[allow(unused_imports)]
                        use ::flowstone::__private::{ViaFailure as _, ViaNoFailure as _};
                        (&&::flowstone::__private::ReplyTag::<Result<Receipt, PayError>>::new())
                            .failed(failure, <charge as ::flowstone::__private::Action>::REPLY)
                    },
                };
            }
            ::flowstone::__private::inventory::submit! {
                ::flowstone::__private::Registration::Action(< charge as
                ::flowstone::__private::Action > ::DEF)
            }
        "#]],
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
        &expect![[r##"
            #[allow(private_interfaces, clippy::all, clippy::pedantic)]
            fn hash(bytes: &Bytes) -> ::flowstone::__private::ActionCall<hash> {
                ::flowstone::__private::ActionCall::capture(|__flow_fields| {
                    <hash>::__ARGUMENTS.0.encode(__flow_fields, "bytes", bytes)?;
                    let _ = __flow_fields;
                    ::core::result::Result::Ok(())
                })
            }
            ///The action `hash`.
            #[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
            struct hash {}
            #[automatically_derived]
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            impl hash {
                /// The name under which the action is registered and stored.
                pub const NAME: &'static str = "hash";
                const __ARGUMENTS: (::flowstone::__private::ArgumentTie<Bytes, Bytes>,) = (
                    ::flowstone::__private::argument::<Bytes>(),
                );
                fn __attempt(
                    __flow_deps: &::flowstone::__private::Deps,
                    __flow_cx: ::flowstone::__private::ActionCx,
                    __flow_fields: &::flowstone::__private::Fields,
                ) -> ::core::result::Result<
                    ::flowstone::__private::RunFuture,
                    ::flowstone::__private::AttemptOutcome,
                > {
                    #[allow(unused_imports)]
                    use ::flowstone::__private::{ViaResult as _, ViaValue as _};
                    let _ = (__flow_deps, &__flow_cx, __flow_fields);
                    let __flow_a0 = <hash>::__ARGUMENTS.0.decode(__flow_fields, "bytes")?;
                    ::core::result::Result::Ok(
                        ::flowstone::__private::attempt(async move {
                            let __flow_reply = ::flowstone::__private::blocking(move || <hash>::run(
                                    &__flow_a0,
                                ))
                                .await;
                            (&&::flowstone::__private::ReplyTag::<u64>::new())
                                .attempt(
                                    __flow_reply,
                                    <hash as ::flowstone::__private::Action>::REPLY,
                                    |_| true,
                                )
                        }),
                    )
                }
            }
            impl hash {
                ///Runs the body of the action `hash` itself: it is not tried again, and nothing is stored.
                #[allow(
                    clippy::missing_errors_doc,
                    clippy::missing_panics_doc,
                    clippy::must_use_candidate,
                    clippy::needless_pass_by_value,
                    clippy::unused_async
                )]
                fn run(bytes: &Bytes) -> u64 {
                    bytes.hash()
                }
            }
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl ::flowstone::__private::Action for hash {
                type Output = u64;
                const REPLY: ::flowstone::__private::ReplyTie<Self::Output> = ::flowstone::__private::reply::<
                    u64,
                >();
                const DEF: &'static ::flowstone::__private::ActionDef = &::flowstone::__private::ActionDef {
                    name: "hash",
                    file: ::core::file!(),
                    line: 1u32,
                    policy: ::flowstone::__private::Policy::new(
                        ::flowstone::__private::Retry::DEFAULT,
                        ::core::option::Option::None,
                        ::core::option::Option::None,
                    ),
                    deps: || ::std::vec![],
                    run: |deps, cx, arguments| ::flowstone::__private::prepared(
                        <hash>::__attempt(deps, cx, arguments),
                    ),
                    failed: |failure| {
                        #[allow(unused_imports)]
                        use ::flowstone::__private::{ViaFailure as _, ViaNoFailure as _};
                        (&&::flowstone::__private::ReplyTag::<u64>::new())
                            .failed(failure, <hash as ::flowstone::__private::Action>::REPLY)
                    },
                };
            }
            ::flowstone::__private::inventory::submit! {
                ::flowstone::__private::Registration::Action(< hash as ::flowstone::__private::Action
                > ::DEF)
            }
        "##]],
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
        &expect![[r#"
            ::core::compile_error! {
                "an action cannot be generic: an engine finds it by its name, and each type would need one of its own\n\nhelp: write an action for each type"
            }
            ::core::compile_error! {
                "`Dep<..>` and `ActionCx` are given to an attempt by value: a `Dep` is a shared pointer itself\n\nhelp: remove the `&`"
            }
            ::core::compile_error! {
                "an action cannot return a borrow: its result is stored, and read long after it has ended\n\nhelp: return an owned value, such as `String` for `&str`"
            }
            #[allow(unused, clippy::all, clippy::pedantic)]
            fn save<T: Save>(value: T) -> ::flowstone::__private::Refused<()> {
                ::flowstone::__private::diverge()
            }
            #[allow(non_camel_case_types, missing_debug_implementations, missing_docs, dead_code)]
            struct save {}
            #[allow(missing_docs, dead_code, clippy::all, clippy::pedantic)]
            impl save {
                async fn run<T: Save>(store: &Dep<Store>, value: T) -> &str {
                    store.save(value).await
                }
            }
        "#]],
    );
}

#[test]
fn a_refused_option_does_not_take_the_action_away() {
    check(
        quote!(timeout = "soon"),
        quote!(
            async fn ping() {}
        ),
        &expect![[r#"
            ::core::compile_error! {
                "this is no duration\n\nhelp: write a whole number with its unit: \"250us\", \"100ms\", \"5s\", \"2m\", \"1h\" or \"7d\""
            }
            #[allow(private_interfaces, clippy::all, clippy::pedantic)]
            fn ping() -> ::flowstone::__private::ActionCall<ping> {
                ::flowstone::__private::ActionCall::capture(|__flow_fields| {
                    let _ = __flow_fields;
                    ::core::result::Result::Ok(())
                })
            }
            ///The action `ping`.
            #[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
            struct ping {}
            #[automatically_derived]
            #[allow(dead_code, clippy::all, clippy::pedantic)]
            impl ping {
                /// The name under which the action is registered and stored.
                pub const NAME: &'static str = "ping";
                const __ARGUMENTS: () = ();
                fn __attempt(
                    __flow_deps: &::flowstone::__private::Deps,
                    __flow_cx: ::flowstone::__private::ActionCx,
                    __flow_fields: &::flowstone::__private::Fields,
                ) -> ::core::result::Result<
                    ::flowstone::__private::RunFuture,
                    ::flowstone::__private::AttemptOutcome,
                > {
                    #[allow(unused_imports)]
                    use ::flowstone::__private::{ViaResult as _, ViaValue as _};
                    let _ = (__flow_deps, &__flow_cx, __flow_fields);
                    ::core::result::Result::Ok(
                        ::flowstone::__private::attempt(async move {
                            let __flow_reply = <ping>::run().await;
                            (&&::flowstone::__private::ReplyTag::<()>::new())
                                .attempt(
                                    __flow_reply,
                                    <ping as ::flowstone::__private::Action>::REPLY,
                                    |_| true,
                                )
                        }),
                    )
                }
            }
            impl ping {
                ///Runs the body of the action `ping` itself: it is not tried again, and nothing is stored.
                #[allow(
                    clippy::missing_errors_doc,
                    clippy::missing_panics_doc,
                    clippy::must_use_candidate,
                    clippy::needless_pass_by_value,
                    clippy::unused_async
                )]
                async fn run() {}
            }
            #[automatically_derived]
            #[allow(clippy::all, clippy::pedantic)]
            impl ::flowstone::__private::Action for ping {
                type Output = ();
                const REPLY: ::flowstone::__private::ReplyTie<Self::Output> = ::flowstone::__private::reply::<
                    (),
                >();
                const DEF: &'static ::flowstone::__private::ActionDef = &::flowstone::__private::ActionDef {
                    name: "ping",
                    file: ::core::file!(),
                    line: 1u32,
                    policy: ::flowstone::__private::Policy::new(
                        ::flowstone::__private::Retry::DEFAULT,
                        ::core::option::Option::None,
                        ::core::option::Option::None,
                    ),
                    deps: || ::std::vec![],
                    run: |deps, cx, arguments| ::flowstone::__private::prepared(
                        <ping>::__attempt(deps, cx, arguments),
                    ),
                    failed: |failure| {
                        #[allow(unused_imports)]
                        use ::flowstone::__private::{ViaFailure as _, ViaNoFailure as _};
                        (&&::flowstone::__private::ReplyTag::<()>::new())
                            .failed(failure, <ping as ::flowstone::__private::Action>::REPLY)
                    },
                };
            }
            ::flowstone::__private::inventory::submit! {
                ::flowstone::__private::Registration::Action(< ping as ::flowstone::__private::Action
                > ::DEF)
            }
        "#]],
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
