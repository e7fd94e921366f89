//! Bodies that wait for several things: `join!`, `race!`, and `async` blocks.

use flowstone_tests::differ::{note, see};

use super::{forks, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Order {
    id: i64,
    name: String,
    items: Vec<i64>,
}

fn order() -> Order {
    Order {
        id: 7,
        name: "seven".to_owned(),
        items: vec![1, 2, 3],
    }
}

fn half(n: i64) -> Result<i64, String> {
    if n % 2 == 0 {
        Ok(n / 2)
    } else {
        Err(format!("odd {n}"))
    }
}

fn pair_of(order: &Order) -> (i64, String) {
    (order.id, order.name.clone())
}

forks! {
    fn two_operations(n: i64 = 1) -> (i64, i64) {
        flow::join!(tick(n), tick(n + 1))
    }
    fn a_block_of_two_steps(n: i64 = 1) -> i64 {
        let text = format!("n{n}");
        let (a, b) = flow::join!(tick(n), async {
            let x = tick(text.len() as i64).await;
            note(x);
            tick(x + n).await + x
        });
        see(&text);
        a * 100 + b
    }
    fn three_blocks_that_move(o: Order = order(), p: Order = order()) -> (i64, String, Vec<i64>) {
        let Order { id, name, items } = o;
        let (a, b, c) = flow::join!(
            async move { tick(id).await + tick(id * 2).await },
            async move { let n = tick(name.len() as i64).await; format!("{name}{n}") },
            async move {
                let mut out = Vec::new();
                for item in items { out.push(tick(item).await); if item == 2 { break } }
                out
            },
        );
        see(&p);
        (a, b, c)
    }
    fn a_field_that_a_block_gives_back_or_not(o: Order = order(), n: i64 = 3) -> (Order, Result<i64, String>) {
        let mut o = o;
        let (a, _) = flow::join!(
            async {
                o.id = 9;
                let id = o.id;
                let half = half(tick(id).await)?;
                o.id = 5;
                tick(half).await;
                see(&o);
                Ok(half)
            },
            tick(n),
        );
        see(&o.id);
        (o, a)
    }
    fn fields_of_one_local(o: Order = order()) -> (i64, String, i64) {
        let mut o = o;
        let (a, b) = flow::join!(
            async { let n = tick(o.id).await; let taken = o.name; tick(n).await; taken },
            async { let mut sum = 0; for item in &o.items { sum += tick(*item).await; } sum },
        );
        o.items.push(b);
        (o.id, a, o.items.iter().sum())
    }
    fn question_marks_and_returns(n: i64 = 4) -> Result<i64, String> {
        let (a, b, c) = flow::join!(
            async { let x = half(tick(n).await)?; let y = half(tick(x).await)?; Ok::<_, String>(half(y)? + n) },
            async { if tick(n).await > 3 { return Some(String::from("big")) } tick(9).await; None },
            async { for i in 0..n { if tick(i).await == 2 { return Some(i) } } None },
        );
        see(&a); see(&b); see(&c);
        let a = a.unwrap_or(40);
        if a == 0 { return Ok(0) }
        tick(a).await;
        Ok(half(a)? + c.unwrap_or(0))
    }
    fn written_by_one_block(n: i64 = 3) -> (i64, Vec<i64>, String) {
        let mut sum = n;
        let mut seen = vec![n];
        let mut last = String::new();
        let (a, b) = flow::join!(
            async {
                for i in 0..n { sum += tick(i).await; seen.push(sum); }
                if sum > 5 { return sum }
                seen.clear();
                sum + tick(0).await
            },
            async { last = format!("x{}", tick(n).await); last.push('y'); let m = tick(n * 2).await; last.push_str(&m.to_string()); m },
        );
        seen.push(a + b);
        sum += 1;
        tick(sum).await;
        (sum, seen, last)
    }
    fn read_by_two_blocks(o: Order = order()) -> (Order, i64) {
        let mut o = o;
        o.id += 1;
        let (a, b) = flow::join!(
            async { tick(o.id).await; see(&o.name); tick(o.items[0]).await },
            async { for item in o.items.iter() { tick(*item).await; } o.items.len() as i64 + o.id },
        );
        o.items.push(a);
        (o, b)
    }
    fn derived_and_lent(o: Order = order(), vip: bool = true) -> (i64, String) {
        let items = &o.items;
        let word = if vip { "vip" } else { "guest" };
        let first = items.first().unwrap();
        let count = || items.len() as i64;
        let (a, b) = flow::join!(
            async { let mut sum = 0; for item in items.iter().rev() { sum += tick(*item).await * count(); } sum + first },
            async { tick(word.len() as i64).await; format!("{word}{}", tick(*first).await) },
        );
        tick(count()).await;
        (a, b)
    }
    fn through_a_mutable_borrow(v: Vec<i64> = vec![1, 2]) -> Vec<i64> {
        let mut v = v;
        let r = &mut v;
        let (n, _) = flow::join!(
            async { r.push(tick(5).await); r.push(tick(6).await); r.len() as i64 },
            tick(8),
        );
        r.push(n);
        tick(n).await;
        v
    }
    fn blocks_in_blocks(n: i64 = 2) -> (i64, Vec<i64>) {
        let mut log = Vec::new();
        let name = format!("n{n}");
        let (a, b) = flow::join!(
            async {
                let x = tick(n).await;
                let (c, d) = flow::join!(
                    async { log.push(tick(x).await); log.push(tick(x + 1).await); name.len() as i64 },
                    async { let (e, f) = flow::join!(tick(x), async { tick(n).await + tick(x).await }); e + f + name.len() as i64 },
                );
                log.push(c);
                c + d + tick(x).await
            },
            async { let (g, h) = flow::join!(async { tick(n).await }, async { note(1) }); g + h },
        );
        log.push(a);
        tick(b).await;
        (b, log)
    }
    fn in_a_loop(n: i64 = 3) -> Vec<i64> {
        let mut out = Vec::new();
        for i in 0..n {
            let (a, b) = flow::join!(tick(i), async { if i == 1 { return 0 } tick(i * 10).await });
            out.push(a);
            if b == 20 { break }
            out.push(b);
        }
        out
    }
    fn shadowed_names(x: i64 = 1) -> (i64, i64) {
        let y = x + 1;
        let (a, b) = flow::join!(
            async { let x = tick(x).await + y; { let x = tick(x).await; see(&x); } tick(x).await },
            async { let y = tick(y).await; let x = x + y; let y = format!("{x}"); tick(x).await + y.len() as i64 },
        );
        tick(x).await;
        (a + x, b + y)
    }
    fn copies_of_a_mut_local(i: i64 = 1) -> (i64, i64, i64) {
        let mut i = i;
        let (a, b) = flow::join!(
            async move { i += tick(i).await; i += tick(i).await; i },
            async { i += 10; i += tick(i).await; i },
        );
        tick(i).await;
        (a, b, i)
    }
    fn copies_that_later_operands_change(i: i64 = 1) -> (i64, i64, i64, i64) {
        let mut i = i;
        let (a, b, c) = flow::join!(
            async move { i += 1; tick(i).await + tick(i).await },
            tick({ i += 10; i }),
            async move { let x = tick(i).await; i += x; tick(i).await },
        );
        tick(i).await;
        (a, b, c, i)
    }
    fn items_in_a_block(n: i64 = 1) -> i64 {
        let (a, b) = flow::join!(
            async {
                #[derive(serde::Serialize, serde::Deserialize)]
                struct Twice(i64);
                fn double(n: i64) -> Twice { Twice(n * 2) }
                let kept = double(n);
                tick(kept.0).await + kept.0
            },
            async { const STEP: i64 = 5; let m = tick(STEP).await; tick(m + STEP).await },
        );
        a + b
    }
    fn loops_and_guards_in_blocks(v: Vec<i64> = vec![3, 1, 2]) -> (Vec<i64>, i64) {
        let mut rest = v.clone();
        let (a, b) = flow::join!(
            async {
                let mut out = Vec::new();
                'outer: while let Some(n) = rest.pop() {
                    for (i, item) in v.iter().enumerate() {
                        match tick(*item).await {
                            x if tick(x + n).await > 4 => continue 'outer,
                            x if x == n => break 'outer,
                            x => out.push(x + i as i64),
                        }
                    }
                }
                out
            },
            async { let mut sum = 0; for pair in v.windows(2) { let [a, b] = pair else { continue }; sum += tick(*a).await * b; } sum },
        );
        tick(rest.len() as i64).await;
        (a, b)
    }
    fn assigned_before_it_is_read(n: i64 = 1) -> i64 {
        let mut found = 0;
        flow::join!(async { found = tick(n).await; }, tick(2));
        found + 1
    }
    fn parts_in_blocks_of_blocks(o: Order = order()) -> (i64, i64) {
        flow::join!(
            async {
                let won = flow::race! {
                    a = async { see(&o.items); tick(o.id).await } => a,
                    b = async { tick(7).await + o.id } => b,
                };
                see(&o);
                won + tick(o.id).await
            },
            tick(2),
        )
    }
    fn parts_where_ways_of_a_block_meet(o: Order = order()) -> (i64, i64) {
        let pair = pair_of(&o);
        flow::join!(
            async {
                let n = if pair.0 > 1 { let n = tick(pair.0).await; see(&pair); n } else { 2 };
                n + pair.1.len() as i64
            },
            tick(2),
        )
    }
    fn a_part_that_only_a_block_needs(n: i64 = 1) -> (String, i64) {
        let mut x = (n, String::from("a"), String::from("b"));
        tick(n).await;
        x.1 += "c";
        if n > 9 { return (x.1, 0); }
        let (seen, _) = flow::join!(async { let m = tick(2).await; see(&x); x.1.clone() + &m.to_string() }, tick(3));
        let last = x.2;
        tick(last.len() as i64).await;
        x.1 = seen;
        (x.1 + &last, x.0)
    }
    #[allow(unreachable_code)]
    fn a_race_that_is_never_reached(n: i64 = 1) -> i64 {
        let x = tick(n).await;
        if x < 9 { return x } else { return 9 }
        flow::race! { a = tick(x) => a, b = async { tick(3).await } => b }
    }
    fn first_of_two(n: i64 = 1) -> i64 {
        let got = flow::race! {
            a = tick(n) => a,
            b = tick(n + 1) => { let c = tick(b).await; c * 10 }
        };
        got + tick(9).await
    }
    fn race_of_blocks(o: Order = order()) -> (Order, i64) {
        let mut o = o;
        let mut tries = 0;
        let won = flow::race! {
            (a, b) = async { let a = tick(o.id).await; tries += 1; let b = tick(2).await; tries += 10; (a, b) } => a + b + tries,
            c = async { for item in &o.items { tick(*item).await; } 5 } => { tick(c).await; o.items.push(tries); c },
            _ = tick(70) => { o.name.push('!'); 0 },
        };
        tick(tries).await;
        (o, won + tries)
    }
    fn race_in_a_loop(n: i64 = 3) -> Vec<i64> {
        let mut out = vec![];
        let mut left = n;
        'all: loop {
            flow::race! {
                a = tick(left) => { left -= 1; if left == 0 { break } out.push(a); },
                _ = async { tick(50).await; tick(51).await } => break 'all,
                x = async { let x = tick(60).await; half(x + left) } => {
                    let Ok(x) = x else { out.push(-1); continue };
                    out.push(x);
                    if out.len() > 4 { return out }
                },
            }
        }
        out.push(tick(99).await);
        out
    }
    fn joins_of_races(n: i64 = 3) -> (i64, i64) {
        flow::join!(
            async { flow::race! { a = tick(n) => a, b = async { tick(1).await; tick(2).await } => b * 2 } },
            async { let (a, b) = flow::join!(tick(4), async { flow::race! { a = tick(5) => tick(a).await, _ = tick(6) => 0 } }); a - b },
        )
    }
    fn ends_without_waiting(n: i64 = 3) -> (i64, i64) {
        let (a, (), b) = flow::join!(async { note(n) }, async {}, async { if n > 2 { return 1 } tick(2).await });
        let c = flow::race! { x = tick(1) => x, y = async { note(5) } => y, z = async { note(6) } => z };
        let (d,) = flow::join!(async { tick(c).await });
        (a + b, d)
    }
    fn in_expressions(n: i64 = 3) -> String {
        let text = String::from("t");
        let s = format!("{text}{:?}{}", flow::join!(tick(n), async { tick(1).await }), tick(2).await);
        if flow::race! { a = tick(1) => a > 5, b = tick(2) => b == 2 } { return s }
        let total: i64 = [flow::join!(tick(3), tick(4)).0, tick(5).await].iter().sum();
        match flow::join!(tick(total), async { half(tick(n).await) }) {
            (_, Ok(x)) => format!("{s}{x}"),
            (t, Err(e)) => { tick(t).await; format!("{s}{e}{text}") }
        }
    }
    fn a_race_that_never_ends_by_one(n: i64 = 3) -> i64 {
        let mut beats = 0;
        let done = flow::race! {
            d = async { tick(1).await; tick(2).await; tick(n).await } => d,
            _ = async { loop { tick(100).await; beats += 1; see(&beats); } } => 0,
        };
        tick(beats).await;
        done + beats
    }
    fn a_name_that_hides_what_a_block_borrows(n: i64 = 3) -> (i64, i64, String) {
        let was = &n;
        let mut n = order();
        let (a, b) = flow::join!(tick(4), async { n.id += *was; tick(n.id).await; n.items.push(*was); n.id + *was });
        see(&n);
        (a, b, format!("{n:?}"))
    }
    fn a_name_of_one_type_that_hides_another(n: i64 = 3) -> (i64, i64) {
        let was = &n;
        let mut n = 10;
        let (a, b) = flow::join!(tick(4), async { n += tick(*was).await; n += 100 + *was; tick(n).await });
        (a + b, n + *was)
    }
    fn behind_a_race_that_always_returns(input: Option<i64> = Some(2), more: Vec<i64> = vec![1]) -> i64 {
        let won: i64 = flow::race! {
            c = tick(2) => { return c; },
            d = async {
                if let Some(k) = &input { tick(*k).await; }
                for i in 0..4 { see(&input); if tick(i).await == 2 { break } }
                4
            } => { return d; }
        };
        see(&won);
        see(&input);
        see(&more);
        tick(3).await
    }
}
