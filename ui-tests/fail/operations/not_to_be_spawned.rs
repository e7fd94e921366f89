//! Actions and flows are spawned, and what undoes is an action.

use flowstone::prelude::*;

#[flow]
async fn child(number: u64) -> u64 {
    flow::sleep(Duration::from_secs(number)).await;
    number
}

#[flow]
async fn spawns_a_timer() {
    let timer = flow::sleep(Duration::from_secs(1)).spawn();
    timer.await;
}

#[flow]
async fn undoes_by_a_flow() {
    flow::on_failure(child(7));
}

fn main() {}
