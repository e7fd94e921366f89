//! Names of the user's own that look like what a flow cannot use.

use std::cell::Cell;

use flowstone::{action, flow};

use charge as pay;

struct Instant;

impl Instant {
    fn now() -> u64 {
        7
    }
}

mod env {
    pub fn var(name: &str) -> String {
        name.to_owned()
    }
}

#[derive(Default)]
struct HashMap<K, V>(Vec<(K, V)>);

static LIMITS: &[u64] = &[1, 2];

fn random() -> u64 {
    4
}

#[flow]
async fn look_alikes(seed: u64) -> String {
    let rng = || seed;
    let counts: HashMap<u64, u64> = HashMap::default();
    let address = std::net::Ipv4Addr::LOCALHOST;
    let path = std::path::Path::new("a").join("b");
    let local = Cell::new(Instant::now() + random() + rng());
    let limits = LIMITS.len() + counts.0.len() + path.components().count();
    format!("{} {} {limits} {address}", env::var("x"), local.get())
}

#[action]
async fn charge(cents: u64) -> u64 {
    cents
}

/// A function of the body's own has the name of an action beside it.
#[flow]
async fn own_charge(cents: u64) -> u64 {
    let mut charged = pay(cents).await;
    {
        fn charge(cents: u64) -> Vec<u64> {
            vec![cents, 1]
        }
        for part in charge(charged) {
            charged += pay(part).await;
        }
    }
    charged
}

fn main() {
    assert_eq!(look_alikes::NAME, "look_alikes");
}
