//! The compiler of Flowstone: `#[flow]` and `#[action]`.
