//! Several things at once, without a warning from generated code.

#![deny(warnings, clippy::all, clippy::pedantic)]

use std::time::Duration;

use flowstone::flow::Channel;
use flowstone::{action, flow};

const GO: Channel<u64> = Channel::new("go");

#[action]
async fn price(sku: String) -> Result<u64, String> {
    sku.parse::<u64>().map_err(|error| error.to_string())
}

#[flow]
async fn quote(skus: Vec<String>) -> Result<u64, String> {
    let mut log = Vec::new();
    let limit = skus.len();
    let (first, rest, ()) = flow::join!(
        price(skus[0].clone()),
        async {
            let mut sum = 0;
            for sku in &skus[1..] {
                sum += price(sku.clone()).await?;
                log.push(sum);
            }
            Ok::<_, String>(sum)
        },
        flow::sleep(Duration::from_millis(1)),
    );
    let total = first? + rest?;
    if log.len() > limit {
        return Ok(0);
    }
    flow::race! {
        more = flow::receive(GO) => Ok(total + more),
        () = flow::sleep(Duration::from_hours(1)) => Err("late".to_owned()),
        result = async move { price(total.to_string()).await } => {
            let checked = result?;
            Ok(checked)
        }
    }
}

fn main() {
    let _ = quote(Vec::new());
}
