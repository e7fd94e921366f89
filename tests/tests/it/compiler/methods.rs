//! Flows in an `impl` block, with `self` and without.

use super::same;

/// Declares the same items twice: with flows, and with plain functions.
macro_rules! both {
    (@with $attr:tt
        types { $($types:tt)* }
        $(impl [$($header:tt)*] {
            plain { $($plain:tt)* }
            $(async fn $name:ident [$($generics:tt)*] ($($args:tt)*) -> $ret:ty { $($body:tt)* })*
        })*
        async fn all() -> $out:ty { $($all:tt)* }
    ) => {
        $($types)*

        $(
            #$attr
            impl $($header)* {
                $($plain)*

                $(
                    #$attr
                    async fn $name $($generics)* ($($args)*) -> $ret { $($body)* }
                )*
            }
        )*

        #$attr
        pub(super) async fn all() -> $out { $($all)* }
    };
    ($($items:tt)*) => {
        mod flows {
            use flowstone::flow;
            use super::super::tick;
            both! { @with [flow] $($items)* }
        }

        mod plain {
            use super::super::tick;
            both! { @with [cfg(all())] $($items)* }
        }
    };
}

both! {
    types {
        #[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
        struct Order {
            id: i64,
            items: Vec<i64>,
        }

        #[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
        struct Pair<T>(T, T);
    }

    impl [Order] {
        plain {
            const BASE: i64 = 10;

            fn total(&self) -> i64 {
                self.items.iter().sum()
            }
        }

        async fn make [] (id: i64, (a, b): (i64, i64)) -> Self {
            let id = tick(id + Self::BASE).await;
            Self { id, items: vec![a, b] }
        }

        async fn place [] (mut self, by: i64) -> Result<Self, String> {
            self.items.push(tick(by).await);
            let add = |n: i64| n + self.id;
            let total = self.total() + add(tick(1).await);
            for item in &self.items {
                tick(*item).await;
            }
            let text = format!("{self:?} {{self}} {{{}}} {total:>w$}", self.id, w = 4);
            let Self { id, mut items } = self;
            items.push(tick(text.len() as i64).await);
            if items.len() > 5 {
                return Err(text);
            }
            Ok(Self { id, items })
        }

        async fn twice [] (self: Box<Self>, this: i64) -> Result<Order, String> {
            let half = (*self).place(this).await?;
            tick(this).await;
            half.place(this + 1).await
        }
    }

    impl [<T: serde::Serialize + serde::de::DeserializeOwned + Clone> Pair<T>] {
        plain {}

        async fn swap [] (self, by: impl Into<i64> + flowstone::Durable) -> Self {
            tick(by.into()).await;
            Self(self.1, self.0)
        }

        async fn repeat [<const N: usize>] (self) -> Vec<Self> {
            let mut all = Vec::new();
            for _ in 0..N {
                all.push(self.clone());
                tick(1).await;
            }
            all
        }
    }

    async fn all() -> String {
        let order = Order::make(1, (2, 3)).await;
        let placed = order.clone().place(4).await;
        let twice = Box::new(order).twice(5).await;
        let pair = Pair("a".to_owned(), "b".to_owned()).swap(7_i32).await;
        let pairs = pair.repeat::<2>().await;
        format!("{placed:?} {twice:?} {pairs:?}")
    }
}

#[test]
fn methods_are_flows() {
    same(flows::all(), plain::all());
}

#[test]
fn they_are_stored_under_the_name_of_the_type_too() {
    mod named {
        #[derive(serde::Serialize, serde::Deserialize)]
        pub(super) struct Shop(pub(super) i64);

        #[flowstone::flow]
        impl Shop {
            #[flowstone::flow(version = 2)]
            pub(super) async fn open(n: i64) -> i64 {
                super::super::tick(n).await
            }

            #[flowstone::flow(name = "closing time")]
            pub(super) async fn close(n: i64) -> i64 {
                super::super::tick(n).await
            }

            #[flowstone::flow]
            pub(super) async fn sell(self, n: i64) -> i64 {
                super::super::tick(n + self.0).await
            }
        }
    }
    let shape = |call: &dyn std::fmt::Debug| format!("{call:?}");
    assert!(shape(&named::Shop::open(1)).contains("Shop::open"));
    assert!(shape(&named::Shop::close(1)).contains("closing time"));
    let sell = named::Shop(1)
        .sell(2)
        .start_frame()
        .expect("a call of a flow");
    let frame = flowstone::machine::Frame::decode(&sell).expect("a frame");
    let names: Vec<&str> = frame.locals.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["self", "n"]);
}
