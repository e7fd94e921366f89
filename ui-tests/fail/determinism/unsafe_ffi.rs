use flowstone::flow;

#[flow]
async fn fast(bytes: Vec<u8>) -> String {
    unsafe extern "C" {
        fn getpid() -> i32;
    }
    let pid = unsafe { getpid() };
    unsafe { String::from_utf8_unchecked(bytes) }
}

fn main() {}
