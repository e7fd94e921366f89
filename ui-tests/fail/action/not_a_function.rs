use flowstone::action;

#[action]
struct Charge;

fn main() {}
