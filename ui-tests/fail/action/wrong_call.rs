use flowstone::action;

#[action]
async fn charge(order: u64, note: &str) -> u64 {
    order + note.len() as u64
}

fn call() {
    let _ = charge("order", "note");
}

fn main() {}
