//! Flows that offend where no macro sees it: behind helpers of other files and
//! crates, traits, derived and provided code, macros and third-party crates.
//!
//! Each is a line: its name, the groups that are a right answer, what it does.

pub mod clocks;
pub mod maps;
pub mod places;
pub mod random;
pub mod state;
pub mod tasks;
pub mod wires;

use crate::Entry;

/// Makes the flows of a table, each with a wait before what it does, and `FLOWS`.
macro_rules! offences {
    ($($name:ident: $($group:ident)|+ => $offence:expr;)+) => {
        $(
            #[flowstone::flow]
            pub async fn $name() -> String {
                flowstone::flow::sleep(std::time::Duration::from_millis(1)).await;
                let got = $offence;
                format!("{got:?}")
            }
        )+

        pub(super) const FLOWS: &[crate::Entry] = &[$(crate::Entry {
            name: stringify!($name),
            groups: &[$(stringify!($group)),+],
            run: |engine| Box::pin(engine.run(stringify!($name), $name())),
        }),+];
    };
}
use offences;

/// All flows that offend, by topic.
pub const FLOWS: &[&[Entry]] = &[
    clocks::FLOWS,
    random::FLOWS,
    places::FLOWS,
    wires::FLOWS,
    tasks::FLOWS,
    state::FLOWS,
    maps::FLOWS,
];
