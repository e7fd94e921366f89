use flowstone::action;

struct Order;

#[action]
async fn ship(order: Order) {
    drop(order);
}

#[action]
async fn ship_all(orders: &[Order], first: &Order) -> usize {
    drop(first);
    orders.len()
}

fn main() {}
