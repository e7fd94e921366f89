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

#[flow]
async fn until_one_is_last(names: Vec<String>, limit: usize) -> usize {
    let mut long = names.iter().skip_while(|name| name.len() > limit);
    while let Some(name) = long.next() {
        if long.next().is_none() {
            flow::sleep(std::time::Duration::from_secs(1)).await;
            return name.len();
        }
    }
    0
}

fn main() {}
