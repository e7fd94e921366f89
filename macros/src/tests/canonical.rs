//! Seven small flows, and the machine that is generated for each: examples to
//! read, beside the walk through one in `docs/lowering.md`. Their text is free
//! to change.

use expect_test::{ExpectFile, expect_file};

use super::{Stage, run};

/// Compares the machine of `source`, below a comment that quotes it.
#[track_caller]
fn check(about: &str, source: &str, expected: &ExpectFile) {
    compare(about, source, Stage::Resume, expected);
}

#[track_caller]
fn compare(about: &str, source: &str, stage: Stage, expected: &ExpectFile) {
    let generated = run(source, stage);
    let source = source.trim_matches('\n').lines().map(|line| {
        let line = line.strip_prefix("        ").unwrap_or(line);
        format!("//     {line}").trim_end().to_owned() + "\n"
    });
    let source: String = source.collect();
    expected.assert_eq(&format!("// {about}\n//\n{source}\n{generated}"));
}

#[test]
fn straight_line() {
    compare(
        "A straight line, with all that stands around a machine: an await ends an arm, what is needed behind it is put into the frame.",
        r"
        async fn straight_line(order: Order) -> Receipt {
            let key = reserve(order.id).await;
            let paid = charge(key).await;
            Receipt { key, paid }
        }",
        Stage::Tokens,
        &expect_file!["stages/straight_line.rs"],
    );
}

#[test]
fn branch_with_join() {
    check(
        "A branch that awaits: both ways meet in a state of their own, which passes `note` on as bytes.",
        r"
        async fn branch_with_join(amount: u64) -> String {
            let mut note = String::new();
            if amount > 100 {
                note = approve(amount).await;
            }
            note + &pay(amount).await
        }",
        &expect_file!["stages/branch_with_join.rs"],
    );
}

#[test]
fn borrowing_loop() {
    check(
        "A loop over a borrow: the vector and a cursor are kept, the item is made again from them.",
        r"
        async fn borrowing_loop(lines: Vec<Line>) -> u64 {
            let mut sum = 0;
            for line in &lines {
                let price = quote(&line.sku).await;
                sum += price * line.count;
            }
            sum
        }",
        &expect_file!["stages/borrowing_loop.rs"],
    );
}

#[test]
fn nested_call() {
    check(
        "An await in an argument of what is awaited, and `?`, which stays rustc's.",
        r"
        async fn nested_call(path: String) -> Result<u64, Error> {
            let size = measure(fetch(path).await?, limit()).await?;
            Ok(size)
        }",
        &expect_file!["stages/nested_call.rs"],
    );
}

#[test]
fn shadowed_names() {
    check(
        "Two locals of one name that are both needed: the inner block is opened again around the inner one.",
        r"
        async fn shadowed_names(x: u64) -> u64 {
            let y = {
                let x = x + 1;
                step(x).await;
                x * 2
            };
            x + y
        }",
        &expect_file!["stages/shadowed_names.rs"],
    );
}

#[test]
fn moved_fields() {
    check(
        "A field moved away: what is needed of the others is kept by itself, and stands in a struct of the local's name.",
        r"
        async fn moved_fields(order: Order) -> Parcel {
            let label = print(order.address).await;
            pack(label, order.items).await
        }",
        &expect_file!["stages/moved_fields.rs"],
    );
}

#[test]
fn lent_locals() {
    check(
        "A borrow that cannot be made again: the outline says what `best` is before any state is typed.",
        r"
        async fn lent_locals(items: Vec<Item>) -> String {
            let mut best = None;
            for item in &items {
                if rate(item.id).await > 3 {
                    best = Some(&item.name);
                }
            }
            best.cloned().unwrap_or_default()
        }",
        &expect_file!["stages/lent_locals.rs"],
    );
}
