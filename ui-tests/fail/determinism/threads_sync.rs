use flowstone::flow;
use std::thread;

#[flow]
async fn work() -> u64 {
    let (send, receive) = std::sync::mpsc::channel();
    thread::spawn(move || send.send(1));
    receive.recv().unwrap_or_default()
}

fn main() {}
