//! Iterators in a `mut` variable that is asked for one item after the other, over awaits.

use flowstone_tests::differ::note;

use super::{bodies, tick};

bodies! {
    fn numbered_lines(n: i64 = 3) -> i64 {
        let text = "a\nbb\nccc".to_owned();
        let mut lines = text.lines().enumerate();
        let mut sum = 0;
        while let Some((i, line)) = lines.next() { sum += tick(i as i64).await * line.len() as i64; }
        sum
    }
    fn a_numbered_list(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let mut it = xs.iter().enumerate();
        let mut sum = 0;
        while let Some((i, x)) = it.next() { sum += tick(i as i64).await * x; }
        sum
    }
    fn zipped(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let ys = vec![5, 6, 7];
        let mut it = xs.iter().zip(ys.iter());
        let mut sum = 0;
        while let Some((y, x)) = it.next() { sum += tick(*y).await * x; }
        sum
    }
    fn an_owned_one_is_numbered(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let mut it = xs.into_iter().enumerate();
        let mut sum = 0;
        while let Some((i, x)) = it.next() { sum += tick(i as i64).await * x; }
        sum
    }
    fn chunks(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let mut it = xs.chunks_exact(2);
        let mut sum = 0;
        while let Some(c) = it.next() { sum += tick(c[0]).await * c[1]; }
        sum
    }
    fn some_windows(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let mut it = xs.windows(2).take(2);
        let mut sum = 0;
        while let Some(c) = it.next() { sum += tick(c[0]).await * c[1]; }
        sum
    }
    fn filtered(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let mut it = xs.iter().filter(|x| **x > 1);
        let mut sum = 0;
        while let Some(c) = it.next() { sum += tick(*c).await; }
        sum
    }
    fn parsed_parts_of_a_text(n: i64 = 3) -> i64 {
        let text = "1,2,x".to_owned();
        let mut it = text.split(',').map(|x| x.parse::<i64>());
        let mut sum = 0;
        while let Some(Ok(c)) = it.next() { sum += tick(c).await; }
        sum
    }
    fn closures_are_called_when_an_item_is_asked_for(n: i64 = 3) -> (i64, Option<i64>) {
        let xs = vec![1, 2, 3, 4, 5, 6];
        let mut it = xs.iter().filter(|x| { note(**x); **x > 1 }).map(|x| x * 2);
        let first = it.next();
        let mut sum = tick(first.unwrap()).await;
        for x in it { sum += tick(x).await; if x > 8 { break } }
        (sum, first)
    }
    fn rows_behind_a_header(n: i64 = 3) -> i64 {
        let text = "name,age\nx,2\ny,5".to_owned();
        let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let header = rows.next().unwrap();
        let mut sum = 0;
        for row in rows { sum += tick(row[1].parse().unwrap()).await * header.len() as i64; }
        sum
    }
    fn a_closure_that_counts(n: i64 = 3) -> (i64, i64) {
        let xs = vec![1, 2, 3, 4, 5, 6];
        let mut count = 0;
        let mut it = xs.into_iter().filter(|x| { count += 1; x % 2 == 0 });
        let mut sum = 0;
        while let Some(x) = it.next() { sum += tick(x).await; if it.next().is_none() { break } }
        (sum, count)
    }
    fn several_in_one(n: i64 = 3) -> Vec<i64> {
        let (names, ages) = (vec!["a".to_owned(), "b".to_owned()], vec![1, 2, 3]);
        let mut both = names.iter().zip(&ages).enumerate().skip(n as usize - 3);
        let mut all = vec![];
        loop {
            let Some((at, (name, age))) = both.next() else { break };
            all.push(tick(*age).await + at as i64 + name.len() as i64);
            all.push(*age);
        }
        all.push(both.count() as i64);
        all
    }
    fn ranges(n: i64 = 3) -> i64 {
        let mut ids = (0..n * 3).filter(|x| x % 2 == 1);
        let mut it = (0..10).step_by(3);
        let a = tick(ids.next().unwrap()).await;
        let b = tick(it.next().unwrap()).await;
        let c = tick(it.next().unwrap()).await;
        a + ids.sum::<i64>() + b + c + it.map(|x| x * 2).sum::<i64>()
    }
    fn numbered_behind_a_filter(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4, 5, 6];
        let mut it = xs.iter().filter(|x| **x > 2).enumerate().map(|(i, x)| i as i64 * x);
        let mut sum = 0;
        for x in it.by_ref() { sum += tick(x).await; if sum > 9 { break } }
        while let Some(x) = it.next() { sum += 10 * tick(x).await; }
        sum
    }
    fn a_number_in_a_text_and_one_that_is_captured(n: i64 = 3) -> (i64, i64) {
        let xs = vec![1, 2, 3];
        let mut it = xs.iter().map(|x| x * 2);
        let (mut sum, text) = (tick(it.next().unwrap()).await, format!("{}", it.next().unwrap()));
        {
            let ys = vec![n];
            sum += tick(ys[0]).await;
        }
        let mut left = (0..3).map(|x| x + n);
        let mut add = |y: i64| y + left.next().unwrap_or(0);
        sum += add(1) + add(2);
        (sum, tick(text.len() as i64).await)
    }
    fn in_loops_and_asked_after_the_end(n: i64 = 3) -> Vec<i64> {
        let rows = vec![vec![1, 2, 3], vec![], vec![4]];
        let mut all = vec![];
        for row in &rows {
            let mut it = row.windows(2).map(|pair| pair[0] * pair[1]);
            while let Some(x) = it.next() {
                if x > 4 { all.push(tick(x).await); continue; }
                all.push(it.next().map_or(n, |y| y + x));
                all.push(tick(x).await);
            }
            all.push(it.next().is_none() as i64);
        }
        let found = { let mut it = rows[0].iter().enumerate().rev(); tick(n).await; it.find(|(at, x)| **x < n) };
        all.extend(found.map(|(at, x)| at as i64 * 10 + x));
        all
    }
}
