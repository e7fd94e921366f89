//! What a flow allows itself is let pass, and may change what comes of it; all
//! else is told. The machines are written by hand, without an `.await`.

use bytes::Bytes;
use flowstone::__private::{Allow, FlowResult};
use flowstone::flow::FlowCall;
use flowstone::machine::{Cx, Fault, Machine, Shape, Step, Tie};

use crate::{Checked, called, differs, offences};

/// Machines that allow one group each, and what they return.
macro_rules! machines {
    ($($name:ident allows $group:literal: $code:expr;)+) => {$(
        struct $name;

        impl Machine for $name {
            type Output = u64;
            const RESULT: Tie<u64> = FlowResult::TIE;
            const SHAPE: &'static Shape = &Shape {
                name: stringify!($name),
                version: 1,
                file: file!(),
                line: line!(),
                fingerprint: 1,
                locals: &[],
                params: 0,
                allows: &[Allow {
                    group: $group,
                    reason: "this is a test",
                }],
                states: &[],
                operands: &[],
                drawn: "",
            };

            fn resume(_: Bytes, _: &mut Cx) -> Result<Step<u64>, Fault> {
                Ok(Step::Done($code))
            }
        }

        flowstone::register_flow!($name);

        impl $name {
            fn call() -> FlowCall<Self> {
                FlowCall::capture(|_| Ok(()))
            }
        }
    )+};
}

machines! {
    Stamped allows "wall_clock": offences::wall_clock() + offences::counted();
    Named allows "ids": offences::random_id() as u64;
    Loud allows "printing": {
        offences::print();
        7
    };
    LoudAndOther allows "printing": offences::counted();
    Careless allows "wall_clock": u64::from(offences::process());
}

#[tokio::test]
async fn what_is_allowed_is_not_told() {
    assert!(Checked::new().await.silent(Stamped::call()).await > 0);
    assert_eq!(Checked::new().await.silent(Named::call()).await, 36);
    assert_eq!(Checked::new().await.silent(Loud::call()).await, 7);
}

#[tokio::test]
async fn another_group_is_told() {
    let finding = Checked::new().await.found(Careless::call()).await;
    assert_eq!(called(&finding).0, "environment_process", "{finding}");
    assert_eq!(finding.flow, "Careless");
}

#[tokio::test]
async fn whoever_may_print_must_still_come_to_the_same() {
    let finding = Checked::new().await.found(LoudAndOther::call()).await;
    assert_eq!(differs(&finding), "its result", "{finding}");
}

mod of_the_macro {
    //! The same, as users write it.

    use flowstone::prelude::*;

    use super::*;

    #[flow(allow(wall_clock, reason = "only a rough date"))]
    async fn dated() -> u64 {
        let date = offences::wall_clock();
        flow::sleep(Duration::from_millis(1)).await;
        date + offences::wall_clock()
    }

    #[flow(allow(wall_clock, reason = "only a rough date"))]
    async fn dated_elsewhere() -> u64 {
        undated().await
    }

    #[flow]
    async fn undated() -> u64 {
        offences::wall_clock()
    }

    #[flow]
    async fn asks_for_a_date() -> u64 {
        dated().await
    }

    #[tokio::test]
    async fn a_flow_may_what_it_says() {
        assert!(Checked::new().await.silent(dated()).await > 0);
        assert!(Checked::new().await.silent(asks_for_a_date()).await > 0);
    }

    #[tokio::test]
    async fn what_a_flow_says_is_not_said_of_those_that_it_calls() {
        let finding = Checked::new().await.found(dated_elsewhere()).await;
        assert_eq!(finding.flow, "undated", "{finding}");
    }
}
