// An await in an argument of what is awaited, and `?`, which stays rustc's.
//
//     async fn nested_call(path: String) -> Result<u64, Error> {
//         let size = measure(fetch(path).await?, limit()).await?;
//         Ok(size)
//     }

fn resume() {
    let (mut __flow_run, mut __flow_state) = __flow_rt::Run::open(
        &SHAPE,
        &__flow_frame,
        __flow_cx,
    )?;
    use __flow_rt::{
        ViaDoubt as _, ViaExclusive as _, ViaFit as _, ViaMisfit as _, ViaShared as _,
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
            return __flow_types.known(__flow_rt::diverge::<Result<u64, Error>>());
        }
        use ::core::option::Option::Some as __flow_some;
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_o0 = __flow_rt::Op::AWAITED;
        let __flow_o1 = __flow_rt::Op::AWAITED;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut path,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    {
                        let __flow_op = fetch(path);
                        __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                        continue '__flow_m;
                    }
                }
                1u16 => {
                    let __flow_some(mut __flow_t1) = __flow_run.outcome(1u16, __flow_o0)
                    else { break '__flow_m };
                    {
                        let __flow_op = measure(
                            __flow_rt::OfAwait(__flow_t1).0?,
                            limit(),
                        );
                        __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                        continue '__flow_m;
                    }
                }
                2u16 => {
                    let __flow_some(mut __flow_t2) = __flow_run.outcome(2u16, __flow_o1)
                    else { break '__flow_m };
                    let size = __flow_rt::OfAwait(__flow_t2).0?;
                    return __flow_types.known(Ok(size));
                }
                _ => break '__flow_m,
            }
        }
        match __flow_rt::stop().await {}
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
