//! Small things: a step of a machine, and the value codec.

use divan::{Bencher, black_box};
use flowstone::codec;
use flowstone::machine::{Cx, Machine, Outcome, Step};
use flowstone::prelude::*;
use flowstone::{LeafId, Payload};
use serde::{Deserialize, Serialize};

fn main() {
    divan::main();
}

#[derive(Clone, Serialize, Deserialize)]
struct Order {
    id: u64,
    sku: String,
    cents: u64,
    note: Option<String>,
}

fn order() -> Order {
    Order {
        id: 42,
        sku: "teapot".into(),
        cents: 3450,
        note: Some("a gift".into()),
    }
}

const GO: Channel<u64> = Channel::new("go");

/// Waits again and again, keeping an order.
#[flow]
async fn waiter(order: Order) -> u64 {
    let mut sum = order.cents;
    loop {
        sum += flow::receive(GO).await;
        if sum == 0 {
            return order.id;
        }
    }
}

#[divan::bench]
fn machine_step(bencher: Bencher<'_, '_>) {
    let start = waiter(order())
        .start_frame()
        .expect("an order can be stored");
    let Ok(Step::Waiting(frame)) = waiter::resume(start, &mut Cx::starting()) else {
        unreachable!("it waits")
    };
    let message = Payload::encode(&1u64).expect("a number can be stored");
    bencher.bench(|| {
        let outcome = Outcome::Value(message.clone());
        let mut cx = Cx::resuming(LeafId(0), outcome, LeafId(1));
        waiter::resume(black_box(frame.clone()), &mut cx)
    });
}

#[divan::bench]
fn encode_order(bencher: Bencher<'_, '_>) {
    let order = order();
    bencher.bench(|| codec::to_vec(black_box(&order)));
}

#[divan::bench]
fn decode_order(bencher: Bencher<'_, '_>) {
    let bytes = codec::to_vec(&order()).expect("an order can be stored");
    bencher.bench(|| codec::from_slice::<Order>(black_box(&bytes)));
}
