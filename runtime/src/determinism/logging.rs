//! Lines of a log. Warned of in flows.
//!
//! # Why
//!
//! Nothing goes wrong, but a step that runs again after a crash logs again. It is told where
//! it stands in the flow, not in a function that the flow calls.
//!
//! # Instead
//!
//! Log by `tracing`: what a flow logs by it is held back, and told once, when the step is
//! stored, in a span that names instance, flow and state.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn logging_instead(name: String) -> String {
//!     tracing::info!(%name, "taken in");
//!     flow::sleep(Duration::from_millis(1)).await;
//!     name
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(logging, reason = "a line may come twice"))]
//! async fn logging_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - logs at once, and again whenever the step is run again (a warning):
//!   `log::trace!`, `log::debug!`, `log::info!`, `log::warn!`, `log::error!`,
//!   `log::log!`, `slog::trace!`, `slog::debug!`, `slog::info!`, `slog::warn!`,
//!   `slog::error!`, `defmt::trace!`, `defmt::debug!`, `defmt::info!`, `defmt::warn!`,
//!   `defmt::error!`.
