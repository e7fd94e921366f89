//! Bugs of other compilers that turn functions into machines, each as a flow.
//!
//! | where | what went wrong | test |
//! | --- | --- | --- |
//! | stealthrocket/coroutine | `a() && b()` ran both | `booleans` |
//! | stealthrocket/coroutine | cases of a switch were all tried | `cases_end_with_the_first` |
//! | stealthrocket/coroutine | siblings ran from right to left | `siblings_in_a_literal` |
//! | regenerator 28 | a value that is awaited twice | `sum_of_two` |
//! | regenerator 206 | an operand that changes meanwhile | `operand_changes_meanwhile` |
//! | regenerator 244, babel 2385 | calls of what calls give | `chained_calls` |
//! | regenerator 345 | `x += await` | `operand_changes_meanwhile` |
//! | regenerator 379 | a receiver that an argument names | `receiver_is_assigned` |
//! | regenerator | an await of an await of an await | `awaits_of_awaits` |
//! | regenerator | arrays and objects around awaits | `siblings_in_a_literal` |
//! | regenerator | `object[await] += await` | refused: `ui-tests/fail/waits/order_of_assignment.rs` |
//! | dotty-cps-async 67 | the receiver after its arguments | `chained_calls` |
//! | Roslyn | places with parts that are evaluated | `places_of_parts` |
//! | scala-async `anf.scala` | named, default and many arguments | `named_default_and_many_arguments` |
//! | scala-async `booleans.scala`, dotty-cps-async 66, graaljs 110, `tink_await` 29, waymark 590 | the skipped side ran | `booleans` |
//! | same | a condition that is a branch | `branches::nested_ifs_in_condition` |
//! | same | an argument that is not needed | `an_argument_awaits_always` |
//! | perry 5934, to-promises 75 | a condition awaited once | `loops::while_condition_awaits_each_time` |
//! | Bridge 2502, nodent 63, perry 5885, jsse 651 and 669 | a jump of an inner loop | `loops::jumps_in_await_free_inner_loops` |
//! | to-promises 46 and 47 | a `break` that never left | `loops::break_after_await_in_while_true` |
//! | moonbit 3567 | `break` before `continue` | `continue_behind_a_break` |
//! | Yo 129 | an outer loop that ran once | `loops_in_loops` |
//! | regenerator 162 and 169 | `break` out of any block | `breaks_out_of_blocks` |
//! | babel 913 and 996 | `continue` of an outer loop | `loops::labels` |
//! | babel 8985 | `break` in a `match` in a loop | `match_in_a_loop` |
//! | jsse 672 | a `match` at the end of a loop | `match_in_a_loop` |
//! | scala-async 93 | a stack that grew each round | `many_rounds` |
//! | scala-async `edge-cases.scala` | loops as values and conditions | `loops_as_conditions`, `hunted::unit_stuff` |
//! | regenerator 173, 192 and 200, babel 9019 | `finally` on the way out | `drops_on_each_way_out` |
//! | regenerator 5 and 65, scala-async `ifelse3` | one name in two blocks | `one_name_in_many_blocks` |
//! | babel 15594, TypeScript 10889 | a closure over the round's binding | `closure_of_a_round` |
//! | TypeScript 37686 | names of temporaries | `names_like_ours` |
//! | scala-async | shadowing, also at once | `scopes::shadowing_in_branches_and_loops` |
//! | scala-async `string-switch-bug` | an inner name hides one of a loop | `one_name_in_many_blocks` |
//! | scala-async `hygiene.scala` | variables with the names of ours | `names_like_ours`, `hunted::user_names` |
//! | scala-async 104 and 120 | branches without a value | `branches::never_typed_branches` |
//! | scala-async | `()` as a generic argument | `unit_as_a_generic_argument` |
//! | scala-async | one arm panics | `big_match` |
//! | scala 12990 | guards that await | `branches::awaits_in_guards` |
//! | scala-async | a cascade of patterns, and overlapping ones | `big_match` |
//! | scala-async `live.scala` | values live for too long, or too short | `needed_no_longer`, `needed_in_a_closure_only` |

