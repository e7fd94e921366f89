//! What calls nothing and still differs: seen because segments run again. And
//! what is the same in each run of one process, which nobody sees here.

use flowstone::prelude::*;
use flowstone::record::Offence;

use crate::{Checked, differs, offences};

const WORDS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

#[action]
async fn keep(words: &[String]) -> Result<usize, ActionFailure> {
    Ok(words.len())
}

#[flow]
async fn keeps_an_order() -> usize {
    let words = offences::order(&WORDS);
    flow::sleep(Duration::from_millis(1)).await;
    words.len()
}

#[flow]
async fn hands_an_order_on() -> usize {
    keep(&offences::order(&WORDS)).await.unwrap_or(0)
}

#[flow]
async fn returns_an_order() -> Vec<String> {
    offences::order(&WORDS)
}

#[tokio::test]
async fn the_order_of_a_map_is_seen_in_a_local_an_argument_and_a_result() {
    let finding = Checked::new().await.found(keeps_an_order()).await;
    assert_eq!(differs(&finding), "the kept local `words`", "{finding}");
    let Offence::Differs { first, then, .. } = &finding.offence else {
        panic!("{finding}");
    };
    assert_ne!(first, then);
    assert!(
        first.contains("three") && then.contains("three"),
        "{finding}"
    );
    let finding = Checked::new().await.found(hands_an_order_on()).await;
    let what = "of the call of `keep` the argument `words`";
    assert_eq!(differs(&finding), what, "{finding}");
    let finding = Checked::new().await.found(returns_an_order()).await;
    assert_eq!(differs(&finding), "its result", "{finding}");
}

#[flow]
async fn branches() -> u32 {
    if offences::hasher().is_multiple_of(2) {
        flow::sleep(Duration::from_millis(1)).label("even").await;
        return 0;
    }
    flow::sleep(Duration::from_millis(1)).label("odd").await;
    1
}

#[tokio::test]
async fn another_course_is_seen() {
    // Eight runs may take the same course: once in 256 times. Nine engines do not.
    for _ in 0..9 {
        let Checked { engine, segments } = Checked::new().await;
        let told = engine.run("b", branches()).await;
        if let [finding] = &segments.findings()[..] {
            assert_eq!(
                differs(finding),
                "the `.await` that it comes to",
                "{finding}"
            );
            assert!(told.is_err());
            return;
        }
    }
    panic!("it took the same course each time");
}

#[flow]
async fn puts_what_it_must_not() {
    flow::set_status(offences::hasher());
    flow::sleep(Duration::from_hours(1)).await;
}

#[tokio::test]
async fn what_it_says_of_itself_is_compared() {
    let Checked { engine, segments } = Checked::new().await;
    let _ = engine.run("p", puts_what_it_must_not()).await;
    let findings = segments.findings();
    assert!(!findings.is_empty());
    assert!(
        findings
            .iter()
            .all(|finding| differs(finding) == "what it says without waiting")
    );
}

/// A flow that returns what an offence gives, and whether that is seen.
macro_rules! seen {
    ($($name:ident: $seen:literal;)+) => {$(
        mod $name {
            use super::*;

            #[flow]
            async fn $name() -> String {
                let got = offences::$name();
                format!("{got:?}")
            }

            #[tokio::test]
            async fn is_seen_or_not() {
                let Checked { engine, segments } = Checked::new().await;
                // Twice: what a thread counts differs from the second time on.
                for id in ["first", "second"] {
                    let _ = engine.run(id, $name()).await;
                }
                let findings = segments.findings();
                assert_eq!(!findings.is_empty(), $seen, "{findings:?}");
                assert!(findings.iter().all(|finding| differs(finding) == "its result"));
            }
        }
    )+};
}

seen! {
    hasher: true;
    counted: true;
    counted_in_the_thread: true;
    of_the_thread: true;
    address_of_a_box: true;
    address_of_a_local: true;
    // The same in each run: for the audit and the compiler to find.
    variables: false;
    arguments: false;
    address_of_a_static: false;
}
