use flowstone::prelude::*;

struct Order {
    id: u64,
}

#[action]
async fn ship(id: u64) {}

#[flow]
async fn place(id: u64) -> u64 {
    struct Local(u64);
    impl Local {
        fn id(&self) -> u64 {
            self.0
        }
    }
    impl Order {
        fn id(&self) -> u64 {
            self.id
        }
    }
    ship(id).await;
    Order { id }.id() + Local(id).id()
}

fn main() {}
