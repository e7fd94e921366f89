//! Programs as one writes them: parsers, builders, queues, state machines, lists.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

use flowstone_tests::differ::note;

use super::goods::{Addr, Builder, Money, Order, St, half, order};
use super::{bodies, tick};

bodies! {
    fn fields_that_come_and_go(o: Order = order(7)) -> (Order, String, usize) {
        let mut o = o;
        let street = o.to.street;
        tick(o.id).await;
        o.to.street = format!("{street}{}", tick(2).await);
        let lines = o.lines;
        let zip = o.to.zip.take();
        o.lines = vec![];
        for mut l in lines { if l.qty > tick(1).await { l.tags.pop(); o.lines.push(l); } }
        let n = o.lines.len();
        let Addr { street: s, .. } = o.to;
        tick(9).await;
        o.to = Addr { street: s.clone(), zip, ..Default::default() };
        (o, s, n)
    }
    fn a_box_taken_apart_three_times(b: Box<(String, Vec<i64>, Option<String>)> = Box::new(("x".into(), vec![1], Some("y".into())))) -> (String, usize, Option<String>) {
        let (s, ..) = *b;
        let k = tick(b.1.len() as i64).await;
        let (_, v, _) = *b;
        tick(k).await;
        let (_, _, o) = *b;
        tick(1).await;
        (s, v.len(), o)
    }
    fn an_array_taken_apart_and_changed(a: [Vec<i64>; 3] = [vec![1], vec![2], vec![3]]) -> (Vec<i64>, [Vec<i64>; 3]) {
        let mut a = a;
        a[1].push(tick(5).await);
        let [x, y, _] = a;
        tick(2).await;
        a = [y, vec![tick(1).await], x.clone()];
        a[2][0] += tick(9).await;
        (x, a)
    }
    fn places_assigned_by_patterns(n: i64 = 3) -> (i64, i64, Vec<i64>, String) {
        let (mut a, mut b) = (1, 2); let mut v = vec![0, 0, 0]; let mut s = String::new(); let mut i = 0;
        (a, b) = (b + tick(n).await, a);
        (v[i], i, _) = (tick(5).await, 2, tick(6).await);
        [v[i], .., v[1]] = [a, tick(7).await, b];
        (s, (a, ..)) = (format!("{}", tick(8).await), (a * 2, 1, 2));
        (a, b) = { let t = tick(a).await; (t + b, t) };
        (a, b, v, s)
    }
    fn guards_alternatives_and_names(v: Vec<St> = vec![St::New, St::Paid { by: "é".into(), cents: 5 }, St::Shipped(vec!["q".into()], 3), St::Failed("f".into()), St::Pair(4, 4), St::Pair(1, 9)]) -> Vec<String> {
        let mut out = vec![];
        for s in v {
            out.push(match s {
                all @ (St::New | St::Failed(_)) if tick(1).await > 5 => format!("{all:?}"),
                St::Paid { by: ref who @ _, cents: c @ 1..=9 } if who.len() as i64 == tick(c).await - 3 => format!("{who}{c}{}", tick(2).await),
                St::Paid { by, cents } => { tick(cents).await; by }
                St::Pair(a, b) if a == b => format!("same {}", tick(a).await),
                St::Pair(x @ 1, y) | St::Pair(y, x) => format!("{x}{y}{}", tick(y - x).await),
                St::Shipped(ref list, k @ (3 | 4)) if let [one] = &list[..] && tick(k).await == 3 => format!("{one}{}", tick(7).await),
                St::Failed(ref f) => { let f = f.len(); tick(f as i64).await; f.to_string() }
                other => format!("{other:?}"),
            });
        }
        out
    }
    fn labels_with_values(n: i64 = 3) -> (i64, String) {
        let r = 'outer: loop {
            let mut i = 0;
            let x = 'b: {
                for k in 0..n { if tick(k).await == 2 { break 'b k * 10; } if k == 1 { i += 5; continue; } }
                while i < 100 { i += tick(i + 1).await; if i > 7 { break 'outer i; } }
                -1
            };
            if x > 0 { break 'outer x + i + loop { i += 1; if tick(i).await > 6 { break i * 100; } }; }
        };
        let s = 'c: { let Some(x) = (r > 5).then_some(r) else { break 'c tick(4).await.to_string() }; if tick(x).await > 1 { break 'c format!("big{x}"); } String::from("small") };
        (r, s)
    }
    fn chains_and_ways_out(m: BTreeMap<String, String> = BTreeMap::from([("a".into(), "12".into()), ("b".into(), "x".into())])) -> Result<Vec<i64>, String> {
        let mut out = vec![];
        for k in ["a", "b", "c"] {
            let Some(text) = m.get(k) else { out.push(tick(-1).await); continue };
            let Ok(num) = text.parse::<i64>() else { out.push(tick(text.len() as i64).await); continue };
            if let Some(q) = m.get("a") && let Ok(r) = q.parse::<i64>() && r == tick(num).await && let half @ Ok(_) = half(r) && let Some(h) = half.ok() { out.push(h + tick(text.len() as i64).await); }
        }
        let Some((k, v)) = m.iter().next_back() else { return Err(String::new()) };
        if tick(1).await > 3 { return Err(v.clone()); }
        out.push(k.len() as i64);
        Ok(out)
    }
    fn money_in_a_map(n: i64 = 3) -> (BTreeMap<String, Money>, Money) {
        let mut m: BTreeMap<String, Money> = BTreeMap::new(); let mut total = Money(0);
        for (k, x) in [("a", 1), ("é", 2), ("a", 4)] {
            *m.entry(k.to_string()).or_default() += Money(tick(x).await) * 2;
            total += m[k] + Money(tick(x).await);
            if let Some(y) = m.get_mut(k) { *y += -Money(tick(1).await); }
            m.get_mut(k).unwrap().0 -= tick(3).await;
        }
        let s: Money = m.values().copied().sum();
        total += Money(tick(s.0).await);
        (m, total)
    }
    fn a_builder(n: i64 = 3) -> (String, Vec<String>, i64) {
        let mut b = Builder::new().with("a").num(tick(1).await).with(&format!("x{}", tick(2).await)).num(note(9));
        let k4 = tick(4).await; b.add(1).add(k4).add(note(2));
        let s = b.build();
        b = b.num(tick(s.len() as i64).await);
        let (p, k) = b.with("z").num(tick(1).await).fin();
        (s, p, k)
    }
    fn a_queue_with_retries(n: i64 = 3) -> (Vec<i64>, VecDeque<i64>) {
        let mut q: VecDeque<i64> = (0..n).collect(); let mut out = vec![]; let mut tries = BTreeMap::<i64, u32>::new();
        while let Some(job) = q.pop_front() {
            let t = tries.entry(job).or_default();
            *t += 1;
            if tick(job).await % 2 == 1 && *t < 3 { q.push_back(job); continue; }
            out.push(job * 10 + tries[&job] as i64);
            if out.len() > 2 { break; }
        }
        q.extend([tick(1).await, tick(2).await]);
        q.rotate_left(1);
        (out, q)
    }
    fn a_parser_with_two_stacks(src: String = "2 * ( 3 + 4 ) - 5".into()) -> i64 {
        let toks: Vec<&str> = src.split_whitespace().collect();
        let mut nums: Vec<i64> = vec![]; let mut ops: Vec<&str> = vec![];
        let prec = |o: &str| match o { "*" | "/" => 2, "+" | "-" => 1, _ => 0 };
        for t in &toks {
            match *t {
                "(" => ops.push(t),
                ")" => while let Some(o) = ops.pop() && o != "(" { let (b, a) = (nums.pop().unwrap(), nums.pop().unwrap()); nums.push(match o { "+" => a + tick(b).await, "-" => a - tick(b).await, _ => a * tick(b).await }); },
                o @ ("+" | "-" | "*") => { while ops.last().is_some_and(|p| prec(p) >= prec(o)) { let p = ops.pop().unwrap(); let b = nums.pop().unwrap(); let a = nums.pop().unwrap(); nums.push(match p { "+" => a + b, "-" => a - b, _ => tick(a * b).await }); } ops.push(o); }
                num => nums.push(tick(num.parse().unwrap()).await),
            }
        }
        while let Some(o) = ops.pop() { let b = nums.pop().unwrap(); let a = nums.pop().unwrap(); tick(prec(o)).await; nums.push(if o == "+" { a + b } else { a - b }); }
        nums[0]
    }
    fn text_that_is_written(n: i64 = 3) -> String {
        let mut s = String::new();
        write!(s, "{}", tick(n).await).unwrap();
        for i in 0..2 { writeln!(&mut s, "{i}:{:>4}|{:?}", tick(i).await, Some(i)).unwrap(); }
        let w = &mut s;
        write!(w, "{:03}", tick(7).await).ok();
        w.push('é');
        s.insert_str(0, &tick(2).await.to_string());
        s += &format!("{n:+}{0:.1}{name}", tick(5).await as f64, name = tick(6).await);
        s
    }
    fn arguments_that_change_each_other(n: i64 = 3) -> (Vec<String>, String) {
        fn three(a: String, b: usize, c: String) -> String { note(b as i64); format!("{a}/{b}/{c}") }
        let mut s = String::from("a"); let mut out = vec![];
        out.push(three(s, { s = format!("b{}", tick(1).await); s.len() }, std::mem::take(&mut s)));
        s = three(s.clone() + "q", tick(s.len() as i64).await as usize, { s.push('w'); s });
        out.push(three(std::mem::replace(&mut s, "new".into()), tick(s.len() as i64).await as usize, s.clone()));
        let v = vec![1, 2];
        let t = (v.len(), v, tick(2).await);
        out.push(format!("{t:?}"));
        (out, s)
    }
    fn results_and_their_errors(n: i64 = 3) -> Result<i64, String> {
        let mut sum = 0;
        let r: Result<Vec<i64>, String> = { let mut t = vec![]; for i in [2, 4] { t.push(half(tick(i).await)?); } Ok(t) };
        sum += r?.iter().sum::<i64>();
        let e = match half(tick(3).await) { Ok(v) => v, Err(e) if e.contains('3') => { tick(8).await; e.len() as i64 } Err(e) => return Err(e) };
        sum += half(e * 2).and_then(|x| half(x)).or_else(|e| if e.is_empty() { Err(e) } else { Ok(100) })? + tick(sum).await;
        let s: Option<i64> = (|| Some(sum.checked_sub(1)?))();
        let x = s.ok_or("none")? + "7".parse::<i64>().map_err(|e| e.to_string())? + tick(1).await;
        if x % 2 == tick(1).await { Err(format!("x={x}"))? }
        Ok(x)
    }
    fn a_list_of_boxes(n: i64 = 3) -> Vec<i64> {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct L { v: i64, next: Option<Box<L>> }
        let mut head: Option<Box<L>> = None;
        for i in 0..n { head = Some(Box::new(L { v: tick(i).await, next: head.take() })); }
        let mut cur = &head; let mut out = vec![];
        while let Some(l) = cur { out.push(l.v); cur = &l.next; }
        tick(9).await;
        let mut rev = None;
        while let Some(mut l) = head { head = l.next.take(); l.next = rev; l.v += tick(l.v).await; rev = Some(l); }
        while let Some(l) = rev { let L { v, next } = *l; out.push(tick(v).await); rev = next; }
        out
    }
    fn guards_that_move(n: i64 = 3) -> Vec<String> {
        let mut out = vec![]; let mut opt = Some(String::from("é"));
        for i in 0..4 {
            match opt { Some(s) if tick(i).await == 1 => { out.push(s); opt = None; } Some(s) if s.len() > 100 => { opt = Some(s + "x"); } None if i == 3 => { opt = Some(format!("{}", tick(9).await)); } None => { tick(5).await; } Some(s) => { out.push(s.clone()); tick(6).await; opt = Some(s + "+"); } }
        }
        out.extend(opt);
        out
    }
    fn a_state_machine(n: i64 = 3) -> (Vec<String>, St) {
        let mut st = St::New; let mut log = vec![];
        let end = loop {
            log.push(format!("{st:?}"));
            st = match st {
                St::New => St::Paid { by: "b".into(), cents: tick(4).await },
                St::Paid { cents, .. } if cents < 2 => St::Failed("poor".into()),
                St::Paid { by, mut cents } => { let mut v = vec![by]; while cents > 0 { v.push(tick(cents).await.to_string()); cents -= 2; } St::Shipped(v, cents) }
                St::Shipped(mut v, n) if !v.is_empty() => { let x = v.remove(0); tick(x.len() as i64).await; if v.is_empty() { break St::Failed(x) } else { St::Shipped(v, n + 1) } }
                s @ (St::Failed(_) | St::Shipped(..)) => break s,
                St::Pair(..) => unreachable!(),
            };
        };
        (log, end)
    }
}
