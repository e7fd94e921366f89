use flowstone::action;

#[action]
async fn charge() -> u64 {
    let count = std::rc::Rc::new(1);
    tokio::task::yield_now().await;
    *count
}

fn main() {}
