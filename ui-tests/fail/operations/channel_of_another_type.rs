//! A channel read, sent to, and asked at the wrong type.

use flowstone::flow::Question;
use flowstone::prelude::*;

const APPROVAL: Channel<bool> = Channel::new("approval");
const TAKE: Channel<Question<u32, String>> = Channel::new("take");

#[flow]
async fn reads() -> u64 {
    let number: u64 = flow::receive(APPROVAL).await;
    number
}

#[flow]
async fn sends(to: InstanceId) {
    let _ = flow::send(to, APPROVAL, "yes").await;
}

#[flow]
async fn drains() -> Vec<u64> {
    flow::drain(APPROVAL).await
}

#[flow]
async fn answers() {
    let question = flow::receive(TAKE).await;
    question.answer(7);
}

fn main() {}
