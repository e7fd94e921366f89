//! Patterns with `|`: what a name means behind an await must be what it meant
//! before it, whichever alternative would match by then.

use serde::{Deserialize, Serialize};

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum E {
    One(i64),
    Two(i64, String),
    Rec { n: i64, s: String },
}

bodies! {
    fn the_guard_decides(n: i64 = 2) -> (i64, i64) {
        let t = (n, n + 1);
        let mut found = 0;
        match &t { (x, _) | (_, x) if *x == 3 => { tick(*x).await; found = *x; } _ => {} }
        match t { (ref x, _) | (_, ref x) if *x == 3 => { tick(*x).await; found += *x; } _ => {} }
        match t { (x, _) | (_, x) if x == 3 => { tick(x).await; found += x; } _ => {} }
        (found, t.0)
    }
    fn what_was_tested_has_changed(n: i64 = 2) -> (i64, i64) {
        let t = (Some(n), Some(n + 1));
        let mut sum = 0;
        if let (Some(x), None) | (_, Some(x)) = &t { tick(*x).await; sum += *x; }
        while let (Some(x), None) | (_, Some(x)) = &t && sum < 9 { tick(*x).await; sum += *x; }
        let ((1, x, _) | (_, _, x)) = &(n, 7, 8);
        tick(*x).await;
        (sum, *x)
    }
    fn items_of_loops(v: Vec<(i64, i64)> = vec![(0, 5), (1, 6)]) -> (i64, i64) {
        let (mut sum, mut last) = (0, 0);
        for (i, ((0, x) | (x, _))) in v.iter().enumerate() { tick(i as i64).await; sum += *x; last = *x; }
        (sum, last)
    }
    fn variants_keep_apart(e: E = E::Two(4, "a".into())) -> (E, i64) {
        let mut e = e; let mut sum = 0;
        for i in 0..3 {
            match &mut e {
                E::One(n) | E::Two(n, _) | E::Rec { n, .. } if *n > 3 => { *n -= 1; sum += tick(*n).await; *n += 3; }
                E::One(_) => {}
                E::Two(_, s) | E::Rec { s, .. } => { s.push('b'); tick(i).await; s.push('c'); }
            }
            match e { E::One(n) | E::Two(n, _) if tick(n).await > 5 => { e = E::Rec { n: 1, s: n.to_string() }; } _ => { sum += 100; } }
        }
        let mut t = (1, Some(n_of(&e)));
        if let (0 | 1, Some(x)) = &mut t { *x += 1; tick(*x).await; *x += 1; }
        if let (0, Some(x)) | (1, Some(x)) = &mut t { *x += 1; tick(*x).await; *x += 1; }
        match t { (0 | 1, Some(x)) if tick(x).await > 0 => sum += x, _ => {} }
        (e, sum)
    }
}

fn n_of(e: &E) -> i64 {
    match e {
        E::One(n) | E::Two(n, _) | E::Rec { n, .. } => *n,
    }
}
