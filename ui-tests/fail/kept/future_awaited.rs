use flowstone::flow;
use std::{future::Future, pin::Pin, task::Context, task::Poll};

#[flow]
async fn wait() -> u64 {
    let value = std::future::ready(1).await;
    value + 1
}

struct WokenByNobody;

impl Future for WokenByNobody {
    type Output = u64;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        Poll::Pending
    }
}

#[flow]
async fn wait_for_ever() -> u64 {
    let value = WokenByNobody.await;
    value + 1
}

fn main() {}
