use std::time::Instant;

struct Outer;

mod inner {
    use super::*;
    use flowstone::flow;

    #[flow]
    async fn measure() -> bool {
        let outer = Outer;
        Instant::now().elapsed().is_zero()
    }
}

fn main() {}
