//! Flows: straight lines, branches, loops, borrows, generics, moved fields.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use flowstone::flow::Channel;
use flowstone::{Durable, flow};

pub use super::actions::{Bank, Line, Order, PayError};
use super::actions::{charge, echo, ignore, is_even, label, nothing, price};

const APPROVAL: Channel<bool> = Channel::new("approval");

/// No await at all.
#[flow]
pub async fn at_once(n: u64) -> u64 {
    n + 1
}

/// A straight line, with `?` and a nested call.
#[flow(name = "lints.pay", version = 2)]
pub async fn pay(order: Order) -> Result<u64, PayError> {
    let cents = total(order.lines.clone()).await.unwrap_or(0);
    let paid = charge(&order, echo(cents).await + 1).await?;
    nothing().await;
    Ok(paid)
}

/// A loop over a borrow, and one over owned values.
#[flow]
pub async fn total(lines: Vec<Line>) -> Result<u64, String> {
    let mut sum = 0;
    for line in &lines {
        sum += price(&line.sku, None).await? * line.count;
    }
    for (index, line) in lines.into_iter().enumerate() {
        if line.count == 0 {
            continue;
        }
        sum += echo(index as u64).await;
    }
    Ok(sum)
}

/// Fields that are moved away one by one.
#[flow]
pub async fn parcel(order: Order, at: PathBuf) -> (String, usize) {
    let text = label(order.address, &at).await;
    let lines = order.lines;
    flow::sleep(Duration::from_secs(1)).await;
    (text, lines.len())
}

/// Branches, guards, `let .. else`, short circuits, shadowed names.
#[flow]
pub async fn decide(choice: Option<u64>, names: BTreeMap<String, u64>) -> u64 {
    let Some(choice) = choice else {
        return echo(0).await;
    };
    let approved = choice > 10 || flow::receive(APPROVAL).await;
    let weight = match choice {
        0 => 1,
        n if n < 5 && echo(n).await == n => echo(n).await,
        n @ 5..=9 => n,
        _ if approved => {
            let choice = choice + 1;
            echo(choice).await + choice
        }
        _ => return 0,
    };
    let mut sum = weight;
    if let Some(first) = names.get("first") {
        sum += echo(*first).await;
        sum += first;
    }
    if approved && echo(sum).await > 3 {
        sum += 1;
    } else {
        echo(5).await;
    }
    sum
}

/// Loops with labels, values and conditions that await.
#[flow]
pub async fn rounds(limit: u64) -> Vec<u64> {
    let mut seen = Vec::new();
    let mut round = 0;
    'outer: while echo(round).await < limit {
        round += 1;
        for step in 0..=round {
            if step == 3 {
                continue 'outer;
            }
            if step > 100 {
                break 'outer;
            }
            seen.push(echo(step).await);
        }
    }
    let last = loop {
        round += 1;
        if echo(round).await % 7 == 0 {
            break round;
        }
    };
    for value in &mut seen {
        *value += echo(last).await;
    }
    seen
}

/// Awaits in operands, literals, macros, casts and assignments.
#[flow]
pub async fn operands(seed: u64) -> String {
    let pair = (echo(seed).await, [echo(1).await, 2, echo(3).await]);
    let [first, .., last] = pair.1;
    let mut text = format!("{} {first} {last}", echo(pair.0).await);
    text += &echo(4).await.to_string();
    let line = Line {
        count: echo(5).await,
        ..Line {
            sku: text.clone(),
            count: 0,
        }
    };
    let scale = |n: u64| n * line.count;
    let scaled = scale(echo(6).await);
    let known = matches!(scaled, 0..=9);
    assert!(echo(7).await == 7, "{text}");
    format!("{text}{scaled}{known}{}", line.sku)
}

/// A generic flow.
#[flow]
pub async fn gather<T, const N: usize>(value: T, more: impl Durable + Into<T>) -> Vec<T>
where
    T: Durable + Clone,
{
    let mut all = vec![more.into()];
    for _ in 0..N {
        nothing().await;
        all.push(value.clone());
    }
    all
}

flowstone::register_flow!(gather<u64, 2, u32>);

/// Calls itself.
#[flow]
pub async fn countdown(n: u64) -> u64 {
    if n == 0 {
        return 0;
    }
    let rest = countdown(n - 1).await;
    rest + echo(n).await
}

/// Takes a pattern, and what it does not use.
#[flow]
pub async fn patterns((mut a, b): (u64, u64), _unused: String) {
    a += echo(b).await;
    echo(ignore(a, b, "text").await).await;
}

mod inner {
    //! A private module, with a flow that only the crate sees.

    use flowstone::flow;

    use super::super::actions::echo;

    #[flow]
    pub(super) async fn hidden(r#type: u64) -> u64 {
        echo(r#type).await
    }
}

/// Calls a flow of a private module.
#[flow]
pub async fn outer() -> u64 {
    inner::hidden(1).await + at_once(2).await
}

/// What `find` would do, could a closure await.
#[flow]
pub async fn first_even(items: Vec<u64>) -> Option<u64> {
    for item in items {
        if is_even(item).await {
            return Some(item);
        }
    }
    None
}

/// What `map` and `filter` would do.
#[flow]
pub async fn mapped(item: Option<u64>) -> Option<bool> {
    const LIMIT: u64 = 3;
    let even = match item {
        Some(item) => {
            if is_even(item).await {
                Some(item)
            } else {
                None
            }
        }
        None => None,
    };
    match even {
        Some(found) => Some(is_even(found + LIMIT).await),
        None => None,
    }
}

/// Races that are the last statement of a loop's body.
#[flow]
pub async fn raced_last(n: u64) -> u64 {
    let mut won = 0;
    while won < n {
        flow::race! {
            _ = nothing() => { won += 1; }
            m = echo(n) => won += m,
        }
    }
    for _ in 0..n {
        won += 1;
        flow::race! {
            _ = nothing() => (),
            () = nothing() => won += 1,
        }
    }
    won
}

/// Handlers that are blocks of one expression.
#[flow]
pub async fn raced_in_braces(n: u64) -> u64 {
    flow::race! {
        m = echo(n) => { if m > 1 { 2 } else { 3 } },
        () = nothing() => { if n > 1 { 4 } else { 5 } }
    }
}

/// Races of what has no value.
#[flow]
pub async fn raced(n: u64) -> u64 {
    let mut won = 0;
    flow::race! {
        _ = nothing() => { won += 1; }
        m = echo(n) => { won += m; }
    }
    flow::race! {
        _ = nothing() => won,
        () = nothing() => won + 1,
    }
}
