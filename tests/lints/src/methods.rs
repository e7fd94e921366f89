//! Flows that are methods.

use flowstone::{Durable, flow};
use serde::{Deserialize, Serialize};

use super::actions::echo;

/// An order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Who ordered.
    pub who: String,
    /// What it costs.
    pub cents: u64,
}

#[flow]
impl Order {
    /// Takes `self` as it is.
    #[flow]
    pub async fn priced(self, by: u64) -> u64 {
        let more = echo(by).await;
        self.cents + more
    }

    /// Changes `self`.
    #[flow]
    pub async fn raised(mut self, by: u64) -> Self {
        self.cents += echo(by).await;
        let text = format!("{} {}", self.who, self.cents);
        self.cents += echo(text.len() as u64).await;
        self
    }

    /// Changes a part that nobody reads any more.
    #[flow]
    pub async fn spent(mut self) -> String {
        self.cents = echo(0).await;
        self.who
    }

    /// Takes a box, and does not look into it.
    #[flow]
    pub async fn boxed(self: Box<Self>, by: u64) -> u64 {
        echo(by).await
    }

    /// Has no `self`.
    #[flow]
    pub async fn of(who: String) -> Self {
        let cents = echo(3).await;
        Self { who, cents }
    }
}

/// Two of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair<T> {
    /// The one.
    pub left: T,
    /// The other.
    pub right: T,
}

#[flow]
impl<T> Pair<T>
where
    T: Durable + PartialOrd,
{
    /// The greater one.
    #[flow]
    pub async fn greater<U: Durable>(self, other: U) -> (T, U) {
        echo(1).await;
        if self.left < self.right {
            (self.right, other)
        } else {
            (self.left, other)
        }
    }
}
