use flowstone::flow;

struct Order(u64);

#[flow]
async fn checkout(order: Order) -> u64 {
    order.0
}

fn main() {}
