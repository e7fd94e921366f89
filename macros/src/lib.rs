//! The compiler of Flowstone: `#[flow]` and `#[action]`.
//!
//! Users depend on the crate `flowstone`, which re-exports both.

mod action;
mod check;
mod desugar;
mod diag;
mod emit;
mod expand;
mod fallback;
mod fork;
mod graph;
mod ids;
mod live;
mod machine;
mod methods;
mod model;
mod names;
mod parse;
mod restart;
mod sketch;
mod syntax;
#[cfg(test)]
mod tests;
mod unawaited;
mod unmarked;

use proc_macro::TokenStream;

/// Compiles an `async fn` into a durable, resumable state machine.
///
/// Calling the function runs nothing: it gives a `FlowCall`, which
/// `Engine::run` or `Engine::start` runs as an instance under an id, or which
/// another flow awaits. At each `.await` the instance's state is stored; after a
/// crash it goes on from there, and nothing before is run again. Beside a flow
/// stands a type of its name.
///
/// In an `impl` of a type the attribute stands above the `impl` and above each
/// method that is a flow. Such a method may take `self` by value; its flow is
/// stored as `Type::method`.
///
/// # Options
///
/// - `name = ".."`: the name under which instances are stored. The function's
///   own by default. Give it the old one when you rename the function.
/// - `version = 2`: the number of this form of the flow, 1 by default. Instances
///   go on in the version in which they were started.
/// - `allow(wall_clock, reason = "..")`: lets the flow use a group of what is refused
///   below; several groups may stand before the reason, which must be there.
///   `flowstone audit` lists each such flow. One that the body does not
///   need is not told of: it may be for what a dependency does. The audit says how many
///   findings each silences.
/// - `strict`: warns also of what only another kind of machine does otherwise.
///
/// # What may be awaited
///
/// Durable operations, and nothing else: calls of actions and of other flows; handles
/// that `.spawn()` gives; `flow::sleep`, `sleep_until`, `receive`, `try_receive`, `drain`,
/// `send`, `get`, `shield`, `cancelled`, `timeout` and `restart`; `flow::join_all`,
/// `try_join_all` and `race_all`. `flow::join!`, `try_join!` and `race!` wait for several
/// of these at once, and for `async` blocks of them. Awaits may stand in loops,
/// branches, `?`, conditions, arguments and most other expressions. Clock, randomness and ids
/// come from `flow::now`, `flow::random`, `flow::rng`, `flow::uuid`, `flow::id`.
/// A flow that calls itself needs no `Box::pin`, but may have it.
///
/// Each `.await` has a label: the name of what it calls, with `#2` for the
/// second one, and `charge.timeout` for `flow::timeout(limit, charge(..))`, as with
/// `flow::shield`. `.label("..")` in front of the `.await` gives it one that stays
/// the same when code around it changes.
///
/// # What is kept
///
/// Arguments and locals that are needed behind an `.await` must be
/// `Serialize + DeserializeOwned`, or borrows of what is, or made of these: a borrow
/// such as `let items = &order.items` is made again behind it, of any other shared
/// borrow a copy is stored of what it borrows. A
/// value that is not needed there is dropped at the `.await`, and one that is kept
/// is another, equal value afterwards: a lock or guard does not reach across.
///
/// # What is refused
///
/// What may differ from run to run (clocks, randomness, environment, files,
/// network, threads, output, unordered collections), in the flow and in functions of
/// the same file that it calls: the module `determinism` of the library has a page
/// for each group. Awaits in closures, other `async` blocks and macros that are not
/// std's, `&self` and borrowed parameters. Each refusal stands on the token, with the
/// reason and what to write instead.
///
/// The types of a flow's signature are as visible as the flow: of a `pub` one with a
/// private result rustc says so (E0446).
///
/// A flow with type or const parameters is called by others as it is; an
/// engine runs it once `flowstone::register_flow!` names its types.
///
/// What it makes says `::flowstone`: a crate that depends on the library under
/// another name has `extern crate other_name as flowstone;` in its root.
#[proc_macro_attribute]
pub fn flow(args: TokenStream, item: TokenStream) -> TokenStream {
    expand::flow(args.into(), item.into(), &source()).into()
}

/// Where the attribute stands.
fn source() -> check::Source {
    let place = proc_macro::Span::call_site();
    check::Source {
        path: place.local_file(),
        line: place.line(),
    }
}

/// Makes a function that touches the world callable from flows.
///
/// The engine runs it, tries it again as the options say, and stores its
/// result, so that a flow sees that once. An `async fn` runs as a task, a
/// plain `fn` on the blocking pool. It is a free function, not one in an
/// `impl` or a trait: beside it stands a type of its name.
///
/// Options, all of them optional:
///
/// - `retry(attempts = 5, first_delay = "100ms", factor = 2.0, max_delay = "1m", jitter = 0.2)`:
///   how a failed attempt is followed by others; these are the defaults.
///   `retry(never)` and `retry(forever)` stand for one attempt and no limit.
///   `retry = PATIENT` takes a constant of type `Retry`, which several actions can share.
///   An action without a `Result` is tried again as well: after a panic, a
///   time-out, or an end of the process.
/// - `retry_if = path`: a `fn(&Error) -> bool` that says of an `Err` whether
///   another attempt may help. By default it always may. Only for an action
///   that returns a `Result`.
/// - `timeout = "5s"`: the longest an attempt may take. No limit by default.
/// - `total_timeout = "1m"`: the longest all attempts and the delays between
///   them may take. No limit by default.
/// - `heartbeat = "30s"`: the longest time without a call of `ActionCx::heartbeat`, after
///   which an attempt has failed. Shorter than `timeout`, and only for an action that has
///   an `ActionCx`. No limit by default.
/// - `at_most_once`: an attempt that may have begun is never followed by another, also
///   after a crash: then the flow gets an `Err` made from `ActionFailure::Interrupted`, so
///   that it must return a `Result` whose error is `From<ActionFailure>`. Without `retry`.
/// - `name = ".."`: the name under which the action is stored. The function's
///   own by default. Two actions of one name, even in different modules, are an error
///   when an engine is opened: give one of them a name here.
///
/// Parameters may be owned or borrowed as a whole (`&T`, `&str`, `&[T]`,
/// `&Path`): they are stored when the action is called. Parameters of type
/// `Dep<T>` and `ActionCx`, recognised by these names, do not appear in the
/// call: the engine gives them.
///
/// `charge::run(..)` calls the body of the action `charge` itself, with the
/// parameters as written, for unit tests.
///
/// What it makes says `::flowstone`: a crate that depends on the library under
/// another name has `extern crate other_name as flowstone;` in its root.
#[proc_macro_attribute]
pub fn action(args: TokenStream, item: TokenStream) -> TokenStream {
    action::expand(args.into(), item.into(), &source()).into()
}
