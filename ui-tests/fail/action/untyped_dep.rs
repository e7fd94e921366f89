use flowstone::action;
use flowstone::action::Dep;

#[action]
async fn charge(gateway: Dep, cents: u64) -> u64 {
    cents
}

fn main() {}
