//! Rules by themselves: one planted path or symbol for each kind of row.

use expect_test::expect_file;

use super::{ALLOWED, CUTS, Cuts, DENIED, GROUPS, SYSTEM, Verdict, cuts_from, fits, judge, leaf};

fn denied(path: &str) -> Option<&'static str> {
    match judge(path, path, Cuts::All) {
        Verdict::Denied(deny) => Some(deny.group.id),
        Verdict::Cut(_) | Verdict::Unknown => None,
    }
}

#[test]
fn functions_are_denied_by_their_plain_paths() {
    for (path, group) in [
        ("std::time::SystemTime::now", Some("wall_clock")),
        ("std::time::Instant::now", Some("monotonic_clock")),
        ("std::env::var", Some("environment_process")),
        ("std::fs::read_to_string", Some("filesystem")),
        (
            "std::hash::random::RandomState::new::KEYS::{{closure}}",
            Some("unordered_collections"),
        ),
        ("uuid::Uuid::new_v4", Some("ids")),
        // It reads the clock as well, so what it calls is told.
        ("chrono::offset::local::Local::now", None),
        (
            "chrono::offset::local::inner::offset",
            Some("timezone_locale"),
        ),
        ("uuid::Uuid::new_v5", None),
        ("app::SystemTime::now", None),
        ("std::time::SystemTime::duration_since", None),
    ] {
        assert_eq!(denied(path), group, "{path}");
    }
}

#[test]
fn a_cut_point_ends_the_walk() {
    assert!(matches!(
        judge(
            "core::panicking::panic_fmt",
            "core::panicking::panic_fmt",
            Cuts::All
        ),
        Verdict::Cut(_)
    ));
    assert!(matches!(
        judge(
            "flowstone::flow::ambient::with",
            "flowstone::flow::ambient::with",
            Cuts::All
        ),
        Verdict::Cut(_)
    ));
    assert!(matches!(
        judge(
            "app::panicking::panic_fmt",
            "app::panicking::panic_fmt",
            Cuts::All
        ),
        Verdict::Unknown
    ));
    // It comes before a rule that forbids the same.
    assert!(matches!(
        judge(
            "std::sync::mpsc::SendError::fmt",
            "std::sync::mpsc::SendError::fmt",
            Cuts::All
        ),
        Verdict::Cut(_)
    ));
    assert_eq!(denied("std::sync::mpsc::channel"), Some("threads_sync"));
}

#[test]
fn an_address_that_is_shown_is_denied_but_not_one_in_the_text_of_a_panic() {
    let inner = "core::fmt::pointer_fmt_inner";
    assert_eq!(denied(inner), Some("pointer_identity"));
    let is_cut = |path| {
        matches!(
            judge(path, &crate::names::plain(path), Cuts::All),
            Verdict::Cut(_)
        )
    };
    assert!(is_cut("<*const T as core::fmt::Debug>::fmt"));
    assert!(!is_cut("<*const T as core::fmt::Pointer>::fmt"));
    // What is borrowed may be the user's, and is walked.
    assert!(!is_cut("<&mut T as core::fmt::Debug>::fmt"));
}

#[test]
fn without_cut_points_those_of_panics_and_memory_hold() {
    let judged = |path| judge(path, path, Cuts::Basic);
    assert!(matches!(
        judged("core::panicking::panic_fmt"),
        Verdict::Cut(_)
    ));
    assert!(matches!(judged("log::LOGGER"), Verdict::Unknown));
    // What is denied beside being a cut point is denied then.
    let error = judged("std::sync::mpsc::SendError::fmt");
    assert!(matches!(error, Verdict::Denied(_)));
    assert!(cuts_from("indexmap::map::IndexMap::new", Cuts::Basic).is_empty());
}

#[test]
fn some_cut_points_hold_on_ways_out_of_certain_functions_only() {
    let map = "std::collections::hash::map::HashMap::new";
    let is_cut = |from: &str| {
        cuts_from(from, Cuts::All)
            .iter()
            .any(|cut| cut.fits_to(map))
    };
    assert!(is_cut("itertools::unique_impl::unique"));
    assert!(!is_cut("itertools::group_map::into_group_map"));
    assert!(!is_cut("app::helper"));
    assert!(matches!(judge(map, map, Cuts::All), Verdict::Unknown));
}

#[test]
fn symbols_of_the_system_are_allowed_known_or_foreign() {
    let group = |symbol| leaf(symbol).map(|deny| deny.group.id);
    assert_eq!(group("memcpy"), None);
    assert_eq!(group("memcpy@GLIBC_2.14"), None);
    assert_eq!(group("clock_gettime"), Some("wall_clock"));
    assert_eq!(group("getrandom"), Some("randomness"));
    assert_eq!(group("getenv"), Some("environment_process"));
    assert_eq!(group("sqlite3_open"), Some("unsafe_ffi"));
}

#[test]
fn a_star_stands_for_anything() {
    assert!(fits("a::b", "a::b"));
    assert!(!fits("a::b", "a::bc"));
    assert!(fits("a::*", "a::b::c"));
    assert!(fits("*::new", "a::new"));
    assert!(fits("a::*::FN", "a::b::c::FN"));
    assert!(!fits("a::*::FN", "a::b::c::FNS"));
    assert!(fits("*b*d", "abcd"));
}

#[test]
fn every_row_says_something() {
    assert_eq!(GROUPS.len(), 16);
    assert!(
        CUTS.iter()
            .all(|cut| !cut.paths.is_empty() && cut.reason.len() > 20)
    );
    assert!(
        ALLOWED
            .iter()
            .all(|row| !row.symbols.is_empty() && row.reason.len() > 10)
    );
    let mut rows = DENIED.iter().chain(SYSTEM);
    assert!(rows.all(|deny| GROUPS.contains(&deny.group) && !deny.paths.is_empty()));
}

#[test]
fn every_row_is_in_the_document() {
    expect_file!["../../../docs/audit-rules.txt"].assert_eq(&listed());
}

/// All groups, cut points and allowed symbols as text.
fn listed() -> String {
    let groups = GROUPS.iter().map(|group| {
        let instead = group
            .instead
            .map_or(String::new(), |instead| format!("; instead: {instead}"));
        format!("{}: a flow {}{instead}\n", group.id, group.what)
    });
    let cuts = CUTS.iter().map(|cut| {
        let from = if cut.from.is_empty() {
            String::new()
        } else {
            format!("    out of {}\n", cut.from.join(", "))
        };
        format!(
            "{}\n{from}    because: {}\n",
            cut.paths.join("\n"),
            cut.reason
        )
    });
    let allowed = ALLOWED.iter();
    let allowed =
        allowed.map(|row| format!("{}\n    because: {}\n", row.symbols.join(" "), row.reason));
    let title = "Written by `UPDATE_EXPECT=1 cargo test -p flowstone-audit`; see audit.md.\n\n";
    let join = |rows: Vec<String>| rows.join("\n");
    format!(
        "{title}GROUPS\n\n{}\nCUT POINTS (`*` stands for anything)\n\n{}\nALLOWED SYMBOLS OF THE SYSTEM\n\n{}",
        groups.collect::<Vec<_>>().concat(),
        join(cuts.collect()),
        join(allowed.collect()),
    )
}

#[test]
fn each_group_has_its_page() {
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/determinism");
    for group in GROUPS {
        let page = pages.join(group.id).with_extension("rs");
        assert!(page.is_file(), "{}", page.display());
    }
}
