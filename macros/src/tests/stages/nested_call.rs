// An await in an argument of what is awaited, and `?`, which stays rustc's.
//
//     async fn nested_call(path: String) -> Result<u64, Error> {
//         let size = measure(fetch(path).await?, limit()).await?;
//         Ok(size)
//     }

#[allow(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    clippy::used_underscore_binding
)]
fn nested_call(path: String) -> ::flowstone::__private::FlowCall<nested_call> {
    ::flowstone::__private::FlowCall::capture(|__flow_fields| {
        __flow_fields.argument("path", <nested_call>::__FLOW_ARGUMENT_0.encode(&path))?;
        let _ = __flow_fields;
        ::core::result::Result::Ok(())
    })
}
///The machine of the flow `nested_call`.
#[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
struct nested_call {}
const _: () = {
    static SHAPE: ::flowstone::__private::Shape = ::flowstone::__private::Shape {
        name: "nested_call",
        version: 1u32,
        file: ::core::file!(),
        line: 2u32,
        fingerprint: 12099942478998370342u64,
        locals: &["path"],
        params: 1usize,
        states: &[
            ::flowstone::__private::Site {
                flow: "nested_call",
                label: "fetch",
                file: ::core::file!(),
                line: 3u32,
                column: 44u32,
                twins: 1u16,
                kept: &[],
            },
            ::flowstone::__private::Site {
                flow: "nested_call",
                label: "measure",
                file: ::core::file!(),
                line: 3u32,
                column: 61u32,
                twins: 1u16,
                kept: &[],
            },
        ],
        operands: &[],
    };
    #[automatically_derived]
    #[allow(dead_code)]
    impl nested_call {
        #[doc(hidden)]
        const __FLOW_ARGUMENT_0: ::flowstone::__private::Tie<String> = ::flowstone::__private::flow_argument::<
            String,
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
    impl ::flowstone::__private::Machine for nested_call {
        type Output = Result<u64, Error>;
        const RESULT: ::flowstone::__private::Tie<Self::Output> = ::flowstone::__private::flow_result::<
            Result<u64, Error>,
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
                    return ::flowstone::__private::diverge::<Result<u64, Error>>();
                }
                let __flow_y0 = Self::__FLOW_ARGUMENT_0;
                let __flow_o0 = ::flowstone::__private::awaited();
                let __flow_o1 = ::flowstone::__private::awaited();
                '__flow_m: loop {
                    match __flow_state {
                        0u16 => {
                            let ::core::option::Option::Some((mut path,)) = __flow_run
                                .take(&[0u16], (__flow_y0,)) else { break '__flow_m };
                            {
                                let __flow_op = fetch(path);
                                __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                                continue '__flow_m;
                            }
                        }
                        1u16 => {
                            let ::core::option::Option::Some(__flow_t1) = __flow_run
                                .outcome(1u16, __flow_o0) else { break '__flow_m };
                            {
                                let __flow_op = measure(
                                    ::flowstone::__private::outcome(__flow_t1)?,
                                    limit(),
                                );
                                __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                                continue '__flow_m;
                            }
                        }
                        2u16 => {
                            let ::core::option::Option::Some(__flow_t2) = __flow_run
                                .outcome(2u16, __flow_o1) else { break '__flow_m };
                            let size = ::flowstone::__private::outcome(__flow_t2)?;
                            return Ok(size);
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
        < nested_call > ())
    }
    #[allow(
        dead_code,
        clippy::needless_pass_by_value,
        clippy::too_many_arguments,
        clippy::unnecessary_wraps
    )]
    const __FLOW_PLAIN: usize = {
        let _ = |path: String| async move {
            if false {
                return ::flowstone::__private::diverge::<Result<u64, Error>>();
            }
            let path = path;
            let size = ::flowstone::__private::awaited()
                .oracle(
                    measure(
                        ::flowstone::__private::awaited().oracle(fetch(path))?,
                        limit(),
                    ),
                )?;
            Ok(size)
        };
        0
    };
};
