use flowstone::flow;

trait Open {
    async fn open(self) -> u64;
}

struct Shop;

#[flow]
impl Open for Shop {
    #[flow]
    async fn open(self) -> u64 {
        1
    }
}

fn main() {}
