//! What a simulation has beside actions: worlds, settings, a store, messages.

use std::fmt;

use super::Simulation;
use crate::durable::Durable;
use crate::engine::Builder;
use crate::flow::Channel;
use crate::payload::Payload;
use crate::store::Store;

impl Simulation {
    /// Has a world that fakes touch: a value that outlives crashes, is compared by
    /// [`crash_everywhere`](Self::crash_everywhere), and is as here when a run begins.
    /// There is one of each type.
    pub fn with_world<W: Clone + PartialEq + fmt::Debug + 'static>(&mut self, world: W) {
        self.worlds.insert(world);
    }

    /// Opens each engine with settings of its own: `provide`, limits, retention (which
    /// is off by default). Its store and clock are the simulation's.
    ///
    /// # Examples
    ///
    /// ```standalone_crate
    /// use flowstone::prelude::*;
    /// use flowstone::testing::Simulation;
    ///
    /// struct Prices { cup_cents: u64 }
    ///
    /// #[action]
    /// async fn price(prices: Dep<Prices>, cups: u64) -> u64 {
    ///     prices.cup_cents * cups
    /// }
    ///
    /// #[flow]
    /// async fn quote(cups: u64) -> u64 {
    ///     price(cups).await
    /// }
    ///
    /// let mut sim = Simulation::new(7);
    /// sim.with_engine(|builder| builder.provide(Prices { cup_cents: 250 }));
    /// sim.real::<price>();
    /// let cents = sim.run(async |engine| engine.run("q", quote(2)).await);
    /// assert_eq!(cents.unwrap(), 500);
    /// ```
    pub fn with_engine(&mut self, settings: impl Fn(Builder) -> Builder + 'static) {
        self.builder = Box::new(settings);
    }

    /// Keeps each run in a store that `make` makes. Default: a
    /// [`MemoryStore`](crate::store::MemoryStore).
    pub fn with_store<S: Store>(&mut self, make: impl Fn() -> S + 'static) {
        self.store = Box::new(move || Box::new(make()));
    }

    /// Has a message for the flow that [`crash_everywhere`](Self::crash_everywhere)
    /// runs: the first of a channel is sent when the flow first waits for one and
    /// nothing else can happen without time going on, and so on.
    ///
    /// # Panics
    ///
    /// When the message cannot be stored.
    #[track_caller]
    pub fn message<T: Durable>(&mut self, channel: Channel<T>, message: &T) {
        let payload = Payload::encode(message);
        let payload = payload.unwrap_or_else(|error| {
            panic!(
                "this message of `{}` cannot be stored: {error}",
                channel.name()
            )
        });
        self.messages.push((channel.name().into(), payload));
    }
}
