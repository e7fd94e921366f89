//! Blocks of a `join!` or `race!` that use different parts of one local.

use flowstone_tests::differ::{note, see};

use super::{forks, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Parts {
    a: Vec<i64>,
    b: Vec<i64>,
    c: Option<String>,
    n: i64,
}

fn parts() -> Parts {
    Parts {
        a: vec![1],
        b: vec![2],
        c: Some("c".to_owned()),
        n: 3,
    }
}

forks! {
    fn both_write(p: (i64, i64) = (1, 2)) -> ((i64, i64), i64) {
        let mut p = p;
        flow::join!(async { p.0 = tick(10).await; }, async { p.1 = 5; });
        let (m, _) = flow::join!(async { p.0 += 10; p.0 += tick(p.0).await; p.0 }, async { p.1 += tick(p.1).await; p.1 *= tick(p.1).await; });
        (p, m + p.0)
    }
    fn one_writes_and_one_reads(p: (i64, i64) = (1, 2)) -> (i64, i64) {
        let mut p = p;
        let (m, n) = flow::join!(async { p.0 += 10; p.0 += tick(p.0).await; p.0 }, async { tick(p.1).await + p.1 });
        (m + n + p.0, p.1)
    }
    fn one_writes_and_one_takes(p: (Vec<i64>, Vec<i64>) = (vec![1], vec![2])) -> (Vec<i64>, i64) {
        let mut p = p;
        let (_, b) = flow::join!(async { p.0.push(tick(10).await); p.0.push(tick(11).await); }, async { tick(1).await; let v = p.1; tick(v.len() as i64).await });
        (p.0, b)
    }
    fn through_borrows(p: Parts = parts()) -> Parts {
        let mut p = p;
        let a = &mut p.a;
        let b = 4;
        let q = &mut p.b;
        flow::join!(async { a.push(tick(1).await); a.push(tick(b).await); }, async { q.push(tick(2).await) });
        let q = &mut p;
        flow::join!(async { q.a.push(tick(1).await); q.n += 1; }, async { q.b.push(tick(2).await); q.b.push(tick(3).await); });
        see(&p.n);
        p
    }
    fn through_patterns(p: Parts = parts()) -> Vec<Parts> {
        let mut p = p;
        let Parts { a, n, .. } = &mut p;
        flow::join!(async { for m in a.iter_mut() { *m += tick(*m).await; } }, async { *n += tick(*n).await; *n += tick(*n).await; });
        if let Parts { b, c: Some(c), .. } = &mut p {
            flow::join!(async { b.push(tick(1).await); b.push(tick(3).await); }, async { c.push_str(&tick(9).await.to_string()); });
        }
        let mut ps = vec![p, parts()];
        for Parts { a, b, .. } in &mut ps {
            flow::join!(async { a.push(tick(1).await); }, async { b.push(tick(2).await); b.push(tick(a_number()).await) });
        }
        ps
    }
    fn races(n: i64 = 2) -> (i64, i64) {
        let mut st = (n, n);
        flow::race! {
            () = async { st.0 += tick(1).await; st.0 += 1; } => (),
            () = async { st.1 += 1; tick(9).await; st.1 += 1; } => (),
        }
        note(st.0);
        st
    }
    fn blocks_in_blocks(p: Parts = parts()) -> (Parts, i64) {
        let mut p = p;
        let (_, m) = flow::join!(
            async {
                flow::join!(async { p.a.push(tick(1).await); p.a.push(tick(2).await); }, async { p.b.push(tick(3).await); });
                p.a.push(tick(4).await);
            },
            async { p.n += tick(p.n).await; let (k, _) = flow::join!(async { p.n += tick(5).await; p.n }, tick(6)); k },
        );
        (p, m)
    }
    fn read_by_all(v: Vec<i64> = vec![1, 2]) -> (i64, i64, Vec<i64>) {
        let mut v = v;
        v.push(tick(3).await);
        let (a, b) = flow::join!(async { tick(v.len() as i64).await + v[0] }, async { let mut s = 0; for n in &v { s += tick(*n).await; } s });
        v.push(4);
        (a, b, v)
    }
    fn one_writes_a_part_and_takes_another(p: (i64, Vec<i64>, i64) = (1, vec![2, 3], 4)) -> (i64, i64, i64) {
        let mut p = p;
        let (a, b) = flow::join!(
            async { p.2 += tick(1).await; let v = p.1; tick(v[0]).await; p.2 += v[1]; v.len() as i64 },
            async { p.0 = tick(p.0).await; p.0 }
        );
        (a + b, p.0, p.2)
    }
    fn a_race_writes_a_part_and_takes_another(p: Parts = parts()) -> (Vec<i64>, i64) {
        let mut p = p;
        let won = flow::race! {
            a = async { p.n += tick(p.n).await; let b = p.b; let c = p.c; p.a.push(tick(b[0]).await); b.len() as i64 + c.map_or(0, |c| c.len() as i64) } => a,
            b = tick(4) => b
        };
        (p.a, p.n + won)
    }
    fn a_loop_in_a_block_copies_parts(n: i64 = 3) -> (i64, i64) {
        let mut p = (n, 2, String::from("x"));
        let (a, _) = flow::join!(
            async { for i in 0..3 { p.0 += tick(p.1 + i).await; if p.0 > 5 { let p = (p.1, 7); note(p.0 + tick(p.1).await); } } tick(p.2.len() as i64).await + p.1 },
            tick(9)
        );
        (a, p.0 + p.1)
    }
}

fn a_number() -> i64 {
    6
}
