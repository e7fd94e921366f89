//! A policy that has a name is of the right type, and a constant.

use flowstone::prelude::*;

const TIMES: u32 = 5;

#[action(retry = TIMES)]
async fn charge() {}

fn often() -> Retry {
    Retry::forever()
}

#[action(retry = often())]
async fn ship() {}

#[action(retry = Retry::attempts(3), retry(forever))]
async fn wrap() {}

fn main() {}
