// A field moved away: what is needed of the others is kept by itself, and stands in a struct of the local's name.
//
//     async fn moved_fields(order: Order) -> Parcel {
//         let label = print(order.address).await;
//         pack(label, order.items).await
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn moved_fields(order: Order) -> ::flowstone::__private::FlowCall<moved_fields> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields
            .argument("order", <moved_fields>::__FLOW_ARGUMENT_0.encode(&order))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `moved_fields`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct moved_fields {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "moved_fields",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 15445719770079326769u64,
        locals: &["order", "order.items"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "moved_fields",
                label: "print",
                file: ::core::file!(),
                line: 3u32,
                column: 46u32,
                twins: 1u16,
                kept: &[1u16],
            },
            ::flowstone::__private::Site {
                flow: "moved_fields",
                label: "pack",
                file: ::core::file!(),
                line: 4u32,
                column: 38u32,
                twins: 1u16,
                kept: &[],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl moved_fields {
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
    impl ::flowstone::__private::Machine for moved_fields {
        type Output = Parcel;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            Parcel,
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
                    return ::flowstone::__private::diverge::<Parcel>();
                }
                struct __flow_s0<__flow_f0> {
                    items: __flow_f0,
                }
                let __flow_y0 = Self::__FLOW_ARGUMENT_0;
                let __flow_y4 = ::flowstone::__private::tie();
                let __flow_o0 = ::flowstone::__private::awaited();
                let __flow_o1 = ::flowstone::__private::awaited();
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut order,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            {
                                let __flow_op = print(order.address);
                                __flow_run.put(&[1u16], (__flow_y4,), (&order.items,));
                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t2) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let ::core::option::Option::Some((__flow_l4,)) = __flow_run
                                .take(&[1u16], (__flow_y4,)) else { break '__flow_m };
                            let mut order = __flow_s0 { items: __flow_l4 };
                            let label = ::flowstone::__private::outcome(__flow_t2);
                            {
                                let __flow_op = pack(label, order.items);
                                __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                                continue '__flow_m;
                            }
                        }
                        2u16 => {
                            let ::core::option::Option::Some(__flow_t5) = __flow_run
                                .outcome(2u16, __flow_o1) else { break '__flow_m };
                            return ::flowstone::__private::outcome(__flow_t5);
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
        < moved_fields > ())
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
                return ::flowstone::__private::diverge::<Parcel>();
            }
            let order = order;
            let label = ::flowstone::__private::awaited().oracle(print(order.address));
            ::flowstone::__private::awaited().oracle(pack(label, order.items))
        };
        0
    };
};
