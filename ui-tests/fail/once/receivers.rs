//! Of `self` rustc speaks by its own name, once.

use flowstone::prelude::*;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Order {
    who: String,
    cents: u64,
}

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Pair<T> {
    left: T,
    right: T,
}

#[action]
async fn send(text: String) -> u64 {
    text.len() as u64
}

#[flow]
impl Order {
    #[flow]
    async fn moved_twice(self) -> u64 {
        let sent = send(self.who).await;
        sent + send(self.who).await
    }

    #[flow]
    async fn moved_as_a_whole(self) -> u64 {
        let order = self;
        send(self.who).await + order.cents
    }

    #[flow]
    async fn not_mut(self, by: u64) -> u64 {
        self.cents += by;
        send(self.who).await
    }

    #[flow]
    async fn no_field(self) -> u64 {
        let sent = send(self.whom).await;
        sent + self.cents()
    }

    #[flow]
    async fn wrong_argument(mut self) -> u64 {
        let sent = send(self.cents).await;
        self.cents = "x";
        sent
    }

    #[flow]
    async fn moved_behind_an_await(self: Box<Self>) -> u64 {
        let who = self.who;
        send(who).await;
        let text = format!("{} {self:?}", self.cents);
        send(text).await
    }
}

#[flow]
impl Order {
    #[flow]
    async fn shown(self) -> u64 {
        let text = format!("{self} of {}", self.cents);
        send(text).await
    }

    #[flow]
    async fn shown_too_often(self) -> u64 {
        let text = format!("{self:?} of {} {}", self.cents);
        send(text).await
    }
}

#[flow]
impl<T: Durable + ToString> Pair<T> {
    #[flow]
    async fn moved_in_generic(self) -> u64 {
        let left = self.left;
        send(self.right.to_string()).await;
        let again = self.left;
        send(again.to_string() + &left.to_string()).await
    }

    #[flow]
    async fn of_another_parameter<U: Durable>(self, other: U) -> T {
        let kept = other;
        send(self.right.to_string()).await;
        drop(other);
        drop(kept);
        self
    }
}

fn main() {}
