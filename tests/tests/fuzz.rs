//! Random bodies mean the same as flows and as plain `async fn`s.
//!
//! Each run takes bodies that no run before it has seen: the seed is
//! random, unless `FLOWSTONE_FUZZ_SEED` gives one. It is printed, so that a
//! failure can be repeated: `FLOWSTONE_FUZZ_SEED=7 cargo test -p
//! flowstone-tests --test fuzz`.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;
use std::{env, fs};

use flowstone_tests::fuzz::{Kind, Project, generate};

/// How many bodies a run compares.
const BODIES: u64 = 300;

/// How many of them rustc may refuse as flows. Each is valid Rust, so each is
/// worth a look; but none of them can do a wrong thing.
const REFUSED: usize = 20;

/// How many of them may be no Rust at all: now and then rustc infers less
/// than the generator does.
const INVALID: usize = 10;

#[test]
fn random_bodies_mean_the_same() {
    let seed = seed();
    println!("FLOWSTONE_FUZZ_SEED={seed}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    let project = Project::new(&folder.join("project"), &folder.join("target"));
    let bodies: Vec<_> = (0..BODIES).map(|index| generate(seed, index)).collect();
    let findings = project.examine(bodies).unwrap();
    for found in &findings {
        println!("{found}\n");
    }
    let count = |kinds: &[Kind]| {
        let found = findings.iter().filter(|found| kinds.contains(&found.kind));
        found.count()
    };
    let repeat = format!("see above, and repeat it with FLOWSTONE_FUZZ_SEED={seed}");
    assert_eq!(count(&[Kind::Differs]), 0, "some flows go wrong; {repeat}");
    let refused = count(&[Kind::Broken, Kind::Refused]);
    assert!(refused <= REFUSED, "{refused} flows are refused; {repeat}");
    let invalid = count(&[Kind::Invalid]);
    assert!(invalid <= INVALID, "{invalid} bodies are no Rust; {repeat}");
}

/// What is found out about bodies that are wrong in a known way.
#[test]
fn what_is_wrong_is_found() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    fs::create_dir_all(&folder).unwrap();
    let project = Project::new(&folder.join("wrong"), &folder.join("target"));
    let wrong = |index, text: &str| {
        let mut body = generate(1, 0);
        body.index = index;
        body.arguments = "n: i64".to_owned();
        body.values = "4".to_owned();
        body.result = "i64".to_owned();
        body.text = text.to_owned();
        body
    };
    let bodies = vec![
        wrong(0, "tick(n).await"),
        wrong(
            1,
            "if module_path!() == \"\" { tick(n).await } else { n + line!() as i64 }",
        ),
        wrong(2, "tick(n).await; n.len()"),
        wrong(3, "let kept = std::rc::Rc::new(n); tick(n).await; *kept"),
    ];
    let findings = project.examine(bodies).unwrap();
    let found: Vec<_> = findings
        .iter()
        .map(|found| (found.body.index, found.kind))
        .collect();
    assert_eq!(
        found,
        [(1, Kind::Differs), (3, Kind::Refused), (2, Kind::Invalid)]
    );
}

fn seed() -> u64 {
    let given = env::var("FLOWSTONE_FUZZ_SEED").ok();
    let given = given.map(|text| text.parse().expect("FLOWSTONE_FUZZ_SEED is a number"));
    given.unwrap_or_else(|| RandomState::new().build_hasher().finish() >> 32)
}
