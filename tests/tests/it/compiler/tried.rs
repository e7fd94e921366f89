//! Bodies that wait for several things until one fails: `try_join!`; and alternatives of what
//! ends a race.

use flowstone_tests::differ::{note, see};

use super::{forks, tick};

fn half(n: i64) -> Result<i64, String> {
    if n % 2 == 0 {
        Ok(n / 2)
    } else {
        Err(format!("odd {n}"))
    }
}

forks! {
    fn all_are_even(n: i64 = 4) -> Result<(i64, i64), String> {
        flow::try_join!(
            async { half(tick(n).await * 2) },
            async { let x = tick(n).await; half(tick(x).await * 4) },
        )
    }
    fn the_first_error_ends_it(n: i64 = 3) -> Result<i64, String> {
        let text = format!("n{n}");
        let (a, b) = flow::try_join!(
            async { let x = tick(1).await; note(x); half(tick(n).await * 2 + 1) },
            async { half(tick(text.len() as i64).await * 2) },
        )?;
        see(&text);
        Ok(a + b)
    }
    fn an_error_before_any_await(n: i64 = 3) -> Result<(i64, i64), String> {
        flow::try_join!(
            async { let x = half(n)?; Ok::<_, String>(x + tick(x).await) },
            async { note(tick(n).await); half(tick(2).await) },
        )
    }
    fn handled_and_tried_again(n: i64 = 3) -> Vec<Result<i64, String>> {
        let mut all = Vec::new();
        for round in 0..3 {
            let tried = flow::try_join!(
                async { half(tick(n + round).await) },
                async { half(tick(round).await * 2) },
                async { tick(round).await; Ok(round) },
            );
            all.push(tried.map(|(a, b, c)| a + b + c));
        }
        all
    }
    fn what_is_moved_and_written(n: i64 = 3) -> Result<(Vec<i64>, String), i64> {
        let mut seen = vec![n];
        let name = format!("name{n}");
        let done = flow::try_join!(
            async move { let x = tick(name.len() as i64).await; Ok::<_, i64>(format!("{name}{x}")) },
            async {
                for item in 0..n {
                    seen.push(tick(item).await);
                    if item == 5 { return Err(item) }
                }
                Ok(seen.len())
            },
        );
        let (name, count) = done?;
        seen.push(count as i64);
        Ok((seen, name))
    }
    fn in_a_race_and_with_one_in_it(n: i64 = 2) -> Result<i64, String> {
        flow::race! {
            tried = async {
                let (a, b) = flow::try_join!(
                    async { half(tick(n).await) },
                    async {
                        let (c, d) = flow::join!(tick(n), async { tick(n + 1).await });
                        half(c + d)
                    },
                )?;
                Ok(a + b)
            } => tried,
            late = async { tick(9).await; tick(9).await } => Err(format!("late {late}")),
        }
    }
    fn of_other_errors(n: i64 = 7) -> Result<i64, usize> {
        let (a,) = flow::try_join!(async { half(tick(n).await) }).map_err(|text| text.len())?;
        Ok(a)
    }
    fn alternatives_in_a_race(n: i64 = 3) -> i64 {
        flow::race! {
            Ok(x) | Err(x) = async { let x = tick(n).await; if x > 30 { Ok(x) } else { Err(-x) } } => x,
            (Some(y), _) | (None, y) = async { let y = tick(n).await; (Some(y), y) } => y + 1,
        }
    }
}
