//! What a block of a `join!` writes through a borrow, while names that are nearer to
//! it are the same.

use flowstone_tests::differ::{note, see};

use super::{forks, tick};

forks! {
    fn written_behind_a_shared_name(b: i64 = 1) -> (i64, i64, i64) {
        let mut b = b;
        let x = &mut b;
        let b = 40;
        let (m, n) = flow::join!(async { tick(b).await }, async {
            for b in 0..2 { *x += tick(*x + b).await; }
            tick(b).await;
            *x += 1;
            b
        });
        (*x, m, n)
    }
    fn written_behind_an_own_name(b: i64 = 1) -> (i64, i64) {
        let mut b = b;
        let x = &mut b;
        let (m, n) = flow::join!(async {
            let mut b = tick(*x).await;
            { let b = tick(b + 1).await; note(b); }
            *x += tick(b).await;
            b += 1;
            *x += b;
            tick(b).await
        }, tick(7));
        (*x, m + n)
    }
    fn written_behind_both(b: i64 = 1) -> (i64, i64) {
        let mut b = b;
        let x = &mut b;
        let b = 30;
        let (m, n) = flow::join!(async {
            let inner = tick(b).await;
            let b = tick(*x + inner).await;
            *x += b;
            { let b = tick(b).await; *x += b; }
            b + tick(*x).await
        }, async { tick(b).await + b });
        (*x, m - n)
    }
    fn two_written_of_one_name(b: i64 = 1) -> (i64, i64, i64) {
        let mut b = b;
        let x = &mut b;
        let mut b = 20;
        let y = &mut b;
        let b = 5;
        let (m, n) = flow::join!(async {
            *x += tick(*y).await;
            *y += tick(*x + b).await;
            *x += 1;
            b
        }, async { tick(b).await });
        (*x, *y, m + n)
    }
    fn a_written_name_behind_a_written_one(b: i64 = 1) -> (i64, i64) {
        let mut b = b;
        let x = &mut b;
        let mut b = 20;
        flow::join!(async {
            b += tick(*x).await;
            *x += tick(b).await;
            b += 1;
            see(&b);
            tick(*x).await
        }, tick(3));
        (*x, b)
    }
    fn written_by_a_block_in_a_block(b: i64 = 1) -> (i64, i64, i64) {
        let mut b = b;
        let x = &mut b;
        let b = 50;
        let (m, n) = flow::join!(async {
            *x += tick(b).await;
            let (p, q) = flow::join!(async {
                *x += tick(*x).await;
                *x += 1;
                tick(b).await
            }, tick(b + 1));
            *x += tick(*x + p).await;
            q
        }, async { tick(b).await });
        (*x, m, n + b)
    }
    fn moved_and_hidden(b: String = "one".to_owned()) -> (usize, usize) {
        let mut b = b;
        let x = &mut b;
        let b = "second".to_owned();
        flow::join!(async move {
            x.push_str(&tick(b.len() as i64).await.to_string());
            let n = tick(1).await;
            x.push('!');
            b.len() + x.len() + n as usize
        }, async { tick(2).await as usize })
    }
}
