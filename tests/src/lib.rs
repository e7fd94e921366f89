//! What whole-system tests of Flowstone share: see `tests/` for the tests.
//!
//! [`differ`] runs a body as a plain `async fn` and as a flow, [`fuzz`] makes
//! random bodies, of the words of [`world`];
//! [`together`] is what a plain body waits for several things with.

pub mod differ;
pub mod fuzz;
pub mod together;
pub mod world;
