use flowstone::flow;

#[flow]
async fn greet() -> String {
    iana_time_zone::get_timezone().unwrap_or_default()
}

fn main() {}
