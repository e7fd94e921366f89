//! The flows of the examples do the same when a step is taken again.

#[test]
fn flows_are_deterministic() {
    flowstone::testing::assert_deterministic();
}
