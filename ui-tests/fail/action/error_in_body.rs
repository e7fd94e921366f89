use flowstone::action;

#[action(retry(attempts = 2), timeout = "5s")]
async fn charge(cents: u64) -> u64 {
    let total: String = cents;
    total
}

fn main() {}
