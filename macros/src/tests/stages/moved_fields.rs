// A field moved away: what is needed of the others is kept by itself, and stands in a struct of the local's name.
//
//     async fn moved_fields(order: Order) -> Parcel {
//         let label = print(order.address).await;
//         pack(label, order.items).await
//     }

fn resume() {
    let (mut __flow_run, mut __flow_state) = ::flowstone::__private::Run::open(
        &SHAPE,
        &__flow_frame,
        __flow_cx,
    )?;
    use ::flowstone::__private::{ViaDoubt as _, ViaNoPair as _, ViaPair as _};
    let (__flow_types, __flow_judged) = (
        ::flowstone::__private::Types,
        ::flowstone::__private::Right,
    );
    #[cfg(not(rust_analyzer))]
    let (__flow_types, __flow_judged) = {
        use ::flowstone::__private::{ViaRight as _, ViaWrong as _};
        let __flow_checked = ::flowstone::__private::checked(__flow_plain::<&()>);
        ((&__flow_checked).give(__flow_types), (&__flow_checked).judged())
    };
    let __flow_done = ::flowstone::__private::run_once(async {
        if false {
            return __flow_types.known(::flowstone::__private::diverge::<Parcel>());
        }
        use ::core::option::Option::Some as __flow_some;
        struct __flow_s0<__flow_f0> {
            items: __flow_f0,
        }
        let __flow_y0 = Self::__FLOW_ARGUMENT_0.here();
        let __flow_y4 = __flow_judged.tie(1);
        let __flow_o0 = ::flowstone::__private::awaited();
        let __flow_o1 = ::flowstone::__private::awaited();
        '__flow_m: loop {
            match __flow_state {
                0u16 => {
                    let __flow_some((mut order,)) = __flow_run.take_1((__flow_y0,)) else {
                        break '__flow_m
                    };
                    {
                        let __flow_op = print(order.address);
                        if false {
                            return ::flowstone::__private::diverge();
                            __flow_run.are_1((__flow_y4,), (order.items,));
                        }
                        __flow_run.put_1((__flow_y4,), (&order.items,));
                        __flow_state = __flow_run.wait(1u16, __flow_op, __flow_o0);
                        continue '__flow_m;
                    }
                }
                1u16 => {
                    let __flow_some((mut __flow_t2, (__flow_l4,))) = __flow_run
                        .resume_1(1u16, __flow_o0, (__flow_y4,)) else {
                        break '__flow_m
                    };
                    let mut order = __flow_s0 { items: __flow_l4 };
                    let label = ::flowstone::__private::OfAwait(__flow_t2).0;
                    {
                        let __flow_op = pack(label, order.items);
                        __flow_state = __flow_run.wait(2u16, __flow_op, __flow_o1);
                        continue '__flow_m;
                    }
                }
                2u16 => {
                    let __flow_some(mut __flow_t5) = __flow_run.outcome(2u16, __flow_o1)
                    else { break '__flow_m };
                    return __flow_types
                        .known(::flowstone::__private::OfAwait(__flow_t5).0);
                }
                _ => break '__flow_m,
            }
        }
        match ::flowstone::__private::stop().await {}
    });
    __flow_types.known(__flow_run).end(__flow_done)
}
