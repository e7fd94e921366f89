//! Fields that are moved away and given back, by themselves or with the whole.

use flowstone_tests::differ::see;

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Order {
    id: i64,
    address: String,
    items: Vec<i64>,
    pair: (String, i64),
}

fn order() -> Order {
    Order {
        id: 7,
        address: "street".into(),
        items: vec![3, 1, 2],
        pair: ("p".into(), 5),
    }
}

fn eat(text: String) -> i64 {
    text.len() as i64
}

fn tick_now(_: i64) {}

fn sorted(mut items: Vec<i64>, by: i64) -> Vec<i64> {
    items.push(by);
    items.sort_unstable();
    items
}

bodies! {
    fn before_the_whole(order: Order = order()) -> Order {
        let mut order = order;
        let items = order.items;
        let by = tick(order.id).await;
        order.items = sorted(items, by);
        tick(1).await;
        order
    }
    fn in_one_statement(order: Order = order()) -> Order {
        let mut order = order;
        order.items = sorted(order.items, tick(order.id).await);
        order.address = tick(eat(order.address)).await.to_string();
        order
    }
    fn in_a_loop(order: Order = order()) -> Order {
        let mut order = order;
        for n in 0..3 {
            let items = std::mem::take(&mut order.items);
            let address = order.address;
            order.items = sorted(items, tick(n).await);
            tick(order.id).await;
            order.address = address + &n.to_string();
            if n == 1 { tick(order.items.len() as i64).await; }
        }
        order
    }
    fn an_inner_field(order: Order = order()) -> (Order, i64) {
        let mut order = order;
        let gone = eat(order.pair.0);
        tick(order.pair.1).await;
        order.pair.0 = tick(gone).await.to_string();
        let pair = order.pair;
        tick(2).await;
        order.pair = (pair.0 + "!", pair.1 + 1);
        tick(order.pair.1).await;
        (order, gone)
    }
    fn the_whole_on_one_way(n: i64 = 3) -> i64 {
        let mut x = (n, n.to_string());
        let gone = eat(x.1);
        if tick(x.0).await > 1 { x = (4, tick(3).await.to_string()); }
        gone + x.0
    }
    fn the_whole_on_one_way_without_an_await(n: i64 = 3) -> i64 {
        let mut x = (n, n.to_string());
        if tick(1).await > 0 { x = (4, "four".to_string()); }
        let mut gone = 0;
        if tick(x.0).await > 1 { let d = Some(x.1); gone = d.map_or(0, eat); }
        gone + tick(x.0).await
    }
    fn then_the_whole_of_what_is_left(n: i64 = 3) -> i64 {
        let mut b = (n, n.to_string());
        let t = b.1;
        let n = tick(b.0).await;
        b.1 = t;
        b = (2, b.1.clone());
        tick(b.0).await;
        eat(b.1) + n
    }
    fn moved_on_one_way(order: Order = order(), n: i64 = 2) -> Order {
        let mut order = order;
        let mut sum = 0;
        if n > 1 { sum += eat(order.address); } else { tick(8).await; }
        sum += tick(order.id).await;
        order.address = sum.to_string();
        tick(3).await;
        order
    }
    fn bound_in_patterns(n: i64 = 2) -> Option<(String, i64)> {
        let mut all = Vec::new();
        for mut pair in vec![("a".to_string(), n), ("b".to_string(), 4)] {
            let word = pair.0;
            let n = tick(pair.1).await;
            pair.0 = word + &n.to_string();
            all.push(pair);
        }
        if let Some(mut pair) = all.pop() {
            let word = pair.0;
            pair.1 += tick(pair.1).await;
            pair.0 = word;
            return Some(pair);
        }
        match all.pop() {
            Some(mut pair) => { let word = pair.0; tick(1).await; pair.0 = word; Some(pair) }
            None => None,
        }
    }
    fn hidden_by_another(order: Order = order()) -> Order {
        let mut order = order;
        let items = order.items;
        let by = { let order = tick(4).await; tick(order).await };
        order.items = sorted(items, by);
        order
    }
    fn numbers_are_copies(n: i64 = 2) -> (i64, i64, [i64; 2]) {
        let mut x = (n, 2, [3, 4]);
        let old = x.0;
        x.1 = tick(x.1).await + x.2[1];
        x.0 = tick(x.0 + old).await;
        x.2[0] += tick(x.1).await;
        x
    }
    fn destructured_on_some_ways(n: i64 = 3) -> (String, i64) {
        let mut next = "a".to_string(); let mut pair = (n, "p".to_string());
        let gone = eat(next) + eat(pair.1);
        tick(n).await;
        let mut fuel = 2;
        loop { (next, _) = (format!("{gone}"), 9); fuel -= 1; if fuel == 0 { break; } }
        match Some(n) { Some(3) => { (pair, _) = ((4, "q".to_string()), pair.0); } _ => { tick_now(pair.0); } }
        tick(pair.0).await;
        (next, pair.0)
    }
    fn assigned_in_a_block_with_an_await(n: i64 = 3, gone: (i64, String) = (1, "x".to_string())) -> (i64, String) {
        let mut d = (n, n.to_string());
        'a: {
            if tick(gone.0).await > 5 { break 'a; }
            d = 'b: {
                if n > 2 { break 'b (tick(4).await, d.1); }
                d.1 = gone.1;
                (5, d.1)
            };
        }
        d.0 = tick(8).await;
        d
    }
    fn hides_what_is_borrowed_mutably(n: (i64, String) = (3, "a".to_string())) -> (i64, String) {
        let mut next = n;
        let state = &mut next.0;
        match Some(next.1) {
            Some(next) if *state > 1 => { *state += tick(next.len() as i64).await; tick(*state).await; }
            _ => {}
        }
        *state += 1;
        let mut c = *state;
        let v = &mut c;
        { let c = &mut *v; *c += tick(1).await; *c += 1; }
        let c = *v;
        (tick(c).await, "b".to_string())
    }
    fn hidden_in_a_chain(n: Option<i64> = Some(3)) -> (i64, Option<i64>) {
        let mut n = n; let mut m = 0;
        if { n = n.map(|n| n + 1); true } && let Some(n) = n && let Some(m) = { m += 2; Some(m) } {
            tick(n + m).await;
            m as i64
        } else { 0 };
        if let Some(n) = &mut n { *n += tick(1).await; let n = *n; tick(n).await; }
        (m, n)
    }
    fn hidden_on_many_levels(n: i64 = 2) -> i64 {
        let a = n; let b = n + 1; let mut sum = 0;
        for i in 0..2 {
            let a = a + 10;
            if let Some(b) = Some(b + i) {
                let sum = a + b;
                match sum {
                    5 => return tick(sum).await + a,
                    a if a % 2 == 0 => { let b = tick(a + b).await; tick(b + a).await; if b > 99 { break; } }
                    b => { tick(b).await; if b == 7 { continue; } tick(a).await; }
                }
                tick(sum + b).await;
            }
            sum += a + b;
        }
        a + b + sum
    }
    fn another_field_may_change(order: Order = order()) -> (i64, Vec<i64>) {
        let mut order = order;
        let n = order.items.get({ order.id += tick(1).await; order.id as usize - 8 }).copied().unwrap_or(0);
        let gone = eat(order.address);
        (n + gone, order.items)
    }
    fn borrowed_until_given_back(order: Order = order()) -> (Order, i64, i64) {
        let mut order = order;
        tick(order.id).await;
        order.id = 5;
        let r = &order;
        tick(r.items.len() as i64).await;
        let seen = r.id;
        order.id = tick(7).await;
        order.pair.1 = 8;
        let r = &order.pair;
        let f = || r.1 + order.id;
        tick(f()).await;
        let more = f() + r.1;
        order.id = tick(order.pair.1).await;
        order.pair = ("q".into(), 1);
        (order, seen, more)
    }
    fn a_field_of_a_field(order: Order = order(), by: i64 = 1) -> (Order, i64) {
        let mut order = order;
        let mut gone = 0;
        let id = &order.id;
        if by > 0 { gone += eat(order.pair.0); order.pair.0 = tick(gone).await.to_string(); }
        gone += tick(order.pair.0.len() as i64 + *id).await;
        for n in 0..2 {
            let word = order.pair.0;
            order.pair.1 += tick(order.pair.1 + n).await;
            order.pair.0 = word + "!";
            (order.pair.0, _) = (order.pair.0 + "?", tick(*id).await);
        }
        tick(3).await;
        let pair = order.pair;
        order.pair = (pair.0, tick(*id).await);
        (order, gone)
    }
    fn inside_of_an_expression(order: Order = order()) -> (Order, i64) {
        let mut order = order;
        let mut sum = eat(order.pair.0);
        tick(sum).await;
        sum += tick({ order.pair.0 = "q".to_string(); order.id = 4; 4 }).await;
        let pair = order.pair;
        tick(pair.1).await;
        sum += { order = Order { pair, items: order.items, ..self::order() }; order.id };
        let word = order.address;
        tick(sum).await;
        sum += if sum > 3 { order.address = word + "!"; 3 } else { order = self::order(); 4 };
        let word = order.address;
        tick(sum).await;
        sum += 'a: { if sum > 3 { order.address = word; break 'a 3 } order.address = "b".into(); 4 };
        let items = order.items;
        tick(sum).await;
        sum += loop { order.items = sorted(items, 3); break 5; };
        if sum > 0 { tick(7).await; }
        (order, sum)
    }
    fn borrowed_mutably_and_lent(order: Order = order()) -> (usize, bool) {
        let mut order = order;
        let gone = eat(order.address);
        let pair = (order.pair.0, gone);
        order.pair = pair;
        let word = &mut order.pair.0;
        word.push('w');
        let mut lent = std::collections::BTreeMap::from([(2, "two")]);
        lent.insert(tick(gone).await, word.as_str());
        tick(3).await;
        see(&lent);
        (lent.len(), lent.values().any(|word| word.ends_with('w')))
    }
    fn read_once_it_is_replaced(order: Order = order(), n: i64 = 3) -> (Order, i64) {
        let mut order = order;
        let mut sum = eat(order.address);
        tick(sum).await;
        if let order @ 7..9 = n { see(&order); } else { order.address = "b".into(); order.address += &order.address.clone(); }
        order.address = n.to_string();
        sum += tick(sum).await;
        sum += { order.pair = (order.address, 4); eat(order.pair.0) };
        order.address = tick(order.pair.1).await.to_string();
        order.pair.0 = "c".into();
        (order, sum)
    }
    fn on_the_way_out_of_a_loop(order: Order = order(), n: i64 = 3) -> (Order, i64) {
        let mut order = order;
        let mut fuel = 4;
        let word = order.pair.0;
        let last = loop {
            fuel -= tick(1).await;
            if fuel == 0 { break ({ order.pair.0 = n.to_string(); n }); }
            if fuel == n + 1 { order.pair.0 = word; return (order, tick(8).await); }
        };
        tick(last).await;
        see(&order.pair);
        (order, last)
    }
    fn a_part_of_what_nobody_needs(order: Order = order(), n: i64 = 3) -> i64 {
        let mut order = order;
        let gone = eat(order.pair.0);
        tick(n).await;
        let m = { if n > 2 { order.pair.1 = 5; } 4 };
        tick(m).await;
        let m = { order.pair.1 = 5; order = self::order(); order.id };
        tick(m).await + gone
    }
    fn while_others_borrow_what_is_there(order: Order = order(), c: bool = true) -> (usize, bool) {
        let mut order = order;
        let mut lent = std::collections::BTreeSet::new();
        if c {
            lent.insert(order.address.as_str());
            tick(3).await;
            order.pair.1 = 6;
            (lent.len(), lent.contains("street"))
        } else {
            let gone = eat(order.address);
            (usize::try_from(tick(gone).await).unwrap_or_default(), c)
        }
    }
    fn a_number_is_computed_with(order: Order = order()) -> i64 {
        let mut order = order;
        order.items.push(order.id.wrapping_sub(tick(order.id).await).max(order.pair.1));
        order.items.push(order.pair.1.pow(2).saturating_add(tick(order.pair.1).await));
        order.items.iter().sum::<i64>() + order.id
    }
    fn the_rest_of_a_struct(order: Order = order()) -> (Order, i64) {
        let address = tick(eat(order.address)).await.to_string();
        let order = Order { address, ..order };
        let gone = tick(eat(order.address)).await;
        let items = sorted(order.items, gone);
        tick(order.id).await;
        let order = Order { address: format!("{gone}"), items, ..order };
        tick(order.id).await;
        (Order { pair: (tick(eat(order.pair.0)).await.to_string(), order.pair.1), ..order }, gone)
    }
    fn the_rest_after_a_pattern(order: Order = order()) -> Order {
        let order = order;
        let Order { address, ref items, .. } = order;
        tick(eat(address) + items.len() as i64).await;
        let made = Order { address: "new".into(), ..order };
        for item in made.items { tick(item).await; }
        Order { items: vec![tick(made.id).await], ..made }
    }
    fn the_rest_of_a_binding(n: i64 = 3) -> Option<Order> {
        if let Some(order) = Some(order()) && n > 1 {
            let pair = order.pair;
            let id = tick(order.id + pair.1).await;
            return Some(Order { id, pair, ..order });
        }
        match Some(order()) {
            Some(order) => { tick(eat(order.address)).await; Some(Order { address: String::new(), ..order }) }
            None => None,
        }
    }
    fn behind_a_branch_that_awaits(order: Order = order(), n: i64 = 2) -> (Order, i64) {
        let mut order = order;
        let address = order.address;
        if n > 1 { tick(1).await; }
        order.address = address;
        let gone = eat(order.address);
        order.address = gone.to_string();
        (order, gone)
    }
    fn the_whole_before_a_field(order: Order = order()) -> i64 {
        let mut order = order;
        let gone = order.pair.1;
        drop(order.pair);
        let more = tick(gone).await + match order.id {
            8 => { order = self::order(); eat(order.pair.0) }
            _ => eat(order.address),
        };
        more + order.items.len() as i64
    }
    fn the_whole_just_before(order: Order = order()) -> Order {
        let mut order = order;
        tick(order.id).await;
        order = self::order();
        let gone = eat(order.pair.0);
        tick(gone).await;
        order.pair.0 = String::from("new");
        order
    }
    fn the_whole_in_a_branch(n: i64 = 2) -> (Order, i64) {
        let mut order: Order;
        let mut gone = 0;
        tick(n).await;
        if n > 1 {
            order = self::order();
            gone += eat(order.address);
        } else {
            let order = self::order();
            (gone, _) = (eat(order.address), 0);
            return (self::order(), gone);
        }
        tick(gone).await;
        order.address = String::from("new");
        (order, gone)
    }
    fn without_a_value_at_first(n: i64 = 2) -> i64 {
        let late: (i64, String);
        if n > 1 { late = (3, n.to_string()); } else { late = (4, tick(n).await.to_string()); }
        let gone = eat(late.1) + tick(late.0).await;
        tick(gone).await + late.0
    }
    fn the_whole_in_a_return(order: Order = order()) -> i64 {
        let mut order = order;
        if order.id > 9 { eat(order.address); }
        tick(order.id).await;
        if order.id > 5 {
            return ({ order = Order { address: String::from("abc"), items: order.items, ..self::order() }; order.id })
                + eat(order.address);
        }
        order.id
    }
    fn a_field_before_the_whole_is_moved(b: (i64, String) = (4, "x".into())) -> (i64, i64) {
        (b.0, if b.0 > 3 { tick(b.0).await; eat(b.1) } else { tick(eat({ b }.1)).await })
    }
    fn the_whole_where_only_a_field_was_read(order: Order = order()) -> Order {
        let mut order = order;
        let gone = eat(order.address);
        tick(gone).await;
        match gone {
            6 => { see(&order.id); order = self::order(); see(&order); if gone > 6 { return order.clone(); } }
            _ => { order = self::order(); }
        }
        order
    }
    fn the_whole_inside_of_a_macro(order: Order = order(), n: i64 = 2) -> (Order, i64) {
        let mut order = order;
        let first = eat(order.address);
        let items = vec![n, { order = self::order(); 9 }];
        let gone = items[1] + eat(order.address);
        order.address = tick(gone).await.to_string();
        (order, first + gone)
    }
    fn taken_by_a_pattern(pair: (String, String) = ("a".into(), "b".into())) -> (String, String) {
        let mut pair = pair;
        let (a, ref b) = pair;
        tick(b.len() as i64).await;
        let len = b.len();
        pair.0 = a + &len.to_string();
        pair
    }
    fn taken_by_a_match(order: Order = order()) -> Order {
        let mut order = order;
        match order {
            Order { pair: (a, 5), ref address, .. } => { tick(eat(address.clone())).await; order.pair.0 = a + "!"; }
            _ => {}
        }
        if let Order { id: 7, items, ref address, .. } = order {
            let by = tick(eat(address.clone())).await;
            order.items = sorted(items, by);
        }
        let Order { pair: (name, _), items, .. } = order;
        tick(items.len() as i64).await;
        (order.pair.0, order.items) = (name, vec![1]);
        order
    }
    fn the_whole_behind_what_hides_it(order: Order = order(), n: i64 = 2) -> Order {
        let mut order = order;
        let gone = eat(order.address);
        tick(gone).await;
        'out: for _ in 0..n {
            { let order = n; if order > 7 { break 'out; } see(&order); }
            if n > 9 { break; }
        }
        for order in 0..({ order = self::order(); n }) { if order > 5 { continue; } see(&order); }
        order
    }
    fn a_number_before_what_it_lies_in_is_moved(order: Order = order()) -> i64 {
        let kept;
        let first = order.pair.1.wrapping_sub(if order.id > 5 {
            kept = order.pair;
            tick(kept.1).await + eat(kept.0)
        } else {
            tick(1).await
        });
        let mut items = order.items;
        items.push({ let n = items.len() as i64; tick(n).await });
        first + items.len() as i64
    }
    fn a_field_beside_what_it_lies_in(order: Order = order()) -> (String, i64, Order) {
        let text = format!("{} {} {:?}", order.address, tick(eat(order.pair.0.clone())).await, order);
        let item = order.items[{ see(&order); tick(1).await as usize }];
        let same = order.items == { let copy = order.clone(); tick(2).await; copy.items };
        (text, item + i64::from(same), order)
    }
}
