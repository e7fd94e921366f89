// A borrow that cannot be made again: the outline says what `best` is before any state is typed.
//
//     async fn lent_locals(items: Vec<Item>) -> String {
//         let mut best = None;
//         for item in &items {
//             if rate(item.id).await > 3 {
//                 best = Some(&item.name);
//             }
//         }
//         best.cloned().unwrap_or_default()
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
        let __flow_y1 = __flow_judged.lent(1);
        let __flow_y2 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 2);
        let __flow_o0 = __flow_rt::Op::AWAITED;
        if false {
            use __flow_rt::{ViaMade as _, ViaRef as _, ViaWhole as _};
            use __flow_rt::{ViaForm as _, ViaMut as _, ViaNoForm as _, ViaParts as _};
            let __flow_never: ::core::convert::Infallible = __flow_rt::diverge();
            let __flow_a1 = __flow_rt::asked();
            let mut items = Self::__FLOW_ARGUMENT_0.never();
            {
                let mut best = None;
                __flow_a1.has(best);
                {
                    let mut __flow_t2 = __flow_judged.cursor(&items).sure();
                    '__flow_b0: loop {
                        '__flow_c0: {
                            match __flow_t2.walk_next(&items) {
                                ::core::option::Option::Some(item) => {
                                    let __flow_t4 = __flow_o0.oracle(rate(item.id));
                                    if __flow_rt::OfAwait(__flow_t4).0 > 3 {
                                        best = Some(&item.name);
                                    }
                                }
                                ::core::option::Option::None => {
                                    break '__flow_b0;
                                }
                            }
                        }
                    }
                }
                return __flow_types.known(best.cloned().unwrap_or_default());
            }
            __flow_y1
                .has(
                    (&&__flow_judged.storing(__flow_a1, __flow_rt::form_of!(__flow_a1)))
                        .kept(<_ as __flow_rt::Kept>::CODEC)
                        .form(),
                );
        }
        let mut __flow_j2 = ::core::option::Option::None;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut items,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    let mut best = None;
                    __flow_y1.is(&best);
                    {
                        let mut __flow_t2 = __flow_judged.cursor(&items).sure();
                        {
                            __flow_run.put_lent(__flow_y1, &best);
                            __flow_j2 = __flow_some(
                                __flow_run.all_2((items, __flow_t2)),
                            );
                            __flow_state = 2u16;
                            continue '__flow_m;
                        }
                    }
                }
                2u16 => {
                    let __flow_some((mut items, mut __flow_t2)) = __flow_j2 else {
                        break '__flow_m
                    };
                    __flow_j2 = ::core::option::Option::None;
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                match __flow_t2.walk_next(&items) {
                                    ::core::option::Option::Some(item) => {
                                        let __flow_op = rate(item.id);
                                        if false {
                                            return __flow_rt::diverge();
                                            __flow_run.are_2(__flow_y0, __flow_y2, items, __flow_t2);
                                        }
                                        __flow_state = __flow_run
                                            .wait_2(
                                                1u16,
                                                __flow_op,
                                                __flow_o0,
                                                __flow_y0,
                                                __flow_y2,
                                                &items,
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
                            __flow_state = 3u16;
                            continue '__flow_m;
                        }
                    }
                }
                1u16 => {
                    let __flow_some((mut __flow_t4, mut items, mut __flow_t2)) = __flow_run
                        .resume_2(1u16, __flow_o0, __flow_y0, __flow_y2) else {
                        break '__flow_m
                    };
                    let __flow_some(mut __flow_h1) = __flow_run.hold(__flow_y1) else {
                        break '__flow_m
                    };
                    let mut __flow_g1 = __flow_h1.open();
                    let mut best = __flow_y1.lend(&mut __flow_g1);
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                {
                                    let ::core::option::Option::Some(item) = __flow_t2
                                        .walk_current(&items) else { return __flow_rt::diverge() };
                                    {
                                        if __flow_rt::OfAwait(__flow_t4).0 > 3 {
                                            best = Some(&item.name);
                                        }
                                    }
                                }
                            }
                            {
                                __flow_run.put_lent(__flow_y1, &best);
                                __flow_types
                                    .fill(&mut __flow_j2, __flow_run.all_2((items, __flow_t2)));
                                __flow_state = 2u16;
                                continue '__flow_m;
                            }
                        }
                    }
                }
                3u16 => {
                    let __flow_some(mut __flow_h1) = __flow_run.hold(__flow_y1) else {
                        break '__flow_m
                    };
                    let mut __flow_g1 = __flow_h1.open();
                    let mut best = __flow_y1.lend(&mut __flow_g1);
                    {}
                    return __flow_types.known(best.cloned().unwrap_or_default());
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
