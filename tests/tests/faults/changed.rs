//! Instances that wait while their code changes: what does not fit parks them,
//! and nothing that was acknowledged is lost by it.
//!
//! The flows have a parameter, so that the program does not register them: each
//! engine here is told which code it has.

use flowstone::client::SkipError;
use flowstone::machine::{FlowDef, Shape, Site};
use flowstone::prelude::*;
use flowstone::registry::Registry;
use flowstone::store::RedbStore;

#[flow(name = "endless")]
async fn endless<const N: u32>(start: u32) -> u32 {
    let mut total = start;
    for n in std::iter::repeat(N) {
        total += n + flow::receive(GO).await;
    }
    total
}

const GO: Channel<u32> = Channel::new("go");

mod first {
    use super::{GO, flow};

    #[flow(name = "job")]
    pub(super) async fn job<const N: u32>(start: u32) -> u32 {
        let total = start + N;
        let more = flow::receive(GO).await;
        total + more
    }
}

mod renamed {
    use super::{GO, flow};

    #[flow(name = "job")]
    pub(super) async fn job<const N: u32>(start: u32) -> u32 {
        let sum = start + N;
        let more = flow::receive(GO).await;
        sum + more
    }
}

mod second {
    use super::{GO, flow};

    #[flow(name = "job", version = 2)]
    pub(super) async fn job<const N: u32>(start: u32) -> u32 {
        let total = start + N;
        let more = flow::receive(GO).await;
        total * more
    }
}

mod more {
    use super::{GO, flow};

    #[flow(name = "job")]
    pub(super) async fn job<const N: u32>(start: u32) -> u32 {
        let total = start + N;
        let more = flow::receive(GO).await;
        let even_more = flow::receive(GO).await;
        total + more + even_more
    }
}

mod labelled {
    use super::{GO, flow};

    #[flow(name = "job")]
    pub(super) async fn job<const N: u32>(start: u32) -> u32 {
        let total = start + N;
        let more = flow::receive(GO).label("receive").await;
        let even_more = flow::receive(GO).await;
        total + more + even_more
    }
}

struct File(tempfile::TempDir);

impl File {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// An engine over the file, in a program with this code.
    async fn open(&self, code: FlowDef) -> Engine {
        let mut registry = Registry::default();
        registry.add_flow(code).expect("it is the only one");
        let store = RedbStore::open(self.0.path().join("a.redb")).expect("it opens");
        let engine = Engine::builder().registry(registry).store(store);
        engine.open().await.expect("it opens")
    }
}

async fn parked(handle: &Handle<u32>) -> ParkReason {
    match handle.finished_or_parked().await.expect("it is there") {
        Stopped::Parked(reason) => reason,
        other => panic!("{other:?}"),
    }
}

/// A renamed local parks the instance with the message in hand. The message is
/// good: dropping it would lose what the sender was told is stored.
#[tokio::test]
async fn a_good_message_is_not_skipped_where_the_code_does_not_fit() {
    let file = File::new();
    let engine = file.open(FlowDef::of::<first::job<0>>()).await;
    engine
        .start("a", first::job::<0>(1))
        .await
        .expect("started");
    drop(engine);
    let engine = file.open(FlowDef::of::<renamed::job<0>>()).await;
    let handle = engine.handle::<u32>("a").expect("an id");
    handle.send(GO, 5).await.expect("sent");
    let reason = parked(&handle).await;
    assert!(reason.to_string().contains("needs `sum`"), "{reason}");
    let error = engine.skip_message("a").await.expect_err("it is good");
    assert!(matches!(error, SkipError::NoMessage { .. }), "{error}");
    assert!(error.to_string().contains("needs `sum`"), "{error}");
    assert_eq!(parked(&handle).await, reason, "it is as it was");
    drop((engine, handle));
    let engine = file.open(FlowDef::of::<first::job<0>>()).await;
    engine.retry("a").await.expect("it is parked");
    let handle = engine.handle::<u32>("a").expect("an id");
    assert_eq!(handle.result().await.expect("it ends"), 6);
    assert_eq!(engine.check().await.expect("it is read"), []);
}

