//! Inner names that hide what they borrow from, borrows of values without a
//! name, variables without a value, and the items of inner blocks.

use super::{bodies, tick};

bodies! {
    fn mut_hides_its_root(o: Option<i64> = Some(3)) -> Option<i64> {
        let mut x = o;
        if let Some(x) = &mut x { *x += tick(*x).await; *x *= 2; }
        x
    }
    fn mut_hides_root_loop(v: Vec<i64> = vec![1, 2]) -> Vec<i64> {
        let mut v = v;
        for v in &mut v { *v += tick(*v).await; tick(9).await; *v += 1; }
        v
    }
    fn let_hides_root(n: i64 = 2) -> i64 {
        let mut x = n;
        { let x = &mut x; *x += tick(*x).await; *x += 1; }
        x
    }
    fn match_hides_root(o: Option<i64> = Some(3)) -> Option<i64> {
        let mut o = o;
        match &mut o { Some(o) => { *o += tick(*o).await; tick(*o).await; *o += 1 } None => {} }
        o
    }
    fn literals(n: i64 = 2) -> String {
        let name = "abc"; let bytes = b"xy"; let xs = &[1, 2, 3]; let ys = &[n, 4]; let zs = &vec![n, 5];
        let ws: &mut Vec<i64> = &mut Vec::new();
        let q: &[i64] = &[n, n];
        tick(1).await;
        ws.push(7); let names: &'static [&str] = &["a", "b"];
        tick(2).await;
        ws.push(8);
        format!("{name}{bytes:?}{xs:?}{ys:?}{zs:?}{ws:?}{q:?}{names:?}")
    }
    fn deferred_in_branches(n: i64 = 2) -> (i64, i64, String) {
        let x; let mut y; let s: String;
        tick(1).await;
        if n > 1 { x = 1; y = x + 1; } else { x = 2; y = 3; }
        match n { 1 => { s = "one".into(); } 2 => s = "two".to_string(), _ => panic!("no") }
        tick(2).await;
        y += 1;
        (x, y, s)
    }
    fn deferred_in_a_loop(n: i64 = 2) -> i64 {
        let mut k = 0;
        let x;
        loop { k += tick(1).await; if k > n { x = k * 2; break; } }
        tick(2).await;
        x
    }
    fn break_in_macro(n: i64 = 2) -> i64 {
        let mut s = 0;
        for i in 0..5 { let v = vec![1, if i == n { break } else { 2 }]; s += tick(v.len() as i64).await; }
        s
    }
    fn items_in_blocks(n: i64 = 2) -> i64 {
        let a = { use std::cmp::max as best; const K: i64 = 3; tick(K).await + best(n, 1) };
        let b = { const K: i64 = 4; tick(1).await; let z = { const K: i64 = 5; tick(K).await }; tick(K).await + z };
        a + b
    }
    fn only_what_is_needed(t: (Option<i64>, Option<i64>) = (Some(1), Some(2))) -> (Option<i64>, Option<i64>) {
        let mut t = t;
        match &mut t {
            (Some(a), Some(b)) => { *b = tick(*a).await; *a += 1; tick(3).await; *a += 1; }
            _ => {}
        }
        let r = &mut t;
        if let (Some(a), b) = r && let Some(c) = b { let c = *c; *b = None; tick(c).await; *a += c; }
        t
    }
    fn chain_of_borrows(o: (Option<(i64, Option<i64>)>, i64) = (Some((1, Some(2))), 3)) -> i64 {
        if let Some(p) = &o.0 && let Some(q) = &p.1 && let Some(r) = Some(o.1) && *q > 1 { tick(r).await; p.0 + *q + r } else { 0 }
    }
    fn slices(v: Vec<i64> = vec![1, 2, 3, 4]) -> i64 {
        let mut v = v;
        match v.as_slice() { [_, ..] => {} [] => {} }
        let mut arr = [1, 2, 3];
        match &mut arr { [1, rest @ ..] => { rest[0] += tick(1).await; rest[1] = 9; tick(2).await; rest[0] += 1; } _ => {} }
        match &arr { [x @ 1, y, ..] | [y, x, ..] => { tick(*x).await; v.push(*y); } }
        v.iter().sum::<i64>() + arr.iter().sum::<i64>()
    }
    fn deferred_behind_an_awaited_condition(n: i64 = 2) -> i64 {
        let late: i64;
        let later;
        if tick(n).await > 0 { late = 1; } else { late = 2; }
        if match n { 1 => tick(1).await, _ => 0 } > 0 { later = 1 } else { later = tick(3).await }
        late + later
    }
    fn break_in_a_returned_macro(n: i64 = 2) -> String {
        let mut k = n;
        while tick(k).await > 0 { k -= 1; if k == 5 { return format!("{:?}", match Some(k) { Some(0) => { break; } _ => 1 }); } }
        k.to_string()
    }
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct P {
    x: i64,
    s: String,
}

impl P {
    fn get(&self, n: i64) -> i64 {
        self.x + n
    }
}

fn apply(f: impl Fn(i64) -> i64, n: i64) -> i64 {
    f(n)
}

fn len_of(text: String) -> usize {
    text.len()
}

bodies! {
    fn a_closure_reads_the_receiver(b: P = P { x: 4, s: "s".into() }) -> i64 {
        let one = b.get(tick(apply(|y| y + b.x, 1)).await);
        let two = b.get({ let _ = &b.x; apply(|y| y + b.x, 1) + tick(b.s.len() as i64).await });
        one + two + b.get(tick(format!("{}", b.s).len() as i64).await)
    }
    fn a_closure_writes_an_operand(n: i64 = 2) -> (i64, String) {
        use std::fmt::Write as _;
        let mut x = n;
        let mut text = String::from("a");
        let sum = x + { let mut add = || x += 5; add(); tick(1).await };
        let len = text.len() as i64 + { write!(text, "bc").unwrap(); tick(2).await };
        (sum + x + len, text)
    }
    fn a_move_closure_before_an_await(n: i64 = 3) -> i64 {
        let mut m = 4;
        m += apply(move |y| y + n, tick(n).await);
        apply(move |y| y + m, tick(m).await)
    }
    fn jumps_in_macros(n: i64 = 3) -> i64 {
        'l1: { let x = vec![match n { 3 => { break 'l1 n + 40; } x => x }]; tick(x[0]).await }
    }
    fn a_block_whose_last_value_is_joined(n: i64 = 3) -> (bool, i64) {
        let less = ('l3: { match Err::<i64, String>(String::new()) { Err(v) if v.len() < 5 => tick(9).await, _ => 0i64 } }) < 5;
        let sum = 'b: { if n > 5 { break 'b 1; } if n > 2 { tick(n).await } else { 2 } } + tick(4).await;
        (less, sum)
    }
    fn a_way_out_of_an_else(n: i64 = 2) -> i64 {
        let d = n;
        let mut m = n;
        let (3..=9, b) = (n, 2) else {
            return { let d = String::from("abc"); m += 1; tick(d.len() as i64).await + m } + d;
        };
        b
    }
    fn a_receiver_whose_name_is_bound_inside(b: P = P { x: 1, s: "s".into() }) -> Option<String> {
        let c = b.s.get(0..match [b.x, tick(6).await] { [1, c] if c > 9 => 0, [_, c] => { let b = c.to_string(); len_of(b) } });
        let c = c.map(ToString::to_string);
        tick(b.x).await;
        c
    }
}
