#![deny(warnings)]

use flowstone::flow;

#[flow(strict)]
async fn interest(rate: f64, years: i32) -> f64 {
    let platform = std::env::consts::OS;
    (1.0 + rate).powi(years).sqrt()
}

#[flow]
async fn not_strict(rate: f64, years: i32) -> f64 {
    (1.0 + rate).powi(years)
}

fn main() {}
