//! `move` closures over an await: what they took stays as it was, whatever
//! becomes of what they took it from.

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
struct Limits {
    most: i64,
    name: String,
    inner: (i64, String),
}

fn some() -> Limits {
    Limits {
        most: 7,
        name: "seven".to_owned(),
        inner: (3, "three".to_owned()),
    }
}

fn eat<T>(_: T) {}

bodies! {
    fn a_field_of_what_moves_on(n: i64 = 2) -> (i64, i64) {
        let limits = some();
        let over = move |n: i64| n - limits.most;
        eat(limits);
        tick(n).await;
        let other = some();
        let inner = move |n: i64| n + other.inner.0;
        let kept = other.inner;
        let sum = tick({ let gone = other.name; gone.len() as i64 }).await;
        (over(n), inner(sum) + kept.0)
    }
    fn a_copy_of_what_changes(n: i64 = 2) -> (i64, i64) {
        let mut count = n;
        let was = move || count;
        count += 5;
        tick(n).await;
        count += was();
        tick(count).await;
        (was(), count)
    }
    fn a_count_of_its_own(n: i64 = 2) -> (i64, i64, i64) {
        let mut count = n;
        let mut next = move |by: i64| { count += by; count };
        let one = next(1);
        tick(one).await;
        count += 100;
        let two = next(2);
        tick(two).await;
        (two, next(3), count)
    }
    fn what_could_be_changed(n: i64 = 2) -> i64 {
        let mut limits = some();
        limits.name.push('!');
        limits.most += n;
        let len = move |n: i64| n + format!("{}{}", limits.name, limits.most).len() as i64;
        tick(len(n)).await;
        len(tick(3).await)
    }
    fn with_inner_names(n: i64 = 2) -> i64 {
        let limits = some();
        let f = move |n: i64| {
            let all = [limits.most, limits.inner.0];
            let limits = all.len() as i64;
            all.iter().map(|most| most + limits + n).sum::<i64>()
        };
        eat(limits.inner.1);
        tick(n).await;
        f(tick(4).await)
    }
    fn in_a_format_string(n: i64 = 2) -> String {
        let most = n;
        let show = move |what: &str| format!("{what} {most}");
        tick(most).await;
        show("most") + &most.to_string()
    }
    fn in_each_round(n: i64 = 3) -> i64 {
        let mut sum = 0;
        let mut at = 0;
        while at < n {
            at += 1;
            let less = move |n: i64| n - at;
            at += 0;
            sum += less(tick(at).await);
            sum += less(tick(sum).await);
        }
        sum
    }
}
