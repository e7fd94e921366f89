use flowstone::flow;

struct Shop;

impl Shop {
    #[flow]
    async fn open(self) -> u64 {
        1
    }
}

fn main() {}
