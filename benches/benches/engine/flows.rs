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

/// So many echoes at once.
#[flow]
pub(crate) async fn fan_out(number: u32) -> u32 {
    let echoes = flow::join_all((0..number).map(echo)).await;
    echoes.into_iter().fold(0, u32::wrapping_add)
}

/// So many children at once, of one echo each.
#[flow]
pub(crate) async fn fan_out_children(number: u32) -> u32 {
    let children: Vec<_> = (0..number).map(|_| echoes(1).spawn()).collect();
    let ended = flow::join_all(children).await;
    ended
        .into_iter()
        .filter_map(Result::ok)
        .fold(0, u32::wrapping_add)
}
