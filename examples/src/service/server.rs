//! The service: a small HTTP server that fails some requests, lets some time out, and
//! refuses what the program says.
//!
//! Which requests it gives trouble depends on the request's key and on how often it
//! came, so that all runs see trouble, and all get through.

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

use super::ledger::{Books, Ledger, Request};

/// The server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    ledger: Arc<Mutex<Ledger>>,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is done, and booked.
    Done,
    /// It is a question, and this the answer.
    Answer(u64),
    /// It is not done.
    Refused(&'static str),
    /// Nobody knows yet.
    NotYet,
}

#[derive(Clone)]
struct Shared {
    ledger: Arc<Mutex<Ledger>>,
    /// How often each key was asked for since the server started.
    asked: Arc<Mutex<BTreeMap<String, u64>>>,
    judge: fn(&Request) -> Verdict,
}

type Answer = Result<Json<u64>, (StatusCode, String)>;

impl Server {
    /// Starts the server on a free port of 127.0.0.1, with its books in the file `log`;
    /// `judge` says what becomes of a request.
    ///
    /// # Errors
    ///
    /// Those of the file and of the network.
    pub async fn open(log: &Path, judge: fn(&Request) -> Verdict) -> io::Result<Self> {
        let ledger = Arc::new(Mutex::new(Ledger::open(log)?));
        let shared = Shared {
            ledger: Arc::clone(&ledger),
            asked: Arc::default(),
            judge,
        };
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let router = Router::new().route("/", post(answer)).with_state(shared);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, ledger })
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What was booked in all.
    #[must_use]
    pub fn books(&self) -> Books {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.books().clone()
    }
}

/// Answers a request, with the trouble that its key is in for.
async fn answer(State(shared): State<Shared>, Json(request): Json<Request>) -> Answer {
    let verdict = (shared.judge)(&request);
    if let Verdict::Refused(why) = verdict {
        return Err((StatusCode::CONFLICT, why.into()));
    }
    let luck = shared.luck(&request.key);
    if luck < 3 || verdict == Verdict::NotYet {
        return Err((StatusCode::SERVICE_UNAVAILABLE, "try again".into()));
    }
    let number = match verdict {
        Verdict::Answer(answer) => answer,
        _ => shared
            .book(&request)
            .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?,
    };
    if luck == 3 {
        // It is booked, but the answer comes too late.
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    Ok(Json(number))
}

impl Shared {
    /// From 0 to 19: by the key, and how often it came.
    fn luck(&self, key: &str) -> u64 {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let times = asked.entry(key.to_owned()).or_default();
        *times += 1;
        let mut hasher = DefaultHasher::new();
        (key, *times).hash(&mut hasher);
        hasher.finish() % 20
    }

    fn book(&self, request: &Request) -> io::Result<u64> {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.book(request)
    }
}
