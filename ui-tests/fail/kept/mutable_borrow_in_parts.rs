use flowstone::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Item {
    sku: String,
    cents: u64,
}

#[derive(Serialize, Deserialize)]
struct Order {
    items: Vec<Item>,
}

impl Order {
    fn item_mut(&mut self, sku: &str) -> Option<&mut Item> {
        self.items.iter_mut().find(|item| item.sku == sku)
    }
}

#[action]
async fn price(sku: &str) -> u64 {
    sku.len() as u64
}

#[flow]
async fn priced(mut order: Order) -> Option<Order> {
    let item = order.item_mut("mug")?;
    let cents = price(&item.sku).await;
    item.cents += cents;
    Some(order)
}

fn main() {}
