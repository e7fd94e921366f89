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
            return __flow_types.known(__flow_rt::diverge::<Result<Receipt, Error>>());
        }
        use ::core::option::Option::Some as __flow_some;
        struct __flow_s0<__flow_f0> {
            items: __flow_f0,
        }
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_y4 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
        let __flow_y5 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 2);
        let __flow_y6 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 3);
        let __flow_o0 = __flow_rt::Op::AWAITED;
        let __flow_o1 = __flow_rt::Op::AWAITED;
        let mut __flow_j3 = ::core::option::Option::None;
        let mut __flow_j4 = ::core::option::Option::None;
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut order,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    {
                        let __flow_op = charge(order.id, order.cents);
                        if false {
                            return __flow_rt::diverge();
                            __flow_run.are_1(__flow_y5, order.items);
                        }
                        __flow_state = __flow_run
                            .wait_1(1u16, __flow_op, __flow_o0, __flow_y5, &order.items);
                        continue '__flow_m;
                    }
                }
                1u16 => {
                    let __flow_some((mut __flow_t3, __flow_l5)) = __flow_run
                        .resume_1(1u16, __flow_o0, __flow_y5) else { break '__flow_m };
                    let mut order = __flow_s0 { items: __flow_l5 };
                    let receipt = __flow_rt::OfAwait(__flow_t3).0?;
                    {
                        let mut __flow_t6 = __flow_judged.cursor(&order.items).sure();
                        {
                            __flow_j3 = __flow_some(
                                __flow_run.all_3((receipt, order.items, __flow_t6)),
                            );
                            __flow_state = 3u16;
                            continue '__flow_m;
                        }
                    }
                }
                3u16 => {
                    let __flow_some((mut receipt, __flow_l5, mut __flow_t6)) = __flow_j3
                    else { break '__flow_m };
                    __flow_j3 = ::core::option::Option::None;
                    let mut order = __flow_s0 { items: __flow_l5 };
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                match __flow_t6.walk_next(&order.items) {
                                    ::core::option::Option::Some(item) => {
                                        if item.digital {
                                            break '__flow_c0;
                                        }
                                        {
                                            let __flow_op = ship(&item.sku, receipt.key);
                                            if false {
                                                return __flow_rt::diverge();
                                                __flow_run
                                                    .are_3(
                                                        __flow_y4,
                                                        __flow_y5,
                                                        __flow_y6,
                                                        receipt,
                                                        order.items,
                                                        __flow_t6,
                                                    );
                                            }
                                            __flow_state = __flow_run
                                                .wait_3(
                                                    2u16,
                                                    __flow_op,
                                                    __flow_o1,
                                                    __flow_y4,
                                                    __flow_y5,
                                                    __flow_y6,
                                                    &receipt,
                                                    &order.items,
                                                    &__flow_t6,
                                                );
                                            continue '__flow_m;
                                        }
                                    }
                                    ::core::option::Option::None => {
                                        break '__flow_b0;
                                    }
                                }
                            }
                            {
                                __flow_types
                                    .fill(
                                        &mut __flow_j3,
                                        __flow_run.all_3((receipt, order.items, __flow_t6)),
                                    );
                                __flow_state = 3u16;
                                continue '__flow_m;
                            }
                        }
                        {
                            __flow_j4 = __flow_some(__flow_run.all_1((receipt,)));
                            __flow_state = 4u16;
                            continue '__flow_m;
                        }
                    }
                }
                2u16 => {
                    let __flow_some(mut __flow_t9) = __flow_run.outcome(2u16, __flow_o1)
                    else { break '__flow_m };
                    {
                        '__flow_b0: {
                            '__flow_c0: {
                                {
                                    {
                                        __flow_rt::OfAwait(__flow_t9).0?;
                                    }
                                }
                            }
                            {
                                let __flow_some((__flow_l4, __flow_l5, __flow_l6)) = __flow_run
                                    .take_3(__flow_y4, __flow_y5, __flow_y6) else {
                                    break '__flow_m
                                };
                                __flow_types
                                    .fill(
                                        &mut __flow_j3,
                                        __flow_run.all_3((__flow_l4, __flow_l5, __flow_l6)),
                                    );
                                __flow_state = 3u16;
                                continue '__flow_m;
                            }
                        }
                    }
                }
                4u16 => {
                    let __flow_some((mut receipt,)) = __flow_j4 else { break '__flow_m };
                    __flow_j4 = ::core::option::Option::None;
                    {}
                    return __flow_types.known(Ok(receipt));
                }
                _ => break '__flow_m,
            }
        }
        match __flow_rt::stop().await {}
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
