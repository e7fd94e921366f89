use flowstone::flow;

#[flow]
async fn fetch() -> bool {
    std::net::TcpStream::connect("localhost:80").is_ok()
}

fn main() {}
