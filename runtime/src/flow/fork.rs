//! Waiting for several operations at once. `#[flow]` compiles these macros;
//! what is here stands for them in its plain copy, and refuses them elsewhere.

/// See `flow::join!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __flow_join {
    (@ $outputs:expr) => {
        $outputs
    };
    ($($operands:tt)*) => {
        ::core::compile_error!("`flow::join!` waits for operations of a flow: it stands in the body of a `#[flow]`, and not in a macro that only rustc knows")
    };
}

/// See `flow::try_join!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __flow_try_join {
    (@ $output:expr) => {
        $output
    };
    ($($operands:tt)*) => {
        ::core::compile_error!("`flow::try_join!` waits for operations of a flow: it stands in the body of a `#[flow]`, and not in a macro that only rustc knows")
    };
}

/// See `flow::race!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __flow_race {
    (@ $output:expr) => {
        $output
    };
    ($($branches:tt)*) => {
        ::core::compile_error!("`flow::race!` waits for operations of a flow: it stands in the body of a `#[flow]`, and not in a macro that only rustc knows")
    };
}

/// Waits until all operations have ended; gives their outputs as a tuple.
///
/// An operand is whatever can be awaited, or an `async` block that awaits one
/// thing after the other. All of them wait at the same time, and begin in the
/// order in which they stand. A block's `return` and `?` are its own; it reads
/// the flow's locals, takes them if it is `async move`, and writes those that
/// nobody else uses.
///
/// The outputs must be `Durable`: those that are there first are stored. When one
/// operand parks the instance, actions that others wait for are run again after
/// a retry.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn price(sku: String) -> u64 {
///     sku.len() as u64
/// }
///
/// #[flow]
/// async fn quote(skus: [String; 2]) -> u64 {
///     let [a, b] = skus;
///     let (first, rest) = flow::join!(price(a), async {
///         flow::sleep(Duration::from_millis(5)).await;
///         let second = price(b.clone()).await;
///         second + price(b).await
///     });
///     first + rest
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let skus = ["pen".to_owned(), "book".to_owned()];
/// assert_eq!(engine.run("q", quote(skus)).await?, 11);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(inline)]
pub use __flow_join as join;
/// Waits for the first of several operations, and does what stands behind it.
///
/// Of operations that have ended the one that stands first wins, so that the
/// winner is the same whenever a step is run again. The others are given up:
/// a timer is removed, an action is told to stop and its outcome ignored, and
/// a message stays in its channel. What stands behind `=>` may await.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const APPROVAL: Channel<bool> = Channel::new("approval");
///
/// #[flow]
/// async fn approved() -> bool {
///     flow::race! {
///         answer = flow::receive(APPROVAL) => answer,
///         () = flow::sleep(Duration::from_millis(5)) => false,
///     }
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert!(!engine.run("a", approved()).await?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(inline)]
pub use __flow_race as race;
/// Waits until all operations have ended with `Ok`, or one with an `Err`.
///
/// Gives `Ok` with a tuple of the values, or that `Err`; the other operands are then
/// given up as the losers of a [`race!`](crate::flow::race) are. All errors are of one
/// type. Otherwise as [`join!`](crate::flow::join).
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn reserve(seat: u32) -> Result<u32, String> {
///     if seat == 13 { Err("there is no seat 13".to_owned()) } else { Ok(seat) }
/// }
///
/// #[flow]
/// async fn pair(seat: u32) -> Result<u32, String> {
///     let (here, next) = flow::try_join!(reserve(seat), async {
///         flow::sleep(Duration::from_millis(5)).await;
///         let next = reserve(seat + 1).await?;
///         Ok(next)
///     })?;
///     Ok(here + next)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("a", pair(1)).await?, Ok(3));
/// assert!(engine.run("b", pair(12)).await?.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(inline)]
pub use __flow_try_join as try_join;