use flowstone_tests::differ::note;

use super::{bodies, same, tick};

/// Notes when it is dropped.
struct Guard(i64);

impl Drop for Guard {
    fn drop(&mut self) {
        note(self.0);
    }
}

#[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
struct P {
    a: i64,
    b: i64,
    inner: Vec<i64>,
}

impl P {
    fn call(mut self, n: i64) -> Self {
        note(n);
        self.a = self.a * 10 + n;
        self
    }
}

fn start(n: i64) -> P {
    note(n);
    P {
        a: n,
        ..P::default()
    }
}

// The order of evaluation.
bodies! {
    fn sum_of_two(n: i64 = 0) -> i64 {
        tick(n).await + tick(n).await
    }

    fn operand_changes_meanwhile(n: i64 = 3) -> (i64, i64, i64) {
        let mut a = n;
        let product = a * { a = 10; tick(2).await };
        let mut x = 1;
        x += { x = 100; tick(5).await };
        let mut y = 1;
        y = y + { y = 100; tick(5).await };
        (product, x, y)
    }

    fn chained_calls(n: i64 = 1) -> P {
        let p = start(tick(n).await).call(tick(2).await).call(tick(3).await);
        let q = start(4).call(tick(5).await + note(6));
        P { b: q.a, ..p }
    }

    fn receiver_is_assigned(n: i64 = 1) -> i64 {
        let mut r = n;
        let x = { r = tick(5).await; r }.max(r + 1);
        let y = (r - { r = 1; tick(7).await }).pow(r as u32 + 1);
        x * 1000 + y * 10 + r
    }

    fn awaits_of_awaits(n: i64 = 1) -> i64 {
        tick(tick(tick(n).await + 1).await + 1).await
    }

    fn siblings_in_a_literal(n: i64 = 1) -> ([i64; 3], P, (i64, i64)) {
        let mut a = n;
        let three = [a, { a += 1; tick(a).await }, a];
        let p = P { b: a - tick(a).await, a: { a = 9; tick(8).await }, inner: vec![a, tick(note(7)).await] };
        let two = (note(tick(10).await), note(tick(11).await));
        (three, p, two)
    }

    fn places_of_parts(n: i64 = 1) -> Vec<P> {
        let mut v = vec![P::default(), start(n)];
        let mut i = 0;
        v[i].a = { i = 1; tick(7).await };
        v[i].inner.push({ tick(8).await });
        v[i].inner[0] += tick(9).await;
        v[note(0) as usize].b = tick(note(3)).await;
        let r = &mut v[1];
        r.b -= tick(r.a).await;
        v
    }

    fn named_default_and_many_arguments(n: i64 = 1) -> (String, Vec<i64>, P) {
        let text = format!("{b} {a} {} {0}", tick(n).await, a = tick(2).await, b = tick(3).await);
        let many = [note(4), tick(5).await, note(6), tick(7).await].to_vec();
        let p = P { b: tick(8).await, ..start(tick(9).await) };
        (text, many, p)
    }
}

// What is skipped.
bodies! {
    fn booleans(n: i64 = 1) -> Vec<bool> {
        let mut all = vec![];
        for a in [0, 1] {
            for b in [0, 1] {
                all.push(tick(a).await == n && tick(b).await == n);
                all.push(a == n && tick(b + 10).await == n + 10);
                all.push(tick(a + 20).await == n + 20 && b == n);
                all.push(tick(a + 30).await == n + 30 || tick(b + 30).await == n + 30);
                all.push(a == n || tick(b + 40).await == n + 40);
                all.push(tick(a + 50).await == n + 50 || b == n);
                all.push(!(tick(a + 60).await == n + 60 && b == n || tick(70).await == 0));
                all.push((a == n) & (tick(b + 80).await == n + 80) | (tick(90).await == 0));
            }
        }
        all
    }

    fn cases_end_with_the_first(n: i64 = 2) -> i64 {
        let mut sum = 0;
        for k in 1..6 {
            sum += match k {
                1 | 2 if tick(k).await == n => 100,
                2 | 3 if tick(k * 10).await == 30 => 200,
                _ if tick(k * 100).await == 400 => 300,
                _ => 400,
            };
        }
        sum
    }

    fn an_argument_awaits_always(n: i64 = 1) -> i64 {
        Some(n).unwrap_or(tick(2).await) + None.unwrap_or(tick(3).await)
    }
}

