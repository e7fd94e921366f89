//! Types that fill themselves in with what differs from run to run.

use std::ops::Add;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

/// An order whose id and time need not be given.
#[derive(Debug, Serialize, Deserialize)]
pub struct Order {
    #[serde(default = "Uuid::new_v4", skip_serializing)]
    pub id: Uuid,
    #[serde(default = "Utc::now", with = "chrono_text")]
    pub made: DateTime<Utc>,
}

mod chrono_text {
    use super::{DateTime, Deserialize, Serializer, Utc};

    pub(super) fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&at.to_rfc3339())
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(
        from: D,
    ) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// How long something is good for, from now.
#[derive(Debug, Clone, Copy)]
pub struct FromNow(pub i64);

impl From<FromNow> for DateTime<Utc> {
    fn from(span: FromNow) -> Self {
        Utc::now() + TimeDelta::seconds(span.0)
    }
}

impl Add<i64> for FromNow {
    type Output = i64;

    fn add(self, seconds: i64) -> i64 {
        DateTime::<Utc>::from(self).timestamp() + seconds
    }
}

impl PartialEq<DateTime<Utc>> for FromNow {
    fn eq(&self, other: &DateTime<Utc>) -> bool {
        DateTime::<Utc>::from(*self) == *other
    }
}

/// What is sent with its age.
#[derive(Debug)]
pub struct Aged(pub i64);

impl Serialize for Aged {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(Utc::now().timestamp() - self.0)
    }
}

/// Builds a request with an id of its own, unless one is given.
#[derive(Debug, Default)]
pub struct RequestBuilder {
    id: Option<String>,
    path: String,
}

impl RequestBuilder {
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    #[must_use]
    pub fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    pub fn build(self) -> String {
        let id = self.id.unwrap_or_else(|| Uuid::new_v4().to_string());
        format!("{}?request={id}", self.path)
    }
}

/// Tells when it is over.
#[derive(Debug)]
pub struct Scope<'a>(pub &'a std::cell::Cell<i64>);

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        self.0.set(Utc::now().timestamp_micros());
    }
}
