//! Flows and actions of every shape, in a crate that denies all warnings of
//! rustc and clippy: what is generated must have none.
//!
//! Two packages compile this file, in edition 2024 and in edition 2021; both
//! are members of the workspace, so CI's clippy is the test.

#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::dbg_macro,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::shadow_unrelated,
    clippy::todo,
    clippy::unwrap_used
)]

mod actions;
pub mod flows;
pub mod methods;
