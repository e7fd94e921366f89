//! Iterators that are asked over awaits: what they were made from changes meanwhile, where
//! Rust lets it.

use flowstone_tests::differ::note;

use super::{bodies, tick};

bodies! {
    fn an_index_that_goes_on(n: i64 = 3) -> i64 {
        let rows = vec![vec![1, 2], vec![30, 40], vec![500]];
        let mut i = 0;
        let mut it = rows[i].iter().enumerate();
        i += 1;
        let mut sum = i as i64;
        while let Some((at, x)) = it.next() { sum += tick(*x + at as i64).await; i += 1; }
        sum * 100 + i as i64
    }
    fn bounds_that_change(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4, 5, 6];
        let (mut a, mut b) = (1, 4);
        let mut it = xs[a..b].iter().filter(|x| **x != 3);
        a = 0;
        b = 6;
        let mut sum = 0;
        while let Some(x) = it.next() { sum += tick(*x).await; a += 1; b -= 1; }
        sum * 100 + (a * 10 + b) as i64
    }
    fn counts_that_change(n: i64 = 3) -> Vec<i64> {
        let xs = vec![1, 2, 3, 4, 5, 6, 7, 8];
        let (mut skipped, mut taken, mut size) = (1, 4, 2);
        let mut it = xs.iter().skip(skipped).take(taken).enumerate();
        let mut pairs = xs.chunks(size);
        skipped += 2;
        taken = 1;
        size = 3;
        let mut all = vec![];
        while let Some((i, x)) = it.next() {
            all.push(tick(*x).await + i as i64 * 10);
            if let Some(pair) = pairs.next() { all.push(pair.len() as i64); size += 1; }
            skipped += 1;
        }
        all.push((skipped + taken + size) as i64);
        all
    }
    fn a_range_whose_end_changes(n: i64 = 3) -> Vec<i64> {
        let mut end = n * 3;
        let mut step = 2;
        let mut it = (1..end).step_by(step as usize).map(|x| x * 10);
        end = 100;
        step = 1;
        let mut all = vec![];
        while let Some(x) = it.next() { all.push(tick(x).await); end += 1; }
        all.extend([end, step]);
        all
    }
    fn a_borrow_that_is_replaced(n: i64 = 3) -> i64 {
        let (a, b) = (vec![1, 2, 3], vec![40, 50]);
        let mut rows = &a;
        let mut it = rows.iter().enumerate().map(|(i, x)| i as i64 + x);
        rows = &b;
        let mut sum = 0;
        while let Some(x) = it.next() { sum += tick(x).await + rows[0]; rows = &a; }
        sum
    }
    fn a_text_that_is_replaced(n: i64 = 3) -> Vec<String> {
        let (one, two) = ("a b c".to_owned(), "x y".to_owned());
        let mut text = one.as_str();
        let mut sep = ' ';
        let mut words = text.split(sep).map(|word| word.to_uppercase());
        text = two.as_str();
        sep = 'b';
        let mut all = vec![];
        while let Some(word) = words.next() { tick(1).await; all.push(word + text + &sep.to_string()); }
        all
    }
    fn what_a_call_gave_is_called_once(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3, 4];
        let skipped = |n: usize| { note(n as i64); n };
        let mut it = xs.iter().skip(skipped(1)).enumerate();
        let mut sum = 0;
        while let Some((i, x)) = it.next() { sum += tick(*x).await * i as i64; }
        sum
    }
    fn two_of_one_name(n: i64 = 3) -> i64 {
        let xs = vec![1, 2, 3];
        let mut it = xs.iter().map(|x| x + 1);
        let mut sum = tick(it.next().unwrap()).await;
        let mut it = xs.iter().enumerate().map(|(i, x)| x * i as i64);
        sum += tick(it.next().unwrap()).await;
        while let Some(x) = it.next() { sum += tick(x).await; }
        sum
    }
    fn in_a_loop_with_labels(n: i64 = 3) -> Vec<i64> {
        let rows = vec![vec![1, 2, 3], vec![4, 5], vec![], vec![6]];
        let mut all = vec![];
        let mut outer = rows.iter().enumerate();
        'rows: while let Some((at, row)) = outer.next() {
            let mut inner = row.iter().zip(1..).filter(|(x, k)| (**x + k) % 2 == 0);
            while let Some((x, k)) = inner.next() {
                all.push(tick(*x * k).await);
                if *x == 2 { continue 'rows; }
                if at == 1 && inner.next().is_none() { outer.next(); break; }
            }
            all.push(at as i64);
        }
        all
    }
    fn asked_in_a_macro(n: i64 = 3) -> Vec<i64> {
        let xs = vec![1, 2, 5, 3, 4];
        let limit = n;
        let mut it = xs.iter().enumerate().map(|(i, x)| i as i64 + x);
        let mut all = vec![tick(1).await];
        while matches!(it.next(), Some(x) if x < limit + 1) { all.push(tick(7).await); }
        all.push(it.next().unwrap_or(0));
        all
    }
    fn items_are_moved_out(n: i64 = 3) -> Vec<String> {
        let names = vec!["a".to_owned(), "b".to_owned(), "c".to_owned()];
        let mut it = names.into_iter().enumerate().filter(|(i, _)| *i != 1);
        let mut all = vec![];
        while let Some((i, name)) = it.next() { tick(i as i64).await; all.push(name); }
        all
    }
    fn captured_is_used_behind(n: i64 = 3) -> (i64, Vec<i64>) {
        let xs = vec![1, 2, 3, 4];
        let mut seen = vec![];
        let mut limit = n;
        let mut it = xs.iter().filter(|x| { seen.push(**x); **x < limit });
        let mut sum = 0;
        while let Some(x) = it.next() { sum += tick(*x).await; }
        limit += 1;
        seen.push(limit);
        (sum, seen)
    }
}
