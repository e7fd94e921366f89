//! Several things at once, round by round, with what is kept from one to the next.

use std::collections::BTreeMap;

use flowstone_tests::differ::note;

use super::goods::{Order, St, half, order};
use super::{forks, tick};

forks! {
    fn what_is_gathered(n: i64 = 3) -> (Vec<i64>, String, i64) {
        let mut acc = vec![]; let mut s = String::new(); let mut total = 0;
        for i in 0..n {
            let (a, b) = flow::join!(tick(i), async { s.push_str(&tick(i + 1).await.to_string()); acc.push(tick(2).await); acc.len() as i64 });
            total += a * b;
            if total > 3 { s.push('!'); continue; }
            acc.push(total);
        }
        (acc, s, total)
    }
    fn a_handler_leaves_the_loop(n: i64 = 3) -> (Vec<String>, i64) {
        let mut log = vec![]; let mut k = 0;
        let out = loop {
            k += 1;
            flow::race! {
                a = async { let x = tick(k).await; tick(x + 1).await } => { log.push(format!("a{a}")); if a > 4 { break a; } },
                b = tick(10 + k) => { log.push(format!("b{b}")); if k < 3 { continue; } log.push("late".into()); },
                c = async { tick(1).await; tick(2).await; k } => { if c == 2 { break tick(c).await; } log.push(format!("c{c}")); }
            }
            log.push(format!("round {k}"));
            if k > 5 { break -1; }
        };
        (log, out)
    }
    fn a_handler_leaves_the_flow(n: i64 = 3) -> Result<i64, String> {
        let mut tries = vec![];
        'all: for i in 0..4 {
            for j in 0..2 {
                let got = flow::race! {
                    x = async { half(tick(i).await) } => x?,
                    y = async { let t = tick(j).await; tick(t).await } => { tries.push(y); if i == 1 { continue 'all; } if i == 3 { break 'all; } y }
                };
                tries.push(got);
                if got > 5 { return Err(format!("{tries:?}")); }
            }
        }
        Ok(tries.iter().sum::<i64>() + tick(tries.len() as i64).await)
    }
    fn blocks_that_move_and_borrow(n: i64 = 3) -> (String, Vec<String>, usize) {
        let name = String::from("é"); let list = vec!["a".to_string(), "b".into()]; let mut out = vec![]; let o = order(1);
        let (x, y, z) = flow::join!(
            async move { let t = tick(name.len() as i64).await; format!("{name}{t}") },
            async { for l in &list { out.push(format!("{l}{}", tick(1).await)); } out.len() },
            async { let mut s = 0; for l in o.lines.iter().filter(|l| l.qty > 1) { s += tick(l.qty).await; } s as usize + list.len() },
        );
        out.extend(list);
        (x, out, y + z + o.lines.len())
    }
    fn entries_in_blocks(n: i64 = 3) -> BTreeMap<String, Vec<i64>> {
        let mut m: BTreeMap<String, Vec<i64>> = BTreeMap::new(); let keys = ["a", "b", "a"];
        for k in keys {
            let (x, _) = flow::join!(async { let k2 = format!("{k}{k}"); tick(k2.len() as i64).await }, async { m.entry(k.to_string()).or_default().push(tick(n).await); if let Some(v) = m.get_mut(k) { v.push(tick(v.len() as i64).await); } });
            m.entry("sum".into()).or_default().push(x);
        }
        m
    }
    fn tried_until_it_works(n: i64 = 3) -> Result<Vec<i64>, String> {
        let mut got = vec![]; let mut fails = 0;
        for i in 0..3 {
            match flow::try_join!(async { half(tick(i * 2).await) }, async { let x = half(tick(i).await)?; note(x); Ok(x + tick(x).await) }) {
                Ok((a, b)) => got.push(a * 10 + b),
                Err(e) if fails > 0 => return Err(format!("{e} {got:?}")),
                Err(_) => { fails += 1; got.push(tick(-1).await); continue }
            }
            if got.len() == 3 { break }
        }
        Ok(got)
    }
    fn what_losers_wrote(n: i64 = 3) -> (Vec<i64>, i64) {
        let mut log = vec![]; let mut cnt = 0;
        for i in 0..3 {
            flow::race! {
                _ = async { log.push(tick(1).await); log.push(tick(2).await); log.push(i); } => {},
                x = async { for k in 0..2 { cnt += tick(k).await + 1; } cnt } => { cnt += x; log.push(100); },
            }
            cnt += 1000;
        }
        (log, cnt)
    }
    fn parts_changed_at_once(o: Order = order(4)) -> (Order, i64) {
        let mut o = o;
        let (a, b) = flow::join!(
            async { o.to.street.push_str(&tick(1).await.to_string()); o.to.zip = None; tick(2).await; o.to.street.len() as i64 },
            async { for l in o.lines.iter_mut().filter(|l| l.qty > 1) { l.qty += tick(l.qty).await; } o.id += tick(5).await; o.id },
        );
        o.lines.retain(|l| l.qty > a.min(b));
        (o, a + b)
    }
    fn slices_changed_at_once(n: i64 = 3) -> Vec<i64> {
        let mut v = vec![1, 2, 3];
        { let r = &mut v; let (_, _) = flow::join!(async { r.push(tick(4).await); let last = r.last_mut().unwrap(); *last += tick(1).await; }, tick(2)); r.push(9); }
        let (a, b) = v.split_at_mut(2);
        flow::join!(async { a[0] += tick(5).await; a.swap(0, 1); }, async { b[0] -= tick(6).await; for x in b.iter_mut() { *x *= tick(2).await; } });
        v
    }
    fn blocks_with_ways_out(n: i64 = 3) -> Vec<String> {
        let (a, b, c) = flow::join!(
            async { let Some(x) = (n > 2).then_some(tick(1).await) else { return None }; if tick(x).await == 1 { return Some("early".to_string()); } Some(tick(8).await.to_string()) },
            async { let r: Result<i64, String> = half(tick(3).await); let v = r?; Ok::<_, String>(v + tick(1).await) },
            async { 'l: loop { for i in 0.. { if tick(i).await == 2 { break 'l i * 10; } if i == 1 { continue; } } } },
        );
        vec![format!("{a:?}"), format!("{b:?}"), c.to_string()]
    }
    fn states_that_wait_for_several(n: i64 = 3) -> (Vec<St>, i64) {
        let mut st = St::New; let mut hist = vec![]; let mut ticks = 0;
        while hist.len() < 4 {
            let old = st.clone();
            st = match st {
                St::New => flow::race! { x = tick(5) => St::Paid { by: "p".into(), cents: x }, y = async { tick(1).await; tick(2).await } => St::Failed(format!("{y}")) },
                St::Paid { by, cents } => { let (a, b) = flow::join!(async { ticks += tick(cents).await; by.len() as i64 }, async { half(tick(4).await) }); match b { Ok(h) if h == a + 1 => St::Shipped(vec![by], h), _ => St::Failed(by) } }
                St::Failed(w) => { ticks += 1; if ticks > 2 { St::Pair(ticks, tick(1).await) } else { tick(w.len() as i64).await; St::New } }
                other => { hist.push(other); St::New }
            };
            hist.push(old);
        }
        (hist, ticks)
    }
    fn borrows_in_blocks(o: Order = order(4)) -> (i64, String) {
        let best = o.lines.iter().max_by_key(|l| l.qty).unwrap(); let words: Vec<&str> = o.lines.iter().map(|l| l.sku.as_str()).collect(); let pick = "none";
        let (a, b) = flow::join!(async { let mut s = 0; for w in &words { s += tick(w.len() as i64).await; if *w == "b" { s += 10; } } s }, async { tick(best.qty).await + best.price });
        let first = words.first();
        flow::race! { x = async { tick(first.unwrap().len() as i64).await } => (a + b + x, format!("{pick}{}", best.sku)), y = tick(6) => (y, words.concat()) }
    }
    fn moved_in_and_given_back(n: i64 = 3) -> (Vec<String>, Option<String>) {
        let mut cur = Some(String::from("a")); let mut out = vec![];
        for i in 0..3 {
            let Some(s) = cur.take() else { break };
            let (t, u) = flow::join!(async move { let t = tick(i).await; format!("{s}{t}") }, async { out.push(tick(i + 5).await.to_string()); i });
            flow::race! { w = async { let k = tick(u).await; t.len() as i64 + k } => { if w < 9 { cur = Some(t); } else { out.push(t); } }, z = tick(7) => { out.push(format!("{t}{z}")); cur = (i == 0).then(|| "z".into()); } }
        }
        (out, cur)
    }
    fn question_marks_in_handlers(n: i64 = 3) -> Option<i64> {
        let mut sum = 0;
        for i in 0..4 {
            sum += flow::race! { x = async { (tick(i).await < 2).then_some(i) } => x?, y = async { tick(1).await; tick(1).await; Some(7) } => { let k = y? + tick(sum).await; if k > 20 { return Some(k); } k } };
        }
        Some(sum)
    }
}
