use flowstone::flow;

#[flow(name = "")]
async fn name() {}

fn main() {}
