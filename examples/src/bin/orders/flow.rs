//! What happens to an order, and the requests to the bank and the warehouse.

use std::net::SocketAddr;
use std::time::Duration;

use flowstone::prelude::*;
use serde::de::DeserializeOwned;
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
pub(crate) async fn fulfil(order: Order) -> Result<Outcome, OrderError> {
    match charge(&order.card, order.cents).await {
        Ok(_) => {}
        Err(OrderError::Refused { .. }) => return Ok(Outcome::CardRefused),
        Err(other) => return Err(other),
    }
    match send(&order.sku, order.quantity, order.cents).await {
        Ok(_) => Ok(Outcome::Sent),
        Err(OrderError::Refused { .. }) => {
            refund(&order.card, order.cents).await?;
            Ok(Outcome::OutOfStock)
        }
        Err(other) => Err(other),
    }
}

/// What went wrong with a request.
#[derive(Debug, Clone, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum OrderError {
    #[error("refused: {reason}")]
    Refused { reason: String },
    #[error("no answer: {reason}")]
    NoAnswer { reason: String },
    #[error("{0}")]
    Failed(#[from] ActionFailure),
}

impl OrderError {
    /// A refusal is final; a request without an answer is made again.
    fn may_pass(&self) -> bool {
        !matches!(self, Self::Refused { .. })
    }
}

/// Charges a card. The idempotency key makes a repeated request harmless.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = OrderError::may_pass,
    timeout = "2s"
)]
fn charge(bank: Dep<Bank>, cx: ActionCx, card: &str, cents: u64) -> Result<u64, OrderError> {
    bank.post(
        "charge",
        &Booking {
            key: cx.idempotency_key(),
            card: card.into(),
            cents,
        },
    )
}

/// Gives money back.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = OrderError::may_pass,
    timeout = "2s"
)]
fn refund(bank: Dep<Bank>, cx: ActionCx, card: &str, cents: u64) -> Result<u64, OrderError> {
    bank.post(
        "refund",
        &Booking {
            key: cx.idempotency_key(),
            card: card.into(),
            cents,
        },
    )
}

/// Has the warehouse send the goods.
#[action(
    retry(attempts = 30, first_delay = "20ms", max_delay = "1s"),
    retry_if = OrderError::may_pass,
    timeout = "2s"
)]
fn send(
    bank: Dep<Bank>,
    cx: ActionCx,
    sku: &str,
    quantity: u32,
    cents: u64,
) -> Result<u64, OrderError> {
    let key = cx.idempotency_key();
    bank.post(
        "send",
        &Parcel {
            key,
            sku: sku.into(),
            quantity,
            cents,
        },
    )
}

/// A movement of money, as the bank is asked for it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Booking {
    pub(crate) key: String,
    pub(crate) card: String,
    pub(crate) cents: u64,
}

/// Goods to send, as the warehouse is asked for them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Parcel {
    pub(crate) key: String,
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) cents: u64,
}

/// Where the bank and the warehouse are.
#[derive(Debug)]
pub(crate) struct Bank {
    agent: ureq::Agent,
    address: SocketAddr,
}

impl Bank {
    pub(crate) fn at(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_millis(300)))
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            address,
        }
    }

    fn post<T: DeserializeOwned>(
        &self,
        what: &str,
        body: &impl Serialize,
    ) -> Result<T, OrderError> {
        let no_answer = |reason: String| OrderError::NoAnswer { reason };
        let url = format!("http://{}/{what}", self.address);
        let answer = self.agent.post(url).send_json(body);
        let mut answer = answer.map_err(|error| no_answer(error.to_string()))?;
        match answer.status().as_u16() {
            200 => answer
                .body_mut()
                .read_json()
                .map_err(|error| no_answer(error.to_string())),
            402 | 409 => {
                let reason = answer.body_mut().read_to_string().unwrap_or_default();
                Err(OrderError::Refused { reason })
            }
            status => Err(no_answer(format!("status {status}"))),
        }
    }
}

#[cfg(test)]
mod tests;
