use flowstone::{action, flow};
#[action]
async fn tick(value: u64) -> u64 {
    value
}

const fn size<const N: usize>() -> usize {
    N
}

#[flow]
async fn lengths() -> usize {
    let repeated = [0; tick(1).await as usize];
    let typed: Option<[u8; tick(2).await as usize]> = None;
    repeated.len() + typed.map_or(0, |typed| typed.len()) + size::<{ tick(3).await as usize }>()
}

fn main() {}
