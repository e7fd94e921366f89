//! `ref` and `ref mut` of values that no variable holds.

use flowstone_tests::differ::{note, see};

use super::{bodies, tick};

fn text(n: i64) -> Option<String> {
    (n > 0).then(|| format!("t{n}"))
}

bodies! {
    fn a_number_by_ref_mut(n: i64 = 14) -> i64 {
        let ref mut x = tick(n).await;
        *x += 1;
        let y = tick(*x).await;
        *x += y;
        let ref mut z = n + 1;
        *z += tick(*z).await;
        *x + *z
    }
    fn an_arm_by_ref_mut(n: i64 = 4) -> i64 {
        let a = match tick(n).await { ref mut x => { *x += 1; let y = tick(1).await; *x + y } };
        let b = match Some(n).filter(|n| *n > 0) {
            Some(ref mut r) => { *r += 1; let k = tick(1).await; *r += k; *r += tick(*r).await; *r }
            None => 0,
        };
        let c = match n.checked_add(1) { Some(ref mut r) => { *r += tick(*r).await; *r } None => 0 };
        let d = match (tick(n).await, 3) { (ref mut a, ref b) => { *a += tick(*a).await; *a + *b } };
        note(a + b);
        c + d
    }
    fn let_else_by_ref_mut(n: i64 = 4) -> i64 {
        let Some(ref mut r) = Some(tick(n).await) else { return 0 };
        let mut i = 0;
        while i < 3 { *r += tick(i).await; i += 1; }
        *r
    }
    fn texts_by_ref(n: i64 = 4) -> (usize, i64) {
        let mut sum = 0;
        let mut all = 0;
        if let Some(ref r) = text(tick(n).await) { sum += tick(1).await + r.len() as i64; }
        let Some(ref r) = text(tick(n).await) else { return (0, 0) };
        all += r.len();
        match text(tick(n + 1).await) {
            Some(ref r) if r.len() > 1 => { sum += tick(1).await; all += r.len(); }
            Some(ref r) => all += r.len(),
            None => all += 100,
        }
        let mut left = 3;
        while let Some(ref s) = text(tick(left).await) { left -= 1; sum += tick(left).await; all += s.len(); }
        let ref whole = text(tick(2).await);
        tick(3).await;
        see(whole);
        (all + r.len() + whole.as_ref().map_or(0, String::len), sum)
    }
    fn texts_by_ref_mut(n: i64 = 4) -> String {
        let mut out = String::new();
        if let Some(ref mut r) = text(tick(n).await) { r.push('!'); let k = tick(1).await; r.push_str(&k.to_string()); tick(2).await; out.push_str(r); }
        if n > 1 && let Some(ref mut r) = text(n) { r.push('?'); tick(3).await; out.push_str(r); }
        out
    }
    fn one_arm_borrows_and_one_takes(n: i64 = 4) -> String {
        let mut out = String::new();
        for i in 0..n {
            match text(tick(i).await).ok_or(i) {
                Ok(ref s) if s.len() > 5 => unreachable!(),
                Err(ref e) => { tick(*e).await; out.push_str(&e.to_string()); }
                Ok(s) => { tick(9).await; out = s + &out; }
            }
        }
        out
    }
    fn behind_a_guard_that_awaits(n: i64 = 4) -> i64 {
        match Some(tick(n).await) {
            Some(ref mut r) if tick(*r).await > 5 => { *r += tick(*r).await; *r }
            Some(ref mut r) if *r > 3 => { *r += 1; *r += tick(*r).await; *r }
            _ => 0,
        }
    }
}
