//! Actions: async and not, with borrowed arguments, dependencies, options.

use std::path::Path;

use flowstone::action;
use flowstone::action::{ActionCx, Dep};
use serde::{Deserialize, Serialize};

/// What is ordered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: u64,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its address.
    pub address: String,
}

/// A line of an order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Line {
    /// Its sku.
    pub sku: String,
    /// Its count.
    pub count: u64,
}

/// Why a charge was not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PayError {
    /// Try again.
    Busy,
    /// Do not.
    Refused(String),
}

/// Where money comes from.
#[derive(Debug)]
pub struct Bank {
    fee: u64,
    name: String,
}

fn is_busy(error: &PayError) -> bool {
    *error == PayError::Busy
}

/// Gives its argument back.
#[action]
pub(super) fn echo(n: u64) -> u64 {
    n
}

/// Looks a price up.
#[action(name = "lints.price", timeout = "5s")]
pub(super) fn price(sku: &str, of: Option<String>) -> Result<u64, String> {
    sku.parse()
        .map_err(|error| format!("{sku} of {of:?}: {error}"))
}

/// Charges.
#[action(retry(attempts = 7, first_delay = "250ms"), retry_if = is_busy)]
pub(super) fn charge(
    bank: Dep<Bank>,
    cx: ActionCx,
    order: &Order,
    mut cents: u64,
) -> Result<u64, PayError> {
    cents += bank.fee * u64::from(cx.attempt()) + bank.name.len() as u64;
    if order.lines.is_empty() {
        return Err(PayError::Refused("nothing is ordered".to_owned()));
    }
    Ok(cents)
}

/// Writes labels; awaits itself.
#[action]
pub(super) async fn label(address: String, at: &Path) -> String {
    let text = std::future::ready(format!("{address} {}", at.display())).await;
    text.to_uppercase()
}

/// Does nothing.
#[action(retry(never))]
pub(super) async fn nothing() {
    std::future::ready(()).await;
}

/// Takes what it does not use.
#[action]
pub(super) fn ignore(_n: u64, b: u64, _text: &str) -> u64 {
    b
}

/// Whether a number is even.
#[action]
pub(super) async fn is_even(n: u64) -> bool {
    n.is_multiple_of(2)
}
