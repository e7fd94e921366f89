use flowstone::action;
use flowstone::action::Dep;

#[action]
async fn charge(gateway: Dep<dyn ToString + Send + Sync>, cents: u64) -> String {
    format!("{} {cents}", gateway.to_string())
}

fn main() {}
