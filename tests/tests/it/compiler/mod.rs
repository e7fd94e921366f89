//! A flow means what the same body means as a plain `async fn`.
//!
//! Each case is compiled twice. `tick(n)` is a future to the plain one and an
//! operation to the flow; both log it and get the same outcome. The flow's
//! frame goes through bytes at every await.

#![expect(
    unused_assignments,
    unused_parens,
    unused_braces,
    unused_mut,
    unused_labels,
    unreachable_code,
    unused_variables,
    for_loops_over_fallibles,
    clippy::correctness,
    clippy::style,
    clippy::complexity,
    clippy::suspicious,
    clippy::perf,
    clippy::iter_over_hash_type,
    clippy::pedantic,
    reason = "the bodies say things in odd ways on purpose"
)]

mod alternatives;
mod blocks;
mod borrows;
mod branches;
mod by_ref;
mod captures;
mod chosen;
mod disjoint_blocks;
mod edges;
mod everyday;
mod expressions;
mod generics;
mod given_back;
mod goods;
mod guards;
mod harness;
mod hidden;
mod hidden_blocks;
mod hunted;
mod iterators;
mod kinds;
mod lent;
mod loops;
mod made_again;
mod methods;
mod moves;
mod outline;
mod programs;
mod regressions;
mod rounds;
mod scopes;
mod spawned;
mod stepped;
mod stepped_again;
mod taken_again;
mod taken_apart;
mod temporaries;
mod trackers;
mod trades;
mod tried;
mod walked;

pub(crate) use harness::{bodies, forks, same, same_in_all_orders, tick};
