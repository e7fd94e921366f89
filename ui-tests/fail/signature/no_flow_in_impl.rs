use flowstone::flow;

struct Shop;

#[flow]
impl Shop {
    async fn open(self) -> u64 {
        1
    }
}

fn main() {}
