use flowstone::flow;

#[flow(allow(wall_clock))]
async fn silent() {}

#[flow(allow(wall_clock, reason = ""))]
async fn empty() {}

#[flow(allow(reason = "no group"))]
async fn nothing() {}

#[flow(allow = "wall_clock")]
async fn text() {}

#[flow(allow())]
async fn empty_list() {}

#[flow(allow(wall_clock, because = "of it"))]
async fn no_such_word() {}

#[flow(allow(wall_clock, reason = "one", reason = "two"))]
async fn two_reasons() {}

fn main() {}
