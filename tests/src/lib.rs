//! What whole-system tests of Flowstone share: see `tests/` for the tests.
//!
//! [`differ`] runs a body as a plain `async fn` and as a flow, [`fuzz`] makes
//! random bodies, of the words of [`world`].

pub mod differ;
pub mod fuzz;
pub mod world;
