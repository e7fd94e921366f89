use flowstone::flow;

#[flow(allow(wall_clock, ids, wall_clock, reason = "one"))]
async fn in_one() {}

#[flow(allow(flow::ids, reason = "one"), allow(ids, reason = "two"))]
async fn in_two() {}

fn main() {}
