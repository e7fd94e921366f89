//! The files of a generated crate.

use super::Body;

impl Body {
    /// The file that has both copies.
    pub(super) fn file(&self) -> String {
        let Self {
            arguments,
            values,
            result,
            text,
            ..
        } = self;
        format!(
            "use crate::world::*;\n\
             pub async fn plain({arguments}) -> {result} {{\n\
             use crate::together as flow;\n{text}\n}}\n\
             {FLOW}\n\
             pub async fn machine({arguments}) -> {result} {{\n\
             use flowstone::flow;\n{text}\n}}\n\
             pub fn run() -> Result<(), String> {{\n\
             crate::same(|| plain({values}), || machine({values}))\n}}\n"
        )
    }
}

pub(super) const FLOW: &str = "#[flowstone::flow]";

pub(super) const MANIFEST: &str = r#"
[package]
name = "flowstone-fuzzed"
version = "0.0.0"
edition = "2024"

[dependencies]
flowstone = { path = "ROOT/runtime", default-features = false }
bytes = "1"
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[profile.dev]
debug = false
incremental = false
overflow-checks = false

[workspace]
"#;

pub(super) const MAIN: &str = r#"#![allow(warnings)]
#[path = "ROOT/tests/src/differ.rs"]
mod differ;
#[path = "ROOT/tests/src/driven.rs"]
mod driven;
#[path = "ROOT/tests/src/spawned.rs"]
mod spawned;
#[path = "ROOT/tests/src/together.rs"]
mod together;
#[path = "ROOT/tests/src/world.rs"]
mod world;
#[path = "ROOT/tests/src/fuzz/case.rs"]
mod case;
pub use case::same;
MODULES
fn main() {
    case::run_all(&[
LIST    ]);
}
"#;
