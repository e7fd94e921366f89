use flowstone::prelude::*;

struct Lines(Vec<String>);

impl Lines {
    fn long(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter(|line| line.len() > 9)
    }
}

#[action]
async fn print(line: String) {
    let _ = line;
}

#[flow]
async fn first_two(lines: Vec<String>) -> usize {
    let lines = Lines(lines);
    let mut long = lines.long().map(|line| line.trim());
    if let Some(line) = long.next() {
        print(line.to_owned()).await;
    }
    long.count()
}

fn main() {}
