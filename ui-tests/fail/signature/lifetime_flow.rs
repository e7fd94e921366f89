use flowstone::flow;

struct Text<'a>(&'a str);

#[flow]
async fn measure<'a>(text: Text<'a>) -> usize {
    text.0.len()
}

fn main() {}
