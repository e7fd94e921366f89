use flowstone::prelude::*;

#[flow]
async fn anonymous(n: u64, rule: impl Fn(u64) -> bool) -> bool {
    rule(n)
}

#[flow]
async fn pointer(n: u64, rules: Vec<fn(u64) -> bool>) -> bool {
    rules.iter().all(|rule| rule(n))
}

fn main() {}
