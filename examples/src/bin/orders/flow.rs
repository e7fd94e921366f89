//! What happens to an order, and the requests to the bank and the warehouse.

use flowstone::prelude::*;
use flowstone_examples::service::{Client, Request, ServiceError};
use serde::{Deserialize, Serialize};

/// A line of the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    #[serde(rename = "order")]
    pub(crate) number: u64,
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) cents: u64,
    pub(crate) card: String,
}

/// How an order ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Sent,
    CardRefused,
    OutOfStock,
}

/// Charges the card and sends the goods; gives the money back if there are
/// none left.
#[flow]
pub(crate) async fn fulfil(order: Order) -> Result<Outcome, ServiceError> {
    match charge(&order.card, order.cents).await {
        Ok(_) => {}
        Err(ServiceError::Refused { .. }) => return Ok(Outcome::CardRefused),
        Err(other) => return Err(other),
    }
    match send(&order.sku, order.quantity, order.cents).await {
        Ok(_) => Ok(Outcome::Sent),
        Err(ServiceError::Refused { .. }) => {
            refund(&order.card, order.cents).await?;
            Ok(Outcome::OutOfStock)
        }
        Err(other) => Err(other),
    }
}

/// Charges a card. The idempotency key makes a repeated request harmless.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
fn charge(bank: Dep<Client>, cx: ActionCx, card: &str, cents: u64) -> Result<u64, ServiceError> {
    bank.ask(&Request {
        key: cx.idempotency_key(),
        what: "charge".into(),
        about: card.into(),
        quantity: 1,
        cents,
    })
}

/// Gives money back.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
fn refund(bank: Dep<Client>, cx: ActionCx, card: &str, cents: u64) -> Result<u64, ServiceError> {
    bank.ask(&Request {
        key: cx.idempotency_key(),
        what: "refund".into(),
        about: card.into(),
        quantity: 1,
        cents,
    })
}

/// Has the warehouse send the goods.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
fn send(
    bank: Dep<Client>,
    cx: ActionCx,
    sku: &str,
    quantity: u32,
    cents: u64,
) -> Result<u64, ServiceError> {
    bank.ask(&Request {
        key: cx.idempotency_key(),
        what: "send".into(),
        about: sku.into(),
        quantity,
        cents,
    })
}

#[cfg(test)]
mod tests;
