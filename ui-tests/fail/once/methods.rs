//! Marks that are missing: of an `impl`, and of the methods in it. Nothing else is told.

use flowstone::prelude::*;

#[action]
async fn count(n: u32) -> u32 {
    n
}

struct Shop {
    number: u32,
}

impl Shop {
    #[flow]
    pub async fn opened(n: u32) -> u32 {
        let shop = Self { number: n };
        count(shop.number).await
    }
}

struct Kiosk {
    number: u32,
}

#[flow]
impl Kiosk {
    pub async fn opened(self) -> u32 {
        count(self.number).await
    }

    pub fn number(&self) -> u32 {
        self.number
    }
}

#[flow]
async fn caller(n: u32) -> u32 {
    let number = Kiosk { number: n }.number();
    Shop::opened(number).await + Kiosk { number }.opened().await
}

fn main() {}
