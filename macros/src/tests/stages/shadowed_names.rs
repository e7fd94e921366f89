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
            return __flow_types.known(__flow_rt::diverge::<u64>());
        }
        use ::core::option::Option::Some as __flow_some;
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_y2 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
        let __flow_o0 = __flow_rt::Op::AWAITED;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut x,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    {
                        '__flow_e2: {
                            '__flow_e1: {
                                let x = x + 1;
                                {
                                    let __flow_op = step(x);
                                    if false {
                                        return __flow_rt::diverge();
                                        __flow_run.are_1(__flow_y2, x);
                                    }
                                    __flow_state = __flow_run
                                        .wait_1(1u16, __flow_op, __flow_o0, __flow_y2, &x);
                                    break '__flow_e1;
                                }
                                break '__flow_e2;
                            }
                            __flow_run.put_1(__flow_y0, &x);
                            continue '__flow_m;
                        }
                    }
                }
                1u16 => {
                    let __flow_some((mut __flow_t3, __flow_l0, __flow_l2)) = __flow_run
                        .resume_2(1u16, __flow_o0, __flow_y0, __flow_y2) else {
                        break '__flow_m
                    };
                    let mut x = __flow_l0;
                    let mut __flow_t1;
                    {
                        let mut x = __flow_l2;
                        __flow_rt::OfAwait(__flow_t3).0;
                        __flow_t1 = x * 2;
                    }
                    let y = __flow_t1;
                    return __flow_types.known(x + y);
                }
                _ => break '__flow_m,
            }
        }
        match __flow_rt::stop().await {}
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
