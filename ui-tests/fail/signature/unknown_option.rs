use flowstone::flow;

#[flow(timeout = "5s")]
async fn name() {}

fn main() {}
