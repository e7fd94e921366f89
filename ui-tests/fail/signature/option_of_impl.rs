use flowstone::flow;

struct Shop;

#[flow(name = "shop")]
impl Shop {
    #[flow]
    async fn open() -> u64 {
        1
    }
}

fn main() {}
