use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Shop {
    number: u32,
}

#[flow]
impl Shop {
    #[flow]
    pub async fn opened(n: u32) -> u32 {
        count(self.number + n).await
    }
}

#[flow]
async fn caller(n: u32) -> u32 {
    Shop { number: n }.number + Shop::opened(n).await
}

fn main() {}
