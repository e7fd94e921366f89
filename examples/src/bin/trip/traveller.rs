//! A traveller: starts a trip, looks at the offer, and confirms, cancels or waits.

use flowstone::client::{AskError, CancelError};
use flowstone::prelude::*;

use crate::Failure;
use crate::flow::{CONFIRMED, NoTrip, OFFER, Trip, Wish, travel};
use crate::report::Ended;

/// Starts the trip, or finds it, and does what the traveller wishes. Whatever was said
/// before the process was killed may be said again.
pub(crate) async fn travels(engine: Engine, trip: Trip) -> Result<Ended, Failure> {
    let id = format!("trip-{}", trip.number);
    let handle = engine.start(id.clone(), travel(trip.clone())).await?;
    if handle.describe().await?.parked.is_some() {
        engine.retry(id.clone()).await?;
    }
    if trip.wish != Wish::Wait {
        // A trip that ends, or is parked, leaves the question without an answer.
        tokio::select! {
            offer = handle.ask(OFFER, ()) => looks(&handle, trip.wish, offer).await?,
            _ = handle.finished_or_parked() => {}
        }
    }
    match handle.finished_or_parked().await? {
        Stopped::Finished(result) => Ok(Ended { trip, result }),
        Stopped::Parked(reason) => Err(format!("{id}: {reason}\nstart it again to retry").into()),
        Stopped::Cancelled { reason } | Stopped::Terminated { reason } => {
            Err(format!("{id} was ended: {reason}").into())
        }
    }
}

/// Answers an offer, unless the trip has ended without one.
async fn looks(
    handle: &Handle<Result<u64, NoTrip>>,
    wish: Wish,
    offer: Result<u64, AskError>,
) -> Result<(), Failure> {
    match offer {
        Ok(_) => says(handle, wish).await,
        Err(AskError::Ended { .. }) => Ok(()),
        Err(other) => Err(other.into()),
    }
}

/// Says what the traveller wishes, to a trip that may have ended.
async fn says(handle: &Handle<Result<u64, NoTrip>>, wish: Wish) -> Result<(), Failure> {
    if wish == Wish::Cancel {
        return match handle.cancel("the traveller is ill").await {
            Ok(()) | Err(CancelError::Ended { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        };
    }
    let engine = handle.engine();
    let sent = engine.send_once(handle.id(), CONFIRMED, (), "confirmed");
    match sent.await {
        Ok(()) | Err(SendError::Finished { .. }) => Ok(()),
        Err(other) => Err(other.into()),
    }
}
