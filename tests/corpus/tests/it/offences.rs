//! Flows that offend: each layer finds at least 95 % of them, and the lists of
//! those that it misses are exact.

use std::collections::BTreeSet;

use super::misses::{MISSED_BY_AUDIT, MISSED_BY_SEGMENTS, Miss};
use super::{SHIPPED, checked, groups, is_right, offences};

#[test]
fn the_audit_finds_all_but_its_list() {
    let missed = offences().filter_map(|entry| {
        let found = groups(&SHIPPED, entry.name);
        let is_found = entry.groups.iter().any(|group| found.contains(group));
        (!is_found).then(|| (entry.name, format!("{found:?}")))
    });
    are_listed(&missed.collect::<Vec<_>>(), MISSED_BY_AUDIT);
}

#[tokio::test]
async fn the_check_of_segments_finds_all_but_its_list() {
    let mut missed = Vec::new();
    for entry in offences() {
        match checked(entry).await {
            Err(finding) if is_right(entry, &finding) => {}
            found => missed.push((entry.name, format!("{found:?}"))),
        }
    }
    are_listed(&missed, MISSED_BY_SEGMENTS);
}

#[test]
fn nothing_is_missed_by_both() {
    let by_audit: BTreeSet<_> = MISSED_BY_AUDIT.iter().map(|miss| miss.flow).collect();
    let by_both = MISSED_BY_SEGMENTS
        .iter()
        .find(|miss| by_audit.contains(miss.flow));
    assert!(by_both.is_none(), "{by_both:?}");
}

fn are_listed(missed: &[(&str, String)], listed: &[Miss]) {
    let names: BTreeSet<_> = missed.iter().map(|(name, _)| *name).collect();
    let listed: BTreeSet<_> = listed.iter().map(|miss| miss.flow).collect();
    assert_eq!(names, listed, "{missed:#?}");
    let all = offences().count();
    assert!(missed.len() * 20 <= all, "{} of {all}", missed.len());
}
