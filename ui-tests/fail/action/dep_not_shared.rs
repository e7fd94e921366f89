use flowstone::action;
use flowstone::action::Dep;

#[action]
async fn charge(gateway: Dep<std::cell::Cell<u64>>) -> u64 {
    gateway.get()
}

fn main() {}
