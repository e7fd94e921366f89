use flowstone::flow;
use std::path::{Path, PathBuf};

#[flow]
async fn looks(path: PathBuf, prices: Vec<u64>) -> bool {
    let parent: &Path = &path;
    let found = path.exists() || parent.is_dir() || Path::new("a").join("b").try_exists().is_ok();
    found && path.canonicalize().is_ok()
}

/// Of a type of its own, whatever it is called.
struct Shop;

impl Shop {
    fn exists(&self) -> bool {
        true
    }
    fn is_dir(&self) -> bool {
        false
    }
}

#[flow]
async fn own() -> bool {
    let shop = Shop;
    shop.exists() && !shop.is_dir()
}

fn main() {}
