//! `orders`, killed at random moments: what was charged is what was sent.

use std::path::Path;
use std::process::Command;

use crate::program::{Luck, Run};

fn orders(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orders"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/orders.csv");
    command.arg(file).arg(state);
    command
}

#[test]
fn the_books_agree_however_often_it_is_killed() {
    let mut luck = Luck::new();
    let place = tempfile::tempdir().unwrap();
    let calm = Run::whole(&mut orders(&place.path().join("calm")));
    assert!(calm.status.success(), "{:?}", calm.lines);

    let wild = place.path().join("wild");
    for _ in 0..8 {
        let run = Run::killed_after(
            &mut orders(&wild),
            1 + usize::try_from(luck.below(3)).unwrap(),
        );
        if run.status.success() {
            break;
        }
    }
    let last = Run::whole(&mut orders(&wild));
    assert!(last.status.success(), "{:?}", last.lines);
    let table = |run: &Run| {
        run.lines
            .iter()
            .skip_while(|line| !line.contains("sum"))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(table(&calm), table(&last));
    assert_eq!(
        last.lines.last().map(String::as_str),
        Some("the books agree")
    );
}

#[test]
fn stopped_by_signals_it_goes_on_and_the_books_agree() {
    let place = tempfile::tempdir().unwrap();
    let mut stops = 0;
    for (line, signal) in [("500 orders", "-TERM"), ("50 done", "-INT")] {
        let run = Run::signalled_at(&mut orders(place.path()), line, signal);
        assert!(run.status.code().is_some(), "{signal}: {:?}", run.lines);
        stops += i32::from(!run.status.success());
    }
    assert!(stops > 0, "it was never stopped");
    let last = Run::whole(&mut orders(place.path()));
    assert!(last.status.success(), "{:?}", last.lines);
    let told = last.lines.last().map(String::as_str);
    assert_eq!(told, Some("the books agree"));
}
