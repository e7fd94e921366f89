use flowstone::{action, flow};
use std::time::SystemTime as Clock;

#[derive(serde::Serialize, serde::Deserialize)]
struct Order {
    id: u64,
}

impl Order {
    fn new() -> Self {
        Self { id: id_now() }
    }

    fn is_late(&self) -> bool {
        std::env::var("LATE").is_ok()
    }
}

fn id_now() -> u64 {
    Clock::now().elapsed().map_or(0, |age| age.as_secs())
}

#[action]
async fn ship(id: u64) -> bool {
    id_now() > id
}

#[flow]
async fn checkout() -> bool {
    let order = Order::new();
    let ids = [1, 2].map(|id| id + id_now());
    ship(ids[0]).await && order.is_late()
}

#[flow(allow(wall_clock, environment_process, reason = "only shown, never decided by"))]
async fn allowed() -> bool {
    let order = Order::new();
    ship(order.id).await && order.is_late()
}

fn main() {}
