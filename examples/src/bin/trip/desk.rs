//! What a trip asks of the world, and what the world says to that.

use flowstone::prelude::*;
use flowstone_examples::service::{Client, Request, ServiceError, Verdict};

/// Books a flight, a hotel or a car; gives the number of the booking.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn book(
    desk: Dep<Client>,
    cx: ActionCx,
    what: &str,
    cents: u64,
) -> Result<u64, ServiceError> {
    desk.ask(&request(&cx, "book", what, cents))
}

/// Releases a booking.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn release(
    desk: Dep<Client>,
    cx: ActionCx,
    booking: u64,
    cents: u64,
) -> Result<u64, ServiceError> {
    desk.ask(&request(&cx, "release", &booking.to_string(), cents))
}

/// Charges a card.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn pay(
    desk: Dep<Client>,
    cx: ActionCx,
    card: &str,
    cents: u64,
) -> Result<u64, ServiceError> {
    desk.ask(&request(&cx, "pay", card, cents))
}

/// Writes to the traveller.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn tell(
    desk: Dep<Client>,
    cx: ActionCx,
    traveller: &str,
    text: &str,
) -> Result<u64, ServiceError> {
    desk.ask(&request(&cx, "tell", &format!("{traveller}: {text}"), 0))
}

/// Whether there is a visa for a country: asked until the consulate knows.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn visa(desk: Dep<Client>, cx: ActionCx, to: &str) -> Result<bool, ServiceError> {
    Ok(desk.ask(&request(&cx, "visa", to, 0))? == 1)
}

/// Whether a storm is coming.
#[action(
    retry(forever, first_delay = "20ms", max_delay = "1s"),
    retry_if = ServiceError::may_pass,
    timeout = "2s"
)]
pub(crate) fn storm(desk: Dep<Client>, cx: ActionCx, at: &str) -> Result<bool, ServiceError> {
    Ok(desk.ask(&request(&cx, "storm", at, 0))? == 1)
}

fn request(cx: &ActionCx, what: &str, about: &str, cents: u64) -> Request {
    Request {
        key: cx.idempotency_key(),
        what: what.into(),
        about: about.into(),
        quantity: 1,
        cents,
    }
}

/// What the world says.
pub(crate) fn judge(request: &Request) -> Verdict {
    match (request.what.as_str(), request.about.as_str()) {
        ("book", what) if what.starts_with("flight to Atlantis") => {
            Verdict::Refused("nobody flies there")
        }
        ("book", what) if what.starts_with("car to Venice") => {
            Verdict::Refused("there are no streets")
        }
        ("pay", card) if card.starts_with("0000") => Verdict::Refused("this card has no cover"),
        ("visa", "Ruritania") => Verdict::NotYet,
        ("visa", to) => Verdict::Answer(u64::from(to != "Sealand")),
        ("storm", at) => Verdict::Answer(u64::from(at == "Reykjavik")),
        _ => Verdict::Done,
    }
}