// Loops and jumps.
bodies! {
    fn continue_behind_a_break(n: i64 = 3) -> i64 {
        let mut i = 0;
        loop {
            i += 1;
            if tick(i).await == n { break }
            continue
        }
        i
    }

    fn loops_in_loops(n: i64 = 2) -> i64 {
        let mut sum = 0;
        for i in 0..n {
            let mut j = 0;
            while tick(j).await < n {
                loop { if tick(i + j).await >= 0 { break } }
                for k in 0..n { sum += tick(k).await; }
                j += 1;
            }
            sum += tick(i * 10).await;
        }
        sum
    }

    fn breaks_out_of_blocks(limit: i64 = 3) -> Vec<i64> {
        let mut all = vec![tick(0).await];
        for i in 0..limit {
            'top: {
                all.push(tick(1).await);
                'middle: {
                    all.push(tick(2).await);
                    if i > 5 { all.push(tick(3).await); }
                    all.push(tick(4).await);
                    if i == 0 { break 'middle }
                    all.push(tick(5).await);
                    if i == 1 { break 'middle }
                    all.push(tick(6).await);
                    break 'top;
                }
                all.push(tick(8).await);
            }
        }
        all.push(tick(9).await);
        all
    }

    fn match_in_a_loop(n: i64 = 2) -> Vec<i64> {
        let mut all = vec![];
        let mut i = 0;
        loop {
            i += 1;
            match tick(i).await {
                1 => all.push(tick(10).await),
                2 => { if n == 2 { continue } break }
                3 => {}
                k => { for j in 0..k { if j == 1 { break } all.push(tick(j).await) } if k == 5 { break } }
            }
        }
        while i < 8 {
            i += 1;
            match i { 7 => { tick(70).await; } _ => all.push(i) }
        }
        all
    }

    fn many_rounds(n: i64 = 200_000) -> i64 {
        let mut sum = 0;
        for i in 0..n {
            if i % 90_000 == 7 { sum += tick(i).await; }
            sum += 1;
        }
        sum
    }

    fn loops_as_conditions(n: i64 = 2) -> i64 {
        let mut i = 0;
        let () = while tick(i).await < n { i += 1 };
        if { while tick(i).await < 5 { i += 1 } i == 5 } && (loop { i += 1; if tick(i).await > 6 { break i > 0 } }) {
            for _ in 0..({ while i < 9 { i += tick(1).await } 2 }) { i += 10 }
        }
        i
    }
}

// Names.
bodies! {
    fn one_name_in_many_blocks(n: i64 = 1) -> Vec<i64> {
        let mut all = vec![];
        { let a = n; all.push(tick(a).await); }
        { let a = n + 1; all.push(tick(a).await); all.push(a); }
        let a = 3; all.push(tick(a).await);
        let b = if a == 3 { let x = tick(4).await; let y = tick(5).await; x + y } else { let x = 1; let y = tick(x).await; y - x };
        let c = { let x = tick(6).await; x } + { let x = tick(7).await; x * 2 };
        let x = 100;
        for i in 0..2 { let x = tick(x + i).await; { let x = x * 2; tick(x).await; all.push(x) } all.push(x); }
        all.extend([a, b, c, x]);
        all
    }

    fn closure_of_a_round(n: i64 = 2) -> Vec<i64> {
        let mut all = vec![];
        for i in 0..n {
            let j = i * 10;
            let show = |k: i64| i + j + k;
            all.push(show(tick(1).await));
            let own = move || j + 1;
            tick(own()).await;
            all.push(own());
        }
        all
    }

    fn names_like_ours(__flow_t0: i64 = 1, __flow_t1: i64 = 2) -> i64 {
        let __flow_y0 = tick(__flow_t0).await;
        let __flow_state = [__flow_t1, tick(__flow_y0).await, __flow_t1].len() as i64;
        let resume = __flow_state; let result = tick(resume).await; let __flow_run = result + 1;
        let __flow_frame = 'm: { let __flow_o0 = tick(__flow_run).await; break 'm __flow_o0 };
        resume + result + __flow_t0 + __flow_t1 + __flow_y0 + __flow_run + __flow_frame
    }
}

