//! Loops over iterators that are made again, and closures that are.

use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, LinkedList};

use super::{bodies, tick};

fn list(n: i64) -> Vec<i64> {
    (0..n).collect()
}

bodies! {
    fn options_are_walked_over(o: Option<i64> = Some(4), none: Option<String> = None) -> (Option<i64>, i64) {
        let mut o = o;
        let mut sum = 0;
        for x in &o { sum += tick(*x).await; sum += *x; }
        for x in &mut o { *x += tick(*x).await; *x += tick(1).await; }
        for x in o.iter() { sum += tick(*x).await; sum += *x; }
        for x in o.iter_mut() { *x += tick(*x).await; *x += tick(1).await; }
        for s in &none { sum += tick(s.len() as i64).await; }
        for x in o { sum += tick(x).await; sum += x; }
        (o, sum)
    }
    fn what_a_loop_leaves(v: Vec<i64> = vec![1, 2, 3, 4, 5]) -> (Option<i64>, Vec<i64>, i64) {
        let mut left = v.into_iter(); let mut sum = 0;
        'all: for x in left.by_ref() { if x == 2 { continue 'all; } sum += tick(x).await; if x > 2 { break; } }
        let next = left.next();
        tick(6).await;
        let mut range = 0..=5i64;
        for i in range.by_ref() { if tick(i).await == 3 { break; } }
        let rest = range.map(|i| i * 10).collect();
        (next, rest, sum)
    }
    fn backwards(v: Vec<i64> = vec![1, 2, 3]) -> i64 {
        let mut sum = 0;
        for x in v.iter().rev() { sum = sum * 10 + tick(*x).await + *x; }
        sum
    }
    fn steps_of_ranges(n: i64 = 10) -> Vec<i64> {
        let mut out = vec![]; let mut n = n;
        for i in (0..n).rev().step_by(3) { n -= 1; out.push(tick(i).await + n); }
        for i in (1..=3).rev() { out.push(tick(i).await); }
        for i in (0..out.len()).rev() { out.push(tick(i as i64).await); }
        for i in (0u8..=255).skip(254) { out.push(tick(i64::from(i)).await); }
        out
    }
    fn zipped(v: Vec<i64> = vec![1, 2, 3], w: Vec<String> = vec!["a".into(), "b".into()]) -> String {
        let mut s = String::new();
        for (x, t) in v.iter().zip(&w) { tick(*x).await; s += t; s += &x.to_string(); }
        for (i, (x, t)) in v.iter().skip(1).zip(w.iter().rev()).enumerate() { tick(*x + i as i64).await; s += t; }
        for (t, i) in w.iter().zip(5..) { tick(i).await; s += t; }
        s
    }
    fn in_chunks(v: Vec<i64> = vec![1, 2, 3, 4, 5]) -> Vec<i64> {
        let mut v = v; let size = v.len() / 2; let mut sums = vec![];
        for pair in v.chunks(size) { sums.push(tick(pair.iter().sum()).await + pair[0]); }
        for pair in v.windows(2) { sums.push(tick(pair[1]).await * pair[0]); }
        for pair in v.chunks_mut(2) { pair[0] += tick(9).await; pair[0] *= 2; }
        for x in v.iter_mut().rev().take(2) { *x += tick(*x).await; }
        sums.extend(v);
        sums
    }
    fn of_a_map(m: BTreeMap<String, i64> = BTreeMap::from([("a".into(), 1), ("b".into(), 2), ("c".into(), 3)])) -> (String, i64, BTreeMap<String, i64>) {
        let mut m = m; let mut s = String::new(); let mut sum = 0;
        for k in m.keys() { tick(k.len() as i64).await; s += k; }
        for v in m.values() { sum += tick(*v).await + *v; }
        for v in m.values_mut() { *v += tick(*v).await; *v += 1; }
        for (k, v) in m.iter().rev() { tick(*v).await; s += k; }
        for (k, v) in m.range("b".to_string()..) { tick(*v).await; s += k; }
        (s, sum, m)
    }
    fn of_text(text: String = "ab c\nd é".to_string()) -> String {
        let mut out = String::new();
        for c in text.chars() { tick(c as i64).await; out.push(c); }
        for (i, line) in text.lines().enumerate() { tick(i as i64).await; out += line; }
        for word in text.split_whitespace().rev() { tick(word.len() as i64).await; out += word; }
        for part in text.split(' ') { tick(part.len() as i64).await; out += part; }
        for b in text.bytes() { tick(i64::from(b)).await; }
        out
    }
    fn an_owned_item_is_changed(text: String = "abc".to_string()) -> String {
        let mut out = String::new();
        for (mut i, mut c) in text.char_indices() { i += 1; tick(i as i64).await; c.make_ascii_uppercase(); i += 1; tick(i as i64).await; out.push(c); }
        out
    }
    fn collected_first(n: i64 = 3) -> i64 {
        let m: HashMap<i64, i64> = HashMap::from([(1, 2), (n, 4)]);
        let mut sum = 0;
        for (k, v) in m { sum += k * v; tick(0).await; }
        for x in (0..n).map(|x| x * 2).filter(|x| *x > 0) { sum += tick(x).await; }
        sum
    }
    fn closures_are_made_again(n: i64 = 3) -> (i64, i64, String) {
        let k = 10; let name = String::from("x"); let mut count = 0;
        let add = |x| x + k;
        let scaled = move |x: i64| x * k + n;
        let greet = |text: &str| format!("{name}{text}");
        let mut inc = || { count += 2; count };
        let a = tick(add(n)).await;
        inc();
        let b = tick(scaled(a)).await;
        let c = inc() + add(b);
        let s = greet(&tick(c).await.to_string());
        (scaled(add(1)) + b, count, s + &name)
    }
    fn a_closure_of_a_field(p: (Vec<i64>, String) = (vec![1, 2], "t".into())) -> (usize, Vec<i64>) {
        let longer = |n: usize| p.0.len() > n;
        tick(1).await;
        let mut n = 0;
        while longer(n) { n += 1; tick(n as i64).await; }
        drop(p.1);
        (n, p.0)
    }
    fn named_by_reference(n: i64 = 3) -> i64 {
        let v = vec![n, 2]; let mut w = 5;
        let ref r = v;
        let ref mut q = w;
        *q += tick(1).await;
        *q += r[0];
        tick(*q).await;
        r[1] + w
    }
    fn borrowed_hash_maps(n: i64 = 40) -> i64 {
        let m: HashMap<i64, i64> = (0..n).map(|k| (k, k * k)).collect();
        let mut sum = 0;
        for (k, v) in &m { sum += k * v; tick(0).await; sum += k; }
        for k in &m.keys().copied().collect::<HashSet<i64>>() { tick(0).await; sum += k; }
        for (i, (k, _)) in m.iter().enumerate() { tick(i as i64).await; sum += k; }
        sum
    }
    fn of_values_without_a_name(n: i64 = 3) -> (i64, String) {
        let mut sum = 0; let mut out = String::new(); let text = String::from(" a b ");
        for x in &vec![n, tick(4).await] { sum += tick(*x).await + *x; }
        for x in vec![n, tick(5).await].iter().rev() { sum += tick(*x).await + *x; }
        for x in &mut [1, 2] { *x += tick(*x).await; sum += *x; }
        for (i, x) in (0..n).collect::<Vec<_>>().iter().enumerate() { sum += tick(*x).await + i as i64; }
        for c in text.trim().chars() { out.push(c); tick(1).await; }
        for c in text.to_uppercase().chars() { out.push(c); tick(2).await; }
        for part in text.trim().split(' ').rev() { tick(3).await; out += part; }
        (sum, out)
    }
    fn lists_heaps_and_boxes(v: Vec<i64> = vec![2, 3, 1]) -> (i64, LinkedList<i64>, Vec<i64>) {
        let mut sum = 0;
        let mut list: LinkedList<i64> = v.iter().copied().collect();
        let heap: BinaryHeap<i64> = v.iter().copied().collect();
        let mut boxed = Box::new(v);
        for x in &mut list { *x += tick(*x).await; *x += 1; }
        for x in &list { sum += tick(*x).await; sum += x; }
        for (i, x) in list.iter().enumerate() { sum += tick(i as i64).await * x; }
        for x in &heap { sum += tick(*x).await; sum += x; }
        for x in boxed.iter() { sum += tick(*x).await; sum += x; }
        for x in boxed.iter_mut() { *x += tick(*x).await; *x += 1; }
        let slice: Box<[i64]> = boxed.clone().into_boxed_slice();
        for x in slice.iter() { sum += tick(*x).await; sum += x; }
        (sum, list, *boxed)
    }
    fn constant_ranges(n: i64 = 1) -> i64 {
        const LIMITS: std::ops::RangeInclusive<i64> = 1..=3;
        const STEPS: std::ops::Range<i64> = 2..4;
        let mut sum = n;
        for i in LIMITS { sum += tick(i).await; sum += i; }
        for i in STEPS { sum += tick(i).await; sum += i; }
        sum
    }
    fn items_of_what_has_no_name(n: i64 = 3) -> i64 {
        let mut sum = 0;
        for (_, x) in vec![n, 2].iter().enumerate() { let y = x; sum += tick(1).await + y; }
        for (i, c) in vec![n, 2, 5, 7].chunks(3).enumerate() {
            let [a, ..] = c else { continue };
            sum += a + tick(i as i64).await;
        }
        for (k, x) in BTreeMap::from([(n, 1), (5, 6)]).iter() { let (k, x) = (k, x); sum += tick(*k).await * x; }
        sum
    }
    fn iterators_with_closures_before_an_await(v: Vec<i64> = vec![2, 3, 1], k: i64 = 10) -> (i64, String) {
        let mut sum = 0;
        for (a, b) in v.iter().map(|x| x * k).zip(vec![tick(4).await; 2]) { sum += tick(a + b).await; }
        for (a, b) in v.iter().filter(|x| **x > 1).cloned().zip(vec![tick(5).await, 6]) { sum += tick(a + b).await; }
        for (a, b) in vec![1, 2].into_iter().chain(vec![tick(7).await]).zip("xyz".to_owned().chars()) { sum += tick(a + i64::from(b == 'y')).await; }
        for (a, b) in list(tick(2).await).into_iter().filter(|x| *x > k - 9).map(|x| x + 1).zip(list(tick(8).await)) { sum += tick(a * b).await; }
        let mut at = 1;
        for (a, b) in v.iter().skip(at).zip({ at = 0; list(tick(4).await) }) { sum += tick(a + b + at as i64).await; }
        for a in v.clone().into_iter().skip(1).chain(list(tick(1).await).into_iter().rev()) { sum += tick(a).await; }
        let words = "a bb".split(' ').map(str::len).chain(vec![tick(3).await as usize]).map(|n| n.to_string());
        (sum, words.collect())
    }
    fn the_rest_of_an_iterator(v: Vec<i64> = vec![2, 3, 1, 4]) -> (i64, Vec<i64>) {
        let mut it = v.into_iter();
        let mut range = 1..9;
        let mut sum = 0;
        for x in &mut it { sum += tick(x).await; if sum > 2 { break; } }
        'outer: for _ in 0..2 { for i in &mut range { sum += tick(i).await; if i % 3 == 0 { continue 'outer; } } }
        (sum, it.chain(range).collect())
    }
}
