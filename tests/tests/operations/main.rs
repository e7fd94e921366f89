//! Durable operations, on flows as a user writes them: each in a real engine, and
//! crashed at every commit.

mod attempts;
mod births;
mod cancel;
mod children;
mod data;
mod many;
mod messages;
mod metrics;
mod rerun;
mod restart;
mod schedules;
mod spawned;
mod status;
mod support;
mod tracing;
mod undo;
