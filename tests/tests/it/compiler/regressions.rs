//! Bodies that were once compiled wrongly, each by itself.

use super::{bodies, tick};

fn bump(n: &mut i64) {
    *n += 100;
}

fn idx(n: usize) -> usize {
    n
}

fn two(a: &i64, b: i64) -> i64 {
    a * 100 + b
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct P {
    x: i64,
    y: i64,
    name: String,
}

bodies! {
    // Seed 3502, body 29: the initialiser of a variable names a field of what it hides.
    fn a_field_of_what_is_hidden(c: (i64, String, Vec<i64>) = (1, "a".to_owned(), vec![2])) -> (i64, String, Vec<i64>) {
        let mut all = Vec::new();
        if tick(1).await > 0 {
            let mut c = (vec![c.2.len() as i64], c.0 + 1);
            tick(c.1).await;
            c.1 = 5;
            all.push(c.1 + c.0[0]);
        }
        (all.pop().unwrap_or(c.0), c.1, c.2)
    }
    fn deref_changed_by_call(n: i64 = 1) -> i64 {
        let mut x = n;
        let r = &mut x;
        let s = *r + { bump(r); tick(1).await };
        s
    }

    fn destructuring_assign_operand(n: i64 = 1) -> i64 {
        let mut x = n; let mut y = 2;
        let s = x + { (x, y) = (10, 20); tick(1).await };
        s + y
    }

    fn index_write(n: i64 = 1) -> i64 {
        let mut v = vec![1, 2, 3];
        let s = v[0] + { v[idx(0)] = 10; tick(1).await };
        s + n
    }

    fn index_write_expr(n: i64 = 1) -> i64 {
        let mut v = vec![1, 2, 3]; let i = 1;
        let s = v[0] + { v[i - 1] += 10; tick(1).await };
        s + n
    }

    fn ref_mut(n: i64 = 1) -> i64 {
        let mut x = n;
        x + { let ref mut q = x; *q = 7; tick(1).await }
    }

    fn match_ref_mut(n: i64 = 1) -> i64 {
        let mut x = Some(n);
        let t = (x, { match x { Some(ref mut q) => *q = 7, None => {} } tick(1).await });
        t.0.unwrap() + t.1
    }

    fn copied_by_pattern(n: i64 = 1) -> i64 {
        let mut m = n;
        let &k = &m;
        m += 5;
        tick(m).await;
        k
    }

    fn copied_by_pattern_opt(n: i64 = 1) -> i64 {
        let mut m = Some(n);
        if let &Some(k) = &m {
            m.take();
            tick(9).await;
            k
        } else { 0 }
    }

    fn ref_index_changed(v: Vec<i64> = vec![1, 2, 3]) -> i64 {
        let mut i = 0;
        two(&v[i], { i = 2; tick(1).await }) + i as i64
    }

    fn let_else_field(p: P = P { x: 1, y: 2, name: "p".into() }) -> (usize, P) {
        let mut p = p;
        let r = &mut p;
        let y = r.y;
        r.y *= 7;
        let z = (r.x, y);
        tick(y).await;
        r.name.push('x');
        (z.1 as usize + y as usize, p)
    }

    fn old_of_field(p: P = P { x: 1, y: 2, name: "p".into() }) -> (i64, P) {
        let mut p = p;
        let r = &mut p;
        let old = r.x;
        r.x += 10;
        tick(1).await;
        r.y += 1;
        (old, p)
    }

    fn old_in_for(v: Vec<P> = vec![P { x: 1, y: 2, name: "p".into() }]) -> (Vec<P>, i64) {
        let mut v = v;
        let sum = 0;
        for item in &mut v {
            let before = item.x;
            item.x += 5;
            tick(1).await;
            item.y += before;
        }
        (v, sum)
    }

    fn match_field_of_derived(p: P = P { x: 1, y: 2, name: "p".into() }) -> (i64, P) {
        let mut p = p;
        let r = &mut p;
        let o = match r.x { k => { r.x = 9; tick(1).await; r.y = 9; k } };
        (o, p)
    }
}
