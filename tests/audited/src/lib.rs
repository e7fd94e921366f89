//! Flows that reach what differs from run to run in ways that no macro sees, and
//! beside each a twin that looks the same and always does the same.
//!
//! The tests of the audit read what this is compiled to; nobody runs it.

pub mod evasions;
pub mod generic;
mod hidden;
pub mod more;
pub mod twins;

#[cfg(test)]
mod tests {
    //! A flow of a unit test, which only this program of tests has.

    use flowstone::prelude::*;
    use flowstone::testing::audit;

    #[flow]
    async fn in_a_unit_test() -> u64 {
        let now = flowstone_audited_helper::seconds();
        flow::sleep(Duration::from_secs(1)).await;
        now
    }

    #[test]
    fn flows_of_unit_tests_are_audited() {
        let report = audit().expect("the package builds");
        let found = report.findings.iter();
        let mut found = found.filter(|finding| finding.flow.name == "in_a_unit_test");
        let finding = found.next().expect("it reads the clock");
        assert_eq!(finding.group, "wall_clock");
        assert!(found.next().is_none(), "{report}");
    }
}
