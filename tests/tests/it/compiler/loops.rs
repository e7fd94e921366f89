//! Loops, labels, jumps, iterators.

use std::collections::BTreeMap;

use super::{bodies, tick};

bodies! {
    fn plain_loop(n: i64 = 4) -> i64 {
        let mut i = 0;
        let r = loop {
            i += 1;
            if tick(i).await == n { break i * 10 }
            if i == 2 { continue }
            tick(100 + i).await;
        };
        r + i
    }

    fn while_condition_awaits_each_time(n: i64 = 3) -> i64 {
        let mut i = 0;
        while tick(i).await < n {
            i += 1;
            if i == 2 { tick(50).await; continue }
            tick(10 * i).await;
        }
        i
    }

    fn while_let_over_a_stack(start: Vec<i64> = vec![1, 2, 3]) -> i64 {
        let mut stack = start;
        let mut sum = 0;
        while let Some(top) = stack.pop() {
            sum += tick(top).await;
            if top == 3 { stack.push(10) }
        }
        sum
    }

    fn ranges(n: i64 = 3) -> i64 {
        let mut sum = 0;
        for i in 0..n { sum += tick(i).await; }
        for i in 1..=n { sum += tick(i * 10).await; }
        for i in (0..n).rev() { sum += tick(i * 100).await; }
        for i in (0..10).step_by(4) { sum += tick(i * 1000).await; }
        for _ in 5..5 { sum += tick(-1).await; }
        for _ in 5..=5 { sum += tick(-2).await; }
        sum
    }

    fn inclusive_range_to_the_end_of_its_type(from: u8 = 253) -> u32 {
        let mut sum = 0u32;
        for i in from..=u8::MAX {
            tick(i64::from(i)).await;
            sum += u32::from(i);
        }
        sum
    }

    fn owned_collections(v: Vec<String> = vec!["a".into(), "bb".into(), "ccc".into()]) -> String {
        let mut out = String::new();
        for text in v {
            tick(i64::try_from(text.len()).unwrap()).await;
            out.push_str(&text);
        }
        for (i, c) in out.clone().chars().enumerate().filter(|(i, _)| i % 2 == 0) {
            tick(i64::try_from(i).unwrap()).await;
            out.push(c);
        }
        let map = BTreeMap::from([(1, "x".to_string()), (2, "y".to_string())]);
        for (k, v) in map {
            tick(k).await;
            out += &v;
        }
        out
    }

    fn borrowed_vec(v: Vec<String> = vec!["a".into(), "bb".into(), "ccc".into()]) -> usize {
        let mut n = 0;
        for text in &v {
            n += text.len();
            tick(i64::try_from(n).unwrap()).await;
            if text.len() == 1 { continue }
            n += text.len();
        }
        n + v.len()
    }

    fn borrowed_in_many_ways(v: Vec<i64> = vec![5, 6, 7]) -> i64 {
        let mut sum = 0;
        for x in v.iter() { sum += tick(*x).await + x; }
        for (i, x) in v.iter().enumerate() { sum += tick(i64::try_from(i).unwrap()).await * x; }
        for x in &v[1..] { sum += tick(*x * 2).await + *x; }
        let slice = &v[..2];
        for x in slice { sum += tick(*x * 3).await; }
        for x in slice.iter() { sum += tick(*x * 4).await + x; }
        sum
    }

    fn borrowed_maps(m: BTreeMap<String, i64> = BTreeMap::from([("a".into(), 1), ("b".into(), 2)])) -> String {
        let mut out = String::new();
        for (k, v) in &m {
            out += k;
            let got = tick(*v).await;
            out += &format!("{k}={v}={got};");
        }
        out
    }

    fn mutable_loop(v: Vec<i64> = vec![1, 2, 3]) -> Vec<i64> {
        let mut v = v;
        for x in &mut v {
            let add = tick(*x).await;
            *x += add * 10;
        }
        for (i, x) in v.iter_mut().enumerate() {
            *x += tick(i64::try_from(i).unwrap()).await;
            *x += 1000;
        }
        v
    }

    fn labels(n: i64 = 3) -> Vec<i64> {
        let mut log = Vec::new();
        'outer: for i in 0..n {
            for j in 0..n {
                if j == 2 { continue 'outer }
                if i == 2 { break 'outer }
                log.push(tick(i * 10 + j).await);
                if i == 1 && j == 0 { continue }
                log.push(-1);
            }
            log.push(-2);
        }
        log
    }

    fn jumps_in_await_free_inner_loops(n: i64 = 3) -> i64 {
        let mut sum = 0;
        'outer: loop {
            for i in 0..10 {
                if i == 3 { break }
                if i == 1 { continue }
                sum += i;
            }
            let mut k = 0;
            loop {
                k += 1;
                if k > 5 { break }
                if sum > 20 { break 'outer }
                if k == 3 && sum > 10 { sum += 1; continue 'outer }
            }
            sum += tick(n).await;
        }
        sum
    }

    fn labelled_block(n: i64 = 2) -> i64 {
        let r = 'found: {
            if tick(n).await == 1 { break 'found 10 }
            for i in 0..5 {
                if tick(i).await == n { break 'found i * 100 }
            }
            -1
        };
        r + tick(77).await
    }

    fn break_after_await_in_while_true(n: i64 = 2) -> i64 {
        let mut i = 0;
        loop {
            i += 1;
            tick(i).await;
            if i == n { break }
        }
        i
    }

    fn loop_in_a_match_in_a_loop(n: i64 = 2) -> i64 {
        let mut total = 0;
        for i in 0..n {
            match i {
                0 => loop {
                    total += 1;
                    if tick(total).await > 2 { break }
                },
                _ => {
                    let mut j = 0;
                    while j < 2 { j += tick(1).await; if j == 1 { continue } total += j; }
                }
            }
        }
        total
    }

    fn loop_value_of_a_tail(n: i64 = 2) -> i64 {
        let mut i = 0;
        loop {
            i += 1;
            if tick(i).await >= n { break i + 100 }
        }
    }

    fn reinitialised_each_round(n: i64 = 3) -> Vec<String> {
        let mut all = Vec::new();
        let mut i = 0;
        while i < n {
            let text;
            if i % 2 == 0 { text = format!("even {}", tick(i).await) } else { text = "odd".to_string() }
            let kept = text.clone();
            tick(i + 10).await;
            all.push(kept);
            drop(text);
            i += 1;
        }
        all
    }

    fn type_known_only_later(n: i64 = 2) -> usize {
        let mut v = Vec::new();
        for i in 0..n { v.push(tick(i).await.to_string()); }
        v[0].len() + v.len()
    }

    fn over_a_borrow_of_a_borrow(v: [i64; 3] = [1, 2, 3]) -> Vec<i64> {
        let mut v = v; let mut out = vec![];
        let r = &mut v;
        for (i, x) in r.iter().enumerate() { out.push(tick(*x + i as i64).await); }
        for x in r.iter_mut() { *x += tick(*x).await; }
        let s = &v;
        for x in s.iter() { out.push(tick(*x).await + *x); }
        out
    }
}
