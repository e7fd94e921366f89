#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn checkout(order: Order) -> ::flowstone::__private::FlowCall<checkout> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields.argument("order", <checkout>::__FLOW_ARGUMENT_0.encode(&order))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `checkout`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct checkout {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "checkout",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 3065642465806523045u64,
        locals: &["order", "receipt", "order.items", "for item"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "checkout",
                label: "charge",
                file: ::core::file!(),
                line: 3u32,
                column: 53u32,
                twins: 1u16,
                kept: &[2u16],
            },
            ::flowstone::__private::Site {
                flow: "checkout",
                label: "ship",
                file: ::core::file!(),
                line: 6u32,
                column: 42u32,
                twins: 1u16,
                kept: &[1u16, 2u16, 3u16],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl checkout {
        #[doc(hidden)]
        const __FLOW_ARGUMENT_0: ::flowstone::__private::Tie<Order> = ::flowstone::__private::flow_argument::<
            Order,
        >();
        /// The name under which the flow is registered and stored.
        pub const NAME: &'static str = SHAPE.name;
        /// What the compiler knows about the flow.
        #[must_use]
        pub fn shape() -> &'static ::flowstone::__private::Shape {
            &SHAPE
        }
    }
    #[automatically_derived]
    impl ::flowstone::__private::Machine for checkout {
        type Output = Result<Receipt, Error>;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            Result<Receipt, Error>,
        >();
        const SHAPE: &'static ::flowstone::__private::Shape = &SHAPE;
        #[allow(
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
            let _: [(); __FLOW_PLAIN] = [];
            let __flow_done = ::flowstone::__private::run_once(async {
                if false {
                    return ::flowstone::__private::diverge::<Result<Receipt, Error>>();
                }
                struct __flow_s0<__flow_f0> {
                    items: __flow_f0,
                }
                let __flow_y0 = Self::__FLOW_ARGUMENT_0;
                let __flow_y4 = ::flowstone::__private::tie();
                let __flow_y5 = ::flowstone::__private::tie();
                let __flow_y6 = ::flowstone::__private::tie();
                let __flow_o0 = ::flowstone::__private::awaited();
                let __flow_o1 = ::flowstone::__private::awaited();
                let mut __flow_j3 = ::core::option::Option::None;
                let mut __flow_j4 = ::core::option::Option::None;
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut order,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            {
                                let __flow_op = charge(order.id, order.cents);
                                __flow_run.put(&[2u16], (__flow_y5,), (&order.items,));
                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t3) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let ::core::option::Option::Some((__flow_l5,)) = __flow_run
                                .take(&[2u16], (__flow_y5,)) else { break '__flow_m };
                            let mut order = __flow_s0 { items: __flow_l5 };
                            let receipt = ::flowstone::__private::outcome(__flow_t3)?;
                            {
                                let __flow_t6 = ::flowstone::__private::cursor(
                                    &order.items,
                                );
                                {
                                    __flow_j3 = ::core::option::Option::Some((
                                        receipt,
                                        order.items,
                                        __flow_t6,
                                    ));
                                    __flow_state = 3u16;
                                    continue '__flow_m;
                                }
                            }
                        }
                        3u16 => {
                            let ::core::option::Option::Some(
                                (mut receipt, __flow_l5, mut __flow_t6),
                            ) = __flow_j3.take() else { break '__flow_m };
                            let mut order = __flow_s0 { items: __flow_l5 };
                            {
                                '__flow_b0: {
                                    '__flow_c0: {
                                        match ::flowstone::__private::walk_next(
                                            &order.items,
                                            &mut __flow_t6,
                                        ) {
                                            ::core::option::Option::Some(item) => {
                                                if item.digital {
                                                    break '__flow_c0;
                                                }
                                                {
                                                    let __flow_op = ship(&item.sku, receipt.key);
                                                    __flow_run
                                                        .put(
                                                            &[1u16, 2u16, 3u16],
                                                            (__flow_y4, __flow_y5, __flow_y6),
                                                            (&receipt, &order.items, &__flow_t6),
                                                        );
                                                    __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                                                    continue '__flow_m;
                                                }
                                            }
                                            ::core::option::Option::None => {
                                                break '__flow_b0;
                                            }
                                        }
                                    }
                                    {
                                        __flow_j3 = ::core::option::Option::Some((
                                            receipt,
                                            order.items,
                                            __flow_t6,
                                        ));
                                        __flow_state = 3u16;
                                        continue '__flow_m;
                                    }
                                }
                                {
                                    __flow_j4 = ::core::option::Option::Some((receipt,));
                                    __flow_state = 4u16;
                                    continue '__flow_m;
                                }
                            }
                        }
                        2u16 => {
                            let ::core::option::Option::Some(__flow_t9) = __flow_run
                                .outcome(2u16, __flow_o1) else { break '__flow_m };
                            {
                                '__flow_b0: {
                                    '__flow_c0: {
                                        {
                                            {
                                                ::flowstone::__private::outcome(__flow_t9)?;
                                            }
                                        }
                                    }
                                    {
                                        let ::core::option::Option::Some(
                                            (__flow_l4, __flow_l5, __flow_l6),
                                        ) = __flow_run
                                            .take(
                                                &[1u16, 2u16, 3u16],
                                                (__flow_y4, __flow_y5, __flow_y6),
                                            ) else { break '__flow_m };
                                        __flow_j3 = ::core::option::Option::Some((
                                            __flow_l4,
                                            __flow_l5,
                                            __flow_l6,
                                        ));
                                        __flow_state = 3u16;
                                        continue '__flow_m;
                                    }
                                }
                            }
                        }
                        4u16 => {
                            let ::core::option::Option::Some((mut receipt,)) = __flow_j4
                                .take() else { break '__flow_m };
                            {}
                            return Ok(receipt);
                        }
                        _ => break '__flow_m,
                    }
                }
                match ::flowstone::__private::stop().await {}
            });
            __flow_run.end(__flow_done)
        }
    }
    ::flowstone::__private::inventory::submit! {
        ::flowstone::__private::Registration::Flow(::flowstone::__private::FlowDef::of::
        < checkout > ())
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unnecessary_wraps
    )]
    const __FLOW_PLAIN: usize = {
        let _ = |order: Order| async move {
            if false {
                return ::flowstone::__private::diverge::<Result<Receipt, Error>>();
            }
            let order = order;
            let receipt = ::flowstone::__private::awaited()
                .oracle(charge(order.id, order.cents))?;
            for item in &order.items {
                if item.digital {
                    continue;
                }
                ::flowstone::__private::awaited().oracle(ship(&item.sku, receipt.key))?;
            }
            Ok(receipt)
        };
        0
    };
};
