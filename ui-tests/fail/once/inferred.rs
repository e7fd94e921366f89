//! Values that do not fit a variable from before an await, or come from one whose type
//! rustc has inferred: it tells once, with where the type comes from.

use flowstone::prelude::*;

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Who {
    names: Vec<String>,
}

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[flow]
async fn assigned(n: u32) -> usize {
    let mut name = String::new();
    count(n).await;
    name = 1;
    name.len()
}

#[flow]
async fn assigned_variable(mut n: u32) -> u32 {
    let name = String::new();
    count(n).await;
    n = name;
    n
}

#[flow]
async fn pushed(n: u32) -> usize {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    all.push("a");
    all.len()
}

#[flow]
async fn inserted(n: u32) -> usize {
    let mut names = std::collections::BTreeMap::new();
    names.insert(n, "b".to_owned());
    count(n).await;
    names.insert(n, n);
    names.len()
}

#[flow]
async fn pushed_behind_a_loop(n: u32) -> usize {
    let mut all = vec![];
    for i in 0..n {
        all.push(count(i).await);
    }
    all.push("a");
    all.len()
}

#[flow]
async fn put_in_a_struct(n: u32) -> Who {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    Who { names: all }
}

#[flow]
async fn put_in_a_list_of_structs(n: u32) -> Vec<Who> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    vec![Who { names: all }]
}

#[flow]
async fn put_in_an_option(n: u32) -> Option<Vec<String>> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    Some(all)
}

#[flow]
async fn put_in_a_tuple(n: u32) -> (Vec<String>, u32) {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    (all, n)
}

#[flow]
async fn put_in_a_list(n: u32) -> usize {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    vec![vec![String::new()], all].len()
}

#[flow]
async fn put_in_a_field(n: u32) -> usize {
    let mut who = Who { names: vec![] };
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    who.names = all;
    who.names.len()
}

#[flow]
async fn value(n: u32) -> Vec<String> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    all
}

#[flow]
async fn returned(n: u32) -> Vec<String> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    if n > 3 {
        return all;
    }
    vec![]
}

#[flow]
async fn value_of_a_loop(n: u32) -> Vec<String> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    loop {
        if n > 2 {
            break all;
        }
        break vec![String::new()];
    }
}

#[flow]
async fn value_of_an_arm(n: u32) -> Vec<String> {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    match n {
        3 => all,
        _ => vec![],
    }
}

#[flow]
async fn of_a_type(n: u32) -> usize {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    let names: Vec<String> = all;
    names.len()
}

#[flow]
async fn given_to_a_function(n: u32) -> usize {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    length(all)
}

#[flow]
async fn given_to_a_closure(n: u32) -> u32 {
    let mut all = Vec::new();
    all.push("n");
    count(n).await;
    let length = |all: Vec<u32>| all.len() as u32 + n;
    let long = length(all);
    count(n).await;
    long
}

#[flow]
async fn given_to_an_action(n: u32) -> u32 {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    count(all).await
}

#[flow]
async fn in_a_block_of_a_fork(n: u32) -> (usize, u32) {
    let mut all = Vec::new();
    all.push(n);
    count(n).await;
    flow::join!(
        async {
            count(1).await;
            length(all)
        },
        count(n)
    )
}

#[flow]
async fn no_semicolon(n: u32) {
    count(n).await
}

#[flow]
async fn comes_to_its_end(all: Vec<u32>) -> u32 {
    let [first, .., last] = all.as_slice() else {
        count(1).await;
    };
    let (first, last) = (*first, *last);
    count(first).await + last
}

#[flow]
async fn a_branch_of_another_type(n: u32) -> Option<String> {
    let name = "n".to_owned();
    let found = match n {
        1 => Some(count(n).await.to_string()),
        _ => name,
    };
    found
}

fn length(names: Vec<String>) -> usize {
    names.len()
}

fn main() {}
