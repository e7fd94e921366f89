//! What a flow publishes, puts, sends and receives must be stored: told once, of that, and
//! not of an `.await` that it is kept over.

use flowstone::prelude::*;

struct Ticket;

const TICKETS: Channel<Ticket> = Channel::new("tickets");

#[flow]
async fn published() {
    flow::set_status(Ticket);
}

#[flow]
async fn put() {
    flow::put("ticket", Ticket);
}

#[flow]
async fn got() -> bool {
    flow::get::<Ticket>("ticket").await.is_some()
}

#[flow]
async fn sent(to: InstanceId) -> bool {
    flow::send(to, TICKETS, Ticket).await.is_ok()
}

#[flow]
async fn received() {
    flow::receive(TICKETS).await;
}

#[flow]
async fn drained() -> usize {
    flow::drain(TICKETS).await.len()
}

fn main() {}
