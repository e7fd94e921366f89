use flowstone::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct View<'a> {
    text: &'a str,
}

impl<'a> View<'a> {
    fn of(text: &'a str) -> Self {
        Self { text }
    }

    fn len(&self) -> usize {
        self.text.len()
    }
}

#[action]
async fn print(len: usize) {
    let _ = len;
}

#[flow]
async fn twice(text: String) {
    let view = View::of(&text);
    print(view.len()).await;
    print(view.len()).await;
}

fn main() {}
