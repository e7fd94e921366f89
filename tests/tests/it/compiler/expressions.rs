//! Awaits inside expressions, and the order of evaluation.

use std::cell::RefCell;

use super::{bodies, tick};

thread_local! {
    static SEEN: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

/// Notes that it ran.
fn note(n: i64) -> i64 {
    SEEN.with_borrow_mut(|seen| seen.push(n));
    n
}

fn seen() -> Vec<i64> {
    SEEN.take()
}

fn three(a: i64, b: i64, c: i64) -> Vec<i64> {
    vec![a, b, c]
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Point {
    x: i64,
    y: i64,
    name: String,
}

impl Point {
    fn add(&self, x: i64, y: i64) -> Self {
        Self {
            x: self.x + x,
            y: self.y + y,
            name: self.name.clone(),
        }
    }

    fn get_next(&mut self) -> i64 {
        self.x += 1;
        self.x
    }

    fn is_moved(&mut self, by: i64) -> bool {
        self.x += by;
        self.x > self.y
    }

    fn push(&mut self, n: i64) -> &mut Self {
        self.x = self.x * 10 + n;
        self
    }
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Noted(Vec<(i64, i64)>);

impl std::ops::Index<usize> for Noted {
    type Output = (i64, i64);

    fn index(&self, at: usize) -> &(i64, i64) {
        flowstone_tests::differ::note(at as i64);
        self.0.get(at).expect("it is there")
    }
}

bodies! {
    fn arguments(n: i64 = 1) -> (Vec<i64>, Vec<i64>) {
        let v = three(note(n), tick(note(2)).await, note(3));
        let w = three(tick(4).await, note(5), tick(6).await + note(7));
        (vec![v, w].concat(), seen())
    }

    fn nested_calls(n: i64 = 1) -> (i64, Vec<i64>) {
        let x = three(tick(tick(n).await + 1).await, note(2), tick(three(1, tick(8).await, 2)[1]).await);
        (x[0] + x[2], seen())
    }

    fn methods_and_receivers(p: Point = Point { x: 1, y: 2, name: "p".into() }) -> Point {
        let q = p.add(tick(1).await, tick(2).await).add(3, tick(3).await);
        let mut r = q.clone();
        r.push(tick(4).await);
        r.push(1).push(2);
        let len = r.name.clone().len() + usize::try_from(tick(5).await).unwrap();
        Point { x: i64::try_from(len).unwrap() + r.x, ..r }
    }

    fn literals(n: i64 = 1) -> (Point, [i64; 3], (i64, i64)) {
        let p = Point { y: tick(n).await, name: format!("n{}", note(9)), x: tick(2).await };
        let base = Point { x: 0, y: 0, name: "base".into() };
        let q = Point { x: p.x, ..base.add(tick(7).await, 1) };
        let y = q.y;
        let point = Point { y, ..p };
        let _ = seen();
        (point, [note(1), tick(5).await, note(2)], (tick(6).await, q.x))
    }

    fn operators(n: i64 = 3) -> i64 {
        let x = tick(n).await + tick(2).await * -tick(4).await;
        let y = !(tick(1).await == 1) as i64 + (tick(5).await as i32 as i64);
        x - y
    }

    fn operand_changed_by_a_later_one(n: i64 = 3) -> (i64, i64) {
        let mut x = n;
        let a = x + { x = 10; tick(1).await };
        let mut v = vec![1, 2, 3];
        let mut i = 0;
        let b = v[i] + { i = 2; tick(2).await };
        v[i] = { i = 1; tick(7).await };
        x += { x = 100; tick(5).await };
        (a + b + x, v[1] * 10 + v[2])
    }

    fn operand_changed_by_a_method_of_a_reading_name(n: i64 = 3) -> (i64, Option<i64>, (i64, i64), i64) {
        let mut v = vec![n, 2, 1];
        let a = v[0] * 100 + { v.as_mut_slice().sort_unstable(); tick(v[0]).await };
        let mut first = None;
        let b = (first, *first.get_or_insert(n) + tick(5).await);
        let mut pair = (n, n);
        let c = (pair.0, { pair.clone_from(&(4, 5)); tick(6).await });
        (a + b.1, b.0, c, pair.0 + v[0])
    }

    fn assignments(n: i64 = 3) -> (Vec<i64>, i64, (i64, i64)) {
        let mut v = vec![0, 0, 0];
        v[1] = tick(n).await;
        v[usize::try_from(tick(2).await).unwrap()] = tick(9).await;
        let mut x = 1;
        x = x + tick(4).await;
        x *= tick(2).await + 1;
        let (a, b);
        (a, b) = (tick(1).await, x);
        (v, x, (a, b))
    }

    fn string_of_overloaded_add(n: i64 = 3) -> String {
        let mut s = String::from("a");
        s += &tick(n).await.to_string();
        let t = s + &format!("{}", tick(4).await);
        t.clone() + &t + &tick(5).await.to_string()
    }

    fn comparisons_leave_operands_in_place(a: String = "x".into(), b: String = "y".into()) -> (bool, String) {
        let less = a < { tick(1).await; b.clone() };
        let v = vec![a, b];
        let eq = v[0] == { tick(2).await; String::from("x") };
        (less && eq, v[0].clone() + &v[1])
    }

    fn references_to_temporaries(n: i64 = 3) -> usize {
        fn count(text: &str, n: i64, more: &[i64]) -> usize {
            text.len() + usize::try_from(n).unwrap() + more.len()
        }
        count(&format!("{n}{n}"), tick(1).await, &[1, 2, tick(3).await])
    }

    fn casts_ranges_indices(v: Vec<i64> = vec![1, 2, 3, 4]) -> i64 {
        let part = &v[usize::try_from(tick(1).await).unwrap()..3];
        let sum: i64 = part.iter().sum();
        let r = tick(0).await..tick(3).await;
        sum + r.sum::<i64>() + v[tick(2).await as usize]
    }

    fn standard_macros(n: i64 = 3) -> (String, Vec<i64>, bool) {
        let text = format!("{} {n} {x:>4}", tick(n).await, x = tick(4).await);
        assert!(tick(1).await == 1, "not {}", n);
        assert_eq!(tick(2).await, n - 1, "message {}", text);
        let v = vec![note(1), tick(5).await, note(2)];
        let w = vec![tick(6).await; 2];
        let _ = seen();
        let small = matches!(tick(7).await, 0..=9 if n == 3);
        let mut out = String::new();
        use std::fmt::Write as _;
        write!(out, "{}", tick(8).await).unwrap();
        (text + &out, [v, w].concat(), small)
    }

    fn closures_between(n: i64 = 3) -> i64 {
        let k = tick(n).await;
        let double = |x: i64| x * 2 + k;
        let a = double(1);
        let b = [1, 2, 3].iter().map(|x| x + k).sum::<i64>() + tick(4).await;
        a + b + k
    }

    fn chained(n: i64 = 3) -> String {
        tick(n).await.to_string().repeat(usize::try_from(tick(2).await).unwrap()).replace('3', &tick(8).await.to_string())
    }

    fn returns_inside_expressions(n: i64 = 3) -> Option<i64> {
        let x = Some(tick(n).await).filter(|x| *x > 2)? + if n == 3 { tick(4).await } else { return Some(tick(5).await) };
        Some(x)
    }

    fn unit_values(n: i64 = 3) -> () {
        let () = if n > 1 { tick(1).await; } else { };
        tick(2).await;
    }

    fn explicit_labels(n: i64 = 3) -> i64 {
        tick(n).label("first").await + tick(4).label("second").await
    }

    fn methods_that_only_sound_like_reading(p: Point = Point { x: 1, y: 2, name: "p".into() }) -> (Vec<i64>, (i64, bool), [i64; 2]) {
        let mut p = p;
        let v = three(p.x, p.get_next() + tick(1).await, p.x);
        let t = (p.x, p.is_moved(tick(3).await));
        (v, t, [p.x, p.get_next() * tick(2).await])
    }
    fn an_index_of_its_own_is_read_in_order(n: i64 = 3) -> i64 {
        let mut all = Noted(vec![(1, 2), (3, 4)]);
        let ops = [i64::min, i64::max as fn(i64, i64) -> i64];
        let sum = all[1].0 + tick(n).await * all[0].1 - all[0].0 * tick(5).await;
        all.0[0].0 = sum;
        let parts = (all[0], tick(1).await, [all[1].1, tick(2).await]);
        ops[1](all[0].0, tick(6).await) + parts.2[0] + parts.0.1
    }
}