fn id<T>(value: T) -> T {
    value
}

// Types and patterns.
bodies! {
    fn unit_as_a_generic_argument(n: i64 = 1) -> (Option<()>, ()) {
        let a = Some(if n == 1 { tick(1).await; });
        let b = id(match n { 1 => { tick(2).await; } _ => {} });
        let c: Vec<()> = vec![id({ tick(3).await; }), b];
        (a, id(c.into_iter().for_each(drop)))
    }

    fn big_match(p: Vec<(i64, Option<String>)> = vec![(0, None), (1, Some("one".into())), (1, None), (7, Some("x".into())), (8, None), (2, Some("two".into()))]) -> Vec<String> {
        let mut all = vec![];
        for (n, text) in p {
            let got = match (n, text) {
                (0, _) => format!("zero {}", tick(1).await),
                (1, Some(text)) if text == "two" => "no".to_string(),
                (1, Some(text)) if text.len() == 4 => panic!("no"),
                (1, Some(text)) => { let t = tick(2).await; format!("{text} {t}") }
                (k @ 1..=5, None) => { tick(k).await; k.to_string() }
                (k, Some(_)) if k > 5 && tick(k).await == 7 => "seven".to_string(),
                (k, None) | (k, Some(_)) => tick(k * 10).await.to_string(),
            };
            all.push(got);
        }
        all
    }

    fn needed_in_a_closure_only(n: i64 = 1) -> i64 {
        let base = tick(n).await;
        let other = vec![base, 2];
        tick(2).await;
        let add = move |k: i64| base + k + other[1];
        add(tick(3).await)
    }
}

#[flowstone::flow]
async fn drops(token: String) -> usize {
    let big = token.clone() + "!";
    tick(1).await;
    let len = big.len();
    tick(2).await;
    for _ in 0..2 {
        tick(3).await;
    }
    len
}

#[test]
fn needed_no_longer() {
    let kept = |state: usize| {
        let (shape, site) = (drops::shape(), &drops::shape().states[state]);
        let names = site.stored().map(|local| shape.locals[local]);
        names.collect::<Vec<_>>()
    };
    assert_eq!(kept(0), ["big"]);
    assert_eq!(kept(1), ["len"]);
    assert!(!kept(2).contains(&"big"), "{:?}", kept(2));
}

/// Leaves nested scopes with guards in them in each way there is.
macro_rules! leaves {
    ($(#[$attr:meta])? $name:ident) => {
        $(#[$attr])?
        async fn $name(way: i64) -> Result<i64, String> {
            let mut i = 0;
            'outer: loop {
                i = tick(i + 1).await;
                let _outer = Guard(i * 100);
                'block: {
                    let _inner = Guard(i * 100 + 1);
                    for k in 0..2 {
                        let _round = Guard(i * 100 + 10 + k);
                        match (way, i) {
                            (0, 1) => break 'block,
                            (1, 1) => continue 'outer,
                            (2, 1) => continue,
                            (3, 2) => return Ok(note(i)),
                            (4, 2) => Err("left".to_owned())?,
                            (5, 2) => break,
                            (_, 3) => break 'outer,
                            _ => {}
                        }
                        let _last = (Guard(i * 100 + 20), Guard(i * 100 + 21));
                    }
                    note(i * 100 + 30);
                }
                note(i * 100 + 40);
                drop(_outer);
                tick(50).await;
            }
            tick(60).await;
            Ok(i)
        }
    };
}

leaves!(
    #[flowstone::flow]
    leaves_flow
);
leaves!(leaves_plain);

/// Of values that no await lies over: of others `docs/lowering.md` says when.
#[test]
fn drops_on_each_way_out() {
    for way in 0..6 {
        same(leaves_flow(way), leaves_plain(way));
    }
}
