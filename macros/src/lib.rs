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
mod graph;
mod ids;
mod live;
mod machine;
mod model;
mod names;
mod parse;
mod syntax;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Compiles an `async fn` into a durable, resumable state machine.
#[proc_macro_attribute]
pub fn flow(args: TokenStream, item: TokenStream) -> TokenStream {
    let place = proc_macro::Span::call_site();
    let source = check::Source {
        path: place.local_file(),
        line: place.line(),
    };
    expand::flow(args.into(), item.into(), &source).into()
}

/// Makes a function that touches the world callable from flows.
///
/// The engine runs it, tries it again as the options say, and stores its
/// result, so that a flow sees that once. An `async fn` runs as a task, a
/// plain `fn` on the blocking pool.
///
/// Options, all of them optional:
///
/// - `retry(attempts = 5, first_delay = "100ms", factor = 2.0, max_delay = "1m", jitter = 0.2)`:
///   how a failed attempt is followed by others; these are the defaults.
///   `retry(never)` and `retry(forever)` stand for one attempt and no limit.
/// - `retry_if = path`: a `fn(&Error) -> bool` that says of an `Err` whether
///   another attempt may help. By default it always may.
/// - `timeout = "5s"`: the longest an attempt may take. No limit by default.
/// - `total_timeout = "1m"`: the longest all attempts and the delays between
///   them may take. No limit by default.
/// - `name = ".."`: the name under which the action is stored. The function's
///   own by default.
///
/// Parameters may be owned or borrowed as a whole (`&T`, `&str`, `&[T]`,
/// `&Path`): they are stored when the action is called. Parameters of type
/// `Dep<T>` and `ActionCx`, recognised by these names, do not appear in the
/// call: the engine gives them.
///
/// `charge::run(..)` calls the body of the action `charge` itself, with the
/// parameters as written, for unit tests.
#[proc_macro_attribute]
pub fn action(args: TokenStream, item: TokenStream) -> TokenStream {
    action::expand(args.into(), item.into()).into()
}
