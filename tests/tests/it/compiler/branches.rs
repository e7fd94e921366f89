//! `if`, `match`, let chains, let-else, short circuits.

use super::{bodies, tick};

bodies! {
    fn await_in_both_branches(c: bool = true) -> i64 {
        let before = 10;
        let got = if c { tick(1).await } else { tick(2).await + 100 };
        tick(got + before).await
    }

    fn await_in_one_branch_only(c: bool = false) -> i64 {
        let mut sum = 0;
        if c {
            sum += tick(1).await;
        }
        sum += tick(2).await;
        if !c {
            sum += tick(3).await;
        }
        sum
    }

    fn else_if_chain(n: i64 = 2) -> String {
        let text = if n == 1 {
            format!("one {}", tick(1).await)
        } else if n == 2 {
            let x = tick(2).await;
            format!("two {x}")
        } else {
            "many".to_string()
        };
        tick(9).await;
        text
    }

    fn await_in_condition(n: i64 = 4) -> i64 {
        if tick(n).await == 4 && tick(5).await == 5 { tick(6).await } else { tick(7).await }
    }

    fn false_condition_skips_the_second(n: i64 = 3) -> i64 {
        if tick(n).await == 4 && tick(5).await == 5 { tick(6).await } else { tick(7).await }
    }

    fn let_chain(n: Option<i64> = Some(3)) -> i64 {
        if let Some(x) = n && tick(x).await == 3 && let y = tick(x + 1).await && y > x {
            tick(x + y).await
        } else {
            -1
        }
    }

    fn or_skips(n: i64 = 1) -> bool {
        let a = tick(n).await == 1 || tick(2).await == 2;
        let b = tick(3).await == 1 || tick(4).await == 4;
        a && b && (tick(5).await == 0 || true)
    }

    fn match_with_awaits(n: i64 = 2) -> i64 {
        let r = match tick(n).await {
            1 => 10,
            x @ 2..=5 if x % 2 == 0 => tick(x * 10).await + x,
            _ => 0,
        };
        r + tick(99).await
    }

    fn match_on_a_borrow(v: Vec<String> = vec!["a".into(), "bc".into()]) -> usize {
        let total = match v.as_slice() {
            [] => 0,
            [one] => one.len(),
            [first, rest @ ..] => {
                let n = first.len() + rest.len();
                tick(5).await;
                n
            }
        };
        total + v.len()
    }

    fn match_arms_that_return(n: i64 = 1) -> Result<i64, String> {
        let x = match n {
            0 => return Err("zero".into()),
            1 => tick(1).await,
            _ => return Ok(tick(2).await),
        };
        Ok(x + tick(3).await)
    }

    fn if_let_binding_lives_on(m: Option<String> = Some("hello".into())) -> usize {
        if let Some(text) = m {
            let a = tick(1).await;
            text.len() + usize::try_from(a).unwrap()
        } else {
            0
        }
    }

    fn if_let_on_a_borrow_is_made_again(m: Option<String> = Some("hello".into())) -> String {
        let mut out = String::new();
        if let Some(text) = &m {
            out.push_str(text);
            tick(1).await;
            out.push_str(text);
        }
        out + m.as_deref().unwrap_or("none")
    }

    fn let_else(m: Option<i64> = None) -> i64 {
        let Some(x) = m else {
            let y = tick(7).await;
            return y + 1;
        };
        tick(x).await
    }

    fn let_else_on_an_await(n: i64 = 5) -> i64 {
        let 5 = tick(n).await else { return -1 };
        let (a, b) = (tick(1).await, tick(2).await);
        a * 10 + b
    }

    fn question_marks(n: i64 = 8) -> Result<i64, String> {
        fn half(n: i64) -> Result<i64, String> {
            if n % 2 == 0 { Ok(n / 2) } else { Err(format!("{n} is odd")) }
        }
        let a = half(tick(n).await)?;
        let b = half(tick(a).await)? + half(tick(a + 2).await)?;
        half(tick(b).await)?;
        Ok(1)
    }

    fn question_mark_on_option(n: Option<i64> = Some(1)) -> Option<i64> {
        let x = n?;
        let y = (tick(x).await == 1).then_some(5)?;
        Some(x + y + tick(y).await)
    }

    fn branch_value_with_a_declared_type(c: bool = true) -> usize {
        let f: Option<Box<dyn Fn(usize) -> usize>> = if c { Some(Box::new(|x| x + 1)) } else { None };
        let n = f.map_or(0, |f| f(1));
        let text: String = if c { tick(1).await.to_string() } else { String::new() };
        n + text.len()
    }

    fn nested_ifs_in_condition(c: bool = true) -> i64 {
        if (if c { tick(1).await == 1 } else { false }) { tick(2).await } else { tick(3).await }
    }

    fn never_typed_branches(n: i64 = 1) -> i64 {
        let x = if n > 0 { tick(n).await } else { panic!("no") };
        let y: i64 = match x { 1 => tick(4).await, _ => unreachable!() };
        x + y
    }

    fn join_after_a_branch_that_only_returns(n: i64 = 1) -> i64 {
        let text = String::from("x");
        let r = &text;
        if n == 0 {
            tick(1).await;
            return 0;
        }
        i64::try_from(r.len()).unwrap() + tick(2).await
    }

    fn awaits_in_guards(n: Option<i64> = Some(4)) -> i64 {
        let a = match n {
            None => 0,
            Some(k) if k > 100 => tick(100).await,
            Some(k) if tick(k).await == 5 && k > 0 => 1,
            Some(4) if tick(6).await == 7 => 2,
            Some(k) if k == 4 && tick(k + 1).await == 5 => { let t = tick(8).await; t + k }
            Some(_) => 3,
        };
        a + tick(9).await
    }

    fn awaits_in_guards_of_borrows(t: (i64, String) = (2, "x".to_string())) -> String {
        let mut t = t;
        match &mut t {
            (1, s) if tick(1).await == 1 => s.push('1'),
            (k, s) if tick(*k).await == 2 => { tick(*k).await; *k += 1; s.push('2'); }
            (_, s) => s.push('_'),
        }
        match t.1.as_str() {
            "x" if tick(5).await == 5 => "five".to_string(),
            _ if tick(6).await == 0 => "six".to_string(),
            _ => t.1,
        }
    }

    fn a_guard_over_an_awaited_scrutinee(n: i64 = 3) -> Result<i64, String> {
        loop {
            let got = match tick(n).await {
                3 if tick(1).await == 2 => continue,
                k if tick(k + 1).await == 4 => k,
                k if k == n => return Err(tick(7).await.to_string()),
                _ => break Ok(0),
            };
            if got == 3 { break Ok(got + tick(8).await) }
        }
    }

    fn awaits_in_matches(n: Option<i64> = Some(4)) -> bool {
        let a = matches!(n, Some(k) if tick(k).await == 4);
        let b = matches!(tick(5).await, 4 | 5);
        let c = matches!(tick(6).await, k if k > 6 && tick(k).await == 6);
        a && b && !c || matches!(n, None if tick(7).await == 7)
    }

    fn guards_look_and_arms_take(r: Result<String, String> = Ok("abc".to_string())) -> String {
        let mut state = r; let mut n = 0;
        loop {
            n += 1;
            state = match state {
                Ok(text) if text.len() > 5 => return text,
                Ok(ref text) if tick(text.len() as i64).await == 2 => Err(text.clone()),
                Ok(text) if tick(text.len() as i64).await == 3 && n < 4 => { tick(n).await; Ok(text + "d") }
                Ok(text) => Err(text),
                Err(mut text) if text == "abcd" && tick(9).await == 9 => { text.push('!'); return text; }
                Err(text) => Ok(format!("{text}efg")),
            };
        }
    }
    fn guards_that_bind_names_again(v: Vec<i64> = vec![1, 5, 9], o: Option<i64> = Some(5)) -> i64 {
        struct Found { n: i64 }
        match o {
            Some(n) if tick(v.iter().filter(|n| **n > 4).count() as i64).await == 2
                && { let f = Found { n }; tick(f.n).await == n }
                && (match v.first() { Some(n) => *n, None => n }) == 1
                && { let n = n + 1; tick(n).await == 6 }
                && v.iter().map(|n| n + 1).sum::<i64>() + n == 23 => n + 100,
            Some(n) => n,
            None => 0,
        }
    }
    fn assigned_in_the_second_condition(n: i64 = 1, m: i64 = 8) -> (i64, i64, i64) {
        let (mut a, mut b, mut c) = (n, n, n);
        let got = tick(n).await;
        if got + n > m && { a = 2; true } { tick(2).await; }
        loop {
            let Some(got) = (got > m).then_some(got) else { b = 7; break; };
            tick(got).await;
            break;
        }
        let d = loop {
            if let Some(got) = (got < m).then_some(got) { break got; }
            c = 2;
            break 4;
        };
        (a, b + d, c)
    }
    fn assigned_behind_what_reads_it(n: i64 = 1) -> (String, i64) {
        let (mut a, mut b) = (n, n);
        let got = tick(n).await;
        let text = { let text = format!("{a}"); a = 2; text };
        match got { got if b > got + 5 => { b = 3; } _ => { b = 9; } }
        (text, tick(a).await + b)
    }

    fn a_guard_that_hides_what_is_matched(a: (i64, i64) = (1, 2), t: Option<String> = Some("ab".into())) -> (i64, String) {
        let n = match a {
            (a, _) if tick(a).await > 5 => a,
            (_, mut a) if tick(a).await == 2 => { a += tick(a).await; a }
            _ => 0,
        };
        let text = match t {
            Some(t) if tick(t.len() as i64).await > 2 => t,
            Some(mut t) if t == "ab" && tick(9).await == 9 => { t.push('!'); tick(1).await; t }
            t => format!("{t:?}"),
        };
        (n, text)
    }
}
