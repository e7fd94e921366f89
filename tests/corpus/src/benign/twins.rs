//! The twins of what is refused: types, modules and functions of the program that
//! have its names, and the parts of the same crates that always do the same.

use std::io::Read as _;
use std::path::Path;

use flowstone::prelude::*;

use crate::helpers::twins::{
    Command, File, HashMap, Instant, Local, Uuid, env, random, spawn, thread, tokio,
};

const A_MOMENT: Duration = Duration::from_millis(1);

#[flow]
pub async fn own_instant() -> u64 {
    let at = Instant::now();
    flow::sleep(A_MOMENT).await;
    at.0 + Instant::now().0
}

#[flow]
pub async fn own_uuid() -> String {
    let id = Uuid::new_v4();
    flow::sleep(A_MOMENT).await;
    id.0 + &Uuid::now_v7().0
}

#[flow]
pub async fn own_random() -> u64 {
    let draw = random();
    flow::sleep(A_MOMENT).await;
    let rng = || draw;
    rng() + random()
}

#[flow]
pub async fn own_hash_map() -> usize {
    let mut map = HashMap::new();
    map.insert("tea".to_owned());
    flow::sleep(A_MOMENT).await;
    map.iter().count()
}

#[flow]
pub async fn own_env() -> String {
    let region = env::var("REGION");
    flow::sleep(A_MOMENT).await;
    env::args().join(&region)
}

#[flow]
pub async fn own_file() -> String {
    let file = File::open("order");
    flow::sleep(A_MOMENT).await;
    file.text()
}

#[flow]
pub async fn own_local() -> u32 {
    let place = Local::here();
    flow::sleep(A_MOMENT).await;
    place.id
}

#[flow]
pub async fn own_spawn() -> u32 {
    let worker = spawn(3);
    flow::sleep(A_MOMENT).await;
    worker + thread::current() + tokio::spawn(1)
}

#[flow]
pub async fn joined_paths() -> String {
    let path = Path::new("/orders").join("7").with_extension("json");
    flow::sleep(A_MOMENT).await;
    let parts: Vec<String> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("|")
}

#[flow]
pub async fn built_in_constants() -> String {
    let name = env!("CARGO_PKG_NAME").to_owned();
    flow::sleep(A_MOMENT).await;
    format!(
        "{name} {:?} {}",
        option_env!("NO_SUCH_NAME"),
        include_str!("../../Cargo.toml").len()
    )
}

#[flow]
pub async fn own_elapsed() -> u64 {
    let watch = Instant::now();
    let passed = watch.elapsed();
    flow::sleep(A_MOMENT).await;
    passed
}

#[flow]
pub async fn own_command() -> Vec<String> {
    let command = Command::new("ship").arg("order");
    flow::sleep(A_MOMENT).await;
    command.arg("fast").0
}

#[flow]
pub async fn generator_closure() -> Vec<u32> {
    let mut next = 0;
    let mut id = || {
        next += 7;
        next
    };
    let ids = vec![id(), id()];
    flow::sleep(A_MOMENT).await;
    ids
}

#[flow]
pub async fn io_errors() -> String {
    let error = std::io::Error::new(std::io::ErrorKind::NotFound, "no such order");
    let told = format!("{error} {:?}", error.kind());
    flow::sleep(A_MOMENT).await;
    told + &std::io::Error::other("late").to_string()
}

#[flow]
pub async fn cursor_reading() -> String {
    let mut text = String::new();
    let mut bytes = std::io::Cursor::new(b"tea\npot".to_vec());
    bytes.set_position(4);
    bytes.read_to_string(&mut text).unwrap_or_default();
    flow::sleep(A_MOMENT).await;
    text
}
