use flowstone::flow;

#[flow(allow(clock, reason = "a name that is none"))]
async fn misnamed() {}

#[flow(allow(all, reason = "a word like many, and what it was for"))]
async fn like_many() -> bool {
    std::time::SystemTime::now() > std::time::UNIX_EPOCH
}

fn main() {}
