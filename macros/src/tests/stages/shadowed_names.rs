// Two locals of one name that are both needed: the inner block is opened again around the inner one.
//
//     async fn shadowed_names(x: u64) -> u64 {
//         let y = {
//             let x = x + 1;
//             step(x).await;
//             x * 2
//         };
//         x + y
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn shadowed_names(x: u64) -> ::flowstone::__private::FlowCall<shadowed_names> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields.argument("x", <shadowed_names>::__FLOW_ARGUMENT_0.encode(&x))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `shadowed_names`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct shadowed_names {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "shadowed_names",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 3081574023046439971u64,
        locals: &["x", "x#2"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "shadowed_names",
                label: "step",
                file: ::core::file!(),
                line: 5u32,
                column: 25u32,
                twins: 1u16,
                kept: &[0u16, 1u16],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl shadowed_names {
        #[doc(hidden)]
        const __FLOW_ARGUMENT_0: ::flowstone::__private::Tie<u64> = ::flowstone::__private::flow_argument::<
            u64,
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
    impl ::flowstone::__private::Machine for shadowed_names {
        type Output = u64;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            u64,
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
                    return ::flowstone::__private::diverge::<u64>();
                }
                let __flow_y0 = Self::__FLOW_ARGUMENT_0;
                let __flow_y2 = ::flowstone::__private::tie();
                let __flow_o0 = ::flowstone::__private::awaited();
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut x,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            {
                                '__flow_e2: {
                                    '__flow_e1: {
                                        let x = x + 1;
                                        {
                                            let __flow_op = step(x);
                                            __flow_run.put(&[1u16], (__flow_y2,), (&x,));
                                            __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                            break '__flow_e1;
                                        }
                                        break '__flow_e2;
                                    }
                                    __flow_run.put(&[0u16], (__flow_y0,), (&x,));
                                    continue '__flow_m;
                                }
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t3) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let ::core::option::Option::Some((__flow_l0, __flow_l2)) = __flow_run
                                .take(&[0u16, 1u16], (__flow_y0, __flow_y2)) else {
                                break '__flow_m
                            };
                            let mut x = __flow_l0;
                            let mut __flow_t1;
                            {
                                let mut x = __flow_l2;
                                ::flowstone::__private::outcome(__flow_t3);
                                __flow_t1 = x * 2;
                            }
                            let y = __flow_t1;
                            return x + y;
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
        < shadowed_names > ())
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unnecessary_wraps
    )]
    const __FLOW_PLAIN: usize = {
        let _ = |x: u64| async move {
            if false {
                return ::flowstone::__private::diverge::<u64>();
            }
            let x = x;
            let y = {
                let x = x + 1;
                ::flowstone::__private::awaited().oracle(step(x));
                x * 2
            };
            x + y
        };
        0
    };
};
