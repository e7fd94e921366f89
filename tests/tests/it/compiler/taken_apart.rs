//! Locals that are taken apart a second time, by a pattern, where something has been
//! moved out of them already.

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Who {
    name: String,
    age: i64,
    tags: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Order {
    id: String,
    who: Who,
    items: Vec<i64>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Pair(String, Vec<i64>);

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum Single {
    Only { a: String, b: Vec<i64> },
}

fn order() -> Order {
    Order {
        id: "o".to_owned(),
        who: Who {
            name: "n".to_owned(),
            age: 7,
            tags: vec![1, 2],
        },
        items: vec![3, 4, 5],
    }
}

bodies! {
    fn by_let(o: Order = order()) -> (String, i64) {
        let w = o.who;
        let n = tick(w.age).await;
        let Order { id, items, .. } = o;
        let m = tick(items.len() as i64).await;
        (id, n + m)
    }
    fn by_match(o: Order = order()) -> String {
        let w = o.who;
        tick(w.age).await;
        match o { Order { id, items, .. } => { tick(items[0]).await; id } }
    }
    fn by_if_let(o: (String, Option<Vec<i64>>) = ("a".to_owned(), Some(vec![4]))) -> (String, i64) {
        let name = o.0;
        let mut n = tick(name.len() as i64).await;
        if let Some(items) = o.1 { n += tick(items[0]).await; }
        (name, n)
    }
    fn nested_by_match(o: Order = order()) -> (String, Vec<i64>) {
        let name = o.who.name;
        tick(name.len() as i64).await;
        match o { Order { who: Who { age, tags, .. }, id, .. } => { tick(age).await; (id, tags) } }
    }
    fn in_a_block(o: Order = order()) -> i64 {
        let tags = o.who.tags;
        tick(tags[1]).await;
        let n = { let Order { who: Who { name, .. }, items: _, id } = o; name.len() + id.len() };
        tick(n as i64).await
    }
    fn by_ref(o: Order = order()) -> (String, i64) {
        let name = o.who.name;
        tick(1).await;
        let Order { ref id, who: Who { ref tags, .. }, .. } = o;
        let n = tags.len() as i64;
        let id = id.clone();
        (id, tick(n).await + name.len() as i64)
    }
    fn tuples_twice(o: (Vec<i64>, (String, Vec<i64>), String) = (vec![1], ("a".to_owned(), vec![2]), "b".to_owned())) -> (String, i64) {
        let (a, ..) = o;
        let n = tick(a[0]).await;
        let (_, (b, _), c) = o;
        let m = tick(b.len() as i64).await;
        (b + &c, n + m)
    }
    fn in_a_tuple(o: (Vec<i64>, (String, Vec<i64>), String) = (vec![1], ("a".to_owned(), vec![2]), "b".to_owned())) -> (Vec<i64>, String) {
        let (a, (b, ..), ..) = o;
        tick(a[0] + b.len() as i64).await;
        (o.1.1, o.2)
    }
    fn given_back(o: (String, Vec<i64>) = ("a".to_owned(), vec![2])) -> (String, Vec<i64>) {
        let mut o = o;
        let (a, _) = o;
        o.0 = format!("{a}{}", tick(1).await);
        o
    }
    fn tuple_struct(n: i64 = 3) -> (String, Vec<i64>) {
        let p = Pair("p".to_owned(), vec![n]);
        let Pair(a, ..) = p;
        tick(a.len() as i64).await;
        let Pair(_, b) = p;
        tick(b[0]).await;
        (a, b)
    }
    fn single_variant(n: i64 = 3) -> (String, Vec<i64>) {
        let s = Single::Only { a: "s".to_owned(), b: vec![n] };
        let Single::Only { a, b } = s;
        tick(b[0]).await;
        (a, b)
    }
    fn borrowed_tuples(pairs: Vec<(String, i64)> = vec![("a".to_owned(), 1), ("b".to_owned(), 2)]) -> (i64, String) {
        let none = (String::new(), 0);
        let mut last = &none;
        for pair in &pairs {
            let (name, n) = pair;
            tick(*n + name.len() as i64).await;
            last = pair;
        }
        let (name, n) = last;
        (tick(*n).await + last.1, name.clone())
    }
    fn nested_base(o: Order = order()) -> Order {
        let mut o = o;
        o.who = Who { name: format!("{}{}", o.who.name, tick(2).await), ..o.who };
        o
    }
    fn nested_base_of_what_was_moved(o: Order = order()) -> (Order, String) {
        let mut o = o;
        let name = o.who.name;
        tick(1).await;
        o.who = Who { name: tick(2).await.to_string(), ..o.who };
        (o, name)
    }
    fn temporaries_beside_what_is_walked(w: Vec<i64> = vec![1, 2, 3]) -> i64 {
        let mut sum = 0;
        for (a, b) in w.iter().zip(vec![5, 6].iter()) { sum += tick(a * b).await; }
        for a in w.iter().chain([7, 8].to_vec().iter()) { sum += tick(*a).await; }
        for (a, b) in w.iter().zip(vec![sum; 2].iter().rev()) { sum += tick(a + b).await; }
        for (a, c) in w.iter().zip("xy".to_string().chars()) { sum += tick(a + i64::from(c == 'x')).await; }
        sum
    }
    fn index_assigned_beside_what_it_picks(a: Vec<i64> = vec![1, 2]) -> Vec<i64> {
        let mut a = a;
        let mut i = 0;
        (a[i], i) = (tick(9).await, 1);
        (i, a[i]) = (0, tick(8).await);
        a.push(i as i64);
        a
    }
    fn numbers_assigned_by_patterns(n: i64 = 3) -> (i64, i64, String) {
        let (mut age, mut x, mut name) = (1, 0, String::new());
        Who { age, name, .. } = Who { age: age + tick(n).await, name: name + "z", tags: vec![] };
        [x, age] = [age + 1, tick(x).await];
        [age, x] = [x, age];
        Who { age: x, .. } = Who { age: x + age, name: String::new(), tags: vec![x] };
        (age, x + tick(x).await, name)
    }
    fn borrows_that_were_read_in_part(orders: Vec<Order> = vec![order(), order()]) -> (i64, usize) {
        let all = [&orders[0].who, &orders[1].who];
        let mut eldest = all[0];
        for who in all { if who.age > eldest.age { eldest = who; } tick(eldest.age).await; }
        let pairs = [(&orders[0], 1), (&orders[1], 2)];
        let mut best = pairs[0];
        for pair in pairs { if pair.0.who.age < best.0.who.age { best = pair; } tick(best.0.who.age).await; }
        (eldest.age + best.1, best.0.items.len())
    }
    fn moved_from_beside_a_borrow(text: String = "é".to_owned()) -> (usize, Vec<String>) {
        let (mut last, mut seen) = ((text.as_str(), String::from("x")), Vec::new());
        loop {
            let own = last.1;
            seen.push(format!("{own}{}", tick(own.len() as i64).await));
            if own.len() > 2 { break }
            last = ("zz", own + "y");
            last.1.push('w');
        }
        (last.0.len(), seen)
    }
}
