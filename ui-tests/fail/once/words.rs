//! One error for each mistake where the machine is written otherwise than the flow:
//! borrows of outcomes, arguments of macros, chains of calls, races, what is returned.

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[action]
async fn text(n: u32) -> String {
    n.to_string()
}

#[action]
async fn list(n: u32) -> Vec<u32> {
    vec![n]
}

#[action]
async fn sum(items: Vec<u32>) -> u32 {
    items.iter().sum()
}

#[action]
async fn find(n: u32) -> Option<u32> {
    Some(n)
}

#[flow]
async fn a_borrowed_outcome(n: u32) -> u32 {
    sum(&list(n).await).await
}

#[flow]
async fn a_vector(n: u32) -> Vec<u32> {
    vec![count(n).await, text(n).await]
}

#[flow]
async fn too_few_arguments(n: u32) -> String {
    format!("{} {}", count(n).await)
}

#[flow]
async fn a_chain(n: u32) -> Vec<String> {
    let items = list(n).await;
    items.iter().map(|x| x + 1).collect()
}

#[flow]
async fn an_await_forgotten(n: u32) -> u32 {
    let items = list(n).await;
    items.iter().map(|x| count(*x)).sum()
}

#[flow]
async fn a_race(n: u32) -> u32 {
    flow::race! {
        a = count(n) => a,
        b = text(n) => b,
    }
}

#[flow]
async fn a_last_branch(n: u32) -> u32 {
    count(n).await;
    if n > 1 { 1 } else { "one" }
}

#[flow]
async fn no_option(n: u32) -> u32 {
    let found = find(n).await?;
    found + 1
}

#[flow]
async fn another_error(n: u32) -> Result<u32, u8> {
    let limit: Result<u32, String> = Ok(n);
    count(n).await;
    Ok(count(limit?).await)
}

fn main() {}
