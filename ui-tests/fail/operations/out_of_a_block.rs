//! No jump leaves an operand's block: it is a machine of its own.

use flowstone::prelude::*;

#[flow]
async fn breaks() -> u64 {
    let mut sum = 0;
    loop {
        let (a, ()) = flow::join!(
            async {
                if sum > 7 {
                    break;
                }
                1
            },
            flow::sleep(Duration::from_secs(1)),
        );
        sum += a;
    }
}

fn main() {}
