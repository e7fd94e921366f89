//! Borrows over an await: made again where they mean the same place as
//! before, and nothing else is.

use std::collections::BTreeMap;

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct P {
    x: i64,
    s: String,
}

bodies! {
    fn a_copy_stays_what_it_was_when_the_place_changes(n: i64 = 1) -> (i64, i64) {
        let mut x = n;
        let r = &x;
        let copy = *r;
        x = 5;
        tick(x).await;
        let mut pair = (copy, 2);
        let p = &mut pair;
        let first = p.0;
        p.0 = 9;
        tick(first).await;
        (first, p.0 + copy)
    }

    fn a_pattern_that_copies(n: Option<i64> = Some(3)) -> i64 {
        let mut opt = n;
        if let &Some(x) = &opt {
            opt = None;
            tick(x).await;
            x + opt.unwrap_or(10)
        } else {
            0
        }
    }

    fn borrows_of_borrows(v: Vec<i64> = vec![4, 5, 6]) -> i64 {
        let all = &v;
        let same = all;
        tick(1).await;
        let first = &same[0];
        tick(2).await;
        match same.first() {
            Some(x) if *x == *first => tick(*x).await,
            _ => 0,
        }
    }

    fn a_chain_with_a_borrow_and_a_value(a: Option<String> = Some("a".into()), b: i64 = 2) -> usize {
        let mut n = 0;
        if let Some(text) = &a && let Some(more) = a.clone() && b > 1 {
            n += text.len();
            tick(b).await;
            n += more.len();
        }
        n
    }

    fn items_that_are_copied_out_of_a_loop(v: Vec<i64> = vec![3, 7, 5]) -> i64 {
        let mut best = 0;
        for &x in &v {
            tick(x).await;
            if x > best { best = x; }
        }
        for (i, &x) in v.iter().enumerate() {
            tick(x).await;
            best += x * i64::try_from(i).unwrap();
        }
        best
    }

    fn borrows_by_methods(o: (Option<String>, String, Vec<i64>) = (Some("n".into()), " ab ".into(), vec![1, 2])) -> (String, Option<String>) {
        let mut o = o;
        let name = o.1.trim();
        let all = o.2.as_slice();
        tick(name.len() as i64).await;
        let mut out = format!("{name}{all:?}");
        tick(all[1]).await;
        if let Some(note) = o.0.as_deref() && note.len() == 1 { tick(3).await; out += note; }
        match o.0.as_mut() { Some(note) => { tick(4).await; note.push('!'); tick(5).await; note.push('?'); } None => {} }
        match o.1.as_str() { "x" => {} text if text.len() > 3 => { tick(6).await; out += text; } _ => {} }
        let Some(last) = o.0.as_ref() else { return (out, None) };
        tick(7).await;
        (out + last, o.0)
    }

    fn bound_by_ref(o: (Option<String>, (i64, String)) = (Some("n".into()), (2, "x".into()))) -> (Option<String>, String) {
        let mut o = o;
        match o.0 { Some(ref mut note) => { tick(1).await; note.push('!'); tick(2).await; note.push('?'); } None => {} }
        let (n, ref text) = o.1;
        if let Some(ref note) = o.0 { tick(n).await; return (Some(note.clone() + text), text.clone()); }
        let (_, ref other) = o.1;
        tick(3).await;
        (None, other.clone())
    }

    fn of_what_is_replaced_later(v: (Vec<i64>, i64) = (vec![1, 2], 3)) -> (Vec<i64>, i64) {
        let mut v = v; let mut sum = 0;
        for x in v.0.iter().rev() { sum += tick(*x).await; }
        let r = &v.0;
        tick(r[0]).await;
        sum += r[1];
        v = (vec![sum], 9);
        for (i, x) in v.0.iter_mut().enumerate() { *x += tick(i as i64).await; }
        v
    }
    fn a_borrow_that_is_replaced(v: Vec<(i64, String)> = vec![(1, "a".into()), (2, "b".into())]) -> String {
        let mut at = &v[0];
        let name = &at.1;
        at = &v[1];
        tick(at.0).await;
        let mut out = name.clone();
        tick(3).await;
        out += name;
        out + &at.1
    }
    fn picked_by_what_changes(v: Vec<P> = vec![P { x: 1, s: "a".into() }, P { x: 5, s: "b".into() }, P { x: 3, s: "c".into() }]) -> (Vec<P>, i64) {
        let mut v = v; let mut i = 0; let mut sum = 0;
        while i < v.len() {
            let p = &mut v[i];
            p.x += tick(p.x).await;
            p.s.push('!');
            if p.x > 8 { let gone = v.swap_remove(i); sum += tick(gone.x).await; } else { i += 1; }
        }
        let mut k = 0; let mut rows = vec![vec![1i64, 2], vec![3]];
        while k < rows.len() {
            for n in &mut rows[k] { *n += tick(*n).await; }
            if let Some(n) = rows[k].first_mut() { *n += tick(9).await; sum += *n; }
            match &mut rows[1 - k] { row => { row.push(tick(7).await); row.push(1); } }
            let [first, ..] = &mut rows[k][..1] else { return (v, 0) };
            *first -= tick(1).await; k += 1; sum += *first;
        }
        (v, sum)
    }
    fn found_or_not(m: BTreeMap<String, P> = BTreeMap::from([("a".into(), P { x: 1, s: "a".into() })]), key: String = "a".into()) -> Result<(BTreeMap<String, P>, i64), String> {
        let mut m = m;
        let p = m.get_mut(&key).ok_or("none")?;
        p.x += tick(p.x).await;
        p.s.push('!');
        let q = m.get_mut(&key).ok_or_else(|| format!("no {key}"))?;
        q.x += tick(q.x).await; let n = q.x;
        let none = m.get_mut("b").ok_or_else(|| format!("no b: {n}"))?;
        none.x = tick(4).await; none.x += 1;
        Ok((m, n))
    }

    fn of_one_place_or_another(c: bool = true) -> (i64, i64) {
        let (mut a, mut b) = (1, 2);
        let r = if c { &mut a } else { &mut b };
        *r += tick(*r).await;
        *r *= tick(3).await;
        let n = tick(a).await;
        let r = if n > 100 || !c { &mut a } else { &mut b };
        *r += tick(*r).await;
        *r *= tick(5).await;
        (a, b)
    }

    fn of_two_parts(acc: (i64, Vec<i64>) = (1, vec![2])) -> ((i64, Vec<i64>), usize) {
        let mut acc = acc;
        let (a, b) = (&mut acc.0, &mut acc.1);
        *a += tick(b[0]).await;
        b.push(tick(*a).await);
        *a += tick(b[1]).await;
        let (len, all) = (&acc.0, &mut acc.1);
        all.push(tick(*len).await);
        all.push(*len);
        let n = all.len();
        (acc, n)
    }

    fn picked_by_a_key_that_is_made(m: BTreeMap<i64, Vec<i64>> = BTreeMap::from([(0, vec![]), (1, vec![])])) -> (BTreeMap<i64, Vec<i64>>, i64) {
        let mut m = m;
        let mut s = 0;
        for i in 0..4 {
            if let Some(v) = m.get_mut(&(i % 2)) { v.push(tick(i).await); v.push(tick(i * 2).await); s += v.len() as i64; }
            let key = i + 1;
            let Some(v) = m.get_mut(&(key - i)) else { continue };
            v.push(tick(9).await);
            v.push(10);
        }
        (m, s)
    }
    fn halves(v: Vec<i64> = vec![1, 2, 3]) -> Vec<i64> {
        let mut v = v;
        let mut at = 1;
        let (l, r) = v.split_at_mut(at);
        at = 2;
        l[0] += tick(1).await;
        r[0] += l[0];
        r[1] += tick(r[0]).await + at as i64;
        if let Some((first, rest)) = v.split_first_mut() {
            *first += tick(5).await;
            rest[0] += tick(*first).await;
        }
        v
    }
    fn entries(k: String = "k".into()) -> (BTreeMap<String, Vec<i64>>, i64) {
        let mut m: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut key = "a".to_owned();
        m.entry(k.clone()).or_default().push(tick(1).await);
        m.entry(key.clone()).or_insert_with(Vec::new).extend([tick(2).await, tick(3).await]);
        m.entry({ key += "b"; key.clone() }).or_insert(vec![key.len() as i64]).push({ key = k; tick(4).await });
        m.entry(key).or_insert_with(|| vec![9]).push(tick(5).await);
        let scaled = (|x: i64| x * 3)(tick(6).await);
        (m, scaled)
    }
    fn fields_of_what_methods_give(n: i64 = 1) -> Option<String> {
        let mut rows = vec![(1, vec![n], Some("a".to_owned())), (2, vec![], None)];
        let mut m: BTreeMap<i64, (i64, Vec<i64>)> = BTreeMap::new();
        let mut one = Some(rows[0].clone());
        rows.last_mut().unwrap().1.push(tick(1).await);
        rows.get_mut(0).unwrap().1[0] += tick(2).await;
        one.as_mut().unwrap().1.push(tick(rows.len() as i64).await);
        one.as_mut()?.2.as_mut()?.push_str(&tick(3).await.to_string());
        m.entry(n).or_default().1.push(tick(4).await);
        m.get_mut(&n).unwrap().1.extend(vec![tick(5).await; 2]);
        rows[1].2.get_or_insert_with(String::new).push_str(&tick(6).await.to_string());
        let at = rows.first().unwrap().1.get(tick(0).await as usize).copied();
        let sum = one.as_ref().unwrap().1.iter().map(|i| i * 2).fold(tick(7).await, |a, b| a + b);
        (0, vec![1]).1.push(tick(8).await);
        let has = rows.clone()[0].1.contains(&tick(9).await);
        Some(format!("{rows:?} {m:?} {one:?} {at:?} {sum} {has}"))
    }
    fn places_in_what_calls_give(n: i64 = 2) -> String {
        let mut v = vec![(Some(1), 0, [1, 2]), (None, n, [3, 4])];
        let mut w = vec![vec![Some(1)], vec![None, Some(n)]];
        let (mut a, mut b) = ((Some(1), 1), (None, 2));
        v.last_mut().unwrap().0.replace(tick(5).await);
        (*v.last_mut().unwrap()).0.replace(tick(6).await);
        (*w.last_mut().unwrap()).swap(0, tick(1).await as usize);
        w.last_mut().unwrap()[1].replace(tick(7).await);
        v.first_mut().unwrap().2.swap(0, tick(1).await as usize);
        (&mut v)[0].0.replace(tick(3).await);
        (&mut a).0.replace(tick(4).await);
        (if n > 1 { &mut a } else { &mut b }).0.replace(tick(8).await);
        let old = std::mem::replace(&mut v.last_mut().unwrap().1, tick(9).await);
        format!("{v:?} {w:?} {a:?} {b:?} {old}")
    }
    fn matched_places_in_what_calls_give(n: i64 = 2) -> (Vec<(i64, Option<i64>)>, i64) {
        let mut v = vec![(1, Some(n)), (2, Some(3))];
        let mut sum = 0;
        if let Some(ref mut x) = v.last_mut().unwrap().1 { *x += tick(5).await; sum += *x; }
        match v.first_mut().unwrap().1 { Some(ref mut x) => { *x += 5; sum += tick(*x).await; *x += 1; } None => {} }
        match *v.last_mut().unwrap() { (ref mut y, Some(ref mut x)) => { *x += tick(*y).await; *y += tick(*x).await; } _ => {} }
        while let Some(ref mut x) = v.last_mut().unwrap().1 { *x += 5; if tick(*x).await > 30 { break; } }
        let mut i = 0;
        if let Some(ref mut x) = v.get_mut(i).unwrap().1 { i = 1; *x += tick(7).await; }
        let Some(ref mut x) = v.last_mut().unwrap().1 else { return (v, sum) };
        *x += tick(6).await + i as i64;
        (v, sum)
    }
}
