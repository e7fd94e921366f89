//! What happens to a trip: all of it is booked, or none of it stays booked.

use flowstone::flow::Question;
use flowstone::prelude::*;
use flowstone_examples::service::ServiceError;
use serde::{Deserialize, Serialize};

use crate::desk::{book, pay, release, storm, tell, visa};

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Trip {
    #[serde(rename = "trip")]
    pub(crate) number: u64,
    pub(crate) traveller: String,
    pub(crate) to: String,
    pub(crate) flight_cents: u64,
    pub(crate) hotel_cents: u64,
    pub(crate) car_cents: u64,
    pub(crate) card: String,
    /// How long the consulate may take to answer.
    pub(crate) visa_ms: u64,
    /// How long the traveller may.
    pub(crate) answer_ms: u64,
    /// What the traveller will say: the flow does not look at it.
    pub(crate) wish: Wish,
}

impl Trip {
    fn part(&self, what: &str) -> String {
        format!("{what} to {} for {}", self.to, self.traveller)
    }
}

/// What a traveller does with an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Wish {
    Confirm,
    Cancel,
    Wait,
}

/// Why there is no trip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum NoTrip {
    #[error("{0}")]
    Service(#[from] ServiceError),
    #[error("no visa")]
    NoVisa,
    #[error("the consulate did not answer in time")]
    NoAnswerOfTheConsulate,
    #[error("{0} did not answer in time")]
    NoAnswerOf(String),
    #[error("there is a storm in {0}")]
    Storm(String),
    #[error("cancelled: {0}")]
    Cancelled(String),
}

/// The traveller asks for the price, as often as they like.
pub(crate) const OFFER: Channel<Question<(), u64>> = Channel::new("offer");
/// The traveller takes the offer.
pub(crate) const CONFIRMED: Channel<()> = Channel::new("confirmed");
/// A storm is coming.
const STORM: Channel<()> = Channel::new("storm");

/// Books a flight, a hotel and a car, waits for a visa and for the traveller, and pays.
/// Whatever goes wrong before that, what was booked is released, last first.
#[flow]
pub(crate) async fn travel(trip: Trip) -> Result<u64, NoTrip> {
    // All three are waited for, whatever becomes of the first: a booking that was given
    // up halfway might stand at the service, and nobody would know its number.
    let (flight, hotel, car) = flow::join!(
        flow::shield(reserve(trip.part("flight"), trip.flight_cents)),
        flow::shield(reserve(trip.part("hotel"), trip.hotel_cents)),
        flow::shield(reserve(trip.part("car"), trip.car_cents)),
    );
    let cents = flight? + hotel? + car?;
    let granted = flow::race! {
        granted = visa(&trip.to) => granted?,
        () = flow::sleep(Duration::from_millis(trip.visa_ms)) => return Err(NoTrip::NoAnswerOfTheConsulate),
    };
    if !granted {
        return Err(NoTrip::NoVisa);
    }
    // A child: it is cancelled when the trip has ended.
    let _weather = watch(flow::id(), trip.to.clone()).spawn();
    let until = flow::now() + Duration::from_millis(trip.answer_ms);
    loop {
        let question = flow::race! {
            () = flow::receive(CONFIRMED) => break,
            question = flow::receive(OFFER) => question,
            () = flow::receive(STORM) => return Err(NoTrip::Storm(trip.to)),
            () = flow::sleep_until(until) => return Err(NoTrip::NoAnswerOf(trip.traveller)),
            reason = flow::cancelled() => {
                flow::shield(tell(&trip.traveller, &reason)).await?;
                return Err(NoTrip::Cancelled(reason));
            }
        };
        question.answer(cents);
    }
    flow::shield(pay(&trip.card, cents)).await?;
    flow::keep(); // paid: nothing is released any more
    flow::shield(tell(&trip.traveller, "have a good journey")).await?;
    Ok(cents)
}

/// Books one thing, and says how that is undone; gives its price.
#[flow]
async fn reserve(what: String, cents: u64) -> Result<u64, ServiceError> {
    let number = book(&what, cents).await?;
    flow::on_failure(release(number, cents));
    Ok(cents)
}

/// Looks at the weather now and then, and tells the trip of a storm.
#[flow]
async fn watch(trip: InstanceId, to: String) -> Result<(), ServiceError> {
    while !storm(&to).await? {
        flow::sleep(Duration::from_millis(200)).await;
    }
    // The trip may have ended meanwhile: then there is nobody to tell.
    let _ = flow::send(trip, STORM, ()).await;
    Ok(())
}

#[cfg(test)]
mod tests;
