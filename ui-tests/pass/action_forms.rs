//! Every way in which an action can take and return values, run.

#![deny(warnings, clippy::all, clippy::pedantic)]

use std::path::Path;
use std::time::Duration;

use flowstone::action::{Action, ActionCall, ActionCx, AttemptOutcome, Dep, Deps, Retry};
use flowstone::machine::{Cx, Op, Wait};
use flowstone::{Durable, InstanceId, LeafId, action};
use serde::{Deserialize, Serialize};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    id: u64,
}

#[derive(Debug)]
pub struct Gateway {
    fee: u64,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub enum PayError {
    Busy,
    Refused(String),
}

fn is_busy(error: &PayError) -> bool {
    matches!(error, PayError::Busy)
}

/// Charges.
#[action(
    name = "pay.charge",
    retry(attempts = 7, first_delay = "250ms", factor = 1.5, max_delay = "2m", jitter = 0),
    retry_if = is_busy,
    timeout = "5s",
    total_timeout = "1h"
)]
pub async fn charge(
    gateway: Dep<Gateway>,
    order: &Order,
    cx: ActionCx,
    mut cents: u64,
    note: &str,
) -> Result<u64, PayError> {
    cents += gateway.fee + u64::from(cx.attempt());
    match note {
        "busy" => Err(PayError::Busy),
        "no" => Err(PayError::Refused(note.to_owned())),
        _ => Ok(cents + order.id),
    }
}

#[action]
fn count(r#type: &[u8], path: &Path, limits: Option<(u8, u8)>) -> usize {
    r#type.len() + path.components().count() + usize::from(limits.is_some())
}

#[action(retry(never))]
async fn nothing() {}

/// An action whose operands its caller gives.
macro_rules! product {
    ($name:ident, $left:expr, $right:expr) => {
        #[action]
        fn $name() -> u64 {
            $left * $right
        }
    };
}

product!(of_sums, 1 + 2, 3 + 4);

#[action(retry(forever, first_delay = "5m", max_delay = "1h"), retry_if = |error| !error.is_empty())]
async fn poll() -> Result<(), String> {
    Ok(())
}

/// Calls `A` as a flow would, and runs one attempt of it.
async fn attempt<A: Action>(call: ActionCall<A>) -> AttemptOutcome {
    let mut cx = Cx::starting();
    call.start(&mut cx).expect("its arguments can be encoded");
    let (requests, _) = cx.finish();
    let Some(Wait::Action(request)) = requests.into_iter().next().map(|request| request.wait)
    else {
        panic!("the call of an action requests it");
    };
    assert_eq!(request.action, A::DEF.name);
    let mut deps = Deps::default();
    deps.insert(Gateway { fee: 100 });
    let cx = ActionCx::new(InstanceId::new("one").expect("a good id"), LeafId(1), 1);
    (A::DEF.run)(&deps, cx, &request.arguments).await
}

async fn reply<A: Action<Output: Durable>>(call: ActionCall<A>) -> A::Output {
    match attempt(call).await {
        AttemptOutcome::Returned(payload) | AttemptOutcome::Failed { payload, .. } => {
            payload.decode().expect("what was encoded")
        }
        other => panic!("{other:?}"),
    }
}

/// A policy that actions share.
const PATIENT: Retry = Retry::attempts(30).first_delay(Duration::from_millis(20));

/// Has the policy of that name.
#[action(retry = PATIENT)]
async fn waits_long() {}

/// Has a policy that is made here.
#[action(retry = Retry::forever().jitter(0.5))]
async fn never_gives_up() {}

#[tokio::main]
async fn main() {
    let order = Order { id: 7 };
    assert_eq!(reply(charge(&order, 1000, "")).await, Ok(1108));
    assert_eq!(reply(count(&[1, 2, 3], Path::new("a/b"), None)).await, 5);
    reply(nothing()).await;
    assert_eq!(reply(of_sums()).await, 21);
    assert_eq!(reply(poll()).await, Ok(()));

    for (note, again) in [("busy", true), ("no", false)] {
        match attempt(charge(&order, 0, note)).await {
            AttemptOutcome::Failed { retry, .. } => assert_eq!(retry, again),
            other => panic!("{other:?}"),
        }
    }

    let gateway = Dep::new(Gateway { fee: 1 });
    let cx = ActionCx::new(InstanceId::new("test").expect("a good id"), LeafId(1), 1);
    assert_eq!(charge::run(gateway, &order, cx, 1, "").await, Ok(10));
    assert_eq!(count::run(&[], Path::new("x"), Some((1, 2))), 2);

    let policy = charge::DEF.policy;
    let retry = Retry::attempts(7)
        .first_delay(Duration::from_millis(250))
        .factor(1.5);
    assert_eq!(
        policy.retry,
        retry.max_delay(Duration::from_mins(2)).jitter(0.0)
    );
    assert_eq!(policy.timeout, Some(Duration::from_secs(5)));
    assert_eq!(policy.total_timeout, Some(Duration::from_hours(1)));
    assert_eq!(waits_long::DEF.policy.retry, PATIENT);
    assert_eq!(never_gives_up::DEF.policy.retry, Retry::forever().jitter(0.5));
    assert_eq!(nothing::DEF.policy.retry, Retry::never());
    assert_eq!(poll::DEF.policy.retry.attempts, None);
    assert_eq!(charge::NAME, "pay.charge");
    assert_eq!((charge::DEF.file, charge::DEF.line), (file!(), 41));
    assert_eq!((charge::DEF.deps)().len(), 1);
}