/// A second call of what it waits at makes the label ambiguous; the text says
/// how to tell which one is meant, and that is what then works.
#[tokio::test]
async fn an_ambiguous_label_goes_on_as_its_text_says() {
    let file = File::new();
    let engine = file.open(FlowDef::of::<first::job<0>>()).await;
    engine
        .start("a", first::job::<0>(1))
        .await
        .expect("started");
    drop(engine);
    let engine = file.open(FlowDef::of::<more::job<0>>()).await;
    let handle = engine.handle::<u32>("a").expect("an id");
    handle.send(GO, 5).await.expect("sent");
    let text = parked(&handle).await.to_string();
    for part in [
        "job waits at `receive`",
        "were 1, and are 2 now",
        "`.label(\"receive\")`, then retry",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    drop((engine, handle));
    let engine = file.open(FlowDef::of::<labelled::job<0>>()).await;
    engine.retry("a").await.expect("it is parked");
    let handle = engine.handle::<u32>("a").expect("an id");
    handle.send(GO, 10).await.expect("sent");
    let stopped = handle.finished_or_parked().await.expect("it is there");
    assert!(matches!(stopped, Stopped::Finished(16)), "{stopped:?}");
}

#[tokio::test]
async fn the_line_of_another_version_is_not_shown() {
    let file = File::new();
    let engine = file.open(FlowDef::of::<first::job<0>>()).await;
    engine
        .start("a", first::job::<0>(1))
        .await
        .expect("started");
    let shown = engine.describe("a").await.expect("it is there");
    assert_eq!(shown.place.map(|place| place.line), Some(30));
    drop(engine);
    let engine = file.open(FlowDef::of::<second::job<0>>()).await;
    let shown = engine.describe("a").await.expect("it is there");
    assert_eq!(shown.place, None);
    let handle = engine.handle::<u32>("a").expect("an id");
    handle.send(GO, 5).await.expect("sent");
    let reason = parked(&handle).await;
    let unknown = matches!(reason, ParkReason::UnknownFlow { version: 1, .. });
    assert!(unknown, "{reason}");
    let shown = engine.describe("a").await.expect("it is there").to_string();
    let gone = "at job::receive (the program no longer has this state)";
    assert!(shown.contains(gone), "{shown}");
}

/// One generic flow with several types, each under a name of its own.
#[tokio::test]
async fn a_generic_flow_runs_with_several_types_side_by_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = async || {
        let mut registry = Registry::default();
        let plain = FlowDef::of::<first::job<0>>();
        let named = FlowDef::of::<first::job<10>>().named("job_from_ten");
        registry.add_flow(plain).expect("the first");
        registry.add_flow(named).expect("it has another name");
        let store = RedbStore::open(folder.path().join("a.redb")).expect("it opens");
        let engine = Engine::builder().registry(registry).store(store);
        engine.open().await.expect("it opens")
    };
    let engine = open().await;
    engine
        .start("a", first::job::<0>(1))
        .await
        .expect("started");
    engine
        .start("b", first::job::<10>(1))
        .await
        .expect("started");
    let error = engine
        .start("a", first::job::<10>(1))
        .await
        .expect_err("other types");
    let text = error.to_string();
    assert!(
        text.contains("`a` is an instance of job, not of job_from_ten"),
        "{text}"
    );
    let error = engine
        .start("c", first::job::<7>(1))
        .await
        .expect_err("not registered");
    let text = error.to_string();
    assert!(
        text.contains("job<7>") && text.contains("register_flow!(job<..>"),
        "{text}"
    );
    let shown = engine.describe("b").await.expect("it is there").to_string();
    assert!(shown.contains("flow job_from_ten"), "{shown}");
    assert!(shown.contains("at job_from_ten::receive ("), "{shown}");
    drop(engine);
    let engine = open().await;
    for (id, result) in [("a", 6), ("b", 16)] {
        let handle = engine.handle::<u32>(id).expect("an id");
        handle.send(GO, 5).await.expect("sent");
        assert_eq!(handle.result().await.expect("it ends"), result);
    }
    assert_eq!(engine.check().await.expect("it is read"), []);
}

#[test]
fn a_generic_flow_registered_twice_says_what_to_do() {
    let first = || FlowDef::of::<first::job<0>>().registered_at("a.rs", 1);
    let mut registry = Registry::default();
    registry.add_flow(first()).expect("the first");
    let other = FlowDef::of::<first::job<10>>().registered_at("b.rs", 2);
    let text = registry
        .clone()
        .add_flow(other)
        .expect_err("one name")
        .to_string();
    for part in [
        "job<0>",
        "a.rs:1",
        "job<10>",
        "b.rs:2",
        "register_flow!(job<..>, name = \"..\")",
    ] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    let again = first().named("again").registered_at("b.rs", 2);
    let text = registry
        .clone()
        .add_flow(again)
        .expect_err("the same types")
        .to_string();
    assert!(
        text.contains("registered twice: as `job` (a.rs:1) and as `again` (b.rs:2)"),
        "{text}"
    );
    let foreign = FlowDef::of::<renamed::job<0>>();
    let text = registry
        .add_flow(foreign)
        .expect_err("one name")
        .to_string();
    assert!(text.contains("two flows are called `job`"), "{text}");
}

#[tokio::test]
async fn a_loop_that_cannot_be_kept_parks_with_its_line() {
    let file = File::new();
    let engine = file.open(FlowDef::of::<endless<1>>()).await;
    let handle = engine.start("a", endless::<1>(1)).await.expect("started");
    let reason = parked(&handle).await;
    let ParkReason::Panicked { message, place } = &reason else {
        panic!("{reason}")
    };
    assert!(message.contains("endless iterator"), "{message}");
    let place = place.as_ref().expect("it has one");
    assert!(place.file.ends_with("changed.rs"), "{reason}");
    assert_eq!(place.line, 16, "{reason}");
}

/// Two states of one label could not be told apart, so no engine takes them.
#[test]
fn two_awaits_of_one_label_are_found_at_the_start() {
    static SHAPE: Shape = Shape {
        allows: &[],
        states: &[site(3), site(4)],
        name: "twins",
        version: 1,
        file: "twins.rs",
        line: 1,
        fingerprint: 0,
        locals: &[],
        params: 0,
        operands: &[],
        drawn: "",
    };
    const fn site(line: u32) -> Site {
        Site {
            flow: "twins",
            label: "again",
            file: "twins.rs",
            line,
            column: 1,
            twins: 0,
            kept: "",
        }
    }
    let twins = FlowDef {
        shape: &SHAPE,
        ..FlowDef::of::<first::job<0>>()
    };
    let error = Registry::default().add_flow(twins);
    let text = error.expect_err("one label").to_string();
    let wanted =
        "`twins` have the label `again`: twins.rs:3 and twins.rs:4; give one another label";
    assert!(text.contains(wanted), "{text}");
}
