//! Lines of a log. Warned of in flows.
//!
//! # Why
//!
//! Nothing goes wrong, but a step that runs again after a crash logs again. It is told where
//! it stands in the flow, not in a function that the flow calls.
//!
//! # Instead
//!
//! Log in an action; or allow it.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow(allow(logging, reason = "a line may come twice"))]
//! async fn logging_instead(name: String) -> String {
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
//! - logs, and logs again whenever the step is run again (a warning): `log::trace!`,
//!   `log::debug!`, `log::info!`, `log::warn!`, `log::error!`, `log::log!`,
//!   `tracing::trace!`, `tracing::debug!`, `tracing::info!`, `tracing::warn!`,
//!   `tracing::error!`, `tracing::event!`, `tracing::span!`, `tracing::trace_span!`,
//!   `tracing::debug_span!`, `tracing::info_span!`, `tracing::warn_span!`,
//!   `tracing::error_span!`, `slog::trace!`, `slog::debug!`, `slog::info!`,
//!   `slog::warn!`, `slog::error!`, `defmt::trace!`, `defmt::debug!`, `defmt::info!`,
//!   `defmt::warn!`, `defmt::error!`.
