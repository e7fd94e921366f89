use flowstone::{action, flow};
#[action]
async fn name(value: u64) -> String {
    value.to_string()
}

fn newest(names: &mut [String]) -> &mut String {
    let newest = names.last_mut();
    newest.expect("there is one")
}

#[flow]
async fn join(mut names: Vec<String>) -> Vec<String> {
    *newest(&mut names) += &name(1).await;
    names
}

fn main() {}
