//! Shared borrows that cannot be made again: what is borrowed is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Item {
    sku: String,
    n: i64,
}

impl Item {
    fn label(&self) -> &str {
        self.sku.as_str()
    }

    fn maybe(&self) -> Option<&str> {
        Some(&self.sku)
    }

    fn doubled(&self) -> i64 {
        self.n * 2
    }
}

fn text_len(text: &str) -> i64 {
    text.len() as i64
}

fn longest(items: &[Item]) -> &Item {
    items.last().expect("there is one")
}

fn items() -> Vec<Item> {
    ["a", "bb", "ccc"]
        .iter()
        .zip(1..)
        .map(|(sku, n)| Item {
            sku: sku.to_string(),
            n,
        })
        .collect()
}

macro_rules! greeting {
    () => {
        "hi"
    };
}

bodies! {
    fn texts_by_branch(vip: bool = true, n: i64 = 2) -> String {
        let subject = if vip { "Dear VIP" } else { "Hello" };
        tick(1).await;
        let status;
        if n > 1 { status = "many" } else { status = "few" }
        let label = match n { 1 => "one", 2 => { tick(2).await; "two" } _ => "more" };
        tick(subject.len() as i64).await;
        let mut best = "none";
        if tick(label.len() as i64).await > 2 { best = label; }
        tick(3).await;
        format!("{subject}{status}{label}{best}")
    }
    fn found_in_a_list(v: Vec<Item> = items()) -> String {
        let first = v.first().unwrap();
        let Some(last) = v.last() else { return String::new() };
        let found = v.iter().find(|item| item.n == 2);
        let most = v.iter().max_by_key(|item| item.n);
        let i = v.len() - 1;
        let at = &v[i - 1];
        tick(first.n).await;
        let mut out = first.sku.clone() + &last.sku;
        tick(last.n).await;
        if let Some(item) = found { tick(item.n).await; out += &item.sku; }
        if let Some(item) = most { out += &item.sku; tick(item.n).await; out += &item.sku; }
        tick(at.n).await;
        out + &at.sku + &first.sku
    }
    fn found_in_a_map(m: BTreeMap<String, Item> = items().into_iter().map(|item| (item.sku.clone(), item)).collect()) -> (i64, String) {
        let mut sum = 0; let mut out = String::new();
        for key in ["a", "x", "ccc"] {
            let Some(item) = m.get(key) else { out += key; continue };
            sum += tick(item.n).await;
            out += key;
            tick(sum).await;
            out += &item.sku;
        }
        if let Some(item) = m.get("bb") && item.n > 1 { tick(item.n).await; out += &item.sku; }
        let name = m.get("a").map(|item| item.sku.as_str()).unwrap_or("none");
        tick(name.len() as i64).await;
        (sum, out + name)
    }
    fn indices_that_change(v: Vec<Item> = items()) -> Vec<String> {
        let mut i = 0; let mut out = vec![];
        while i < v.len() { let item = &v[i]; tick(item.n).await; out.push(item.sku.clone()); tick(9).await; out.push(item.sku.clone()); i += 1; }
        out
    }
    fn the_best_so_far(v: Vec<Item> = items()) -> String {
        let mut best = &v[0];
        for item in &v {
            if item.n > best.n { best = item; }
            tick(best.n).await;
        }
        let mut most: Option<&Item> = None;
        for item in &v {
            tick(item.n).await;
            if most.is_none_or(|most| item.n > most.n) { most = Some(item); }
        }
        best.sku.clone() + &most.unwrap().sku
    }
    fn parts_of_texts(name: String = " ab=cd ".to_string(), note: Option<String> = Some("hi".into())) -> String {
        let name = name.trim();
        let Some((key, value)) = name.split_once('=') else { return String::new() };
        let note = note.as_deref().unwrap_or("nothing");
        tick(key.len() as i64).await;
        let rest = name.strip_prefix("ab").unwrap_or(name);
        tick(rest.len() as i64).await;
        format!("{key}{value}{note}{rest}{name}")
    }
    fn taken_apart(o: (Vec<Item>, Item) = (items(), items().remove(1))) -> String {
        let (all, Item { sku, .. }) = &o;
        let mut out = String::new();
        for item in all { tick(item.n).await; out += &item.sku; }
        tick(sku.len() as i64).await;
        let slice = o.0.as_slice();
        for item in slice { tick(item.n).await; out += sku; out += &item.sku; }
        out
    }
    fn owned_after_all(n: i64 = 3) -> (i64, i64, Option<i64>) {
        let big = n.max(7);
        let c = std::cell::Cell::new(n);
        let got = c.get();
        let first = vec![n, 4].first().copied();
        let last = [1, n].last().copied().unwrap_or(0);
        tick(got).await;
        (big + last, got, first)
    }
    fn loops_over_borrows(v: Vec<Item> = items(), m: BTreeMap<String, Item> = items().into_iter().map(|item| (item.sku.clone(), item)).collect()) -> (i64, String) {
        let mut sum = 0; let mut out = String::new();
        for item in v.iter().filter(|item| item.n != 2) { sum += tick(item.n).await; out += &item.sku; tick(8).await; out += &item.sku; }
        for sku in v.iter().map(|item| &item.sku) { tick(sku.len() as i64).await; out += sku; }
        for sku in v.iter().filter_map(|item| item.sku.strip_prefix("b")) { tick(1).await; out += sku; }
        for (key, item) in m.iter().filter(|(key, _)| key.len() > 1) { tick(item.n).await; out += key; tick(2).await; out += &item.sku; }
        for (to, text) in [("ann", "hi"), ("bob", "bye")] { tick(to.len() as i64).await; out += text; }
        for (i, word) in ["x", "yy"].iter().enumerate() { tick(i as i64).await; out += word; }
        for part in "a, b,,c".split(',').map(str::trim).filter(|part| !part.is_empty()) { tick(part.len() as i64).await; out += part; }
        for n in v.iter().map(|item| item.n) { sum += tick(n).await + n; }
        for (item, n) in v.iter().zip(vec![tick(5).await, 6]) { sum += tick(item.n * n).await; out += &item.sku; }
        (sum, out)
    }
    fn lists_of_borrows(v: Vec<Item> = items()) -> (Vec<i64>, String) {
        let large: Vec<&Item> = v.iter().filter(|item| item.n > 1).collect();
        let mut names = v.iter().map(|item| item.sku.as_str()).collect::<Vec<_>>();
        let numbers: Vec<i64> = v.iter().map(|item| item.n).collect();
        tick(large.len() as i64).await;
        names.push("z");
        let mut out = String::new();
        for item in &large { tick(item.n).await; out += &item.sku; }
        for item in large { tick(item.n).await; out += &item.sku; tick(7).await; out += &item.sku; }
        tick(8).await;
        (numbers, out + &names.join(","))
    }
    fn collections_of_borrows(v: Vec<Item> = items()) -> (Vec<String>, i64) {
        let mut totals = BTreeMap::new(); let mut groups = BTreeMap::new(); let mut by_sku: BTreeMap<&str, &Item> = BTreeMap::new();
        let mut seen = BTreeSet::new(); let mut all = Vec::new();
        for item in &v {
            *totals.entry(item.sku.as_str()).or_insert(0) += item.n;
            groups.entry(item.n).or_insert_with(Vec::new).push(item);
            by_sku.insert(&item.sku, item);
            seen.insert(item.sku.as_str());
            all.push((item.sku.as_str(), item.n));
        }
        let pairs: Vec<(i64, &String)> = v.iter().map(|item| (item.n, &item.sku)).collect();
        let mut out = Vec::new(); let mut sum = tick(1).await;
        for (sku, total) in &totals { sum += tick(*total).await; out.push(format!("{sku}{total}")); }
        for (n, items) in &groups { sum += tick(n + items.len() as i64).await; out.push(items[0].sku.clone()); }
        totals.insert("more", 9);
        sum += tick(totals["more"]).await + by_sku["a"].n;
        out.extend(seen.iter().map(|sku| sku.to_string()));
        out.push(format!("{all:?}{pairs:?}{}", totals.len()));
        (out, sum)
    }
    fn pairs_with_a_borrow(v: Vec<Item> = items()) -> (String, i64) {
        let found = v.iter().enumerate().find(|(_, item)| item.n == 2);
        let named = v.first().map(|item| (item.sku.as_str(), item.n));
        let mut sum = tick(1).await; let mut out = String::new();
        if let Some((at, item)) = found { sum += tick(at as i64).await; out += &item.sku; tick(item.n).await; out += &item.sku; }
        if let Some((sku, n)) = named { sum += tick(n).await; out += sku; }
        for (at, item) in v.iter().filter(|item| item.n > 1).enumerate() { sum += tick(at as i64 + item.n).await; out += &item.sku; }
        (out, sum)
    }
    fn closures_that_own(names: Vec<String> = vec!["a".into(), "bb".into()], n: usize = 1) -> (String, i64) {
        let lookup = move |i: usize| names[i].clone();
        let a = tick(lookup(0).len() as i64).await;
        let add = move |x: i64| x + a + n as i64;
        let b = tick(add(lookup(n).len() as i64)).await;
        (lookup(n), add(b))
    }
    fn parts_to_change(v: Vec<Item> = items(), m: BTreeMap<String, i64> = BTreeMap::from([("a".into(), 1)]), i: usize = 1) -> (Vec<Item>, BTreeMap<String, i64>, Option<i64>) {
        let mut v = v; let mut m = m; let mut o = Some(3);
        if let Some(first) = v.first_mut() { first.n = tick(first.n).await; first.sku += "!"; }
        let last = v.last_mut().unwrap();
        last.n += tick(last.n).await;
        last.n += 1;
        let Some(item) = v.get_mut(i) else { return (v, m, o) };
        item.n += tick(item.n).await;
        tick(item.n).await;
        item.n *= 2;
        let n = m.get_mut("a").expect("it is there");
        *n += tick(*n).await;
        *n += 1;
        let x = o.as_mut().unwrap();
        *x += tick(*x).await;
        *x += 1;
        (v, m, o)
    }
    fn iterators_in_locals(v: Vec<Item> = items(), n: i64 = 3) -> (Vec<String>, i64) {
        let mut out = vec![]; let mut sum = 0;
        let mut borrowed = v.iter();
        while let Some(item) = borrowed.next() { sum += tick(item.n).await; out.push(item.sku.clone()); }
        let mut left = v.clone().into_iter();
        while let Some(item) = left.next() { sum += tick(item.n).await; out.push(item.sku); }
        for item in left { sum += tick(item.n).await; }
        let mut numbers = 1..=n;
        while let Some(i) = numbers.next() { sum += tick(i).await; }
        sum += tick(numbers.next().unwrap_or(50)).await;
        let mut some = (1..n).into_iter();
        while let Some(i) = some.next() { sum += tick(i).await; }
        (out, sum)
    }
    fn slices_taken_apart(v: Vec<Item> = items()) -> (String, i64) {
        let mut sum = 0; let mut out = String::new();
        match v.as_slice() {
            [] => {}
            [one] => { tick(one.n).await; out += &one.sku; }
            [a, .., b] => { sum += tick(a.n).await; out += &b.sku; sum += tick(b.n).await; out += &a.sku; }
        }
        let [first, rest @ ..] = v.as_slice() else { return (out, sum) };
        sum += tick(first.n).await;
        for item in rest { sum += tick(item.n).await; out += &item.sku; }
        tick(rest.len() as i64).await;
        (out + &first.sku, sum)
    }
    fn what_only_looks_like_a_borrow(n: i64 = 3) -> (Vec<i64>, Vec<i64>) {
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Rates(i64);
        impl Rates { fn get(&self, n: i64) -> i64 { self.0 + n } }
        let mut all = Vec::new(); let mut more = Vec::new();
        all.push(Rates(2).get(tick(n).await));
        for i in 0..n { more.push(Rates(i).get(tick(i).await)); }
        (all, more)
    }
    fn matched_in_a_tuple(n: i64 = 2, text: Option<String> = Some("ab".into()), v: Vec<Item> = items()) -> (String, i64) {
        let mut out = String::new(); let mut sum = 0;
        match (n, text.as_deref()) {
            (1, _) => { sum += tick(1).await; }
            (n, Some(text)) if text.len() > 1 => { sum += tick(n).await; out += text; sum += tick(text.len() as i64).await; out += text; }
            (n, None) | (n, Some(_)) => { sum += tick(n).await; }
        }
        match (v.first(), v.last(), &text) {
            (Some(a), Some(b), Some(text)) => { sum += tick(a.n).await; out += &b.sku; sum += tick(b.n).await; out += &a.sku; out += text; }
            _ => {}
        }
        let (first, (name, at)) = (v.first().unwrap(), (text.as_deref().unwrap_or("none"), n + 1));
        sum += tick(at).await;
        if let (Some(item), 2) = (v.get(1), n) { sum += tick(item.n).await; out += &item.sku; }
        (out + name + &first.sku, sum + at)
    }
    fn nested_loops_over_groups(v: Vec<Item> = items(), grid: Vec<(String, Vec<i64>)> = vec![("x".into(), vec![1, 2]), ("y".into(), vec![3])]) -> (String, i64) {
        let mut groups: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        for item in &v { groups.entry(item.sku.as_str()).or_default().push(item); }
        let mut out = String::new(); let mut sum = 0;
        for (group, items) in &groups {
            sum += tick(group.len() as i64).await;
            for item in items { sum += tick(item.n).await; out += &item.sku; }
            out += group;
        }
        for (name, row) in &grid {
            for cell in row { sum += tick(*cell).await; out += name; sum += *cell; }
        }
        (out, sum)
    }
    fn borrows_that_calls_give(v: Vec<Item> = items(), n: i64 = 1) -> (String, i64) {
        let label = v[0].label();
        let maybe = v[1].maybe();
        let long = longest(&v);
        let name = v.iter().map(|item| item.label()).max().unwrap();
        let doubled = v[2].doubled();
        let mut sum = tick(doubled + n).await;
        if let Some(maybe) = maybe { sum += tick(maybe.len() as i64).await; }
        let (level, cents) = match n { 0 => ("none", 0), 1..=9 => ("low", 10), _ => ("high", 100) };
        sum += tick(cents).await;
        (format!("{label}{maybe:?}{}{name}{level}", long.sku), sum + doubled + cents)
    }
    fn empty_at_first(v: Vec<Item> = items(), n: i64 = 2) -> (String, i64) {
        let mut failure = None; let mut last = None; let mut short = Vec::new(); let mut names = vec![];
        let mut sum = 0; let mut out = String::new();
        for item in &v {
            if let Some(prev) = last { sum += tick(text_len(prev)).await; }
            if tick(item.n).await > n { failure = Some(item); break; }
            last = Some(&item.sku);
            short.push(item);
            if item.n > 1 { names.push(item.sku.as_str()); }
        }
        let Some(item) = failure else { return (out, sum) };
        sum += tick(item.n).await;
        for item in &short { sum += tick(item.n).await; out += &item.sku; }
        for item in short { out += &item.sku; }
        (out + &names.join(",") + &item.sku, sum)
    }
    fn the_cheapest_so_far(v: Vec<Item> = items()) -> Option<String> {
        let mut best = None; let mut low = i64::MAX;
        for item in &v {
            let n = tick(10 - item.n).await;
            if n < low { low = n; best = Some(&item.sku); }
        }
        best.cloned()
    }
    fn assigned_apart(v: Vec<Item> = items()) -> (i64, String) {
        let s;
        (s, _) = (v[0].sku.as_str(), 1);
        tick(1).await;
        let (b, d);
        (b, d) = (1, &v);
        let n = tick(b).await + d.len() as i64;
        let mut last = None;
        let mut c = 0;
        (last, c) = (v.first(), tick(3).await);
        tick(c).await;
        let t;
        [t] = [v[1].sku.as_str()];
        tick(2).await;
        let (mut x, mut y) = (&v[0], 1);
        while y < 3 { ((x, y), _) = ((&v[1], y + tick(1).await), 0); }
        (n + c + y, format!("{s}{t}{}{}", last.map_or("", |item| &item.sku), x.sku))
    }
    fn texts_of_macros(n: i64 = 3) -> String {
        let said = greeting!();
        let (code, joined) = (stringify!(a + b), concat!("a", 1));
        let unset = option_env!("A_VARIABLE_THAT_NOBODY_SETS");
        tick(n).await;
        format!("{said}{code}{joined}{}", unset.unwrap_or("none"))
    }
}
