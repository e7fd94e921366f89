use flowstone::action;

#[action]
unsafe fn poke(address: usize) {
    drop(address);
}

fn main() {}
