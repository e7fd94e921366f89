use flowstone::flow;

#[flow]
async unsafe fn now() -> u64 {
    1
}

fn main() {}
