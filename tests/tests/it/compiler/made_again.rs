//! Places that methods make or find, and values that are made anew in each state: entries of
//! maps, `&mut` out of methods of one's own, iterators that were not asked yet, tables of
//! functions.

use std::collections::BTreeMap;

use flowstone_tests::differ::see;

use super::{bodies, tick};

#[derive(Debug, Default, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
struct Money(i64);

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, more: Money) {
        self.0 += more.0;
    }
}

#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
struct Cart {
    lines: Vec<Vec<i64>>,
    hits: i64,
}

impl Cart {
    fn add_line_mut(&mut self) -> &mut Vec<i64> {
        self.hits += 1;
        self.lines.push(vec![]);
        self.lines.last_mut().expect("one was added")
    }
    fn line_mut(&mut self, i: usize) -> &mut Vec<i64> {
        self.lines.get_mut(i).expect("it is there")
    }
    fn find_mut(&mut self, i: usize) -> Option<&mut Vec<i64>> {
        self.lines.get_mut(i)
    }
    fn total(&self) -> i64 {
        self.lines.concat().iter().sum()
    }
    // It ends in `_mut`, and gives no borrow.
    fn next_mut(&mut self) -> i64 {
        self.hits += 10;
        self.hits
    }
}

fn add(a: i64, b: i64) -> i64 {
    a + b
}

fn mul(a: i64, b: i64) -> i64 {
    a * b
}

bodies! {
    fn one_function_or_another(n: i64 = 3) -> Vec<i64> {
        let mut all = vec![];
        for k in 0..n {
            let f = if k > 1 { add } else { mul };
            let x = tick(k).await;
            let g: fn(i64, i64) -> i64 = match k { 0 | 1 => add, _ => mul };
            all.push(f(x, n) * tick(g(x, n)).await);
            all.push(f(g(n, n), n));
        }
        let mut big = n > 2;
        let f = if big { mul } else { add };
        big = tick(n).await > 100;
        all.push(f(n, big as i64));
        all
    }
    fn entries_of_entries(n: i64 = 3) -> BTreeMap<String, BTreeMap<String, Vec<i64>>> {
        let mut m: BTreeMap<String, BTreeMap<String, Vec<i64>>> = BTreeMap::new();
        for (a, b) in [("x", "y"), ("x", "z"), ("x", "y")] {
            m.entry(a.to_string()).or_default().entry(b.to_string()).or_default().push(tick(n).await);
        }
        m
    }
    fn sums_of_a_type_of_its_own(n: i64 = 3) -> BTreeMap<String, Money> {
        let mut m: BTreeMap<String, Money> = BTreeMap::new();
        for k in ["a", "b", "a"] {
            *m.entry(k.to_string()).or_default() += Money(tick(n).await);
        }
        let mut v = vec![Money(1)];
        *v.last_mut().unwrap() += Money(tick(2).await);
        if let Some(x) = v.first_mut() { *x += Money(tick(3).await); }
        m.insert("v".into(), v[0]);
        m
    }
    fn methods_of_its_own(n: i64 = 3) -> (Vec<Vec<i64>>, i64) {
        let mut cart = Cart::default();
        cart.add_line_mut().push(n);
        cart.line_mut(0)[0] += tick(n).await;
        if let Some(line) = cart.find_mut(0) { line.push(5); }
        let c = &mut cart;
        let x = c.next_mut().wrapping_add(tick(c.total()).await);
        see(&cart);
        (cart.lines, cart.hits + x)
    }
    fn an_entry_with_a_name(n: i64 = 3) -> BTreeMap<String, Vec<i64>> {
        let mut m: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for k in ["b", "a", "b"] {
            let list = m.entry(k.to_string()).or_default();
            list.push(tick(n).await);
            list.push(tick(list.len() as i64).await);
        }
        let e = m.entry("z".into()).or_insert_with(|| vec![1]);
        tick(1).await;
        e.push(2);
        let f = m.entry("a".into()).and_modify(|list| list.clear()).or_insert_with(Vec::new);
        f.push(tick(4).await);
        m
    }
    fn an_iterator_that_waits(n: i64 = 3) -> Vec<i64> {
        let v: Vec<i64> = { let mut t = Vec::new(); for i in 0..n { t.push(tick(i).await); } t };
        let lazy = v.iter().map(|x| x + n);
        let some = (1..n).filter(|x| v.contains(x)).skip(1);
        let k = tick(2).await;
        let mut all: Vec<i64> = lazy.map(|x| x * k).collect();
        all.push(tick(all.len() as i64).await);
        all.extend(some);
        all
    }
    fn slices_of_borrows(n: i64 = 3) -> usize {
        let words = ["a", "bb", "ccc"];
        let (before, after) = words.split_at(1);
        tick(before.len() as i64).await;
        let rest = words.get(2..).unwrap_or_default();
        let some = vec![Some("a"), None];
        let (first, others) = some.split_first().unwrap();
        tick(n).await;
        see(&(before, rest, first, others));
        after.concat().len()
    }
    fn tables_of_functions(n: i64 = 3) -> i64 {
        let ops: [fn(i64, i64) -> i64; 2] = [add, mul];
        let mut acc = 1;
        for op in ops { acc = op(acc, tick(n).await); }
        for op in &ops { acc = op(acc, tick(2).await); }
        let table: Vec<(&str, fn(i64, i64) -> i64)> = vec![("add", add), ("mul", mul)];
        for (name, f) in table.iter() { acc = f(acc, tick(name.len() as i64).await); }
        let named: [(&str, fn(i64, i64) -> i64); 2] = [("add", add), ("mul", mul)];
        for (name, f) in named { acc = f(acc, tick(name.len() as i64).await); }
        acc
    }
}

#[test]
fn a_map_without_an_order_has_entries_in_one_segment() {
    #[flowstone::flow(allow(unordered_collections, reason = "nobody goes over it"))]
    async fn machine(mut counts: std::collections::HashMap<String, i64>) -> i64 {
        let a = counts.entry("a".into()).or_insert(2);
        *a += 3;
        let sum = *a;
        tick(sum).await + counts["a"]
    }

    async fn plain(mut counts: std::collections::HashMap<String, i64>) -> i64 {
        let a = counts.entry("a".into()).or_insert(2);
        *a += 3;
        let sum = *a;
        tick(sum).await + counts["a"]
    }

    super::same(
        machine([("b".to_owned(), 1)].into()),
        plain([("b".to_owned(), 1)].into()),
    );
}
