use flowstone::action;

#[action]
extern "C" fn poke(address: usize) {
    drop(address);
}

fn main() {}
