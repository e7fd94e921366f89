//! Guards of arms that bind something for the arm.

use flowstone_tests::differ::{note, see};

use super::{bodies, tick};

fn texts() -> Vec<String> {
    vec!["b".to_owned(), "abc".to_owned()]
}

bodies! {
    fn a_guard_hides_a_variable(n: i64 = 1, v: Vec<String> = texts()) -> String {
        let w = "outer";
        match n {
            1 if let Some(w) = v.first() => { let k = tick(1).await; format!("{w}{k}") }
            _ => w.into(),
        }
    }
    fn a_guard_hides_what_the_pattern_binds(o: Option<i64> = Some(4)) -> i64 {
        match o {
            Some(v) if let Some(v) = v.checked_add(10) && tick(v).await > 2 => v,
            Some(v) => v,
            None => 0,
        }
    }
    fn a_guard_borrows_what_it_hides(o: Option<String> = Some("ab".to_owned())) -> String {
        match &o {
            Some(v) if let Some(v) = v.get(1..) => { let k = tick(1).await; format!("{v}{k}") }
            Some(v) => v.clone(),
            None => String::new(),
        }
    }
    fn a_guard_binds_a_new_name(o: Option<i64> = Some(4)) -> i64 {
        match o {
            Some(v) if let Some(a) = v.checked_add(1) => { let n = tick(v).await; a + n + v }
            _ => 0,
        }
    }
    fn a_guard_hides_another_type(o: (i64, Vec<String>) = (4, texts())) -> (String, i64) {
        let w = 9_i64;
        let r = match &o {
            (n, v) if *n > 3 && let [w, rest @ ..] = &v[..] && rest.len() == 1 => {
                tick(*n).await;
                format!("{w}{}", rest[0])
            }
            _ => w.to_string(),
        };
        see(&r);
        (r, w)
    }
    fn a_guard_of_a_moved_value(o: Option<(String, Vec<i64>)> = Some(("x".to_owned(), vec![3, 1]))) -> (String, i64) {
        match o {
            Some((s, v)) if let Some(k) = v.first().copied() && k > 2 => {
                let n = tick(k).await;
                (s, n + v.len() as i64)
            }
            Some((s, _)) => (s, 0),
            None => (String::new(), 1),
        }
    }
    fn guards_in_a_row(n: i64 = 5) -> i64 {
        let mut sum = 0;
        for i in 0..n {
            sum += match i {
                0 if let Some(x) = i.checked_sub(1) && x >= 0 => tick(x).await,
                k if let Some(k) = (k - 1).checked_mul(2) && k > 3 => { note(k); tick(k).await + i }
                k if k == 2 => { tick(100).await; k }
                k if let x @ 0..=2 = k => { tick(x).await; x * 10 + k }
                _ => 1000,
            };
        }
        sum
    }
    fn a_let_guard_beside_awaits(o: Option<i64> = Some(4)) -> i64 {
        let k = 3;
        match o {
            Some(v) if let Some(k) = v.checked_sub(9) && k > 0 => k,
            Some(v) => tick(v + k).await,
            None => 0,
        }
    }
    fn bindings_that_hide_what_is_matched(v: Vec<i64> = vec![7, 2], e: Option<(i64, String)> = Some((3, "a".to_owned()))) -> i64 {
        let mut sum = match v[1] {
            v if let Some(b) = v.checked_add(6) && b > 7 => { tick(b).await; v + b }
            _ => 4,
        };
        let p = P { v: 3, w: vec![1] };
        sum += match p {
            P { v, .. } if let Some(p) = [9, 8, 7, v].get(v as usize) && *p > v => 0,
            P { v: p, w } if let Some(w) = w.first().copied() && w < p => tick(p + w).await,
            P { w, .. } => w[0],
        };
        match e {
            Some((e, text)) if let Some(n) = e.checked_sub(2) => { tick(n).await; e + n + text.len() as i64 + sum }
            _ => sum,
        }
    }
    fn alternatives_that_differ_inside(e: E = E::P { v: V::B(3), c: 5 }) -> i64 {
        match &e {
            E::P { v: V::A { .. }, c } | E::P { v: V::B(_), c } if tick(*c).await > 2 => *c,
            E::P { v: V::B(1) | V::B(2), .. } => 7,
            _ => 0,
        }
    }
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum V {
    A { x: i64 },
    B(i64),
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum E {
    P { v: V, c: i64 },
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct P {
    v: i64,
    w: Vec<i64>,
}
