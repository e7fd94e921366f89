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
        let __flow_y1 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
        let __flow_y2 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 2);
        let __flow_o0 = __flow_rt::Op::AWAITED;
        let mut __flow_j2 = ::core::option::Option::None;
        let mut __flow_j3 = ::core::option::Option::None;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut lines,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    let mut sum = 0;
                    {
                        let mut __flow_t2 = __flow_judged.cursor(&lines).sure();
                        {
                            if false {
                                return __flow_rt::diverge();
                                __flow_run.are_1(__flow_y1, sum);
                            }
                            __flow_run.put_1(__flow_y1, &sum);
                            __flow_j2 = __flow_some(
                                __flow_run.all_2((lines, __flow_t2)),
                            );
                            __flow_state = 2u16;
                            continue '__flow_m;
                        }
                    }
                }
                2u16 => {
                    let __flow_some((mut lines, mut __flow_t2)) = __flow_j2 else {
                        break '__flow_m
                    };
                    __flow_j2 = ::core::option::Option::None;
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                match __flow_t2.walk_next(&lines) {
                                    ::core::option::Option::Some(line) => {
                                        let __flow_op = quote(&line.sku);
                                        if false {
                                            return __flow_rt::diverge();
                                            __flow_run.are_2(__flow_y0, __flow_y2, lines, __flow_t2);
                                        }
                                        __flow_state = __flow_run
                                            .wait_2(
                                                1u16,
                                                __flow_op,
                                                __flow_o0,
                                                __flow_y0,
                                                __flow_y2,
                                                &lines,
                                                &__flow_t2,
                                            );
                                        continue '__flow_m;
                                    }
                                    ::core::option::Option::None => {
                                        break '__flow_b0;
                                    }
                                }
                            }
                        }
                        {
                            let __flow_some((__flow_l1,)) = __flow_run.take_1(__flow_y1)
                            else { break '__flow_m };
                            __flow_j3 = __flow_some(__flow_run.all_1((__flow_l1,)));
                            __flow_state = 3u16;
                            continue '__flow_m;
                        }
                    }
                }
                1u16 => {
                    let __flow_some(
                        (mut __flow_t4, mut lines, mut sum, mut __flow_t2),
                    ) = __flow_run
                        .resume_3(1u16, __flow_o0, __flow_y0, __flow_y1, __flow_y2) else {
                        break '__flow_m
                    };
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                {
                                    let ::core::option::Option::Some(line) = __flow_t2
                                        .walk_current(&lines) else { return __flow_rt::diverge() };
                                    {
                                        let price = __flow_rt::OfAwait(__flow_t4).0;
                                        sum += price * line.count;
                                    }
                                }
                            }
                            {
                                __flow_run.put_1(__flow_y1, &sum);
                                __flow_types
                                    .fill(&mut __flow_j2, __flow_run.all_2((lines, __flow_t2)));
                                __flow_state = 2u16;
                                continue '__flow_m;
                            }
                        }
                    }
                }
                3u16 => {
                    let __flow_some((mut sum,)) = __flow_j3 else { break '__flow_m };
                    __flow_j3 = ::core::option::Option::None;
                    {}
                    return __flow_types.known(sum);
                }
                _ => break '__flow_m,
            }
        }
        match __flow_rt::stop().await {}
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
