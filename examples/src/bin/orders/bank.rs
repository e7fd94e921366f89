//! The payment service and the warehouse: a small HTTP server that fails some
//! requests, lets some time out, and refuses some.
//!
//! Which requests it does that to depends on the request's key and on how
//! often it came, so that all runs see trouble, and all get through.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};

use crate::flow::{Booking, Parcel};
use crate::ledger::{Books, Ledger, Row};

/// The server.
pub(crate) struct Bank {
    pub(crate) address: SocketAddr,
    shared: Shared,
}

#[derive(Clone)]
struct Shared {
    ledger: Arc<Mutex<Ledger>>,
    /// How often each key was asked for since the server started.
    asked: Arc<Mutex<BTreeMap<String, u64>>>,
}

type Answer = Result<Json<u64>, (StatusCode, String)>;

/// Starts the server on a free port.
pub(crate) async fn open(log: &Path) -> io::Result<Bank> {
    let ledger = Arc::new(Mutex::new(Ledger::open(log)?));
    let shared = Shared {
        ledger,
        asked: Arc::default(),
    };
    let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/charge", post(charge))
        .route("/refund", post(refund))
        .route("/send", post(send))
        .with_state(shared.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(Bank { address, shared })
}

impl Bank {
    /// What was booked in all.
    pub(crate) fn books(&self) -> Books {
        self.shared
            .ledger
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .books()
    }
}

async fn charge(State(shared): State<Shared>, Json(booking): Json<Booking>) -> Answer {
    if booking.card.starts_with("0000") {
        return Err((
            StatusCode::PAYMENT_REQUIRED,
            "this card has no cover".into(),
        ));
    }
    shared
        .answer(Row::Charge {
            key: booking.key,
            cents: booking.cents,
        })
        .await
}

async fn refund(State(shared): State<Shared>, Json(booking): Json<Booking>) -> Answer {
    shared
        .answer(Row::Refund {
            key: booking.key,
            cents: booking.cents,
        })
        .await
}

async fn send(State(shared): State<Shared>, Json(parcel): Json<Parcel>) -> Answer {
    if parcel.sku == "honey" && parcel.quantity > 3 {
        return Err((StatusCode::CONFLICT, "out of stock".into()));
    }
    shared
        .answer(Row::Sent {
            key: parcel.key,
            cents: parcel.cents,
        })
        .await
}

impl Shared {
    /// Books a row, with the trouble that its key is in for.
    async fn answer(&self, row: Row) -> Answer {
        let times = {
            let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
            let times = asked.entry(row.key().to_owned()).or_default();
            *times += 1;
            *times
        };
        let mut hasher = DefaultHasher::new();
        (row.key(), times).hash(&mut hasher);
        let luck = hasher.finish() % 20;
        if luck < 3 {
            return Err((StatusCode::SERVICE_UNAVAILABLE, "try again".into()));
        }
        let booked = self
            .ledger
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .book(&row);
        let number =
            booked.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
        if luck == 3 {
            // It is booked, but the answer comes too late.
            tokio::time::sleep(Duration::from_millis(600)).await;
        }
        Ok(Json(number))
    }
}
