// A branch that awaits: both ways meet in a state of their own, which passes `note` on as bytes.
//
//     async fn branch_with_join(amount: u64) -> String {
//         let mut note = String::new();
//         if amount > 100 {
//             note = approve(amount).await;
//         }
//         note + &pay(amount).await
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
            return __flow_types.known(__flow_rt::diverge::<String>());
        }
        use ::core::option::Option::Some as __flow_some;
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_y1 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
        let __flow_o0 = __flow_rt::Op::AWAITED;
        let __flow_o1 = __flow_rt::Op::AWAITED;
        let mut __flow_j3 = ::core::option::Option::None;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut amount,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    let mut note = String::new();
                    if amount > 100 {
                        {
                            let __flow_op = approve(amount);
                            __flow_state = __flow_run
                                .wait_1(1u16, __flow_op, __flow_o0, __flow_y0, &amount);
                            continue '__flow_m;
                        }
                    }
                    {
                        if false {
                            return __flow_rt::diverge();
                            __flow_run.are_1(__flow_y1, note);
                        }
                        __flow_run.put_1(__flow_y1, &note);
                        __flow_j3 = __flow_some(__flow_run.all_1((amount,)));
                        __flow_state = 3u16;
                        continue '__flow_m;
                    }
                }
                1u16 => {
                    let __flow_some(mut __flow_t2) = __flow_run.outcome(1u16, __flow_o0)
                    else { break '__flow_m };
                    let mut note;
                    {
                        {
                            note = __flow_types.known(__flow_rt::OfAwait(__flow_t2).0);
                        }
                    }
                    {
                        if false {
                            return __flow_rt::diverge();
                            __flow_run.are_1(__flow_y1, note);
                        }
                        __flow_run.put_1(__flow_y1, &note);
                        let __flow_some((__flow_l0,)) = __flow_run.take_1(__flow_y0)
                        else { break '__flow_m };
                        __flow_types
                            .fill(&mut __flow_j3, __flow_run.all_1((__flow_l0,)));
                        __flow_state = 3u16;
                        continue '__flow_m;
                    }
                }
                3u16 => {
                    let __flow_some((mut amount,)) = __flow_j3 else { break '__flow_m };
                    __flow_j3 = ::core::option::Option::None;
                    {
                        let __flow_op = pay(amount);
                        __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                        continue '__flow_m;
                    }
                }
                2u16 => {
                    let __flow_some((mut __flow_t3, mut note)) = __flow_run
                        .resume_1(2u16, __flow_o1, __flow_y1) else { break '__flow_m };
                    return __flow_types.known(note + &(__flow_t3));
                }
                _ => break '__flow_m,
            }
        }
        match __flow_rt::stop().await {}
        use __flow_rt::{Ordered as _, Unordered as _};
        #[warn(deprecated)] (&__flow_types.known(__flow_y1)).kept();
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
