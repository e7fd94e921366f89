//! Kinds of expressions and patterns that the other files do not come by, and
//! each kind of pattern with bindings that are needed behind an await.
//!
//! The tables of `docs/lowering.md` name a test for each kind that syn knows.

use super::{bodies, tick};

const LIMIT: i64 = 3;

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct P {
    x: i64,
    name: String,
}

fn point(x: i64) -> P {
    P {
        x,
        name: "p".into(),
    }
}

/// An expression of the caller, as one token tree without delimiters.
macro_rules! same_as {
    ($value:expr) => {
        $value
    };
}

/// A pattern.
macro_rules! range {
    ($from:literal, $to:literal) => {
        $from..=$to
    };
}

/// A function whose operands are such expressions.
macro_rules! grouped {
    ($(#[$attr:meta])? $name:ident, $sum:expr, $other:expr, $plain:expr, $negative:expr, $effect:expr) => {
        $(#[$attr])?
        async fn $name() -> (i64, i64, String) {
            let square = $plain * $plain;
            let text = format!("{} {}", $plain * 2, $plain);
            let opaque = same_as!($plain * 2) - tick(same_as!(2 * $plain)).await;
            $effect;
            (
                $sum * $other,
                square + opaque * $negative.pow(2),
                text + &format!("{}", 3 * $sum),
            )
        }
    };
}

grouped!(
    #[flowstone::flow]
    flow_of_groups,
    tick(2).await + 1,
    tick(4).await + tick(5).await,
    1 + 2,
    -3_i64,
    if tick(1).await == 1 {
        tick(7).await;
    }
);
grouped!(
    plain_of_groups,
    tick(2).await + 1,
    tick(4).await + tick(5).await,
    1 + 2,
    -3_i64,
    if tick(1).await == 1 {
        tick(7).await;
    }
);

#[test]
fn groups() {
    super::same(flow_of_groups(), plain_of_groups());
}

bodies! {
    fn field_of_a_value(n: i64 = 2) -> i64 {
        point(tick(n).await).x + (tick(3).await, tick(4).await).1
    }

    fn repeated_element(n: i64 = 2) -> ([i64; LIMIT as usize], [i64; 0]) {
        ([tick(n).await; LIMIT as usize], [tick(n + 1).await; 0])
    }

    fn underscore(n: i64 = 2) -> i64 {
        let a;
        _ = tick(n).await;
        (a, _) = (tick(3).await, tick(4).await);
        a
    }

    fn parentheses(n: i64 = 2) -> i64 {
        ((tick(n).await) + (tick(3).await)) * (((tick((4)).await)))
    }

    fn negations(n: i64 = 2) -> (i64, bool, i64) {
        let b = Box::new(tick(n).await);
        (-tick(*b).await, !(tick(3).await == 3), *Box::new(tick(4).await))
    }

    fn macro_as_operand(n: i64 = 2) -> i64 {
        same_as!(n + 1) * tick(3).await + same_as!(n)
    }

    fn guard_with_let(n: Option<i64> = Some(4)) -> i64 {
        match n {
            Some(k) if let Some(l) = Some(tick(k).await) && l > 5 => l,
            Some(k) if let Some(l) = Some(tick(k + 1).await) => { tick(l).await + l * 10 + k }
            _ => 0,
        }
    }

    fn patterns_of_values(n: i64 = 4) -> Vec<i64> {
        let mut log = vec![];
        for k in 0..7 {
            match tick(k).await {
                LIMIT => { tick(30).await; log.push(-3); }
                0 => { tick(31).await; log.push(-1); }
                i64::MIN..=1 => { tick(32).await; log.push(-2); }
                l @ (4 | 5) => { tick(33).await; log.push(l); }
                _ if k > n => { tick(34).await; log.push(k); }
                _ => log.push(100),
            }
        }
        log
    }

    fn patterns_of_parts(p: (P, [i64; 4], Option<i64>) = (point(1), [1, 2, 3, 4], Some(5))) -> (i64, String) {
        let (P { x, name: text, .. }, [first, .., last], Some(k)) = p else { return (0, String::new()) };
        tick(x).await;
        (x + first * 10 + last * 100 + k * 1000, text)
    }

    fn patterns_behind_references(v: Vec<(i64, Option<i64>)> = vec![(1, Some(2)), (3, None)]) -> i64 {
        let mut s = 0;
        for &(a, ref b) in &v { tick(a).await; s += a + b.unwrap_or(0); }
        if let [(a, Some(b)), rest @ ..] = &v[..] { tick(*a).await; s += a + b + rest.len() as i64; }
        if let ((a, None)) = v[1] { tick(a).await; s += a; }
        s
    }

    fn guard_of_alternatives(n: Result<i64, i64> = Err(4)) -> i64 {
        let a = match n { Ok(k) | Err(k) if tick(k).await == 5 => 1, Ok(k @ (4 | 5)) | Err(k @ (4 | 6)) if tick(k + 1).await == 5 => k, _ => 0 };
        let b = match (n, Some(2)) { (Ok(4) | Err(4), None | Some(2)) if tick(6).await == 6 => 2, _ => 0 };
        a * 10 + b
    }

    fn macro_as_pattern(n: i64 = 4) -> i64 {
        let k = match tick(n).await { range!(0, 3) => tick(1).await, range!(4, 9) => { tick(2).await; 7 } _ => 0 };
        if let range!(5, 7) = k { tick(k).await } else { 0 }
    }

    fn annotated_pattern(n: i64 = 4) -> (u8, i64) {
        let (a, b): (u8, i64) = (5, tick(n).await);
        tick(b).await;
        (a, b)
    }

    fn code_that_is_not_there(n: i64 = 2) -> i64 {
        let mut x = n;
        #[cfg(any())] { return 5; }
        #[cfg(any())] { x = 9; }
        tick(x).await;
        #[cfg(any())] { x = 10; }
        #[cfg(any())] panic!("not there");
        match n {
            #[cfg(any())] 2 => { x = 20; }
            _ => { tick(8).await; }
        }
        if n == 2 { #[cfg(any())] return 6; }
        let text = String::from("kept");
        if n == 3 { tick(9).await; drop(text); #[cfg(not(any()))] return 7; } else { x += tick(text.len() as i64).await; }
        x
    }
}
