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
    use ::flowstone::__private as __flow_rt;
    const AT: __flow_rt::Site = __flow_rt::Site::of("straight_line", ::core::file!());
    static SHAPE: __flow_rt::Shape = __flow_rt::Shape {
        name: "straight_line",
        version: 1u32,
        file: AT.file,
        line: 2u32,
        fingerprint: 4560414809570669494u64,
        locals: &["order", "key"],
        params: 1usize,
        allows: &[],
        states: &[
            AT.state("reserve", (3u32, 41u32), 1u16, ""),
            AT.state("charge", (4u32, 36u32), 1u16, "\u{1}"),
        ],
        operands: &[],
        drawn: "start\nend\nstate 0\nstate 1\n0 > 2 \n2 > 3 \n3 > 1 \n",
    };
    #[used]
    static AUDITED: (&str, &__flow_rt::Shape) = (
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
        const __FLOW_ARGUMENT_0: __flow_rt::Tie<Order> = <Order as __flow_rt::FlowArgument>::TIE
            .of(0);
        /// The name under which the flow is registered and stored.
        pub const NAME: &'static str = SHAPE.name;
        /// What the compiler knows about the flow.
        #[must_use]
        pub fn shape() -> &'static __flow_rt::Shape {
            &SHAPE
        }
        /// The flow drawn: where it waits, and what leads from there to where.
        #[must_use]
        pub fn graph() -> __flow_rt::Graph {
            __flow_rt::Graph::of(&SHAPE)
        }
    }
    #[automatically_derived]
    impl __flow_rt::Machine for straight_line {
        type Output = Receipt;
        const RESULT: __flow_rt::Tie<Self::Output> = <Receipt as __flow_rt::FlowResult>::TIE;
        const SHAPE: &'static __flow_rt::Shape = &SHAPE;
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
            __flow_frame: __flow_rt::Bytes,
            __flow_cx: &mut __flow_rt::Cx,
        ) -> __flow_rt::Progress<Self::Output> {
            let (mut __flow_run, mut __flow_state) = __flow_rt::Run::open(
                &SHAPE,
                &__flow_frame,
                __flow_cx,
            )?;
            use __flow_rt::{
                ViaDoubt as _, ViaExclusive as _, ViaFit as _, ViaMisfit as _,
                ViaShared as _,
            };
            let (__flow_types, __flow_judged) = (__flow_rt::Types, __flow_rt::Right);
            #[cfg(not(rust_analyzer))]
            let (__flow_types, __flow_judged) = {
                use __flow_rt::{ViaRight as _, ViaWrong as _};
                let __flow_checked = __flow_rt::checked(|| __flow_plain::<
                    &(),
                >(__flow_rt::diverge(), __flow_rt::diverge()));
                ((&__flow_checked).give(__flow_types), (&__flow_checked).judged())
            };
            let __flow_done = __flow_rt::run_once(async {
                if false {
                    return __flow_types.known(__flow_rt::diverge::<Receipt>());
                }
                use ::core::option::Option::Some as __flow_some;
                let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
                let __flow_y3 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
                let __flow_o0 = __flow_rt::Op::AWAITED;
                let __flow_o1 = __flow_rt::Op::AWAITED;
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let __flow_some((mut order,)) = __flow_run.take_1(__flow_y0)
                            else { break '__flow_m };
                            {
                                let __flow_op = reserve(order.id);
                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let __flow_some(mut __flow_t2) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let key = __flow_rt::OfAwait(__flow_t2).0;
                            {
                                let __flow_op = charge(key);
                                if false {
                                    return __flow_rt::diverge();
                                    __flow_run.are_1(__flow_y3, key);
                                }
                                __flow_state = __flow_run
                                    .wait_1(2u16, __flow_op, __flow_o1, __flow_y3, &key);
                                continue '__flow_m;
                            }
                        }
                        2u16 => {
                            let __flow_some((mut __flow_t4, mut key)) = __flow_run
                                .resume_1(2u16, __flow_o1, __flow_y3) else {
                                break '__flow_m
                            };
                            let paid = __flow_rt::OfAwait(__flow_t4).0;
                            return __flow_types.known(Receipt { key, paid });
                        }
                        _ => break '__flow_m,
                    }
                }
                match __flow_rt::stop().await {}
            });
            __flow_types.known(__flow_run).end(__flow_done)
        }
    }
    __flow_rt::inventory::submit! {
        __flow_rt::Registration::Flow(__flow_rt::FlowDef::of:: < straight_line > ())
    }
    #[allow(
        dead_code,
        non_camel_case_types,
        clippy::future_not_send,
        clippy::manual_filter,
        clippy::manual_find,
        clippy::manual_map,
        clippy::option_if_let_else,
        clippy::too_many_arguments,
        clippy::unused_async
    )]
    async fn __flow_plain<__flow_any>(order: Order, _: __flow_rt::NotSend) -> Receipt {
        let key = __flow_rt::OfAwait(__flow_rt::Op::AWAITED.oracle(reserve(order.id))).0;
        let paid = __flow_rt::OfAwait(__flow_rt::Op::AWAITED.oracle(charge(key))).0;
        Receipt { key, paid }
    }
};
