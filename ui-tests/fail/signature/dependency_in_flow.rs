use flowstone::prelude::*;

struct Client;

#[flow]
async fn fetch(client: Dep<Client>, id: u64) -> u64 {
    let _ = client;
    id
}

fn main() {}
