//! The one door for generated code. Nothing here is meant for users: it may
//! change with any version of the macros.

pub use inventory;

pub use crate::action::{
    Action, ActionCall, ActionCx, ActionDef, ActionFailure, Argument, ArgumentTie, AttemptOutcome,
    DepDef, Deps, Policy, Repeatable, Reply, ReplyTag, ReplyTie, Retry, RunFuture, ViaFailure,
    ViaNoFailure, ViaRefused, ViaResult, ViaStorable, ViaValue, at_most_once, attempt, blocking,
    borrowed_argument, prepared, retry_if,
};
pub use crate::codec::EncodeError;
pub use crate::determinism::{Ordered, Unordered};
pub use crate::durable::{Durable, Kept};
pub use crate::flow::{FlowArgument, FlowCall, FlowResult, OperandOutput, called};
pub use crate::graph::Graph;
pub use crate::machine::{
    Allow, Borrow, ByMut, Cx, Fault, FirstNamed, FlowDef, Given, Holder, LastNamed, Machine,
    MayFail, Named, NotSend, Number, OfAwait, Op, Progress, Refused, Right, Run, Shape, Site,
    Spare, Three, Tie, Two, Types, Unmarked, ViaBehind, ViaBorrow, ViaBytes, ViaCopy, ViaCount,
    ViaDoubt, ViaExclusive, ViaFit, ViaForm, ViaFuture, ViaHere, ViaItems, ViaKey, ViaLent,
    ViaMade, ViaMisfit, ViaMut, ViaNoForm, ViaNothing, ViaParts, ViaPlace, ViaRange, ViaRef,
    ViaRight, ViaShared, ViaStored, ViaTaken, ViaWhole, ViaWrong, Walk, Walking, Won, again, asked,
    asked_of, block_operand, checked, chosen, diverge, driven, found, next_item, nth_current,
    nth_next, operand, parts, run_once, stop, tried_on, unawaited,
};
pub use crate::payload::{Fields, FieldsBuilder, Payload};
pub use crate::registry::Registration;
pub use bytes::Bytes;

/// Registers a generic flow for some types, so that an engine can run it.
///
/// A flow without type or const parameters registers itself. One with such
/// parameters can be awaited in other flows for any types; to be started as an
/// instance it is registered for the types in question, once in a program.
/// Instances are stored under the flow's name; for the second and each further
/// choice of types `name = ".."` gives another, which says from then on what
/// stored instances are runs of. A method is named as the function that it is, of at
/// most eight arguments with `self`: `register_flow!(fn Crate::<u32>::open)`.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[flow]
/// async fn last<T: Durable>(items: Vec<T>) -> Option<T> {
///     flow::sleep(Duration::from_millis(1)).await;
///     items.into_iter().next_back()
/// }
///
/// flowstone::register_flow!(last<u32>);
/// flowstone::register_flow!(last<String>, name = "last_text");
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Crate<T>(T);
///
/// #[flow]
/// impl<T: Durable> Crate<T> {
///     #[flow]
///     async fn open(self) -> T {
///         self.0
///     }
/// }
///
/// flowstone::register_flow!(fn Crate::<u32>::open);
/// flowstone::register_flow!(fn Crate::<String>::open, name = "open_text");
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("o", Crate(7_u32).open()).await?, 7);
/// assert_eq!(engine.run("n", Crate("a".to_owned()).open()).await?, "a");
/// assert_eq!(engine.describe("n").await?.flow, "open_text");
/// assert_eq!(engine.run("l", last(vec![1_u32, 2])).await?, Some(2));
/// assert_eq!(engine.run("t", last(vec!["a".to_owned()])).await?.as_deref(), Some("a"));
/// // For other types it was not registered.
/// assert!(engine.run("m", last(vec![1.5])).await.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! register_flow {
    (fn $method:expr $(, name = $name:literal)? $(,)?) => {
        $crate::__private::inventory::submit! {
            $crate::__private::Registration::Flow(
                $crate::__private::called($method)
                    $(.named($name))?
                    .registered_at(::core::file!(), ::core::line!())
            )
        }
    };
    ($flow:ty $(, name = $name:literal)? $(,)?) => {
        $crate::__private::inventory::submit! {
            $crate::__private::Registration::Flow(
                $crate::__private::FlowDef::of::<$flow>()
                    $(.named($name))?
                    .registered_at(::core::file!(), ::core::line!())
            )
        }
    };
}

/// The form of the type that is asked.
#[doc(hidden)]
#[macro_export]
macro_rules! __form_of {
    ($asked:expr) => {
        $crate::__form_of!(@ $asked; . . .)
    };
    (@ $asked:expr;) => {{
        (&&$asked).whole()
    }};
    (@ $asked:expr; . $($deeper:tt)*) => {{
        let making = (&&$asked).making();
        let first = $crate::__form_of!(@ making.first(); $($deeper)*);
        let second = $crate::__form_of!(@ making.second(); $($deeper)*);
        making.form(first, second)
    }};
}

pub use __form_of as form_of;
