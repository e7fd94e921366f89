//! Faults that broke other engines; this one must live through each, on a
//! redb file. Each test names the fault. Those that concern a store's writes
//! alone are tested beside the engine (`client/tests/sweep.rs`, `failing.rs`).

mod changed;
mod disk;
mod messages;
mod poison;
mod values;
mod worker;
