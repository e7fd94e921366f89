use flowstone::action;

#[action]
const fn double(value: u64) -> u64 {
    value * 2
}

fn main() {}
