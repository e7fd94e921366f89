use flowstone::flow;

#[flow(version = 0)]
async fn name() {}

fn main() {}
