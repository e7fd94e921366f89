use flowstone::flow;

#[flow]
async fn greet(name: String) {
    println!("hello {name}");
    dbg!(name);
}

fn main() {}
