use flowstone::flow;

#[flow]
async fn draw() -> u8 {
    let mut rng: rand::rngs::ThreadRng = rand::rng();
    let first = rand::random::<u8>();
    first + fastrand::u8(..)
}

fn main() {}
