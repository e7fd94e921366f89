//! What whole-system tests of Flowstone share: see `tests/` for the tests.
//!
//! [`differ`] runs a body as a plain `async fn` and as a flow, [`fuzz`] makes
//! random bodies, of the words of [`world`];
//! [`together`] is what a plain body waits for several things with; [`instants`] is a
//! store that stops at each commit.

pub mod differ;
pub mod fuzz;
pub mod instants;
pub mod together;
pub mod world;
