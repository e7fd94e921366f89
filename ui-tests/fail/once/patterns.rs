//! Patterns of loops that do not fit what the loop goes over: rustc tells of each once.

use std::collections::BTreeMap;

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Line {
    id: u32,
    name: String,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Other {
    id: u32,
}

#[derive(serde::Serialize, serde::Deserialize)]
enum Kind {
    One(u32),
    Two { id: u32 },
    Three,
}

#[flow]
async fn another_struct_borrowed(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for Other { id } in &lines {
        sum += count(*id).await;
    }
    sum
}

#[flow]
async fn another_struct(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for Other { id } in lines {
        sum += count(id).await;
    }
    sum
}

#[flow]
async fn three_of_two(lines: Vec<(u32, String)>) -> u32 {
    let mut sum = 0;
    for (a, b, c) in lines {
        sum += count(a).await;
    }
    sum
}

#[flow]
async fn three_of_two_borrowed(lines: Vec<(u32, String)>) -> u32 {
    let mut sum = 0;
    for (a, b, c) in &lines {
        sum += count(*a).await;
    }
    sum
}

#[flow]
async fn one_variant(lines: Vec<Kind>) -> u32 {
    let mut sum = 0;
    for Kind::One(n) in &lines {
        sum += count(*n).await;
    }
    sum
}

#[flow]
async fn a_borrow_of_values(lines: Vec<u32>) -> u32 {
    let mut sum = 0;
    for &n in lines {
        sum += count(n).await;
    }
    sum
}

#[flow]
async fn an_option(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for Some(n) in lines {
        sum += count(n).await;
    }
    sum
}

#[flow]
async fn an_unknown_field(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for Line { id, title } in &lines {
        sum += count(*id).await;
    }
    sum
}

#[flow]
async fn a_slice(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for [a, b] in &lines {
        sum += count(a.id).await;
    }
    sum
}

#[flow]
async fn pairs_of_one(lines: Vec<Line>) -> u32 {
    let mut sum = 0;
    for (i, line) in &lines {
        sum += count(line.id).await;
    }
    sum
}

#[flow]
async fn three_of_a_map(lines: BTreeMap<String, u32>) -> u32 {
    let mut sum = 0;
    for (name, n, m) in &lines {
        sum += count(*n).await;
    }
    sum
}

#[flow]
async fn an_option_of_a_range(n: u32) -> u32 {
    let mut sum = 0;
    for Some(a) in 0..n {
        sum += count(a).await;
    }
    sum
}

#[flow]
async fn a_literal(names: Vec<String>) -> u32 {
    let mut sum = 0;
    for "x" in names {
        sum += count(1).await;
    }
    sum
}

#[flow]
async fn another_field_of_a_variant(names: Vec<Kind>) -> u32 {
    let mut sum = 0;
    for Kind::Two { id, name } in names {
        sum += count(id).await;
    }
    sum
}

#[flow]
async fn a_variant_without_fields(names: Vec<Kind>) -> u32 {
    let mut sum = 0;
    for Kind::Three(n) in names {
        sum += count(n).await;
    }
    sum
}

// What is right in a flow with a mistake keeps its type.
#[flow]
async fn right_ones(lines: Vec<Line>, rows: Vec<(u32, String, u64)>) -> u32 {
    let mut sum: u32 = "none";
    for Line { id, name } in &lines {
        sum += count(*id).await + name.trim().len() as u32;
    }
    for (id, name, cents) in rows {
        sum += count(id).await + name.trim().len() as u32 + cents.count_ones();
    }
    sum
}

fn main() {}
