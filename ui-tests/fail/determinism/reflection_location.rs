#![deny(warnings)]

use flowstone::flow;
use std::any;

#[flow]
async fn names() -> String {
    let hasher = std::hash::DefaultHasher::new();
    format!("{} {}", any::type_name::<u8>(), line!())
}

fn main() {}
