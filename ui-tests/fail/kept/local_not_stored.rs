use flowstone::{action, flow};

#[action]
async fn tick(value: u64) -> u64 {
    value
}

struct Ticket(u64);

fn number(ticket: &Ticket) -> u64 {
    ticket.0
}

#[flow]
async fn hold() -> u64 {
    let ticket = Ticket(7);
    let more = tick(1).await;
    number(&ticket) + more
}

fn main() {}
