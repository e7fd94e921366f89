//! What has begun when it is made cannot be put off.

use flowstone::prelude::*;

#[flow]
async fn naps() {
    let naps = (0..9).map(|hours| flow::sleep(Duration::from_secs(hours)));
    flow::join_all(naps).limit(2).await;
}

fn main() {}
