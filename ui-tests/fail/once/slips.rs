//! Slips of which rustc would tell twice: as of the user's function, and as of its states.

use flowstone::prelude::*;

#[action]
async fn find(n: u64) -> Option<String> {
    n.checked_sub(1).map(|n| n.to_string())
}

#[action]
async fn ship(n: u64) -> Result<u64, String> {
    Ok(n)
}

#[action]
async fn charge(n: u64) -> Result<u64, u64> {
    Ok(n)
}

#[flow]
async fn break_without_value() -> u64 {
    let found: u64 = loop {
        if find(1).await.is_some() {
            break;
        }
    };
    found
}

#[flow]
async fn method_of_what_is_in_it() -> usize {
    find(1).await.into_bytes().len()
}

#[flow]
async fn errors_of_two_types() -> Result<u64, u64> {
    let (paid, sent) = flow::try_join!(charge(1), ship(2))?;
    Ok(paid + sent)
}

#[flow]
async fn parameter_that_is_none(value: T) -> u64 {
    charge(1).await.unwrap_or_default()
}

fn main() {}
