use flowstone::flow;

#[flow]
async fn order() -> u128 {
    let id = uuid::Uuid::new_v4();
    let name = nanoid::nanoid!(10);
    id.as_u128()
}

fn main() {}
