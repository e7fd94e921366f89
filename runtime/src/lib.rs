//! Durable workflows for Rust: plain async functions compiled into resumable
//! state machines.
//!
//! An [`action`](macro@action) touches the world: it is tried again when it
//! fails, and its result is stored. A [`flow`](macro@flow) decides what happens
//! when: each `.await` in it is a checkpoint, from which it goes on after a
//! crash. An [`Engine`] runs instances of flows over one file.
//!
//! # Actions, and what they need
//!
//! Parameters of type [`Dep`](action::Dep) and [`ActionCx`](action::ActionCx) do
//! not appear in the call: the engine gives them. An action that returns a
//! `Result` is tried again while it fails, as its options say.
//!
//! ```standalone_crate
//! use flowstone::prelude::*;
//!
//! struct Bank { fee_cents: u64 }
//!
//! #[action(retry(attempts = 5, first_delay = "10ms"), timeout = "5s")]
//! async fn charge(bank: Dep<Bank>, cx: ActionCx, card: &str, cents: u64) -> Result<u64, ActionFailure> {
//!     // The key stays the same over attempts and restarts.
//!     println!("attempt {} of {} for {card}", cx.attempt(), cx.idempotency_key());
//!     Ok(cents + bank.fee_cents)
//! }
//!
//! #[flow]
//! async fn pay(card: String, amounts: Vec<u64>) -> Result<u64, ActionFailure> {
//!     let mut sum = 0;
//!     for cents in amounts {
//!         sum += charge(&card, cents).await?;
//!     }
//!     Ok(sum)
//! }
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::builder().in_memory().provide(Bank { fee_cents: 5 }).open().await?;
//! let paid = engine.run("pay-1", pay("4242".into(), vec![100, 200])).await?;
//! assert_eq!(paid?, 310);
//! # Ok(())
//! # }
//! ```
//!
//! # Messages, and looking at an instance
//!
//! A [`Channel`](flow::Channel) is a named, typed queue of messages that every
//! instance has. [`describe`](Engine::describe) and [`journal`](Engine::journal)
//! show an instance without the types of the program.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! const APPROVAL: Channel<bool> = Channel::new("approval");
//!
//! #[flow]
//! async fn publish(title: String) -> Option<String> {
//!     flow::receive(APPROVAL).await.then_some(title)
//! }
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::builder().in_memory().open().await?;
//! let handle = engine.start("post-7", publish("On tea".into())).await?;
//! let description = engine.describe("post-7").await?;
//! assert_eq!(description.status, Status::Waiting);
//! println!("{description}"); // what it waits for, since when, on which line
//! handle.send(APPROVAL, true).await?;
//! assert_eq!(handle.result().await?.as_deref(), Some("On tea"));
//! for entry in engine.journal("post-7").await? {
//!     println!("{entry}"); // 2026-11-22T06:15:15.250000Z received from `approval`: true
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # When a flow cannot go on
//!
//! A panic in a flow, a value that does not decode, code that is gone: the
//! instance is parked with the reason, its last checkpoint untouched, and
//! others go on. [`Engine::retry`] takes the same step again after a fix, and
//! [`Engine::skip_message`] drops a message that it cannot take.
//!
//! ```
//! use std::sync::atomic::{AtomicBool, Ordering};
//!
//! use flowstone::prelude::*;
//!
//! static MENDED: AtomicBool = AtomicBool::new(false);
//!
//! fn half(n: u32) -> u32 {
//!     assert!(MENDED.load(Ordering::SeqCst), "not written yet");
//!     n / 2
//! }
//!
//! #[flow]
//! async fn halve(n: u32) -> u32 {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     half(n)
//! }
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let engine = Engine::builder().in_memory().open().await?;
//! let handle = engine.start("h", halve(10)).await?;
//! match handle.finished_or_parked().await? {
//!     Stopped::Parked(reason) => println!("{reason}"), // the flow panicked at src/main.rs:8: ..
//!     other => unreachable!("{other:?}"),
//! }
//! MENDED.store(true, Ordering::SeqCst); // or: deploy code that works
//! engine.retry("h").await?;
//! assert_eq!(handle.result().await?, 5);
//! # Ok(())
//! # }
//! ```
//!
//! # Under another name
//!
//! What the macros make says `::flowstone`. A crate whose manifest gives the
//! library another name (`durable = { package = "flowstone", .. }`) has
//! `extern crate durable as flowstone;` in its root.
//!
//! # Where to look
//!
//! | to | see |
//! | --- | --- |
//! | set an engine up | [`engine::Builder`] |
//! | start, send, wait, describe, list, manage | the methods of [`Engine`] and [`client::Handle`] |
//! | say what an attempt may do, and how often | the options of [`action`](macro@action) |
//! | draw a flow, and where an instance stands in it | [`Graph`] |
//! | know what may be awaited and kept | [`flow`](macro@flow) |
//! | sleep, receive, take time and randomness in a flow | the module [`flow`](mod@flow) |
//! | keep instances elsewhere | [`store::Store`], and its suite (feature `testing`) |
//! | know what a flow cannot use, and what instead | the module [`determinism`] |
//! | test a program without waiting, and crash it everywhere | `testing::Simulation` (feature `testing`) |
//! | find what differs from run to run, in tests | `testing::check_segments` (feature `testing`) |

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod action;
pub mod client;
pub mod codec;
pub mod determinism;
mod durable;
pub mod engine;
pub mod flow;
pub mod graph;
mod ids;
mod log;
pub mod machine;
mod payload;
pub mod prelude;
pub mod record;
pub mod registry;
mod report;
pub mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod time;
pub mod turn;

#[doc(hidden)]
pub use durable::Codec;
pub use durable::{Durable, Kept};
pub use engine::Engine;
pub use graph::Graph;
pub use ids::{DataKey, InstanceId, InstanceKey, InvalidId, InvalidKey, LeafId, TurnNo};
pub use payload::{Fields, FieldsBuilder, Payload};
pub use time::Timestamp;

/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action(retry(attempts = 3, first_delay = "10ms"), timeout = "5s")]
/// async fn measure(place: &str) -> Result<f64, ActionFailure> {
///     Ok(if place == "north" { 3.5 } else { 7.25 })
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// assert_eq!(measure::run("north").await.ok(), Some(3.5));
/// # });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use flowstone_macros::action;
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn deliver(sku: &str) -> Result<u32, ActionFailure> {
///     Ok(sku.len() as u32)
/// }
///
/// #[flow(name = "dispatch", version = 2)]
/// async fn dispatch_all(skus: Vec<String>) -> Result<u32, ActionFailure> {
///     let mut weight = 0;
///     for sku in &skus {
///         if sku.is_empty() {
///             continue;
///         }
///         weight += deliver(sku).await?;
///     }
///     flow::sleep(Duration::from_millis(1)).label("settle").await;
///     Ok(weight)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let call = dispatch_all(vec!["tea".into(), String::new(), "pot".into()]);
/// assert_eq!(engine.run("d", call).await??, 6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use flowstone_macros::flow;

/// The example of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
