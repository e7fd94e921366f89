use flowstone::flow;
use std::fs::{self, File};

#[flow]
async fn load() -> String {
    let file = File::open("orders.csv");
    fs::read_to_string("orders.csv").unwrap_or_default()
}

fn main() {}
