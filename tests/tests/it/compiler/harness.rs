//! Runs a body as a plain `async fn` and as a machine, and compares.

use std::fmt::Debug;
use std::future::Future;

use flowstone::flow::FlowCall;
use flowstone::machine::Machine;
use flowstone_tests::differ;

pub(crate) use flowstone_tests::differ::tick;

/// Runs both and compares what they logged and returned.
pub(crate) fn same<M: Machine>(flow: FlowCall<M>, plain: impl Future<Output = M::Output>)
where
    M::Output: Debug + PartialEq,
{
    let expected = differ::plain(plain);
    let got = differ::machine(flow);
    assert_eq!(got, expected, "left: the flow, right: the plain `async fn`");
}

/// Runs both in many orders in which what they wait for comes.
pub(crate) fn same_in_all_orders<M: Machine, F: Future<Output = M::Output>>(
    flow: impl Fn() -> FlowCall<M>,
    plain: impl Fn() -> F,
) where
    M::Output: Debug + PartialEq,
{
    for seed in 0..24 {
        let order = differ::Order::of(seed);
        let expected = differ::plain_in(order, plain());
        let got = differ::machine_in(order, flow());
        assert_eq!(
            got, expected,
            "left: the flow, right: the plain one, {order:?}"
        );
    }
}

/// Declares a test for each body, which may wait for several things.
macro_rules! forks {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty = $value:expr),* $(,)?) -> $ret:ty { $($body:tt)* })*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            use flowstone::flow;

            #[flow]
            async fn machine($($arg: $ty),*) -> $ret { $($body)* }

            async fn plain($($arg: $ty),*) -> $ret {
                use flowstone_tests::together as flow;
                $($body)*
            }

            $crate::compiler::same_in_all_orders(|| machine($($value),*), || plain($($value),*));
        }
    )*};
}

/// Declares a test for each body.
macro_rules! bodies {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty = $value:expr),* $(,)?) -> $ret:ty { $($body:tt)* })*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            #[flowstone::flow]
            async fn machine($($arg: $ty),*) -> $ret { $($body)* }

            async fn plain($($arg: $ty),*) -> $ret { $($body)* }

            $crate::compiler::same(machine($($value),*), plain($($value),*));
        }
    )*};
}

pub(crate) use {bodies, forks};
