//! Shapes that everyday code has, and that were refused once.

use std::collections::BTreeMap;

use flowstone_tests::differ::{note, see};

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Node {
    n: i64,
    name: String,
    kids: Vec<Node>,
    next: Option<Box<Node>>,
}

fn tree() -> Node {
    let leaf = |n: i64| Node {
        n,
        name: format!("n{n}"),
        kids: vec![],
        next: None,
    };
    let mut root = leaf(1);
    root.kids = vec![
        Node {
            kids: vec![leaf(5), leaf(6)],
            ..leaf(2)
        },
        leaf(3),
    ];
    root.next = Some(Box::new(Node {
        next: Some(Box::new(leaf(8))),
        ..leaf(7)
    }));
    root
}

fn rows() -> Vec<(i64, String)> {
    vec![
        (3, "three".to_owned()),
        (9, "nine".to_owned()),
        (4, "four".to_owned()),
    ]
}

fn double(n: i64) -> i64 {
    n * 2
}

fn find(v: &[(i64, String)]) -> &(i64, String) {
    v.iter().max_by_key(|row| row.0).expect("there are rows")
}

fn own(root: &Node) -> Node {
    root.clone()
}

fn counts() -> BTreeMap<i64, i64> {
    BTreeMap::from([(1, 10), (2, 20)])
}

