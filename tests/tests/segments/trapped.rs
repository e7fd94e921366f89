//! Each group of calls: told with the flow, its line, and the helper.

use flowstone::prelude::*;
use flowstone::record::Offence;

use crate::{Checked, called, offences};

/// A flow that calls one offence behind an `.await`, and the test that it is told:
/// its group, the call, and the function that makes it.
macro_rules! told {
    ($($name:ident: $group:literal, $call:literal;)+) => {$(
        mod $name {
            use super::*;

            #[flow]
            async fn $name() -> String {
                flow::sleep(Duration::from_millis(1)).await;
                let got = offences::$name();
                format!("{got:?}")
            }

            #[tokio::test]
            async fn is_told() {
                let finding = Checked::new().await.found($name()).await;
                let (group, call, path) = called(&finding);
                assert_eq!(group, $group, "{finding}");
                assert!(call.starts_with($call), "{finding}");
                assert_eq!(path[0], concat!("the flow `", stringify!($name), "`"), "{finding}");
                let helper = concat!("segments::offences::", stringify!($name));
                assert_eq!(path[1], helper, "{finding}");
                assert_eq!(finding.flow, stringify!($name));
                assert!(finding.place.file.ends_with("segments/trapped.rs"), "{finding}");
                let behind = finding.behind.as_ref().map(|(label, _)| label.as_str());
                assert_eq!(behind, Some("sleep"), "{finding}");
            }
        }
    )+};
}

told! {
    wall_clock: "wall_clock", "clock_gettime()";
    monotonic_clock: "monotonic_clock", "clock_gettime()";
    random_bytes: "randomness", "getrandom()";
    random_id: "ids", "getrandom()";
    variable: "environment_process", "getenv(\"HOME\")";
    folder: "environment_process", "getcwd()";
    process: "environment_process", "getpid()";
    read_file: "filesystem", "open64(\"Cargo.toml\")";
    is_there: "filesystem", "statx(\"Cargo.toml\")";
    connect: "network_and_clients", "socket()";
    look_up: "network_and_clients", "getaddrinfo(\"localhost\")";
    thread: "threads_sync", "pthread_create()";
    pause: "threads_sync", "clock_nanosleep()";
    park: "threads_sync", "clock_gettime()";
    wait_for_a_message: "threads_sync", "clock_gettime()";
    wait_for_a_condition: "threads_sync", "clock_gettime()";
    print: "printing", "write()";
    print_error: "printing", "write()";
}

#[flow]
async fn runs_a_program() -> bool {
    offences::program()
}

#[tokio::test]
async fn a_program_is_told_of_and_not_run() {
    let finding = Checked::new().await.found(runs_a_program()).await;
    let (group, _, path) = called(&finding);
    assert_eq!(group, "environment_process", "{finding}");
    assert_eq!(path[1], "segments::offences::program", "{finding}");
    assert_eq!(finding.behind, None, "{finding}");
}

#[flow]
async fn asks_a_trait() -> u64 {
    offences::of_a_trait(&offences::System)
}

#[tokio::test]
async fn the_path_leads_through_a_trait_with_each_line() {
    let finding = Checked::new().await.found(asks_a_trait()).await;
    let Offence::Called { path, .. } = &finding.offence else {
        panic!("{finding}");
    };
    let names: Vec<_> = path.iter().map(|(name, _)| name.as_str()).collect();
    let (of_std, names) = names.split_last().unwrap();
    // std's own functions may call each other without a trace.
    assert!(
        of_std.contains("std::") && of_std.ends_with("::now"),
        "{finding}"
    );
    assert_eq!(
        names,
        [
            "the flow `asks_a_trait`",
            "segments::offences::of_a_trait",
            "<segments::offences::System as segments::offences::Clock>::seconds",
            "segments::offences::wall_clock",
        ],
        "{finding}"
    );
    let places: Vec<_> = path
        .iter()
        .filter_map(|(_, place)| place.as_ref())
        .collect();
    assert_eq!(places.len(), 4, "{finding}");
    assert_eq!(*places[0], finding.place);
    assert_eq!(places[0].file, "tests/tests/segments/trapped.rs");
    assert_eq!(places[3].file, "tests/tests/segments/offences.rs");
    let text = include_str!("trapped.rs");
    let line = usize::try_from(finding.place.line).unwrap();
    let there = text.lines().nth(line - 1).unwrap();
    assert!(
        there.contains("offences::of_a_trait(&offences::System)"),
        "{finding}"
    );
}

#[flow]
async fn remembers() -> u64 {
    offences::lazily()
}

#[tokio::test]
async fn what_is_read_once_in_a_process_is_told() {
    let finding = Checked::new().await.found(remembers()).await;
    assert_eq!(called(&finding).0, "wall_clock", "{finding}");
}

#[flow]
async fn innocent() -> u32 {
    guilty().await
}

#[flow]
async fn guilty() -> u32 {
    u32::from(offences::process())
}

#[tokio::test]
async fn the_flow_that_does_it_is_named_also_inside_of_another() {
    let finding = Checked::new().await.found(innocent()).await;
    assert_eq!(finding.flow, "guilty", "{finding}");
    assert_eq!(called(&finding).2[0], "the flow `guilty`", "{finding}");
}

#[cfg(target_arch = "x86_64")]
#[flow]
async fn goes_past() -> bool {
    offences::past_the_library()
}

#[cfg(target_arch = "x86_64")]
#[tokio::test]
async fn a_system_call_past_the_library_is_told() {
    let finding = Checked::new().await.found(goes_past()).await;
    let (group, call, path) = called(&finding);
    assert_eq!(
        (group, call),
        ("randomness", "SYS_getrandom()"),
        "{finding}"
    );
    assert_eq!(path[1], "segments::offences::past_the_library", "{finding}");
}

#[flow]
async fn waits_in_a_block() -> bool {
    let (done, ()) = flow::join!(
        async {
            flow::sleep(Duration::from_millis(1)).await;
            offences::is_there()
        },
        flow::sleep(Duration::from_millis(1)),
    );
    done
}

#[tokio::test]
async fn what_a_block_does_is_told() {
    let finding = Checked::new().await.found(waits_in_a_block()).await;
    let (group, _, path) = called(&finding);
    assert_eq!(group, "filesystem", "{finding}");
    assert_eq!(path[0], "the flow `waits_in_a_block`", "{finding}");
}
