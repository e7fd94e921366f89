// A branch that awaits: both ways meet in a state of their own, which passes `note` on as bytes.
//
//     async fn branch_with_join(amount: u64) -> String {
//         let mut note = String::new();
//         if amount > 100 {
//             note = approve(amount).await;
//         }
//         note + &pay(amount).await
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn branch_with_join(amount: u64) -> ::flowstone::__private::FlowCall<branch_with_join> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields
            .argument("amount", <branch_with_join>::__FLOW_ARGUMENT_0.encode(&amount))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `branch_with_join`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct branch_with_join {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "branch_with_join",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 13990104468249522084u64,
        locals: &["amount", "note"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "branch_with_join",
                label: "approve",
                file: ::core::file!(),
                line: 5u32,
                column: 40u32,
                twins: 1u16,
                kept: &[0u16],
            },
            ::flowstone::__private::Site {
                flow: "branch_with_join",
                label: "pay",
                file: ::core::file!(),
                line: 7u32,
                column: 33u32,
                twins: 1u16,
                kept: &[1u16],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl branch_with_join {
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
    impl ::flowstone::__private::Machine for branch_with_join {
        type Output = String;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            String,
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
                    return ::flowstone::__private::diverge::<String>();
                }
                let __flow_y0 = Self::__FLOW_ARGUMENT_0;
                let __flow_y1 = ::flowstone::__private::tie();
                let __flow_o0 = ::flowstone::__private::awaited();
                let __flow_o1 = ::flowstone::__private::awaited();
                let mut __flow_j3 = ::core::option::Option::None;
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut amount,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            let mut note = String::new();
                            if amount > 100 {
                                {
                                    let __flow_op = approve(amount);
                                    __flow_run.put(&[0u16], (__flow_y0,), (&amount,));
                                    __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                    continue '__flow_m;
                                }
                            }
                            {
                                __flow_run.put(&[1u16], (__flow_y1,), (&note,));
                                __flow_j3 = ::core::option::Option::Some((amount,));
                                __flow_state = 3u16;
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t2) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let mut note;
                            {
                                {
                                    note = ::flowstone::__private::outcome(__flow_t2);
                                }
                            }
                            {
                                __flow_run.put(&[1u16], (__flow_y1,), (&note,));
                                let ::core::option::Option::Some((__flow_l0,)) = __flow_run
                                    .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                                __flow_j3 = ::core::option::Option::Some((__flow_l0,));
                                __flow_state = 3u16;
                                continue '__flow_m;
                            }
                        }
                        3u16 => {
                            let ::core::option::Option::Some((mut amount,)) = __flow_j3
                                .take() else { break '__flow_m };
                            {
                                let __flow_op = pay(amount);
                                __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                                continue '__flow_m;
                            }
                        }
                        2u16 => {
                            let ::core::option::Option::Some(__flow_t3) = __flow_run
                                .outcome(2u16, __flow_o1) else { break '__flow_m };
                            let ::core::option::Option::Some((mut note,)) = __flow_run
                                .take(&[1u16], (__flow_y1,)) else { break '__flow_m };
                            return note + &__flow_t3;
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
        < branch_with_join > ())
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unnecessary_wraps
    )]
    const __FLOW_PLAIN: usize = {
        let _ = |amount: u64| async move {
            if false {
                return ::flowstone::__private::diverge::<String>();
            }
            let amount = amount;
            let mut note = String::new();
            if amount > 100 {
                note = ::flowstone::__private::awaited().oracle(approve(amount));
            }
            note + &::flowstone::__private::awaited().oracle(pay(amount))
        };
        0
    };
};
