//! A flow with actions, a flow in a flow and the built-ins, without a warning.

#![deny(warnings, clippy::all, clippy::pedantic)]

use std::time::Duration;

use flowstone::flow::{self as built_in, Channel};
use flowstone::{action, flow};

const APPROVAL: Channel<bool> = Channel::new("approval");

#[action]
async fn price(sku: &str) -> Result<u64, String> {
    sku.parse().map_err(|_| format!("no price for {sku}"))
}

#[flow]
async fn total(skus: Vec<String>) -> Result<u64, String> {
    let mut sum = 0;
    for sku in &skus {
        sum += price(sku).await?;
    }
    Ok(sum)
}

/// Orders what is approved.
#[flow(name = "order.v2", version = 2)]
pub async fn order(skus: Vec<String>) -> Result<u64, String> {
    let id = built_in::uuid();
    let started = built_in::now();
    let sum = total(skus).await?;
    built_in::sleep(Duration::from_secs(60)).await;
    let approved = built_in::receive(APPROVAL).await;
    if approved && built_in::now() > started {
        Ok(sum + u64::from(built_in::random::<u8>()))
    } else {
        Err(id.to_string())
    }
}

fn main() {
    assert_eq!((order::NAME, order::shape().version), ("order.v2", 2));
    assert_eq!(total::shape().states.len(), 1);
}
