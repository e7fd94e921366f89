use flowstone::action;
use flowstone::action::Dep;

#[action]
async fn charge(gateway: &Dep<String>, cents: u64) -> String {
    format!("{} {cents}", **gateway)
}

fn main() {}
