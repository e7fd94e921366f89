use flowstone::flow;

#[flow]
async fn open(shop: Box<dyn Send>) -> Result<u64, Box<dyn std::error::Error>> {
    drop(shop);
    Ok(1)
}

fn main() {}
