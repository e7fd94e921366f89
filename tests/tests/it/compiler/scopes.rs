//! Shadowing, blocks, moves, names that clash.

use super::{bodies, tick};

bodies! {
    fn straight_line(a: i64 = 1, b: String = "b".into()) -> String {
        let x = tick(a).await;
        let y = tick(x + 1).await;
        format!("{b}{x}{y}")
    }

    fn no_await_at_all(a: i64 = 1) -> i64 { a + 1 }

    fn shadowing_in_one_block(a: i64 = 1) -> String {
        let x = tick(a).await;
        let x = format!("{x}!");
        tick(2).await;
        let x = x.len();
        tick(3).await;
        format!("{x}")
    }

    fn shadowing_in_nested_blocks(a: i64 = 1) -> String {
        let x = format!("outer {a}");
        let r = {
            let x = tick(2).await;
            let y = { let x = x + 10; tick(x).await; x };
            tick(3).await;
            x + y
        };
        tick(4).await;
        format!("{x} {r}")
    }

    fn shadowing_in_branches_and_loops(a: i64 = 2) -> String {
        let x = String::from("out");
        let mut log = String::new();
        for x in 0..a {
            if x == 0 {
                let x = "zero";
                log += x;
                tick(7).await;
            } else {
                let log2 = format!("{x}");
                let x = tick(8).await;
                tick(x).await;
                log += &log2;
            }
            tick(x).await;
        }
        match a {
            x if x > 1 => { tick(x).await; log += &x.to_string(); }
            _ => {}
        }
        if let Some(x) = Some(a) { tick(x * 2).await; log += &x.to_string() }
        log + &x
    }

    fn inner_shadows_what_goes_on_without_waiting(a: i64 = 2) -> i64 {
        let x = a;
        {
            let x = x + 1;
            if x == 3 { tick(1).await; }
            let y = x;
            if y == 4 { tick(2).await; }
        }
        x
    }

    fn conditional_move(a: i64 = 2) -> usize {
        let s = String::from("moved");
        if a == 1 {
            drop(s);
            tick(1).await;
            return 0;
        }
        tick(2).await;
        s.len()
    }

    fn moved_then_set_again(a: i64 = 2) -> usize {
        let mut s = String::from("first");
        tick(1).await;
        let t = s;
        tick(2).await;
        s = t + "second";
        tick(a).await;
        s.len()
    }

    fn deferred_initialisation(a: i64 = 2) -> i64 {
        let x;
        let y: i64;
        if a > 1 { x = tick(1).await; } else { x = 5; }
        { let x = x + 1; tick(x).await; y = x; }
        tick(9).await;
        x + y
    }

    fn destructuring(a: i64 = 2) -> i64 {
        let (x, (y, mut z)) = (tick(a).await, (2, vec![1]));
        z.push(tick(x + y).await);
        let [p, q] = [tick(5).await, x];
        z[1] + p + q + y
    }

    fn borrow_of_a_place(a: Vec<String> = vec!["x".into(), "yy".into()]) -> usize {
        let first = &a[0];
        let all = &a;
        let n = first.len();
        tick(1).await;
        let m = first.len() + all.len();
        tick(2).await;
        n + m + all[1].len()
    }

    fn mutable_borrow_of_a_place(a: Vec<i64> = vec![1, 2]) -> Vec<i64> {
        let mut a = a;
        let r = &mut a;
        r.push(tick(1).await);
        tick(2).await;
        r.push(4);
        a.push(5);
        a
    }

    fn names_that_clash(state: i64 = 1, run: i64 = 2, cx: i64 = 3) -> i64 {
        let frame = tick(state).await;
        let done = tick(run).await;
        let __flow_state = 5;
        let op = tick(cx).await;
        let r#match = tick(6).await;
        frame + done + __flow_state + op + r#match + state + run + cx
    }

    fn items_in_the_body(a: i64 = 1) -> i64 {
        const TWO: i64 = 2;
        fn add(a: i64, b: i64) -> i64 { a + b + TWO }
        let x = tick(a).await;
        #[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
        struct Pair(i64, i64);
        let p = Pair(x, tick(TWO).await);
        tick(3).await;
        add(p.0, p.1)
    }

    fn unused_results_and_underscores(a: i64 = 1) -> i64 {
        let _ = tick(a).await;
        let _unused = tick(2).await;
        tick(3).await;
        a
    }

    fn inline_format_captures(a: i64 = 1) -> String {
        let name = String::from("n");
        let width = 5usize;
        tick(a).await;
        let s = format!("{name:>width$}");
        tick(2).await;
        format!("{s}{name}")
    }

    fn many_locals(a: i64 = 1) -> i64 {
        let (b, c, d, e, f, g, h, i, j, k) = (a, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        let s = tick(1).await;
        a + b * c + d * e + f * g + h * i + j * k + s + tick(b + k).await
    }
}
