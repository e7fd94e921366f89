//! Each way around the refusals of `#[flow]` is found, with the whole way to
//! what is reached; its twin, which looks the same, is not.

use super::{found, functions};

/// Flow, group, what is reached, and functions on the way to it.
macro_rules! evasions {
    ($($flow:ident => $group:literal, $leaf:literal, [$($function:literal),*];)+) => {
        mod found_with_its_way {
            $(
                #[test]
                fn $flow() {
                    super::is_found(stringify!($flow), $group, $leaf, &[$($function),*]);
                }
            )+
        }

        mod twin_is_silent {
            $(
                #[test]
                fn $flow() {
                    let twin = concat!(stringify!($flow), "_twin");
                    assert_eq!(super::found(twin), [] as [&flowstone::testing::Finding; 0]);
                }
            )+
        }
    };
}

evasions! {
    alias => "wall_clock", "std::time::SystemTime::now", ["hidden::aliased"];
    fn_pointer => "wall_clock", "std::time::SystemTime::now", ["hidden::pointed", "helper::seconds"];
    other_crate => "wall_clock", "std::time::SystemTime::now", ["helper::seconds"];
    inlined => "monotonic_clock", "std::time::Instant::now", [];
    trait_method => "wall_clock", "std::time::SystemTime::now", ["Real", "helper::seconds"];
    generic => "wall_clock", "std::time::SystemTime::now", ["helper::twice", "Real", "helper::seconds"];
    default => "wall_clock", "std::time::SystemTime::now", ["Stamp", "helper::seconds"];
    dynamic => "wall_clock", "std::time::SystemTime::now", ["hidden::boxed", "Real", "helper::seconds"];
    closure => "wall_clock", "std::time::SystemTime::now", ["helper::seconds"];
    foreign_macro => "wall_clock", "std::time::SystemTime::now", ["helper::seconds"];
    hash_map => "unordered_collections", "std::hash::random::RandomState::new", ["helper::letters"];
    uuid => "ids", "uuid::Uuid::new_v4", ["helper::new_id"];
    env => "environment_process", "std::env::var", ["helper::region"];
    print => "printing", "std::io::stdio::_print", ["helper::told"];
}

fn is_found(flow: &str, group: &str, leaf: &str, way: &[&str]) {
    let [finding] = found(flow)[..] else {
        panic!("one finding is expected: {:#?}", found(flow));
    };
    assert_eq!(finding.group, group);
    assert!(finding.leaf.starts_with(leaf), "{}", finding.leaf);
    let functions = functions(finding);
    assert_eq!(functions.first(), Some(&flow), "the way begins at the flow");
    let mut rest = functions.iter();
    for expected in way {
        let is_next = rest.any(|function| function.contains(expected));
        assert!(
            is_next,
            "`{expected}` is not in its place in {functions:#?}"
        );
    }
    let place = finding.location();
    let place = place.expect("the tests have debug information");
    // What is inlined is found where it is written.
    let (file, text) = match flow {
        "inlined" => ("helper/src/lib.rs", include_str!("../../helper/src/lib.rs")),
        _ => ("src/evasions.rs", include_str!("../../src/evasions.rs")),
    };
    assert_eq!(place.file, format!("tests/audited/{file}"));
    let mut lines = text.lines().zip(1..);
    let line = lines.find(|(_, number)| *number == place.line);
    let (line, _) = line.expect("the line is in the file");
    let own = ["hidden::", "helper::", "clock()", "Clock", "Instant::now"];
    assert!(
        own.iter().any(|word| line.contains(word)),
        "{place:?} is `{line}`"
    );
}
