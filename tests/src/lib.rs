//! What whole-system tests of Flowstone share: see `tests/` for the tests.
//!
//! [`differ`] runs a body as a plain `async fn` and as a flow, which is [`driven`];
//! [`fuzz`] makes random bodies, of the words of [`world`];
//! [`together`] is what a plain body waits for several things with, and [`spawned`] what
//! both spawn; [`instants`] is a store that stops at each commit.

pub mod differ;
pub mod driven;
pub mod fuzz;
pub mod instants;
pub mod spawned;
pub mod together;
pub mod world;
