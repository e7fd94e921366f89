//! One error for each mistake, where plain code of Rust has one.

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[action]
async fn text(n: u32) -> String {
    n.to_string()
}

#[flow]
async fn branches(n: u32) -> u32 {
    let x = if n > 3 { count(n).await } else { "three" };
    x
}

#[flow]
async fn branch_behind_an_await(n: u32) -> u32 {
    let x = if n > 3 {
        count(n).await;
        5
    } else {
        "three"
    };
    let y = x;
    count(4).await;
    y
}

#[flow]
async fn arms(n: u32) -> u32 {
    let x = match n {
        0 => count(n).await,
        _ => text(n).await,
    };
    x
}

#[flow]
async fn values_of_a_loop(n: u32) -> u32 {
    let x = loop {
        if n > 3 {
            break "three";
        }
        break count(n).await;
    };
    x
}

#[flow]
async fn late_value(n: u32) -> u32 {
    let x;
    if n > 3 {
        x = count(n).await;
    } else {
        x = "three";
    }
    x
}

#[flow]
async fn destructuring_assignment(n: u32) -> u32 {
    let (a, b);
    (a, b) = (count(n).await, "x");
    let c: u32 = b;
    a + c
}

#[flow]
async fn semicolon(n: u32) -> u32 {
    count(n).await;
}

#[flow]
async fn last_branch_without_a_value(n: u32) -> u32 {
    count(n).await;
    if n > 2 {
        count(1).await;
    }
}

#[flow]
async fn await_forgotten(n: u32) -> u32 {
    let a = count(n);
    let b = count(3).await;
    a + b
}

#[flow]
async fn no_iterator(n: u32) -> u32 {
    let mut sum = 0;
    for x in count(n).await {
        sum += count(x).await;
    }
    sum
}

#[flow]
async fn no_method(s: String) -> usize {
    let b = count(3).await;
    let n = s.length();
    count(b).await;
    n + s.len()
}

#[flow]
async fn behind_a_wrong_type(s: String, v: Vec<u32>) -> usize {
    let n: usize = s.as_str();
    count(3).await;
    let k = first(&v);
    count(k).await;
    length(&s) + n
}

#[flow]
async fn arguments_of_an_action(n: u32) -> u32 {
    let m = count(n, 1).await;
    count(m, n).await + count().await
}

#[flow]
async fn an_operand(n: u32) -> (u32, u32) {
    let m = count(n).await;
    flow::join!(count(m, 1), async { count(text(n).await).await })
}

fn length(text: &str) -> usize {
    text.len()
}

fn first(items: &[u32]) -> u32 {
    items.first().copied().unwrap_or_default()
}

fn main() {}
