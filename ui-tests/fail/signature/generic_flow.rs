use flowstone::flow;

#[flow]
async fn keep<T: Clone>(value: T) -> T {
    value
}

fn main() {}
