//! Orders, stocks and rows that are changed in place while they are gone over.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use super::goods::{Addr, Line, Order, St, line, order};
use super::{bodies, tick};

bodies! {
    fn a_line_in_an_entry(n: i64 = 3) -> (BTreeMap<String, Vec<Line>>, i64) {
        let mut m: BTreeMap<String, Vec<Line>> = BTreeMap::new(); let mut hits = 0;
        for (k, sku) in [("x", "a"), ("y", "b"), ("x", "a"), ("x", "c")] {
            let list = m.entry(k.into()).or_default();
            match list.iter_mut().find(|l| l.sku == sku) {
                Some(l) => { l.qty += tick(10).await; hits += 1; }
                None => list.push(line(sku, tick(1).await, hits)),
            }
        }
        if let Some(l) = m.values_mut().flat_map(|v| v.iter_mut()).find(|l| l.qty > 5) { l.price = 77; }
        tick(1).await;
        for (k, v) in m.iter_mut().filter(|(k, _)| k.as_str() == "x") { v.push(line(k, tick(2).await, 0)); for l in v.iter_mut() { l.tags.clear(); } }
        (m, hits)
    }
    fn entries_of_rows(n: i64 = 3) -> BTreeMap<i64, BTreeMap<String, (i64, Vec<i64>)>> {
        let mut m: BTreeMap<i64, BTreeMap<String, (i64, Vec<i64>)>> = BTreeMap::new();
        for i in 0..n {
            let row = m.entry(i % 2).or_default(); let slot = row.entry(format!("k{}", i / 2)).or_default();
            slot.0 += tick(i).await;
            slot.1.push(slot.0);
            m.get_mut(&(i % 2)).unwrap().values_mut().last().unwrap().1.push(tick(i).await);
        }
        if let Some((_, v)) = m.get_mut(&0).and_then(|m| m.get_mut("k1")) { v.push(5); }
        for (k, inner) in &mut m { for (name, (a, b)) in inner.iter_mut() { *a += tick(*k).await; b.push(name.len() as i64); } }
        while let Some((k, inner)) = m.pop_last() && k > 0 { m.entry(0).or_default().extend(inner.into_iter().map(|(n, v)| (format!("{n}!"), v))); tick(k).await; }
        m
    }
    fn parts_that_are_replaced(n: i64 = 3) -> (Order, Vec<String>) {
        let mut o = order(n); let mut out = vec![];
        for i in 0..2 {
            let zip = o.to.zip;
            let street = o.to.street;
            out.push(format!("{street}{zip:?}{}", tick(i).await));
            o.to.zip = (i == 0).then(|| "z".to_string());
            if i == 1 { o.to.street = "end".into(); tick(1).await; } else { o.to.street = format!("s{}", tick(2).await); }
        }
        let Order { lines, meta, .. } = o;
        tick(lines.len() as i64).await;
        o = Order { lines: lines.into_iter().rev().collect(), meta, ..order(tick(4).await) };
        if let Some(b) = o.bill { let Addr { street, geo, .. } = *b; tick(geo.0 as i64).await; out.push(street); }
        o.bill = None;
        (o, out)
    }
    fn borrows_of_borrows(o: Order = order(2)) -> (i64, String) {
        let r = &o; let ls = &r.lines; let first = &ls[0]; let Line { sku, tags, .. } = first; let t0 = &tags[0];
        tick(first.qty).await;
        let pick = if first.qty > 1 { &ls[1] } else { first };
        let pair = (pick, sku, t0.as_str());
        tick(pair.0.qty).await;
        let all = [ls.last().unwrap(), first];
        let mut best = first;
        for l in all { if l.price < best.price { best = l; } tick(best.price).await; }
        (best.qty, format!("{}{}{}", pair.1, pair.2, r.to.street))
    }
    fn mutable_borrows(n: i64 = 3) -> (i64, i64, Vec<i64>) {
        let (mut a, mut b) = (1, 2); let mut v = vec![1, 2, 3];
        let (x, y) = (&mut a, &mut b);
        *x += tick(*y).await; *y += *x;
        std::mem::swap(x, y);
        tick(*x).await;
        let target = if *x > 3 { &mut *x } else { &mut *y };
        *target *= 10;
        *target += tick(1).await;
        let r = &mut v; let s = &mut r[1..]; s[0] = tick(9).await; s[1] += s[0];
        let [first, .., last] = &mut r[..] else { return (0, 0, vec![]) };
        *first += tick(*last).await; *last = 0;
        r.push(7);
        (a, b, v)
    }
    fn variants_changed_in_place(n: i64 = 3) -> Vec<St> {
        let mut v = vec![St::New, St::Paid { by: "x".into(), cents: 3 }, St::Shipped(vec![], 0), St::Pair(1, 2)];
        for s in v.iter_mut() {
            match s {
                St::Paid { cents, .. } if *cents > 100 => *cents = 0,
                St::Paid { by, cents } => { by.push_str(&tick(*cents).await.to_string()); *cents += 1; let c = *cents; if c > 3 { *s = St::Pair(c, tick(c).await); } }
                St::Shipped(list, k) => { list.push("p".into()); *k = tick(list.len() as i64).await; }
                St::Pair(a, b) => { std::mem::swap(a, b); *a += tick(*b).await; }
                other => { let old = std::mem::replace(other, St::Failed(String::new())); tick(1).await; if let St::Failed(why) = other { *why = format!("{old:?}"); } }
            }
        }
        v
    }
    fn sets_and_a_heap(n: i64 = 3) -> (BTreeSet<String>, Vec<i64>, Option<i64>) {
        let mut s = BTreeSet::new(); let mut h = BinaryHeap::new(); let mut out = vec![];
        for w in ["b", "a", "b", "é"] { if !s.insert(w.to_string()) { h.push(std::cmp::Reverse(tick(5).await)); continue } h.push(std::cmp::Reverse(tick(w.len() as i64).await)); }
        while let Some(std::cmp::Reverse(x)) = h.pop() { out.push(tick(x).await); if out.len() == 1 { h.push(std::cmp::Reverse(x * 3)); } }
        for w in s.range("a".to_string()..) { out.push(tick(w.len() as i64).await); }
        if let Some(w) = s.pop_first() { tick(w.len() as i64).await; s.replace(w + "x"); }
        let t: BTreeSet<String> = ["b".to_string()].into();
        for w in s.difference(&t) { out.push(tick(w.len() as i64).await); }
        let l = s.iter().next_back().map(|w| w.len() as i64);
        (s, out, l)
    }
    fn both_ends_of_a_queue(n: i64 = 3) -> VecDeque<(i64, String)> {
        let mut q = VecDeque::from([(1, "a".to_string()), (2, "b".into())]);
        if let Some((k, s)) = q.front_mut() { *k += tick(*k).await; s.push('!'); }
        if let Some(last) = q.back_mut() { last.0 = tick(last.0).await * 5; }
        q[0].1.push_str(&tick(3).await.to_string());
        for (k, s) in q.iter_mut().rev() { s.insert(0, '-'); *k -= tick(*k).await; }
        q.make_contiguous().sort();
        tick(1).await;
        let (a, b) = q.as_mut_slices();
        if let [x, ..] = a { x.0 = 9; }
        q
    }
    fn a_table_that_fills_itself(n: i64 = 9) -> (i64, BTreeMap<i64, i64>) {
        let mut memo = BTreeMap::from([(0, 0), (1, 1)]); let mut stack = vec![n];
        while let Some(&k) = stack.last() {
            if memo.contains_key(&k) { stack.pop(); continue; }
            match (memo.get(&(k - 1)), memo.get(&(k - 2))) { (Some(a), Some(b)) => { let s = a + b; memo.insert(k, if k % 3 == 0 { tick(s).await } else { s }); stack.pop(); } (None, _) => stack.push(k - 1), (_, None) => { tick(k).await; stack.push(k - 2); } }
        }
        (memo[&n], memo)
    }
    fn lines_that_are_joined(n: i64 = 3) -> (Order, Vec<String>) {
        let mut o = order(n); let mut seen = vec![];
        while let Some(l) = o.lines.pop() {
            let Line { sku, qty, mut tags, .. } = l;
            let same = o.lines.iter_mut().rev().find(|m| m.sku == sku);
            if let Some(m) = same { m.qty += tick(qty).await; m.tags.append(&mut tags); seen.push(m.sku.clone()); } else { o.meta.insert(sku, tick(qty).await.to_string()); }
            if let Some(v) = o.meta.get_mut("k") { v.push('.'); *v += &tick(tags.len() as i64).await.to_string(); }
        }
        (o, seen)
    }
    fn items_that_are_moved_apart(n: i64 = 3) -> Vec<(String, Option<Line>)> {
        let mut out: Vec<(String, Option<Line>)> = vec![];
        for (i, Line { sku, tags, qty, .. }) in order(1).lines.into_iter().enumerate() {
            for (j, t) in tags.into_iter().enumerate().rev() { if j == 1 && tick(qty).await > 6 { out.push((t, None)); break } out.push((format!("{sku}{t}{}", tick(j as i64).await), (i == 1).then(|| line(&sku, 0, 0)))); }
        }
        for slot in out.iter_mut().map(|(_, o)| o) { if let Some(l) = slot { l.qty = 9; } }
        tick(1).await;

        out
    }
    fn values_that_are_there_or_made(n: i64 = 3) -> BTreeMap<String, Option<Line>> {
        let mut out = BTreeMap::from([("a".to_string(), Some(line("x", 1, 2))), ("b".into(), None)]);
        for (k, o) in out.iter_mut() { match o { Some(l) => { l.qty += tick(l.qty).await; l.sku += k; } None => *o = Some(line(k, tick(1).await, 2)) } }
        if let Some(o) = out.get_mut("b") && let Some(l) = o { l.qty = tick(4).await; }
        out
    }
    fn parts_of_items_that_are_matched(n: i64 = 3) -> Vec<(i64, St)> {
        let mut out = vec![(1, St::New), (2, St::Paid { by: "x".into(), cents: 3 }), (3, St::Pair(1, 2))];
        for (k, s) in &mut out { match s { St::Paid { by, cents } if *cents > 1 => { *cents -= tick(*k).await; by.push('!'); *k += 1; } St::Pair(a, b) => { std::mem::swap(a, b); *a += tick(*b).await; *k = *a; } _ => { *s = St::Pair(*k, tick(4).await); let St::Pair(a, _) = s else { continue }; *a += tick(*k).await; } } }
        out
    }
    fn parts_of_entries(n: i64 = 3) -> BTreeMap<i64, (i64, Vec<i64>)> {
        let mut m = BTreeMap::from([(1, (2, vec![3])), (4, (5, vec![]))]);
        for (&k, (a, v)) in m.iter_mut() { *a += tick(k).await; if let Some(x) = v.first_mut() { *x = tick(*x).await + 1; } v.push(*a); }
        for (k, row) in &mut m { let (a, v0) = row; let v = v0; *a -= tick(*k).await; for x in v.iter_mut() { *x += tick(*a).await; } if v.len() > 2 { let last = v.last_mut().unwrap(); *last = tick(*k).await; } *row = (*k, vec![row.0, tick(row.0).await]); }
        for (k, (a, v)) in &mut m { let (k, a) = (*k, *a); v.push(tick(k + a).await); }
        m
    }
    fn parts_with_a_way_out(n: i64 = 3) -> Vec<(Option<String>, [i64; 2])> {
        let mut v = vec![(Some("é".to_string()), [1, 2]), (None, [3, 4])];
        'a: for (name, [x, y]) in v.iter_mut() {
            let Some(name) = name else { *name = Some(format!("n{}", tick(*x).await)); *x = 9; continue 'a };
            name.push_str(&tick(*y).await.to_string()); let r = x; *r += tick(1).await; if let 2.. = *r { *y *= 10; }
        }
        v
    }
}
