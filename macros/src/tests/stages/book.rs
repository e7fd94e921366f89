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
            return __flow_types.known(__flow_rt::diverge::<Result<Booking, Error>>());
        }
        use ::core::option::Option::Some as __flow_some;
        struct __flow_s0<__flow_f0, __flow_f1, __flow_f2> {
            card: __flow_f0,
            limit: __flow_f1,
            to: __flow_f2,
        }
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_y1 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 1);
        let __flow_y2 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 2);
        let __flow_y5 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 3);
        let __flow_y8 = __flow_judged.lent(4);
        let __flow_y9 = __flow_judged.lent(5);
        let __flow_y10 = __flow_judged.tie(<_ as __flow_rt::Kept>::CODEC, 6);
        let __flow_o3 = __flow_rt::Op::AWAITED;
        let __flow_o4 = __flow_rt::Op::AWAITED;
        let __flow_o8 = __flow_rt::Op::AWAITED;
        let __flow_o1 = __flow_rt::Op::AWAITED;
        let __flow_o6 = __flow_rt::Op::AWAITED;
        let __flow_o7 = __flow_rt::Op::AWAITED;
        if false {
            use __flow_rt::{ViaMade as _, ViaRef as _, ViaWhole as _};
            use __flow_rt::{ViaForm as _, ViaMut as _, ViaNoForm as _, ViaParts as _};
            let __flow_never: ::core::convert::Infallible = __flow_rt::diverge();
            let __flow_a8 = __flow_rt::asked();
            let __flow_a9 = __flow_rt::asked();
            let mut trip = Self::__FLOW_ARGUMENT_0.never();
            {
                let mut log = Vec::new();
                let __flow_t7 = (
                    __flow_o1.oracle(fly(trip.to)),
                    __flow_rt::driven(async {
                        let __flow_never: ::core::convert::Infallible = __flow_rt::diverge();
                        {
                            let __flow_t3 = __flow_o3.oracle(reserve(trip.to));
                            let room = __flow_rt::OfAwait(__flow_t3).0?;
                            log.push(room);
                            let __flow_t6 = __flow_o4.oracle(pay(trip.card, room));
                            return __flow_rt::OfAwait(__flow_t6).0;
                        }
                    }),
                );
                let (flight, hotel) = __flow_t7;
                __flow_a8.has(flight);
                __flow_a9.has(hotel);
                {
                    let __flow_t11 = if __flow_rt::diverge::<bool>() {
                        __flow_rt::Won::This(__flow_o6.oracle(flow::receive(CONFIRM)))
                    } else {
                        __flow_rt::Won::Other(__flow_o7.oracle(flow::sleep(trip.limit)))
                    };
                    match __flow_t11 {
                        __flow_rt::Won::This(__flow_won) => {
                            let yes = __flow_won;
                            return __flow_types
                                .known(
                                    Ok(done(flight?, hotel?, __flow_types.known(log), yes)),
                                );
                        }
                        __flow_rt::Won::Other(__flow_won) => {
                            let () = __flow_won;
                            let __flow_t15 = __flow_o8
                                .oracle(drop_all(__flow_types.known(log)));
                            __flow_rt::OfAwait(__flow_t15).0;
                            return __flow_types.known(Err(Error::Late));
                        }
                    }
                }
            }
            __flow_y8
                .has(
                    (&&__flow_judged.storing(__flow_a8, __flow_rt::form_of!(__flow_a8)))
                        .kept(<_ as __flow_rt::Kept>::CODEC)
                        .form(),
                );
            __flow_y9
                .has(
                    (&&__flow_judged.storing(__flow_a9, __flow_rt::form_of!(__flow_a9)))
                        .kept(<_ as __flow_rt::Kept>::CODEC)
                        .form(),
                );
        }
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut trip,)) = __flow_run.take_1(__flow_y0) else {
                        break '__flow_m
                    };
                    let mut log = Vec::new();
                    {
                        let __flow_op0 = fly(trip.to);
                        if false {
                            return __flow_rt::diverge();
                            __flow_run
                                .are_4(
                                    __flow_y1,
                                    __flow_y2,
                                    __flow_y5,
                                    __flow_y10,
                                    log,
                                    trip.to,
                                    trip.card,
                                    trip.limit,
                                );
                        }
                        __flow_run
                            .put_4(
                                __flow_y1,
                                __flow_y2,
                                __flow_y5,
                                __flow_y10,
                                &log,
                                &trip.to,
                                &trip.card,
                                &trip.limit,
                            );
                        __flow_state = __flow_run
                            .fork(
                                1u16,
                                [
                                    __flow_rt::operand(__flow_op0, __flow_o1),
                                    __flow_rt::block_operand(),
                                ],
                            );
                        continue '__flow_m;
                    }
                }
                1u16 => {
                    let ::core::option::Option::Some(mut __flow_fork) = __flow_run
                        .forked(1u16, &[0u16, 1u16]) else { break '__flow_m };
                    let mut __flow_r0 = __flow_fork
                        .op(&mut __flow_run, 0usize, __flow_o1);
                    let mut __flow_r1 = __flow_fork
                        .block(
                            &mut __flow_run,
                            1usize,
                            6u16,
                            &[1u16],
                            |mut __flow_run, mut __flow_state| {
                                '__flow_m: {
                                    let __flow_some((mut log,)) = __flow_run.take_1(__flow_y1)
                                    else { break '__flow_m };
                                    let __flow_done = __flow_rt::run_once(async {
                                        '__flow_m: loop {
                                            match __flow_state {
                                                6u16 => {
                                                    let __flow_some((__flow_l2,)) = __flow_run.take_1(__flow_y2)
                                                    else { break '__flow_m };
                                                    let mut trip = __flow_s0 {
                                                        card: (),
                                                        limit: (),
                                                        to: __flow_l2,
                                                    };
                                                    {
                                                        {
                                                            let __flow_op = reserve(trip.to);
                                                            __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o3);
                                                            continue '__flow_m;
                                                        }
                                                    }
                                                }
                                                2u16 => {
                                                    let __flow_some((mut __flow_t3, __flow_l5)) = __flow_run
                                                        .resume_1(2u16, __flow_o3, __flow_y5) else {
                                                        break '__flow_m
                                                    };
                                                    let mut trip = __flow_s0 {
                                                        card: __flow_l5,
                                                        limit: (),
                                                        to: (),
                                                    };
                                                    {
                                                        let room = __flow_rt::OfAwait(__flow_t3).0?;
                                                        log.push(room);
                                                        {
                                                            let __flow_op = pay(trip.card, room);
                                                            __flow_state = __flow_run.wait(3u16, __flow_op, __flow_o4);
                                                            continue '__flow_m;
                                                        }
                                                    }
                                                }
                                                3u16 => {
                                                    let __flow_some(mut __flow_t6) = __flow_run
                                                        .outcome(3u16, __flow_o4) else { break '__flow_m };
                                                    {
                                                        return __flow_rt::OfAwait(__flow_t6).0;
                                                    }
                                                }
                                                _ => break '__flow_m,
                                            }
                                        }
                                        match __flow_rt::stop().await {}
                                    });
                                    __flow_run.put_1(__flow_y1, &log);
                                    return __flow_done;
                                }
                                ::core::option::Option::None
                            },
                        );
                    let (
                        ::core::option::Option::Some(__flow_r0),
                        ::core::option::Option::Some(__flow_r1),
                    ) = (
                        __flow_fork
                            .joined(
                                &mut __flow_run,
                                0usize,
                                __flow_r0,
                                __flow_rt::OperandOutput::TIE,
                            ),
                        __flow_fork
                            .joined(
                                &mut __flow_run,
                                1usize,
                                __flow_r1,
                                __flow_rt::OperandOutput::TIE,
                            ),
                    ) else {
                        __flow_fork.wait(&mut __flow_run);
                        break '__flow_m;
                    };
                    let mut __flow_t7 = (__flow_r0, __flow_r1);
                    let __flow_some((__flow_l10,)) = __flow_run.take_1(__flow_y10) else {
                        break '__flow_m
                    };
                    let mut trip = __flow_s0 {
                        card: (),
                        limit: __flow_l10,
                        to: (),
                    };
                    let (flight, hotel) = __flow_t7;
                    {
                        {
                            let __flow_op0 = flow::receive(CONFIRM);
                            let __flow_op1 = flow::sleep(trip.limit);
                            __flow_run.put_lent(__flow_y9, &hotel);
                            __flow_run.put_lent(__flow_y8, &flight);
                            __flow_state = __flow_run
                                .fork(
                                    4u16,
                                    [
                                        __flow_rt::operand(__flow_op0, __flow_o6),
                                        __flow_rt::operand(__flow_op1, __flow_o7),
                                    ],
                                );
                            continue '__flow_m;
                        }
                    }
                }
                4u16 => {
                    let ::core::option::Option::Some(mut __flow_fork) = __flow_run
                        .forked(4u16, &[2u16, 3u16]) else { break '__flow_m };
                    let mut __flow_r0 = __flow_fork
                        .op(&mut __flow_run, 0usize, __flow_o6);
                    let mut __flow_r1 = if __flow_fork.is_won() {
                        ::core::option::Option::None
                    } else {
                        __flow_fork.op(&mut __flow_run, 1usize, __flow_o7)
                    };
                    let mut __flow_t11 = if let ::core::option::Option::Some(
                        __flow_r0,
                    ) = __flow_r0 {
                        __flow_rt::Won::This(__flow_r0)
                    } else if let ::core::option::Option::Some(__flow_r1) = __flow_r1 {
                        __flow_rt::Won::Other(__flow_r1)
                    } else {
                        __flow_fork.wait(&mut __flow_run);
                        break '__flow_m;
                    };
                    let __flow_some((mut log,)) = __flow_run.take_1(__flow_y1) else {
                        break '__flow_m
                    };
                    let __flow_some(mut __flow_h8) = __flow_run.hold(__flow_y8) else {
                        break '__flow_m
                    };
                    let mut __flow_g8 = __flow_h8.open();
                    let mut flight = __flow_y8.lend(&mut __flow_g8);
                    let __flow_some(mut __flow_h9) = __flow_run.hold(__flow_y9) else {
                        break '__flow_m
                    };
                    let mut __flow_g9 = __flow_h9.open();
                    let mut hotel = __flow_y9.lend(&mut __flow_g9);
                    {
                        match __flow_t11 {
                            __flow_rt::Won::This(__flow_won) => {
                                let yes = __flow_won;
                                return __flow_types
                                    .known(
                                        Ok(done(flight?, hotel?, __flow_types.known(log), yes)),
                                    );
                            }
                            __flow_rt::Won::Other(__flow_won) => {
                                let () = __flow_won;
                                {
                                    let __flow_op = drop_all(__flow_types.known(log));
                                    __flow_state = __flow_run.wait(5u16, __flow_op, __flow_o8);
                                    continue '__flow_m;
                                }
                            }
                        }
                    }
                }
                5u16 => {
                    let __flow_some(mut __flow_t15) = __flow_run.outcome(5u16, __flow_o8)
                    else { break '__flow_m };
                    {
                        {
                            {
                                __flow_rt::OfAwait(__flow_t15).0;
                                return __flow_types.known(Err(Error::Late));
                            }
                        }
                    }
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
