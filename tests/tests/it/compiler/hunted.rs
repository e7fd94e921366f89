//! Values that change behind a borrow, operands that later ones change, names
//! that hide others, and larger bodies that mix the rest.
//!
//! Each of the first kind was compiled wrongly once; the others were found by
//! a hunt for what is refused, or fails with words of rustc.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{bodies, tick};

fn helper(n: i64) -> i64 {
    n + 1
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
struct P {
    x: i64,
    y: i64,
    name: String,
}

bodies! {
    fn inner_item_hoisted(n: i64 = 1) -> i64 {
        let a = helper(n);
        { fn helper(n: i64) -> i64 { n + 50 } tick(helper(1)).await; }
        a
    }
    fn enumerate_mut(v: Vec<i64> = vec![1, 2]) -> Vec<i64> {
        let mut out = vec![];
        for (mut i, x) in v.iter().enumerate() {
            i += 10;
            tick(*x).await;
            out.push(i as i64);
        }
        out
    }
}

bodies! {
    fn rematch_changed(p: P = P { x: 1, y: 2, name: "p".into() }) -> P {
        let mut p = p;
        let r = &mut p;
        match r {
            P { x: 1, y, .. } => { r.x = 2; tick(1).await; *y += 1; }
            _ => {}
        }
        r.name.push('q');
        p
    }
    fn deref_copy(n: i64 = 1) -> i64 {
        let mut x = n;
        let r = &mut x;
        let old = *r;
        *r = 40;
        tick(1).await;
        *r += 1;
        old
    }
    fn vec_len_await(n: i64 = 1) -> Vec<i64> {
        let v = vec![tick(n).await; tick(3).await as usize];
        [v, vec![n; tick(2).await as usize], vec![tick(5).await; 2]].concat()
    }
    fn match_ref_patterns(p: (i64, Option<i64>) = (1, Some(2))) -> (i64, i64, Option<i64>) {
        let mut p = p; let mut s = 0;
        match &p { (1, Some(k)) => { tick(*k).await; s += k; } (_, None) => {} (_, Some(_)) => {} }
        match &p { (0, k) | (1, k) => { tick(4).await; s += k.unwrap(); } _ => {} }
        let r = &mut p;
        if let (1, k) = r { r.0 = 3; tick(6).await; *k = None; }
        let (3, q) = r else { return (0, 0, None) };
        r.0 = 4;
        tick(7).await;
        *q = Some(5);
        (s, p.0, p.1)
    }
    fn shadow_shorthand(p: P = P { x: 1, y: 2, name: "p".into() }) -> (i64, String) {
        match &p { P { x: 1, name, .. } => { let x = tick(1).await; tick(x + 1).await; (x, name.clone()) } _ => (0, String::new()) }
    }
}

bodies! {
    fn inner_hides_a_borrow(v: Vec<i64> = vec![1, 2, 3]) -> usize {
        let mut s = 0;
        let r = &v;
        { let r = vec![9]; tick(1).await; s += r.len(); }
        s + 10 * r.len()
    }
    fn inner_hides_an_item(v: Vec<Vec<i64>> = vec![vec![1, 2, 3], vec![4]]) -> usize {
        let mut s = 0;
        for r in &v {
            { let r = vec![9]; tick(1).await; s += r.len(); }
            s += 10 * r.len();
        }
        match &v { r => { { let r = String::new(); tick(2).await; s += r.len(); } s += 100 * r.len(); } }
        if let Some(r) = &Some(v.clone()) && let r = &v { { let r = String::new(); tick(2).await; s += r.len(); } s += 1000 * r.len(); }
        s
    }
}

bodies! {
    fn items_of_blocks(n: i64 = 2) -> i64 {
        const K: i64 = 9;
        fn g() -> i64 { helper(5) }
        let a = { tick(1).await; let z = { tick(K).await + f() }; const K: i64 = 3; fn f() -> i64 { 1 + K } tick(K).await + f() + z };
        let mut b = 0;
        for i in 0..2 { const K: i64 = 4; fn f() -> i64 { 2 } b += tick(K + i).await + f(); }
        match n { 2 => { use helper as g; tick(8).await; b += g(1); } _ => {} }
        if n > 1 { fn helper(n: i64) -> i64 { n * 2 } tick(7).await; b += helper(n); }
        a + b + n + K + g() + helper(1)
    }
    fn types_of_blocks(n: i64 = 2) -> i64 {
        let mut b = 0;
        for i in 0..2 {
            #[derive(serde::Serialize, serde::Deserialize)]
            struct Q(i64);
            impl Q { fn get(&self) -> i64 { self.0 + K } }
            const K: i64 = 4;
            let q = Q(n + i);
            b += tick(q.get()).await;
            b += q.get();
        }
        b
    }
}

bodies! {
    fn sibling_items(n: i64 = 2) -> i64 {
        let a = { const K: i64 = 3; fn f() -> i64 { 1 } tick(K).await + f() };
        let b = { const K: i64 = 4; fn f() -> i64 { 2 } tick(K).await + f() };
        a + b + n
    }
}

fn fail() -> ! {
    panic!("x")
}

bodies! {
    fn alias_of_unset(n: i64 = 2) -> i64 {
        let x: i64;
        if n > 1 { let x = n; tick(x).await; x } else { x = 2; tick(9).await; return x; }
    }
    fn alias_of_moved(n: i64 = 2) -> usize {
        let s = String::from("a");
        if n > 1 { drop(s); let s = n; tick(s).await; return s as usize; }
        tick(2).await;
        s.len()
    }
    fn mixed_chain(n: i64 = 2) -> i64 {
        let a = Some(5);
        if let Some(x) = &a && let Some(y) = Some(n) { tick(1).await; *x + y } else { 0 }
    }
    fn raw_ident_captured(n: i64 = 2) -> String {
        let r#type = n; tick(1).await; format!("{type}")
    }
    fn diverging_call_last(n: i64 = 2) -> i64 {
        if n > 1 { return tick(1).await; }
        tick(2).await;
        fail();
    }
    fn diverging_arm(n: i64 = 2) -> i64 {
        let x = match n { 2 => { tick(1).await } _ => { tick(3).await; fail(); } };
        x
    }
    fn receiver_index(n: i64 = 2) -> Vec<Vec<i64>> {
        let mut v = vec![vec![], vec![n]]; let mut i = 0;
        v[i].push({ tick(1).await });
        v[1 - i].push(tick(2).await);
        v[n as usize - 1].push(tick(3).await);
        v
    }
    fn op_assign_index(n: i64 = 2) -> Vec<i64> {
        let mut v = vec![1, 2, 3]; let mut i = 0;
        v[i] += tick(1).await;
        i += 1;
        v[i] *= { i = 2; tick(4).await };
        v
    }
    fn take_while(n: i64 = 2) -> i64 {
        let mut s = 0;
        for i in (1..).take_while(|i| *i < 4) { s += tick(i).await; }
        let mut k = 0;
        for i in std::iter::from_fn(|| { k += 1; (k < 3).then_some(k) }) { s += tick(i).await; }
        s + n
    }
    fn enum_pair(v: Vec<i64> = vec![3, 4]) -> i64 {
        let mut s = 0;
        for pair in v.iter().enumerate() { tick(pair.0 as i64).await; s += *pair.1; }
        s
    }
    fn mut_ref_for(n: i64 = 2) -> Vec<i64> {
        let mut v = vec![1, 2];
        let r = &mut v;
        for x in r { *x += tick(*x).await; }
        v
    }
    fn box_dyn(n: i64 = 2) -> i64 {
        let f: Box<dyn Fn(i64) -> i64> = if n > 1 { tick(1).await; Box::new(|x| x + 1) } else { Box::new(move |x| x * n) };
        f(3)
    }
    fn derived_shadow_root(n: i64 = 2) -> i64 {
        let v = vec![n, 3];
        let r = &v; let v = 5; tick(1).await;
        let w = &r[1]; let r = 7; tick(r).await;
        *w + v + r
    }
    fn mut_ref_loop(n: i64 = 2) -> i64 {
        let mut x = n;
        let r = &mut x;
        loop { *r += tick(*r).await; if *r > 20 { break; } }
        *r += 1;
        x
    }
    fn inference(n: i64 = 2) -> (Vec<u8>, u128, Option<String>) {
        let mut v = Vec::new(); let mut t = Default::default(); let mut o = None;
        tick(1).await;
        for i in 0..3 { if i == 1 { tick(2).await; continue; } v.push(i); }
        tick(2).await;
        if n > 1 { o = Some("a".into()); tick(3).await; }
        t += 1u128;
        (v, t, o)
    }
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum Kind {
    New { n: i64 },
    Done(String),
    Off,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct O {
    kind: Kind,
    items: Vec<i64>,
    next: Option<Box<O>>,
}

bodies! {
    fn user_names(state: i64 = 1, run: i64 = 2) -> i64 {
        let frame = tick(state).await; let done = tick(run).await; let op = frame + done;
        let cx = tick(op).await; let input = vec![cx]; for item in &input { tick(*item).await; } let flow = op; flow + cx
    }
    fn state_machine_in_a_loop(o: O = O { kind: Kind::New { n: 3 }, items: vec![1, 2], next: None }) -> O {
        let mut o = o; let mut guard = 0;
        'outer: loop {
            guard += 1;
            match &mut o.kind {
                Kind::New { n } if *n > 1 => { *n -= tick(1).await; continue; }
                Kind::New { n } => { let n = *n; o.kind = Kind::Done(format!("{n}-{}", tick(2).await)); }
                Kind::Done(s) => { for i in &mut o.items { s.push('x'); if *i == 2 { break 'outer; } *i += tick(*i).await; } o.kind = Kind::Off; }
                Kind::Off => break,
            }
        }
        o.items.push(guard);
        o
    }
    fn break_values(n: i64 = 3) -> (i64, Option<i64>, String) {
        let mut i = 0;
        let a = 'a: loop { i += 1; let b = loop { i += 1; if i > n { break 'a i * 10 + tick(i).await; } if i == 2 { break tick(7).await; } }; if b > 100 { break b; } };
        let b = 'b: { if a > 1000 { break 'b None; } for k in 0..5 { if tick(k).await == 2 { break 'b Some(k); } } Some(99) };
        let s = match b { Some(2) => { tick(1).await; "two" } Some(_) => "other", None => return (a, b, "none".into()) };
        (a, b, s.to_string())
    }
    fn closures_with_loops(n: i64 = 3) -> Vec<i64> {
        let mut out = vec![];
        while out.len() < 3 {
            let f = |k: i64| { let mut s = 0; loop { s += 1; if s > k { break s } else { continue } } };
            out.push(f(n));
            for q in 0.. { if q == 2 { break } if f(q) == 5 { continue } }
            if tick(out.len() as i64).await == 2 { continue }
            out.push(tick(5).await);
        }
        out
    }
    fn results(n: i64 = 3) -> Result<i64, String> {
        let p: Result<i64, std::num::ParseIntError> = tick(n).await.to_string().parse::<i64>();
        let v = p.map_err(|e| e.to_string())? + "4".parse::<i64>().map_err(|e| format!("{e}"))? * tick(2).await;
        let Ok(w) = (if v > 5 { tick(1).await; Ok(v) } else { Err("small") }) else { return Err("x".into()) };
        for i in 0..w { if i == tick(2).await { Err(format!("stop {i}"))?; } }
        Ok(v)
    }
    fn let_chains(m: BTreeMap<String, Vec<i64>> = BTreeMap::from([("a".into(), vec![1, 2]), ("b".into(), vec![])])) -> i64 {
        let mut s = 0;
        for (k, v) in &m {
            if let Some(first) = v.first() && *first == 1 && let x = tick(*first).await && x == 1 && let Some(y) = v.get(x as usize) { let y = *y; s += tick(y).await + k.len() as i64; }
            else if v.is_empty() && tick(50).await > 1 || k == "zz" { s += 100; }
            else { s += tick(60).await }
        }
        s
    }
    fn while_let_queue(n: i64 = 3) -> Vec<i64> {
        let mut q = VecDeque::from([n]); let mut seen = BTreeSet::new(); let mut out = vec![];
        while let Some(x) = q.pop_front() && x < 40 {
            if !seen.insert(x) { continue }
            out.push(tick(x).await);
            q.extend([x * 2, x + 1].into_iter().filter(|y| { for z in 0.. { if z > 3 { break } } *y % 2 == 0 || tick(0).eq_zero() }));
        }
        out
    }
    fn deferred(n: i64 = 3) -> (String, i64) {
        let s; let mut k; let a; let b: String;
        if n > 2 { k = tick(1).await; s = format!("x{k}"); } else { s = String::new(); k = 0; }
        match n { 3 => { a = tick(2).await; } _ => { a = 1 } }
        b = loop { k += 1; if k > 3 { break k.to_string() } tick(k).await; };
        (s + &b, a + k)
    }
    fn casts_and_literals(n: i64 = 3) -> (u8, f64, bool, [u16; 3]) {
        let x = 200; let y = 1.5; let mut arr = [0; 3];
        tick(1).await;
        arr[1] = x; arr[tick(2).await as usize] = 5 + tick(3).await as u16;
        let z = (x as i64 + tick(4).await) as u8;
        (z, y * tick(2).await as f64, !(tick(1).await > 2) & (n >= tick(3).await) ^ false, arr)
    }
    fn moves_in_loops(n: i64 = 3) -> Vec<String> {
        let mut cur = String::from("a"); let mut out = vec![]; let mut opt = Some(String::from("o"));
        for i in (0..n).rev() {
            let next = format!("{cur}{}", tick(i).await);
            out.push(cur); cur = next;
            if let Some(o) = opt.take() { tick(9).await; out.push(o); } else { opt = Some(i.to_string()); }
        }
        out.push(cur); out.extend(opt); out
    }
    fn linked(o: O = O { kind: Kind::Off, items: vec![1], next: Some(Box::new(O { kind: Kind::Off, items: vec![2], next: None })) }) -> i64 {
        let mut s = 0; let mut cur = Some(Box::new(o));
        while let Some(mut node) = cur { s += tick(node.items[0]).await; cur = node.next.take(); if let O { items, .. } = &*node && let [only] = items.as_slice() { s += *only; } s += tick(node.items.len() as i64).await; }
        s
    }
    fn short_circuits(n: i64 = 3) -> (bool, bool, i64) {
        let mut c = 0;
        let a = { c += 1; n > 5 } && tick(1).await == 1 || tick(2).await == 2 && !(tick(3).await == 0 || { c += 10; tick(4).await == 4 });
        let b = a & (tick(5).await == 5) | (tick(6).await == 0);
        let x = if (if a { tick(7).await == 7 } else { false }) && b { c } else { -c };
        (a, b, x)
    }
    fn never(n: i64 = 3) -> i64 {
        let x: i64 = match n { 1 => return 0, 2 => panic!("no {}", n), 3 => { if tick(1).await > 5 { unreachable!() } tick(2).await } _ => loop { tick(3).await; } };
        let y = Some(if x > 100 { return tick(4).await } else { x }).unwrap_or_else(|| panic!());
        let f = |z: i64| -> i64 { if z > 1 { return z * 2; } z };
        f(y) + { tick(5).await }
    }
    fn enumerates(v: Vec<String> = vec!["a".into(), "b".into(), "c".into()]) -> String {
        let mut out = String::new(); let mut v = v;
        for (i, s) in v.iter_mut().enumerate() { let was = s.clone(); s.push_str(&tick(i as i64).await.to_string()); out += &was; out += s; }
        for (i, s) in v.iter().enumerate().skip(1).map(|(i, s)| (i, s.clone())) { tick(i as i64).await; out += &s; }
        for (mut i, s) in v.iter().enumerate() { i *= 2; let mut t = i; t += tick(i as i64).await as usize; i += t; out += &format!("{i}{s}"); }
        let pairs = vec![[1, 2], [3, 4]]; for &[a, b] in &pairs { out += &(tick(a).await + b).to_string(); }
        out
    }
    fn temp_in_match(n: i64 = 3) -> usize {
        match format!("{n}").as_str() { "3" => { let k = tick(1).await; k as usize + 1 } other => other.len() }
    }
    fn pinned(v: Vec<Vec<String>> = vec![vec!["a".into()], vec!["b".into(), "c".into()]]) -> (Vec<Vec<String>>, bool, usize) {
        let mut v = v; let mut i = 0;
        v[i + 1].push(format!("{}", { i += 1; tick(i as i64).await }));
        let eq = v[i][i - 1] == format!("{}", tick(3).await);
        fn join(s: &[String], n: i64, t: &String) -> usize { s.join("").len() * 10 + n as usize + t.len() }
        let z = join(&v[i][i - 1..i + 1], { i = 0; tick(4).await }, &v[i][0]);
        (v, eq, z)
    }
    fn unit_stuff(n: i64 = 3) -> Vec<()> {
        let u = tick(1).await; let u = { tick(u).await; }; let w = if n > 1 { tick(2).await; }; let x = loop { if tick(3).await == 3 { break } };
        let y = while tick(4).await != 4 {}; let z = for _ in 0..1 { tick(5).await; };
        vec![u, w, x, y, z, tick(6).await_unit(), ()]
    }
}

trait Z {
    fn eq_zero(self) -> bool;
    fn await_unit(self) -> ();
}
impl<T> Z for T {
    fn eq_zero(self) -> bool {
        false
    }
    fn await_unit(self) {}
}
