//! The examples, run as a user runs them, killed with SIGKILL and started
//! again.

mod archive;
mod deterministic;
mod orders;
mod program;
mod trip;
