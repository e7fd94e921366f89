// A loop over a borrow: the vector and a cursor are kept, the item is made again from them.
//
//     async fn borrowing_loop(lines: Vec<Line>) -> u64 {
//         let mut sum = 0;
//         for line in &lines {
//             let price = quote(&line.sku).await;
//             sum += price * line.count;
//         }
//         sum
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn borrowing_loop(lines: Vec<Line>) -> ::flowstone::__private::FlowCall<borrowing_loop> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields
            .argument("lines", <borrowing_loop>::__FLOW_ARGUMENT_0.encode(&lines))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `borrowing_loop`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct borrowing_loop {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "borrowing_loop",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 15185032925438004488u64,
        locals: &["lines", "sum", "for line"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "borrowing_loop",
                label: "quote",
                file: ::core::file!(),
                line: 5u32,
                column: 46u32,
                twins: 1u16,
                kept: &[0u16, 1u16, 2u16],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl borrowing_loop {
        #[doc(hidden)]
        const __FLOW_ARGUMENT_0: ::flowstone::__private::Tie<Vec<Line>> = ::flowstone::__private::flow_argument::<
            Vec<Line>,
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
    impl ::flowstone::__private::Machine for borrowing_loop {
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
                let __flow_y1 = ::flowstone::__private::tie();
                let __flow_y2 = ::flowstone::__private::tie();
                let __flow_o0 = ::flowstone::__private::awaited();
                let mut __flow_j2 = ::core::option::Option::None;
                let mut __flow_j3 = ::core::option::Option::None;
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut lines,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            let mut sum = 0;
                            {
                                let __flow_t2 = ::flowstone::__private::cursor(&lines);
                                {
                                    __flow_run.put(&[1u16], (__flow_y1,), (&sum,));
                                    __flow_j2 = ::core::option::Option::Some((
                                        lines,
                                        __flow_t2,
                                    ));
                                    __flow_state = 2u16;
                                    continue '__flow_m;
                                }
                            }
                        }
                        2u16 => {
                            let ::core::option::Option::Some(
                                (mut lines, mut __flow_t2),
                            ) = __flow_j2.take() else { break '__flow_m };
                            {
                                '__flow_b0: {
                                    '__flow_c0: {
                                        match ::flowstone::__private::walk_next(
                                            &lines,
                                            &mut __flow_t2,
                                        ) {
                                            ::core::option::Option::Some(line) => {
                                                let __flow_op = quote(&line.sku);
                                                __flow_run
                                                    .put(
                                                        &[0u16, 2u16],
                                                        (__flow_y0, __flow_y2),
                                                        (&lines, &__flow_t2),
                                                    );
                                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                                continue '__flow_m;
                                            }
                                            ::core::option::Option::None => {
                                                break '__flow_b0;
                                            }
                                        }
                                    }
                                }
                                {
                                    let ::core::option::Option::Some((__flow_l1,)) = __flow_run
                                        .take(&[1u16], (__flow_y1,)) else { break '__flow_m };
                                    __flow_j3 = ::core::option::Option::Some((__flow_l1,));
                                    __flow_state = 3u16;
                                    continue '__flow_m;
                                }
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t4) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            let ::core::option::Option::Some(
                                (mut lines, mut sum, mut __flow_t2),
                            ) = __flow_run
                                .take(
                                    &[0u16, 1u16, 2u16],
                                    (__flow_y0, __flow_y1, __flow_y2),
                                ) else { break '__flow_m };
                            {
                                '__flow_b0: {
                                    '__flow_c0: {
                                        {
                                            let ::core::option::Option::Some(line) = ::flowstone::__private::walk_current(
                                                &lines,
                                                &__flow_t2,
                                            ) else { return ::flowstone::__private::diverge() };
                                            {
                                                let price = ::flowstone::__private::outcome(__flow_t4);
                                                sum += price * line.count;
                                            }
                                        }
                                    }
                                    {
                                        __flow_run.put(&[1u16], (__flow_y1,), (&sum,));
                                        __flow_j2 = ::core::option::Option::Some((
                                            lines,
                                            __flow_t2,
                                        ));
                                        __flow_state = 2u16;
                                        continue '__flow_m;
                                    }
                                }
                            }
                        }
                        3u16 => {
                            let ::core::option::Option::Some((mut sum,)) = __flow_j3
                                .take() else { break '__flow_m };
                            {}
                            return sum;
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
        < borrowing_loop > ())
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unnecessary_wraps
    )]
    const __FLOW_PLAIN: usize = {
        let _ = |lines: Vec<Line>| async move {
            if false {
                return ::flowstone::__private::diverge::<u64>();
            }
            let lines = lines;
            let mut sum = 0;
            for line in &lines {
                let price = ::flowstone::__private::awaited().oracle(quote(&line.sku));
                sum += price * line.count;
            }
            sum
        };
        0
    };
};
