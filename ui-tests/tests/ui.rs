//! Programs of users: each in `fail` is refused with the message beside it,
//! each in `pass` compiles without a warning and runs.
//!
//! `TRYBUILD=overwrite cargo test -p flowstone-ui-tests` blesses messages.

#[test]
fn refused() {
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn accepted() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
