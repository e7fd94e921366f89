//! The twin of each evasion: the audit is silent on them.

#![allow(missing_docs, reason = "the names say it")]

use std::time::UNIX_EPOCH;

use flowstone::prelude::*;
use flowstone_audited_helper as helper;
use flowstone_audited_helper::Clock;

use crate::hidden;

#[flow]
pub async fn alias_twin() -> u64 {
    let value = hidden::aliased_twin();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn fn_pointer_twin() -> u64 {
    let value = {
        let clock = hidden::pointed_twin();
        clock()
    };
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn other_crate_twin() -> u64 {
    let value = helper::seconds_of(UNIX_EPOCH);
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn inlined_twin() -> bool {
    let value = helper::is_long(Duration::from_secs(2));
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn trait_method_twin() -> u64 {
    let value = Clock::seconds(&helper::Still(1));
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn generic_twin() -> u64 {
    let value = helper::twice(&helper::Still(1));
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn default_twin() -> u64 {
    let value = helper::Stamp(Default::default()).0;
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn dynamic_twin() -> u64 {
    let value = hidden::boxed_twin().seconds();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn closure_twin() -> u64 {
    let value = helper::applied(1, |n| n + 1);
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn foreign_macro_twin() -> u64 {
    let value = helper::doubled!(1).1;
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn hash_map_twin() -> String {
    let value = helper::letters_in_order("tea");
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn uuid_twin() -> u128 {
    let value = helper::id_of("tea");
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn env_twin() -> String {
    let value = helper::version();
    flow::sleep(Duration::from_secs(1)).await;
    value
}

#[flow]
pub async fn print_twin() {
    let _ = helper::line("tea");
    flow::sleep(Duration::from_secs(1)).await;
}
