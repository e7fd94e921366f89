use flowstone::flow;

#[flow(allow(wall_clock))]
async fn silent() {}

#[flow(allow(wall_clock, reason = ""))]
async fn empty() {}

#[flow(allow(reason = "no group"))]
async fn nothing() {}

#[flow(allow = "wall_clock")]
async fn text() {}

fn main() {}
