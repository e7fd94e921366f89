//! Asking the service.

use std::net::SocketAddr;
use std::time::Duration;

use flowstone::prelude::*;
use serde::{Deserialize, Serialize};

use super::Request;

/// What went wrong with a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum ServiceError {
    /// The service does not do that.
    #[error("refused: {reason}")]
    Refused {
        /// Why.
        reason: String,
    },
    /// It may or may not have done it.
    #[error("no answer: {reason}")]
    NoAnswer {
        /// Why.
        reason: String,
    },
    /// The attempt came to nothing.
    #[error("{0}")]
    Failed(#[from] ActionFailure),
}

impl ServiceError {
    /// A refusal is final; a request without an answer is made again.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Refused { .. })
    }
}

/// Where the service is.
#[derive(Debug)]
pub struct Client {
    agent: ureq::Agent,
    address: SocketAddr,
}

impl Client {
    /// Of the service at this address.
    #[must_use]
    pub fn at(address: SocketAddr) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_millis(300)))
            .http_status_as_error(false)
            .build();
        Self {
            agent: config.into(),
            address,
        }
    }

    /// Makes a request; gives the number under which it is booked, or the answer.
    ///
    /// # Errors
    ///
    /// A refusal, or that there was no answer in time.
    pub fn ask(&self, request: &Request) -> Result<u64, ServiceError> {
        let no_answer = |reason: String| ServiceError::NoAnswer { reason };
        let url = format!("http://{}/", self.address);
        let answer = self.agent.post(url).send_json(request);
        let mut answer = answer.map_err(|error| no_answer(error.to_string()))?;
        match answer.status().as_u16() {
            200 => answer
                .body_mut()
                .read_json()
                .map_err(|error| no_answer(error.to_string())),
            409 => {
                let reason = answer.body_mut().read_to_string().unwrap_or_default();
                Err(ServiceError::Refused { reason })
            }
            status => Err(no_answer(format!("status {status}"))),
        }
    }
}
