use flowstone::action;

struct Shop {
    id: u64,
}

impl Shop {
    #[action]
    async fn charge(&self, cents: u64) -> u64 {
        self.id + cents
    }
}

fn main() {}
