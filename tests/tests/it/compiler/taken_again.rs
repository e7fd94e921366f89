//! Locals out of which a pattern has moved something by the time of an await, and the
//! rest of which another pattern takes behind it.

#![expect(
    irrefutable_let_patterns,
    reason = "what always matches, where it might not"
)]

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Who {
    name: String,
    age: i64,
    mail: Option<String>,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Order {
    id: String,
    who: Who,
    items: Vec<i64>,
}

fn order() -> Order {
    Order {
        id: "o".to_owned(),
        who: Who {
            name: "nn".to_owned(),
            age: 7,
            mail: Some("m".to_owned()),
        },
        items: vec![3, 4, 5],
    }
}

fn strings() -> [String; 4] {
    ["a", "bb", "ccc", "dddd"].map(str::to_owned)
}

fn len(s: &str) -> i64 {
    s.len() as i64
}

bodies! {
    fn tuple_by_if_let(p: (String, String) = ("a".to_owned(), "bb".to_owned())) -> String {
        if let (a, _) = p { tick(len(&a)).await; let (_, b) = p; return a + &b; }
        String::new()
    }
    fn options_in_a_tuple(p: (Option<String>, Option<String>) = (Some("a".to_owned()), Some("bb".to_owned()))) -> String {
        if let (Some(a), _) = p {
            tick(len(&a)).await;
            if let (_, Some(b)) = p { tick(len(&b)).await; return a + &b; }
        }
        String::new()
    }
    fn while_let(p: (Option<String>, String) = (Some("a".to_owned()), "b".to_owned())) -> String {
        while let (Some(a), _) = p {
            tick(1).await;
            let (_, b) = p;
            tick(2).await;
            return a + &b;
        }
        String::new()
    }
    fn let_else(p: (Option<String>, String) = (Some("a".to_owned()), "b".to_owned())) -> String {
        let (Some(a), _) = p else { return String::new() };
        tick(1).await;
        let (_, b) = p;
        a + &b
    }
    fn nested_structs(o: Order = order()) -> (String, i64, Option<String>) {
        match o {
            Order { who: Who { name, .. }, .. } => {
                tick(len(&name)).await;
                let Who { age, mail, .. } = o.who;
                (name, tick(age).await, mail)
            }
        }
    }
    fn nested_by_let(o: Order = order()) -> (String, i64, Option<String>, Vec<i64>) {
        let Order { who: Who { name, .. }, .. } = o;
        tick(len(&name)).await;
        let Order { who: Who { age, mail, .. }, items, .. } = o;
        (name, tick(age).await, mail, items)
    }
    fn match_in_a_match(o: Order = order()) -> String {
        match o {
            Order { who: Who { name, .. }, .. } => {
                tick(len(&name)).await;
                match o.who { Who { mail: Some(m), .. } => name + &m, Who { age, .. } => name + &age.to_string() }
            }
        }
    }
    fn struct_with_something_that_may_fail(o: Order = order()) -> String {
        if let Order { who: Who { mail: Some(mail), .. }, .. } = o {
            tick(len(&mail)).await;
            let Order { id, who: Who { name, .. }, .. } = o;
            return mail + &id + &name;
        }
        String::new()
    }
    fn arms_of_one_struct(o: Order = order()) -> String {
        match o {
            Order { who: Who { mail: Some(mail), .. }, .. } => {
                tick(len(&mail)).await;
                let Order { id, .. } = o;
                mail + &id
            }
            Order { id, .. } => { tick(len(&id)).await; let Order { who, .. } = o; id + &who.name }
        }
    }
    fn arrays(a: i64 = 1) -> String {
        let a = strings();
        let [x, .., z] = a;
        tick(len(&x)).await;
        let [_, m, ..] = a;
        tick(len(&m)).await;
        x + &m + &z
    }
    fn arrays_by_match(a: i64 = 1) -> String {
        let a = strings();
        match a {
            [x, rest @ ..] if len(&rest[0]) == 9 => x,
            [x, ..] => { tick(len(&x)).await; let [_, rest @ ..] = a; tick(len(&rest[1])).await; x + &rest.concat() }
        }
    }
    fn arrays_in_a_struct(n: i64 = 1) -> (String, String, i64) {
        let p = (strings(), n);
        let ([a, ..], _) = p;
        tick(len(&a)).await;
        let ([_, b, ..], n) = p;
        (a, b, n)
    }
    fn options_in_an_array(n: i64 = 1) -> String {
        let s = [Some(("a".to_owned(), 1)), None, Some(("b".to_owned(), 2))];
        if let [Some((x, k)), None, ref r] = s {
            tick(k).await;
            if let [_, _, Some((z, 2))] = s { return x + &z; }
        }
        String::new()
    }
    fn boxes(n: i64 = 1) -> String {
        let b = Box::new(("a".to_owned(), "bb".to_owned()));
        let (x, _) = *b;
        tick(len(&x)).await;
        let (_, z) = *b;
        x + &z
    }
    fn field_of_a_box(n: i64 = 1) -> (String, Vec<i64>, String) {
        let b = Box::new(order());
        let name = b.who.name;
        tick(len(&name)).await;
        let Order { items, id, .. } = *b;
        tick(items[0]).await;
        (name, items, id)
    }
    fn field_behind_a_star(n: i64 = 1) -> (String, Vec<i64>) {
        let b = Box::new(order());
        let name = (*b).who.name;
        tick(len(&name)).await;
        let items = (*b).items;
        tick(items[0]).await;
        (name, items)
    }
    fn numbers_are_copied(n: i64 = 3) -> i64 {
        let p = (Some(n), [n, n + 1]);
        let mut sum = 0;
        for _ in 0..2 {
            if let (Some(n), [a, _]) = p { sum += tick(n + a).await; }
            sum += p.1[1];
        }
        match p { (Some(a), [_, b]) => tick(a + b + sum).await, (None, _) => 0 }
    }
    fn base_in_a_base(o: Order = order()) -> Order {
        Order { who: Who { name: tick(len(&o.who.name)).await.to_string(), ..o.who }, ..o }
    }
    fn base_in_a_base_of_what_was_moved(o: Order = order()) -> (Order, String) {
        let name = o.who.name;
        tick(1).await;
        let id = o.id;
        tick(2).await;
        let o = Order { who: Who { name: tick(3).await.to_string(), ..o.who }, id: tick(4).await.to_string(), ..o };
        (o, name + &id)
    }
    fn three_bases(o: (i64, Order) = (2, order())) -> Order {
        let o = o.1;
        let base = order();
        Order { who: Who { mail: None, ..o.who }, id: tick(1).await.to_string(), items: { let x = Order { id: tick(2).await.to_string(), who: base.who, ..base }; x.items } , ..o }
    }
    fn in_a_mutable_one(p: (Option<String>, String) = (Some("a".to_owned()), "b".to_owned())) -> (String, String) {
        let mut p = p;
        let mut out = String::new();
        while let (Some(a), _) = p {
            p.1 += "x";
            tick(len(&a)).await;
            let (_, b) = p;
            tick(len(&b)).await;
            out += &b;
            p = (if out.len() > 6 { None } else { Some(a) }, b);
        }
        (out, p.1)
    }
    fn given_later(c: bool = true) -> String {
        let p;
        if c { p = (Some("a".to_owned()), "b".to_owned()); } else { p = (None, "c".to_owned()); }
        tick(1).await;
        let (Some(a), _) = p else { return p.1 };
        tick(2).await;
        let (_, b) = p;
        a + &b
    }
    /// Names that mean something else by then, without such parts.
    fn hidden_by_another(o: Order = order(), p: Order = order()) -> String {
        let (n, o) = (tick(match o.who { Who { name, .. } => len(&name), }).await, format!("{}", o.items.len()));
        let p = match p { Order { who: Who { name, .. }, id, .. } => { tick(n).await; name + &id } };
        let mut out = String::new();
        for p in [p] { out += &p; tick(len(&o)).await; out += &o; }
        out
    }
    fn hides_another(o: String = "o".to_owned(), n: i64 = 2) -> String {
        let mut out = o.clone();
        tick(n).await;
        {
            let o = order();
            if let Order { who: Who { mail: Some(mail), .. }, .. } = o {
                tick(len(&out)).await;
                let Order { id, .. } = o;
                out += &mail;
                out += &id;
            }
        }
        tick(len(&o)).await;
        out + &o
    }
    fn spared_by_one_condition_and_used_by_another(n: i64 = 1) -> (String, i64) {
        let mut p = (n, "a".to_owned());
        let old = p.1;
        p.1 = old + "b";
        tick(1).await;
        p.1.push('c');
        tick(2).await;
        if let (a, _) = p && p.1.len() == 3 && format!("{p:?}").contains("abc") { return (p.1, tick(a).await); }
        let (_, b) = p;
        (b, 0)
    }
    fn whole_before_its_name_is_hidden(n: i64 = 3) -> i64 {
        let s = Some(n);
        let mut sum = tick(match s { _ => n }).await;
        let mut s = order();
        let Who { name: v, age, mail: w } = s.who;
        sum += match s { Order { items, .. } => items[0] };
        sum + age + tick(len(&v)).await
    }
}

// Of what is `mut`, and replaced as a whole: the rest is that of what was taken apart last.
bodies! {
    fn mut_array(a: [String; 4] = strings()) -> String {
        let mut a = a;
        let [x, _, _, _] = a;
        tick(len(&x)).await;
        let [_, y, .., z] = a;
        a = [y, x, z, "e".to_owned()];
        tick(len(&a[0])).await;
        a.concat()
    }
    fn mut_box(p: (String, String) = ("a".to_owned(), "bb".to_owned())) -> String {
        let mut b = Box::new(p);
        let (x, _) = *b;
        tick(len(&x)).await;
        let (_, y) = *b;
        b = Box::new((y, x));
        tick(len(&b.0)).await;
        b.0 + &b.1
    }
    fn replaced_before(a: [String; 4] = strings()) -> String {
        let mut a = a;
        tick(len(&a[0])).await;
        a = ["x", "yy", "zzz", "u"].map(str::to_owned);
        let [x, ..] = a;
        tick(len(&x)).await;
        let [_, y, ..] = a;
        x + &y
    }
    fn replaced_in_a_branch(a: [String; 4] = strings(), n: i64 = 2) -> String {
        let mut a = a;
        if tick(n).await > 1 {
            a = ["x", "yy", "zzz", "u"].map(str::to_owned);
        }
        let [x, ..] = a;
        tick(len(&x)).await;
        let [_, y, ..] = a;
        x + &y
    }
    fn replaced_in_a_loop(a: [String; 4] = strings()) -> String {
        let mut a = a;
        let mut all = String::new();
        for i in 0..3 {
            let [x, ..] = a;
            all += &x;
            tick(len(&all)).await;
            let [_, y, z, u] = a;
            a = [y, z, u, i.to_string()];
            if tick(i).await == 1 {
                a = strings();
            }
        }
        all + &a.concat()
    }
    fn replaced_with_another(a: [String; 4] = strings(), p: (String, String) = ("a".to_owned(), "bb".to_owned())) -> String {
        let (mut a, mut b) = (a, Box::new(p));
        let [x, ..] = a;
        tick(1).await;
        (a, b) = (strings(), Box::new((x.clone(), x)));
        let ([_, y, ..], (_, z)) = (a, *b);
        tick(2).await;
        y + &z
    }
    fn changed_in_place(a: [i64; 3] = [1, 2, 3]) -> i64 {
        let mut a = a;
        let [x, ..] = a;
        a[1] = tick(x).await;
        let [_, y, z] = a;
        tick(y).await + z
    }
}
