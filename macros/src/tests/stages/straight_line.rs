// A straight line, with all that stands around a machine: an await ends an arm, what is needed behind it is put into the frame.
//
//     async fn straight_line(order: Order) -> Receipt {
//         let key = reserve(order.id).await;
//         let paid = charge(key).await;
//         Receipt { key, paid }
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn straight_line(order: Order) -> ::flowstone::__private::FlowCall<straight_line> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields
            .argument("order", <straight_line>::__FLOW_ARGUMENT_0.encode(&order))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `straight_line`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct straight_line {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "straight_line",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 4560414809570669494u64,
        locals: &["order", "key"],
        params: 1usize,
        allows: &[],
        states: &[
            ::flowstone::__private::Site {
                flow: "straight_line",
                label: "reserve",
                file: ::core::file!(),
                line: 3u32,
                column: 41u32,
                twins: 1u16,
                kept: &[],
            },
            ::flowstone::__private::Site {
                flow: "straight_line",
                label: "charge",
                file: ::core::file!(),
                line: 4u32,
                column: 36u32,
                twins: 1u16,
                kept: &[1u16],
            },
        ],
        operands: &[],
        drawn: "start\nend\nstate 0\nstate 1\n0 > 2 \n2 > 3 \n3 > 1 \n",
    };
    #[used]
    static AUDITED: (&str, &::flowstone::__private::Shape) = (
        ::core::concat!(
            "\u{1e}flowstone-audit/1\u{1f}straight_line\u{1f}", ::core::file!(),
            "\u{1f}2\u{1f}\u{1e}"
        ),
        &SHAPE,
    );
    #[automatically_derived]
    #[allow(dead_code)]
    impl straight_line {
        #[doc(hidden)]
        const __FLOW_ARGUMENT_0: ::flowstone::__private::Tie<Order> = ::flowstone::__private::flow_argument::<
            Order,
        >(0);
        /// The name under which the flow is registered and stored.
        pub const NAME: &'static str = SHAPE.name;
        /// What the compiler knows about the flow.
        #[must_use]
        pub fn shape() -> &'static ::flowstone::__private::Shape {
            &SHAPE
        }
        /// The flow drawn: where it waits, and what leads from there to where.
        #[must_use]
        pub fn graph() -> ::flowstone::__private::Graph {
            ::flowstone::__private::Graph::of(&SHAPE)
        }
    }
    #[automatically_derived]
    impl ::flowstone::__private::Machine for straight_line {
        type Output = Receipt;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            Receipt,
        >();
        const SHAPE: &'static ::flowstone::__private::Shape = &SHAPE;
        #[allow(
            nonstandard_style,
            overflowing_literals,
            unexpected_cfgs,
            unused,
            unreachable_code,
            unreachable_patterns,
            unused_assignments,
            non_camel_case_types,
            irrefutable_let_patterns,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
            clippy::restriction
        )]
        fn resume(
            __flow_frame: ::flowstone::__private::Bytes,
            __flow_cx: &mut ::flowstone::__private::Cx,
        ) -> ::flowstone::__private::Progress<Self::Output> {
            let (mut __flow_run, mut __flow_state) = ::flowstone::__private::Run::open(
                &SHAPE,
                &__flow_frame,
                __flow_cx,
            )?;
            use ::flowstone::__private::{ViaDoubt as _, ViaNoPair as _, ViaPair as _};
            let (__flow_types, __flow_judged) = (
                ::flowstone::__private::Types,
                ::flowstone::__private::Right,
            );
            #[cfg(not(rust_analyzer))]
            let (__flow_types, __flow_judged) = {
                use ::flowstone::__private::{ViaRight as _, ViaWrong as _};
                let __flow_checked = ::flowstone::__private::checked(
                    __flow_plain::<&()>,
                );
                ((&__flow_checked).give(__flow_types), (&__flow_checked).judged())
            };
            let __flow_done = ::flowstone::__private::run_once(async {
                if false {
                    return __flow_types
                        .known(::flowstone::__private::diverge::<Receipt>());
                }
                use ::core::option::Option::Some as __flow_some;
                let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
                let __flow_y3 = __flow_judged.tie(1);
                let __flow_o0 = ::flowstone::__private::awaited();
                let __flow_o1 = ::flowstone::__private::awaited();
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let __flow_some((mut order,)) = __flow_run
                                .take_1((__flow_y0,)) else { break '__flow_m };
                            {
                                let __flow_op = reserve(order.id);
                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let __flow_some(mut __flow_t2) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let key = ::flowstone::__private::OfAwait(__flow_t2).0;
                            {
                                let __flow_op = charge(key);
                                if false {
                                    return ::flowstone::__private::diverge();
                                    __flow_run.are_1((__flow_y3,), (key,));
                                }
                                __flow_run.put_1((__flow_y3,), (&key,));
                                __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                                continue '__flow_m;
                            }
                        }
                        2u16 => {
                            let __flow_some((mut __flow_t4, (mut key,))) = __flow_run
                                .resume_1(2u16, __flow_o1, (__flow_y3,)) else {
                                break '__flow_m
                            };
                            let paid = ::flowstone::__private::OfAwait(__flow_t4).0;
                            return __flow_types.known(Receipt { key, paid });
                        }
                        _ => break '__flow_m,
                    }
                }
                match ::flowstone::__private::stop().await {}
            });
            __flow_types.known(__flow_run).end(__flow_done)
        }
    }
    ::flowstone::__private::inventory::submit! {
        ::flowstone::__private::Registration::Flow(::flowstone::__private::FlowDef::of::
        < straight_line > ())
    }
    #[allow(
        dead_code,
        non_camel_case_types,
        clippy::manual_filter,
        clippy::manual_find,
        clippy::manual_map,
        clippy::option_if_let_else
    )]
    fn __flow_plain<__flow_any>() -> impl ::core::marker::Sized {
        let _ = |order: Order| async move {
            if false {
                return ::flowstone::__private::diverge::<Receipt>();
            }
            let order = order;
            let key = ::flowstone::__private::OfAwait(
                    ::flowstone::__private::awaited().oracle(reserve(order.id)),
                )
                .0;
            let paid = ::flowstone::__private::OfAwait(
                    ::flowstone::__private::awaited().oracle(charge(key)),
                )
                .0;
            Receipt { key, paid }
        };
        ::flowstone::__private::not_send()
    }
};
