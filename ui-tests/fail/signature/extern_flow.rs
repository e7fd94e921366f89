use flowstone::flow;

#[flow]
async extern "C" fn now() -> u64 {
    1
}

fn main() {}
