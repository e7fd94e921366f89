//! Flows with parameters of types and constants, flows that call themselves,
//! and flows wherever an item can stand.

use super::same;

/// Declares the same functions as flows and as plain ones.
macro_rules! both {
    ($({ $(#[$attr:meta])* async $($item:tt)* })*) => {
        mod flows {
            use super::super::tick;
            $($(#[$attr])* #[flowstone::flow] pub(super) async $($item)*)*
        }

        mod plain {
            use super::super::tick;
            $($(#[$attr])* pub(super) async $($item)*)*
        }
    };
}

both! {
    { async fn largest<T: flowstone::Durable + PartialOrd + Clone>(items: Vec<T>) -> Option<T> {
        let mut best: Option<T> = None;
        for item in &items {
            tick(1).await;
            if best.as_ref().is_none_or(|best| item > best) {
                best = Some(item.clone());
            }
        }
        best
    } }

    { async fn repeated<T, const N: usize>(value: T) -> Vec<T>
    where
        T: flowstone::Durable + Clone,
    {
        let mut all = Vec::new();
        for n in 0..N {
            tick(n as i64).await;
            all.push(value.clone());
        }
        all
    } }

    { async fn shown(
        value: impl flowstone::Durable + std::fmt::Display,
        more: Vec<impl flowstone::Durable + std::fmt::Display>,
    ) -> String {
        tick(2).await;
        let mut text = value.to_string();
        for value in more {
            tick(3).await;
            text += &value.to_string();
        }
        text
    } }

    { async fn named_by_type<T: Default + std::fmt::Debug>() -> String {
        tick(4).await;
        format!("{:?}", T::default())
    } }

    { async fn caller(n: i64) -> String {
        let a = largest(vec![n, 7, 2]).await;
        let b = largest::<String>(vec!["x".into(), "z".into()]).await;
        let c = repeated::<_, 3>(a).await;
        let numbers: Vec<i64> = c.iter().map(|c| c.unwrap_or(0)).collect();
        let d = shown(b.unwrap_or_default(), numbers).await;
        let e = named_by_type::<(u8, bool)>().await;
        format!("{d}{c:?}{e}{}", shown('c', Vec::<u8>::new()).await)
    } }
}

#[test]
fn generic_flows_are_called() {
    same(flows::caller(3), plain::caller(3));
}

#[test]
fn generic_flows_are_machines_themselves() {
    same(flows::largest(vec![3, 1, 4]), plain::largest(vec![3, 1, 4]));
    same(
        flows::repeated::<_, 2>("x".to_owned()),
        plain::repeated::<_, 2>("x".to_owned()),
    );
    same(flows::shown(1, vec![true]), plain::shown(1, vec![true]));
}

mod recursive {
    use super::super::tick;

    #[flowstone::flow]
    pub(super) async fn fibonacci(n: u64) -> u64 {
        if n < 2 {
            return n;
        }
        let one = fibonacci(n - 1).await;
        tick(one as i64).await;
        one + fibonacci(n - 2).await
    }

    #[flowstone::flow]
    pub(super) async fn is_even(n: u64) -> bool {
        tick(n as i64).await;
        n == 0 || is_odd(n - 1).await
    }

    #[flowstone::flow]
    pub(super) async fn is_odd(n: u64) -> bool {
        n != 0 && is_even(n - 1).await
    }

    /// Each depth has a type of its own, but not its machine.
    #[flowstone::flow]
    pub(super) async fn sum_of<T: flowstone::Durable + Into<i64>>(mut items: Vec<T>) -> i64 {
        match items.pop() {
            Some(last) => {
                let last = tick(last.into()).await;
                last + sum_of(items).await
            }
            None => 0,
        }
    }
}

#[test]
fn flows_call_themselves_and_each_other() {
    /// What is awaited on the way.
    fn ticks(n: u64, all: &mut Vec<i64>) -> u64 {
        if n < 2 {
            return n;
        }
        let one = ticks(n - 1, all);
        all.push(one as i64);
        one + ticks(n - 2, all)
    }
    same(recursive::fibonacci(7), async {
        let mut all = Vec::new();
        let sum = ticks(7, &mut all);
        for n in all {
            super::tick(n).await;
        }
        sum
    });
    same(recursive::is_even(5), async {
        for n in [5, 3, 1] {
            super::tick(n).await;
        }
        false
    });
    same(recursive::sum_of(vec![1_i32, 2, 3]), async {
        for n in [3, 2, 1] {
            super::tick(n).await;
        }
        6
    });
}

macro_rules! made {
    ($vis:vis $name:ident, $first:expr, $ty:ty) => {
        #[flowstone::flow]
        $vis async fn $name(n: $ty) -> $ty {
            let first = $first;
            let second = super::super::tick(n).await;
            first + second
        }
    };
}

mod places {
    made!(pub(super) by_macro, 5, i64);

    #[cfg(all(unix, not(unix)))]
    #[flowstone::flow]
    pub(super) async fn nowhere() -> Missing {
        nothing().await
    }

    #[cfg(any(unix, not(unix)))]
    #[flowstone::flow]
    pub(super) async fn r#match(r#type: i64) -> i64 {
        let r#fn = super::super::tick(r#type).await;
        super::super::tick(1).await;
        r#fn + r#type
    }

    /// The names that generated code uses are the user's as well.
    #[flowstone::flow]
    pub(super) async fn resume(frame: i64, cx: i64) -> i64 {
        let (run, state, op, done) = (1, 2, 3, 4);
        let __flow_t0 = super::super::tick(frame).await;
        struct Machine(i64);
        impl Machine {
            const SHAPE: i64 = 6;
        }
        let Machine(inner) = Machine(super::super::tick(cx).await);
        run + state + op + done + __flow_t0 + inner + Machine::SHAPE
    }
}

#[test]
fn flows_stand_wherever_items_can() {
    same(places::by_macro(2), async { 5 + super::tick(2).await });
    same(places::r#match(2), async {
        super::tick(2).await;
        super::tick(1).await;
        4
    });
    same(places::resume(2, 3), async {
        21 + super::tick(2).await + super::tick(3).await - 5
    });
}
