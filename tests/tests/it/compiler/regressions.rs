//! Bodies that were once compiled wrongly, each by itself.

use super::{bodies, same, tick};

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

/// Seed 3615, body 133: an argument is replaced in a state that had no value of it, and a
/// field of the new one is needed at once.
#[test]
fn an_argument_is_replaced() {
    #[flowstone::flow]
    async fn machine(mut d: (i64, String, i64)) -> i64 {
        tick(1).await;
        d = (4, "b".to_owned(), 3);
        {
            let x = d.0;
            d = (x + 1, d.1, tick(d.2).await);
        }
        d.1.len() as i64 + d.0 * 10 + d.2
    }

    async fn plain(mut d: (i64, String, i64)) -> i64 {
        tick(1).await;
        d = (4, "b".to_owned(), 3);
        {
            let x = d.0;
            d = (x + 1, d.1, tick(d.2).await);
        }
        d.1.len() as i64 + d.0 * 10 + d.2
    }

    let d = (1, "a".to_owned(), 2);
    same(machine(d.clone()), plain(d));
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

/// What a call lends, of which a part is taken by value: that is no borrow. And values of
/// branches that nobody takes, where one end does not say its type.
mod taken_from_what_is_lent {
    use super::super::{bodies, tick};

    bodies! {
        fn field_of_a_pair(n: i64 = 3) -> i64 {
            let mut v = vec![(n, "a".to_owned())];
            let k = v.last_mut().unwrap().0;
            v[0].0 = 9;
            tick(k).await + k + v[0].0
        }
        fn behind_a_question_mark(n: i64 = 3) -> Option<i64> {
            let mut o = Some((n, 2));
            let k = o.as_mut()?.0;
            let (p, q) = (o.as_ref()?.1, o.as_mut()?.0);
            Some(tick(k).await + p + q + o?.0)
        }
        fn matched(n: i64 = 3) -> i64 {
            let mut v = vec![(n, Some(4))];
            let a = match v.last_mut().unwrap().1 { Some(x) => { v[0].1 = None; tick(x).await + x } None => 4 };
            let b = if let Some(x) = v.last_mut().unwrap().1 { tick(x).await + x } else { 2 };
            a * 10 + b
        }
        fn thrown_away(o: Option<i64> = Some(2)) -> usize {
            let mut m = std::collections::BTreeMap::from([(1, 2)]);
            match o { Some(l) => m.insert(l, tick(9).await), None => None };
            if m.len() > 1 { Some(tick(1).await) } else { None };
            let _ = match o { Some(l) => { Ok(tick(l).await) } None => Err("none") };
            m.len()
        }
    }
}
