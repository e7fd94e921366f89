//! The flows that are measured.

use flowstone::prelude::*;

/// Gives back what it gets.
#[action]
async fn echo(n: u32) -> u32 {
    n
}

/// So many echoes, one after the other.
#[flow]
pub(crate) async fn echoes(steps: u32) -> u32 {
    let mut sum = 0u32;
    for n in 0..steps {
        sum = sum.wrapping_add(echo(n).await);
    }
    sum
}

/// Sleeps for an hour.
#[flow]
pub(crate) async fn sleeper(n: u32) -> u32 {
    flow::sleep(Duration::from_hours(1)).await;
    n
}

pub(crate) const GO: Channel<u32> = Channel::new("go");

/// Takes many steps, then waits for a message.
#[flow]
pub(crate) async fn historian(steps: u32) -> u32 {
    let mut sum = 0u32;
    for n in 0..steps {
        sum = sum.wrapping_add(echo(n).await);
    }
    sum.wrapping_add(flow::receive(GO).await)
}
