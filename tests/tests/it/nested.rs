//! A flow grows as its source does: joins and races that are nested, or have many
//! operands, add the same for each.

use flowstone::graph::Graph;
use flowstone::machine::{Cx, Machine, Step};
use flowstone::prelude::*;

#[action]
async fn nested_step(n: u64) -> u64 {
    n
}

/// Flows in which each level waits for a step and for the next level, which is the same
/// in an `async` block. Both are there for each mark between the brackets.
macro_rules! deep {
    ($($joined:ident $raced:ident $levels:tt;)+) => {$(
        deep!(join $joined n $levels { nested_step(n).await });
        deep!(race $raced n $levels { nested_step(n).await });
    )+};
    ($kind:ident $name:ident $n:ident [] $body:tt) => {
        #[flow]
        async fn $name($n: u64) -> u64 $body
    };
    (join $name:ident $n:ident [+ $($levels:tt)*] $body:tt) => {
        deep!(join $name $n [$($levels)*] {
            let text = format!("{:>20}", $n);
            let (one, other) = flow::join!(nested_step($n), async {
                let inner = $body;
                nested_step(inner).await
            });
            one + other + text.len() as u64
        });
    };
    (race $name:ident $n:ident [+ $($levels:tt)*] $body:tt) => {
        deep!(race $name $n [$($levels)*] {
            let text = format!("{:>20}", $n);
            flow::race! {
                one = nested_step($n) => one + text.len() as u64,
                other = async {
                    let inner = $body;
                    nested_step(inner).await
                } => other,
            }
        });
    };
}

/// Flows with as many operands, each an `async` block with a local of its own.
macro_rules! wide {
    ($($joined:ident $raced:ident [$($operand:literal)+];)+) => {$(
        #[flow]
        async fn $joined(n: u64) -> u64 {
            let all = flow::join!($(async {
                let text = format!("{:>20}", n + $operand);
                nested_step($operand).await + text.len() as u64
            }),+);
            format!("{all:?}").len() as u64
        }

        #[flow]
        async fn $raced(n: u64) -> u64 {
            flow::race! {$(
                first = async {
                    let text = format!("{:>20}", n + $operand);
                    nested_step($operand).await + text.len() as u64
                } => first,
            )+}
        }
    )+};
}

deep! {
    join_deep_1 race_deep_1 [+];
    join_deep_2 race_deep_2 [+ +];
    join_deep_3 race_deep_3 [+ + +];
    join_deep_4 race_deep_4 [+ + + +];
    join_deep_5 race_deep_5 [+ + + + +];
    join_deep_6 race_deep_6 [+ + + + + +];
}

wide! {
    join_wide_1 race_wide_1 [1];
    join_wide_2 race_wide_2 [1 2];
    join_wide_3 race_wide_3 [1 2 3];
    join_wide_4 race_wide_4 [1 2 3 4];
    join_wide_5 race_wide_5 [1 2 3 4 5];
    join_wide_6 race_wide_6 [1 2 3 4 5 6];
}

/// What grows with a flow.
#[derive(Debug, Clone, Copy)]
struct Size {
    /// Its states, with those of its operands.
    states: usize,
    /// What is drawn of it.
    nodes: usize,
    edges: usize,
    /// The frame in which it waits first: all operands have begun then.
    frame: usize,
}

impl Size {
    fn of<M: Machine>(call: flow::FlowCall<M>) -> Self {
        let (shape, graph) = (M::SHAPE, Graph::of(M::SHAPE));
        let start = call.start_frame().expect("its argument is a number");
        let Ok(Step::Waiting(waiting)) = M::resume(start, &mut Cx::starting()) else {
            panic!("it waits first")
        };
        Self {
            states: shape.states.len() + shape.operands.len(),
            nodes: graph.nodes().len(),
            edges: graph.edges().count(),
            frame: waiting.len(),
        }
    }
}

/// Whether each step adds what the first ones did: the lengths that a frame holds take a
/// byte more where they pass a bound.
fn grows_evenly(sizes: [Size; 6]) {
    let all = [
        (sizes.map(|size| size.states), 0),
        (sizes.map(|size| size.nodes), 0),
        (sizes.map(|size| size.edges), 0),
        (sizes.map(|size| size.frame), 12),
    ];
    for (sizes, slack) in all {
        let pairs = sizes.iter().zip(sizes.iter().skip(1));
        let added: Vec<usize> = pairs.map(|(less, more)| more - less).collect();
        let most = added.iter().take(2).max().map_or(0, |most| most + slack);
        assert!(
            added.iter().all(|added| *added <= most),
            "{sizes:?}: {added:?}"
        );
    }
}

macro_rules! sizes {
    ($($flow:ident)+) => { [$(Size::of($flow(7))),+] };
}

#[test]
fn a_level_of_joins_adds_the_same_at_any_depth() {
    grows_evenly(sizes!(join_deep_1 join_deep_2 join_deep_3 join_deep_4 join_deep_5 join_deep_6));
}

#[test]
fn a_level_of_races_adds_the_same_at_any_depth() {
    grows_evenly(sizes!(race_deep_1 race_deep_2 race_deep_3 race_deep_4 race_deep_5 race_deep_6));
}

#[test]
fn an_operand_of_a_join_adds_the_same_to_any_number() {
    grows_evenly(sizes!(join_wide_1 join_wide_2 join_wide_3 join_wide_4 join_wide_5 join_wide_6));
}

#[test]
fn an_operand_of_a_race_adds_the_same_to_any_number() {
    grows_evenly(sizes!(race_wide_1 race_wide_2 race_wide_3 race_wide_4 race_wide_5 race_wide_6));
}
