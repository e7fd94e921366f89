//! Whole engines, driven through the client, on stores in memory and on disk.
//!
//! `support` has the one flow and the actions that all of these run; every
//! test ends with the invariant check.

mod careful;
mod failing;
mod lifecycle;
mod limits;
mod messages;
mod parked;
mod retries;
mod schedules;
mod shown;
mod support;
mod sweep;
mod timers;