bodies! {
    fn a_part_of_a_borrow_leaves_its_scope(v: Vec<(i64, String)> = rows()) -> (usize, Option<String>) {
        let r = { let s = v.last().unwrap(); tick(s.0).await; &s.1 };
        let mut longest = None;
        if let Some(s) = v.iter().max_by_key(|s| s.0) { tick(s.0).await; longest = Some(&s.1); }
        tick(r.len() as i64).await;
        (r.len(), longest.cloned())
    }
    fn a_part_leaves_a_scope_that_hides_a_name(v: Vec<(i64, String)> = rows(), s: String = "own".to_owned()) -> (usize, usize, i64) {
        let r = { let s = v.last().unwrap(); tick(s.0).await; &s.1 };
        let mut longest = &s;
        let mut sum = 0;
        for s in &v { tick(s.0).await; if s.1.len() > longest.len() { longest = &s.1; } sum += s.1.len() as i64; }
        let kept = { let mut s = (tick(4).await, s.clone(), vec![1]); tick(s.0).await; s.2.push(2); while s.2.len() < 5 { let more = tick(1).await; s.2.push(more); } s.1.push('!'); s.1.len() };
        (r.len() + s.len(), longest.len() + kept, sum)
    }
    fn a_part_beside_a_number_leaves_such_a_scope(v: Vec<(i64, String)> = rows(), s: String = "own".to_owned()) -> (usize, i64) {
        let mut sum = 0;
        let r = { let s = v.last().unwrap(); tick(s.0).await; tick(s.0).await; sum += double(s.0); &s.1 };
        let q = { let s = find(&v); let mut n = 0; while n < s.0 { n = tick(n + 2).await; sum += double(s.0); } sum += double(s.0); &s.1 };
        (r.len() + s.len() + q.len(), sum)
    }
    fn a_field_beside_a_number_leaves_such_a_scope(root: Node = tree(), s: String = "own".to_owned()) -> (usize, i64, Vec<String>) {
        let mut sum = 0;
        let r = { let s = root.kids.last().unwrap(); tick(s.n).await; sum += double(s.n); loop { if tick(s.n).await > 2 { break; } sum += s.name.len() as i64; } &s.name };
        let t = { let s = own(&root); tick(s.n).await; sum += double(s.n); let name = s.name; while sum < 40 { sum += tick(s.n).await + 5; } vec![name] };
        (r.len() + s.len(), sum, t)
    }
    fn a_walk_through_a_tree(root: Node = tree()) -> (i64, Vec<String>) {
        let (mut sum, mut names) = (0, Vec::new());
        let mut stack = vec![&root];
        while let Some(node) = stack.pop() {
            sum += tick(node.n).await;
            names.push(node.name.clone());
            stack.extend(&node.kids);
        }
        (sum, names)
    }
    fn a_walk_along_a_list(root: Node = tree()) -> i64 {
        let mut sum = 0;
        let mut link = Some(&root);
        while let Some(node) = link { sum += tick(node.n).await; link = node.next.as_deref(); }
        sum
    }
    fn parts_of_items_are_collected(all: Vec<(i64, String)> = rows(), n: i64 = 3) -> (Vec<String>, usize) {
        let mut picked = Vec::new();
        for first in all.iter().filter(|row| row.0 > n) {
            let name = &first.1;
            let price = tick(first.0).await;
            if price > 4 { picked.push(name); }
        }
        tick(0).await;
        (picked.into_iter().cloned().collect(), all.len())
    }
    fn a_part_that_hides_one_of_its_name(v: Vec<(i64, String)> = rows(), s: String = "outer".to_owned()) -> (String, usize) {
        let name = { let s = v.first().unwrap(); tick(s.0).await; s.1.clone() };
        let n = { let s = v.last().unwrap(); tick(s.0).await; tick(s.0 + 1).await; s.1.len() };
        (s + &name, n)
    }
    fn read_through_a_borrow_before_an_await(m: BTreeMap<i64, i64> = counts()) -> (i64, i64, i64) {
        let mut m = m;
        let t = m.entry(1).or_insert(0);
        *t += 1;
        let a = *t + tick(1).await;
        let u = m.entry(7).or_insert(70);
        let b = std::cmp::max(*u, tick(2).await);
        let w = m.get_mut(&2).unwrap();
        *w += 5;
        (a, b, *w - tick(3).await)
    }
    fn a_branch_after_its_await(n: i64 = 4) -> (Vec<i64>, Vec<i64>, i64) {
        let (mut a, mut b) = (vec![n], vec![]);
        let target = if tick(n).await > 3 { &mut a } else { &mut b };
        target.push(100);
        let other = match tick(1).await { 1 if n > 9 => &mut a, x if x > 0 => &mut b, _ => &mut a };
        other.push(200);
        let mut left = 0;
        let found = 'out: {
            for k in 0..3 {
                if tick(k).await == 2 && k < n { break 'out k }
                left = match tick(k).await { 0 => continue, x => x * 2 };
            }
            9
        };
        if let (Some(x), y) = (Some(tick(5).await), n) && x > y { see(&x); return (a, b, x) }
        (a, b, found + left)
    }
    fn receivers_that_are_made_again(n: i64 = 2) -> (Vec<Vec<i64>>, BTreeMap<i64, Vec<i64>>) {
        let mut out = vec![vec![1], vec![]];
        let mut m = BTreeMap::from([(1, vec![]), (2, vec![5])]);
        for x in 0..n {
            out.last_mut().unwrap().push(tick(x).await);
            out[0].push(tick(x + 1).await);
            m.get_mut(&1).unwrap().extend([tick(x).await, tick(9).await]);
        }
        out.first_mut().unwrap().insert(0, tick(out_of(n)).await);
        (out, m)
    }
    fn a_value_behind_two_returns(n: i64 = 3, s: String = "some".to_owned()) -> i64 {
        let mut lent: Vec<(i64, &str)> = vec![(1, "one")];
        lent.push((tick(n).await, s.as_str()));
        see(&lent);
        let kept = std::mem::take(&mut ({
            if n > 1 { return tick(1).await; } else { return lent.len() as i64; }
            if tick(4).await > 3 { note(1); }
            vec![n]
        }));
        kept.len() as i64
    }
    fn counted_in_a_map(words: Vec<i64> = vec![1, 2, 1]) -> (BTreeMap<i64, i64>, Vec<f64>, i64) {
        let mut m = counts();
        for word in words {
            *m.entry(word).or_default() += tick(word).await;
            *m.get_mut(&note(1)).unwrap() -= 1 + tick(note(2)).await;
        }
        let mut v = vec![1.5, 2.5];
        v[tick(1).await as usize] *= tick(2).await as f64;
        *v.last_mut().unwrap() += f64::from(tick(3).await as i32);
        let mut bits = [6i64, 7];
        bits[(tick(3).await % 2) as usize] ^= tick(1).await;
        (m, v, bits[0] + bits[1])
    }
}

fn out_of(n: i64) -> i64 {
    n * 3
}
