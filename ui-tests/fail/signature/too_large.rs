use flowstone::prelude::*;

macro_rules! twice {
    ([] $($word:tt)*) => {
        #[flow]
        async fn enormous() {
            $($word)*
        }
    };
    ([$one:tt $($more:tt)*] $($word:tt)*) => {
        twice! { [$($more)*] $($word)* $($word)* }
    };
}

twice! { [1 2 3 4 5 6 7 8 9 10 11 12 13 14 15] drop(true); }

fn main() {}
