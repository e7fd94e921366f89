//! One flow for each way around the refusals of `#[flow]`.

#![allow(missing_docs, reason = "the names say it")]

use flowstone::prelude::*;
use flowstone_audited_helper as helper;
use flowstone_audited_helper::Clock;

use crate::hidden;

#[flow]
pub async fn alias() -> u64 {
    let value = hidden::aliased();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn fn_pointer() -> u64 {
    let value = {
        let clock = hidden::pointed();
        clock()
    };
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn other_crate() -> u64 {
    let value = helper::seconds();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn inlined() -> bool {
    let value = helper::started();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn trait_method() -> u64 {
    let value = Clock::seconds(&helper::Real);
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn generic() -> u64 {
    let value = helper::twice(&helper::Real);
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn default() -> u64 {
    let value = helper::Stamp::default().0;
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn dynamic() -> u64 {
    let value = hidden::boxed().seconds();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn closure() -> u64 {
    let value = helper::applied(1, |n| n + helper::seconds());
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn foreign_macro() -> u64 {
    let value = helper::stamped!(1).1;
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn hash_map() -> String {
    let value = helper::letters("tea");
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn uuid() -> u128 {
    let value = helper::new_id();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn env() -> String {
    let value = helper::region();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn print() {
    helper::told("tea");
    flow::sleep(Duration::from_secs(1)).await;
}
