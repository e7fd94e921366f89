//! The program's own types, modules and functions that have names of what flows
//! must not use.

use serde::{Deserialize, Serialize};

/// A moment of a simulation.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Instant(pub(crate) u64);

impl Instant {
    pub(crate) fn now() -> Self {
        Self(7)
    }

    pub(crate) fn elapsed(&self) -> u64 {
        7 - self.0
    }
}

/// Names of fixtures.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Uuid(pub(crate) String);

impl Uuid {
    pub(crate) fn new_v4() -> Self {
        Self("four".to_owned())
    }

    pub(crate) fn now_v7() -> Self {
        Self("seven".to_owned())
    }
}

pub(crate) fn random() -> u64 {
    4
}

/// A map of the streets.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct HashMap(Vec<String>);

impl HashMap {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn insert(&mut self, name: String) {
        self.0.push(name);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }
}

/// The environment of a plant.
pub(crate) mod env {
    pub(crate) fn var(name: &str) -> String {
        name.to_lowercase()
    }

    pub(crate) fn args() -> [&'static str; 2] {
        ["a", "b"]
    }
}

/// A file of an archive.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct File(String);

impl File {
    pub(crate) fn open(name: &str) -> Self {
        Self(name.to_owned())
    }

    pub(crate) fn text(self) -> String {
        self.0
    }
}

/// Whether a shop is near.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Local {
    pub(crate) id: u32,
}

impl Local {
    pub(crate) fn here() -> Self {
        Self { id: 3 }
    }
}

/// What fish do.
pub(crate) fn spawn(eggs: u32) -> u32 {
    eggs * 2
}

/// A thread of messages.
pub(crate) mod thread {
    pub(crate) fn current() -> u32 {
        5
    }
}

/// A module with the name of a crate.
pub(crate) mod tokio {
    pub(crate) fn spawn(number: u32) -> u32 {
        number
    }
}

/// A command to a warehouse.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Command(pub(crate) Vec<String>);

impl Command {
    pub(crate) fn new(name: &str) -> Self {
        Self(vec![name.to_owned()])
    }

    pub(crate) fn arg(mut self, arg: &str) -> Self {
        self.0.push(arg.to_owned());
        self
    }
}
