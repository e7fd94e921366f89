//! The examples, run as a user runs them, killed with SIGKILL and started
//! again.

mod archive;
mod orders;
mod program;
