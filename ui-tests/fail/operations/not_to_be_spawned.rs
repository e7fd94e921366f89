//! Actions, flows and timers are spawned, and what undoes is an action or a flow.

use flowstone::prelude::*;

#[flow]
async fn child(number: u64) -> u64 {
    flow::sleep(Duration::from_secs(number)).await;
    number
}

#[flow]
async fn spawns_a_wait() {
    const GO: Channel<u8> = Channel::new("go");
    let going = flow::receive(GO).spawn();
    going.await;
}

#[flow]
async fn undoes_by_a_timer() {
    child(7).await;
    flow::on_failure(flow::sleep(Duration::from_secs(1)));
}

fn main() {}
