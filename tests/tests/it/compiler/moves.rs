//! Fields that are moved away while others are still needed.

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Customer {
    name: String,
    email: String,
    tags: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Order {
    id: i64,
    customer: Customer,
    address: String,
    items: Vec<i64>,
    pair: (String, i64, Option<String>),
}

fn order() -> Order {
    Order {
        id: 7,
        customer: Customer {
            name: "ann".into(),
            email: "a@b".into(),
            tags: vec!["x".into(), "y".into()],
        },
        address: "street".into(),
        items: vec![1, 2, 3],
        pair: ("p".into(), 5, Some("q".into())),
    }
}

/// Lets nobody move anything out of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Sealed<T>(T);

impl<T> std::ops::Deref for Sealed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Dropped {
    id: i64,
    items: Vec<i64>,
}

impl Drop for Dropped {
    fn drop(&mut self) {}
}

fn eat(text: String) -> i64 {
    text.len() as i64
}

bodies! {
    fn a_field_is_moved(order: Order = order()) -> (i64, String, i64) {
        let a = tick(eat(order.address)).await;
        let b = tick(order.id).await;
        (a + b, order.customer.email, order.id)
    }
    fn a_field_of_a_field(order: Order = order()) -> String {
        tick(eat(order.customer.name)).await;
        tick(eat(order.customer.email)).await;
        order.customer.tags.join(",") + &order.address
    }
    fn then_the_inner_whole(order: Order = order()) -> (String, Customer) {
        tick(eat(order.address)).await;
        let c = &order.customer;
        tick(c.tags.len() as i64).await;
        (c.name.clone(), order.customer)
    }
    fn tuples(order: Order = order()) -> (i64, Option<String>) {
        let t = order.pair;
        tick(eat(t.0)).await;
        tick(order.id).await;
        (t.1, t.2)
    }
    fn in_a_loop(order: Order = order()) -> (i64, Vec<String>, String) {
        let mut order = order; let mut s = 0;
        s += tick(eat(order.address)).await;
        for item in &order.items { s += tick(*item).await; if *item == 2 { order.customer.tags.push("z".into()); } }
        for item in order.items { s += tick(item).await; order.id += 1; }
        (s + order.id, order.customer.tags, order.customer.name)
    }
    fn mutated_after(order: Order = order()) -> (Vec<i64>, Customer) {
        let mut o = order;
        let gone = o.address;
        o.items.push(tick(eat(gone)).await);
        o.customer.email += "!";
        tick(1).await;
        o.items.push(o.customer.email.len() as i64);
        o.customer.name = format!("{}{}", o.customer.name, tick(2).await);
        (o.items, o.customer)
    }
    fn in_branches(order: Order = order(), n: i64 = 2) -> String {
        if n > 1 { tick(eat(order.address)).await; tick(3).await; } else { tick(4).await; }
        if n > 5 { tick(5).await; }
        order.customer.name
    }
    fn hidden_by_a_name(order: Order = order()) -> String {
        tick(eat(order.address)).await;
        { let order = tick(1).await; tick(order).await; }
        if let Some(order) = &order.pair.2 { tick(order.len() as i64).await; tick(order.len() as i64).await; }
        order.customer.name
    }
    fn matched_away(order: Order = order()) -> (String, String) {
        let name = match order.pair.2 { Some(q) => { tick(eat(q)).await; "some".to_string() } None => String::new() };
        tick(1).await;
        (name, order.pair.0)
    }
    fn captured(order: Order = order()) -> usize {
        tick(eat(order.address)).await;
        let n = order.items.iter().filter(|i| **i > 1 && order.id > 3).count();
        tick(2).await;
        let f = || order.customer.name.len() + n;
        f()
    }
    fn whole_until_the_end(order: Order = order()) -> Order {
        tick(order.id).await;
        tick(order.items.len() as i64).await;
        order
    }
    fn taken_apart_at_once(order: Order = order()) -> (String, Vec<i64>, i64) {
        let Order { id, customer, items, .. } = order;
        tick(eat(customer.email)).await;
        tick(id).await;
        (customer.name, items, id)
    }
    fn moved_twice_by_turns(n: i64 = 3) -> Vec<(String, i64)> {
        let mut all = vec![];
        for i in 0..n {
            let p = (format!("{i}"), i, vec![i]);
            tick(eat(p.0)).await;
            for k in p.2 { tick(k).await; }
            all.push((tick(p.1).await.to_string(), p.1));
        }
        all
    }
    fn in_macros(order: Order = order()) -> String {
        let t = (order.pair, order.customer.name);
        let s = format!("{} {}", t.0.1, tick(eat(t.0.0)).await);
        tick(1).await;
        assert_eq!(t.1.len(), 3, "{:?}", order.customer.tags.len());
        s + &format!("{:?} {}", t.0.2, t.1)
    }
    fn nothing_can_be_moved_out(s: Sealed<Order> = Sealed(order()), d: Dropped = Dropped { id: 2, items: vec![4, 5] }) -> i64 {
        let mut sum = 0;
        for item in &s.items { sum += tick(*item + s.id).await; }
        let d = d;
        for item in &d.items { sum += tick(*item + d.id).await; }
        tick(d.id).await;
        sum += d.items.len() as i64;
        sum + s.pair.1
    }
    fn replaced_after_the_next_await(n: i64 = 3) -> Vec<i64> {
        let mut batch = (format!("{n}"), n); let mut all = vec![];
        loop {
            all.push(tick(eat(batch.0)).await);
            if batch.1 == 0 { break; }
            let left = tick(batch.1 - 1).await;
            batch = (format!("{left}"), left);
        }
        all
    }
    fn replaced_at_once(n: i64 = 3) -> Vec<i64> {
        let mut batch = Some((format!("{n}"), n, vec![n])); let mut all = vec![];
        while let Some(b) = batch {
            all.push(tick(eat(b.0)).await);
            batch = if b.1 > 0 { Some((b.1.to_string(), b.1 - 1, b.2)) } else { None };
        }
        all
    }
    fn replaced_as_a_whole(n: i64 = 3) -> (i64, String) {
        let mut x = (n, n.to_string());
        if tick(x.0).await > 1 { x = (4, "four".to_string()); }
        if tick(x.0).await > 5 { x.0 += 1; } else { x.1.push('!'); }
        tick(x.0).await;
        x = (x.0 + 1, x.1);
        tick(x.0).await;
        x
    }
    fn a_name_in_a_pattern_is_no_use(state: String = "s".to_string(), n: i64 = 4) -> i64 {
        let gone = if n > 1 { eat(state) } else { 0 };
        let n = tick(n).await;
        let _ = state;
        let text = format!("{state} {n}", state = 3);
        gone + if matches!(Some(n), Some(state) if state > 3) { 1 } else { 2 } + text.len() as i64
    }
    fn given_anew_inside_of_code(n: i64 = 3) -> (i64, String) {
        let mut y = "a".to_string(); let mut sum = 0;
        sum += eat(y);
        sum += tick(n).await;
        if n > 2 { y = "b".to_string(); } else { y = String::new(); }
        sum += tick(eat(y)).await;
        let all = vec![{ y = "c".to_string(); n }; 2];
        sum += tick(all[1]).await;
        sum += eat(y);
        tick(4).await;
        sum += eat({ y = n.to_string(); y.clone() + "!" });
        (sum, y)
    }
    fn replaced_on_some_ways_only(n: i64 = 3) -> (i64, String, String) {
        let mut gone = "gone".to_string(); let mut kept = "kept".to_string(); let mut flag = false;
        let mut sum = eat(gone);
        sum += tick(n).await;
        match Some(n) { Some(5) => { gone = "new".to_string(); kept = "five".to_string(); } Some(_) => { if n > 2 { flag = true; } } None => {} }
        sum += tick(4).await;
        if flag { kept += "!"; }
        let mut set = || flag = false;
        set();
        tick(5).await;
        if n > 2 { kept = format!("{kept}{flag}"); }
        gone = tick(6).await.to_string();
        (sum, kept, gone)
    }
}
