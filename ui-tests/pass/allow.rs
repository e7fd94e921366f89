//! A group that is allowed is not refused; several may share a reason.

use flowstone::prelude::*;

#[flow(name = "stamped", allow(wall_clock, ids, reason = "only for a log"))]
async fn stamp() -> bool {
    std::time::SystemTime::now() > std::time::UNIX_EPOCH
}

#[flow(allow(flow::wall_clock, reason = "as the audit names it"))]
async fn named_as_found() -> bool {
    std::time::SystemTime::now() > std::time::UNIX_EPOCH
}

fn main() {
    assert_eq!(stamp::NAME, "stamped");
}
