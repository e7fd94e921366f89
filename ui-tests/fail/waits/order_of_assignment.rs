use flowstone::{action, flow};
#[action]
async fn name(value: u64) -> String {
    value.to_string()
}

#[flow]
async fn join(mut names: Vec<String>) -> Vec<String> {
    *names.first_mut().unwrap() += &name(1).await;
    names
}

fn main() {}
