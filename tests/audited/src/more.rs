//! What a flow may reach, and what it may not, beside the evasions.

use flowstone::prelude::*;
use flowstone_audited_helper as helper;
use serde::{Deserialize, Serialize, Serializer};

use crate::hidden;

/// An action reads the clock: actions may.
#[action]
pub async fn measured() -> Result<u64, ActionFailure> {
    Ok(helper::seconds())
}

/// Only calls it.
#[flow]
pub async fn calls_an_action() -> Result<u64, ActionFailure> {
    measured().await
}

/// A number that is stored beside the time at which it is.
#[derive(Debug, Clone, Deserialize)]
pub struct Dated(pub u64);

impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0 + helper::seconds()).serialize(serializer)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the whole of it is kept")]
fn number(dated: Dated) -> u64 {
    dated.0
}

/// What is kept over an await is stored by the user's own code.
#[flow]
pub async fn keeps_a_dated_number() -> u64 {
    let dated = Dated(1);
    flow::sleep(Duration::from_secs(1)).await;
    number(dated)
}

/// A static of the crate, behind a function.
#[flow]
pub async fn counts() -> u64 {
    let count = hidden::counted();
    flow::sleep(Duration::from_secs(1)).await;
    count
}

/// May read the clock, and says why; it may not ask the environment.
#[flow(allow(wall_clock, reason = "it is shown to people only"))]
pub async fn allowed() -> u64 {
    let seen = helper::seconds();
    let _ = helper::region();
    flow::sleep(Duration::from_secs(1)).await;
    seen
}

/// The built-ins are what a flow is to use.
#[flow]
pub async fn uses_built_ins() -> (u128, u64) {
    let id = flow::uuid().as_u128();
    let number: u64 = flow::random();
    let _ = flow::now();
    flow::sleep(Duration::from_secs(1)).await;
    (id, number)
}

/// A map in an argument.
#[allow(warnings, reason = "the compiler warns of the map as well")]
pub mod maps {
    use std::collections::HashMap;

    use flowstone::prelude::*;

    /// Reading its argument makes a hasher, which is told where the argument stands.
    #[flow]
    pub async fn takes_a_map(item: u32, prices: HashMap<u32, u64>) -> Option<u64> {
        flow::sleep(Duration::from_secs(1)).await;
        prices.get(&item).copied()
    }
}

/// What may be charged.
#[derive(Debug, Serialize, Deserialize)]
pub struct Card {
    number: String,
}

#[flow]
impl Card {
    /// A method is a flow like any other.
    #[flow(allow(environment_process, reason = "the region never changes"))]
    pub async fn charge(self) -> u64 {
        let seconds = helper::seconds();
        let region = helper::region();
        flow::sleep(Duration::from_secs(1)).await;
        seconds + region.len() as u64 + self.number.len() as u64
    }
}
