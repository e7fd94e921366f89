//! Values that nobody has a name for are changed in place, as rustc lets them be.

use std::ops::AddAssign;

use flowstone_tests::differ::{note, see};

use super::{bodies, forks, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Row {
    name: String,
    n: i64,
}

fn row(n: i64) -> Row {
    Row {
        name: format!("r{n}"),
        n,
    }
}

bodies! {
    fn outcomes_are_changed(n: i64 = 3) -> (i64, i64, i64) {
        let taken = std::mem::take(&mut tick(n).await);
        let replaced = std::mem::replace(&mut (tick(n + 1).await), 9);
        tick(n).await.add_assign(tick(2).await);
        *(&mut tick(5).await) += 6;
        (taken, replaced, (&mut tick(7).await).pow(2))
    }
    fn values_of_branches_are_changed(n: i64 = 3) -> (Option<i64>, i64, Option<i64>) {
        let a = (if n > 2 { vec![n, tick(n).await] } else { vec![] }).pop();
        let b = { vec![tick(n).await, 4] }.remove(1);
        tick(0).await;
        (a, b, match n { 3 => vec![tick(8).await], _ => vec![] }.pop())
    }
    fn what_a_loop_gives_is_changed(n: i64 = 2) -> (usize, i64) {
        let count = loop { if n > 1 { break vec![tick(n).await, n]; } }.drain(1..).count();
        let mut sum = 0;
        while let Some(x) = { vec![tick(sum).await, n] }.pop() {
            sum += x;
            if sum > 5 { break }
        }
        (count, sum)
    }
    fn changed_and_put_elsewhere(n: i64 = 2) -> (Vec<i64>, Option<String>) {
        let mut out = Vec::new();
        for k in 0..n {
            match k {
                0 => out.push({ vec![tick(k).await, 7] }.swap_remove(0)),
                _ => out.extend({ vec![tick(k).await, 7] }.iter_mut().map(|x| { *x += 1; *x })),
            }
        }
        let name = { Some(row(tick(n).await)) }.as_mut().map(|row| { row.name.push('!'); row.name.clone() });
        (out, name)
    }
    fn borrowed_mutably_and_kept(n: i64 = 2) -> (Vec<i64>, i64) {
        let rows = &mut { vec![tick(n).await, n] };
        rows.push(1);
        let more = tick(3).await;
        rows.push(more);
        let all = rows.clone();
        let row = &mut { row(tick(4).await) };
        row.n += 1;
        note(tick(row.n).await);
        row.n += 1;
        (all, row.n)
    }
    fn items_of_what_nobody_names(n: i64 = 2) -> i64 {
        let mut sum = 0;
        for row in { vec![row(tick(n).await), row(1)] }.iter_mut() {
            row.n += tick(row.n).await;
            sum += row.n;
        }
        if let Some(row) = { vec![row(tick(n).await)] }.first_mut() { row.n += 1; see(row); sum += row.n }
        match { vec![tick(n).await, 2] }.as_mut_slice() {
            [a, b] => { *a += *b; sum += *a }
            _ => sum = 0,
        }
        sum
    }
    fn parts_of_what_nobody_names(n: i64 = 2) -> (String, i64) {
        let name = std::mem::take(&mut { row(tick(n).await) }.name);
        vec![row(tick(3).await)][0].n.add_assign(1);
        let n = { (tick(4).await, row(5)) }.1.n.clone();
        (name, tick(n).await)
    }
}

forks! {
    fn outcomes_of_joins_are_changed(n: i64 = 2) -> (Option<i64>, i64) {
        let last = flow::join!(tick(n), async { vec![tick(n).await, n] }).1.pop();
        let raced = flow::race! { mut w = async { vec![tick(1).await] } => w.remove(0), x = tick(2) => x };
        (last, std::mem::take(&mut flow::join!(tick(3), tick(4)).0) + raced)
    }
}
