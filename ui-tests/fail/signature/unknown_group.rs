use flowstone::flow;

#[flow(allow(clock, reason = "a name that is none"))]
async fn misnamed() {}

fn main() {}
