//! Borrows in values whose type is known only from what comes later, and in all
//! that values are made of: the outline of a flow says what they are.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
struct Item {
    sku: String,
    n: i64,
}

fn items() -> Vec<Item> {
    let made = |n: i64| Item {
        sku: format!("s{n}"),
        n,
    };
    vec![made(1), made(2), made(3)]
}

impl Item {
    fn first(&self) -> Option<&str> {
        self.sku.get(..1).filter(|_| self.n != 2)
    }
}

fn by_sku(items: &[Item]) -> BTreeMap<&str, &Item> {
    items.iter().map(|item| (item.sku.as_str(), item)).collect()
}

const STEPS: [(&str, i64); 3] = [("pick", 1), ("pack", 2), ("send", 3)];

fn even(n: i64) -> Result<i64, String> {
    if n % 2 == 0 {
        Ok(n)
    } else {
        Err(format!("{n} is odd"))
    }
}

fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() > 2 {
        Cow::Owned(text[..2].to_owned())
    } else {
        Cow::Borrowed(text)
    }
}

fn made<T: Default>() -> T {
    T::default()
}

struct View<'a> {
    first: &'a str,
    all: &'a [Item],
    n: usize,
}

bodies! {
    fn a_type_that_the_use_behind_an_await_says(n: i64 = 4) -> (i64, Vec<String>) {
        let (sum, all) = (made(), made());
        let mut more = made();
        tick(n).await;
        let known: &i64 = &sum;
        let mut texts: Vec<String> = all;
        more = Some(known + tick(2).await);
        texts.push(format!("{more:?}"));
        (sum, texts)
    }
    fn a_borrow_that_only_the_type_says(name: String = "seven".to_owned(), n: i64 = 1) -> (usize, usize, bool) {
        let first: Cow<'_, str> = name.as_str().into();
        let second: Cow<'_, str> = if n > 3 { Cow::Borrowed(&name) } else { Cow::Owned(name.to_uppercase()) };
        tick(n).await;
        (first.len(), second.len(), matches!(first, Cow::Borrowed(_)))
    }
    fn a_type_said_in_another_branch(n: i64 = 4) -> (usize, usize, Vec<Vec<i64>>) {
        let (mut last, mut sum, mut lists) = (None, 0, Vec::new());
        for k in 0..n {
            if k % 2 == 0 {
                last = Some(tick(k).await.to_string());
                lists.push(vec![k, tick(1).await]);
            } else if let Some(text) = &last {
                sum += text.len();
                lists.sort_by(|a, b| b.len().cmp(&a.len()).then(b[0].cmp(&a[0])));
            }
        }
        (last.map_or(0, |text| text.len()), sum, lists)
    }
    fn a_type_said_in_another_arm(n: i64 = 4) -> (i64, Option<i64>) {
        let mut best = 3;
        let mut kept = None;
        for k in 0..n {
            match k % 3 {
                0 => { best = tick(k + 2).await; kept.get_or_insert(best); }
                1 if kept.is_some_and(|x| x.count_ones() > 9) => return (best, kept),
                1 => best = best.pow(2),
                _ => { tick(best).await; }
            }
        }
        (best, kept)
    }
    fn a_type_said_by_whoever_leaves(n: i64 = 2) -> usize {
        let mut text = None;
        if n > 3 && tick(n).await > 5 {
            text = Some(tick(n).await.to_string());
            return text.map_or(0, |text| text.len());
        }
        text.get_or_insert_default().push('x');
        let late;
        if n > 2 {
            late = Some(vec![tick(n).await]);
            if late.is_none() { return 1 }
        } else if n == 1 {
            return 0;
        } else {
            late = None;
        }
        late.map_or(5, |late| late.len()) + text.map_or(0, |text| text.len())
    }
    fn a_type_that_the_reader_picks(n: i64 = 4) -> i64 {
        let picked = n.to_string().parse().ok();
        if n > 5 {
            tick(1).await;
            let known: Option<i64> = picked;
            return known.unwrap_or(tick(2).await);
        } else if let Some(known) = picked {
            return known.pow(2) + tick(3).await;
        }
        0
    }
    fn pairs_behind_an_await(v: Vec<Item> = items()) -> (Vec<String>, Option<String>) {
        let mut failure = None; let mut rows = Vec::new(); let mut results = vec![];
        for item in &v {
            let n = tick(item.n).await;
            rows.push((item.sku.as_str(), n));
            results.push((&item.sku, even(n)));
            if let Err(error) = even(n + 1) { failure = Some((item, error)); }
        }
        rows.sort_by_key(|(_, n)| Reverse(*n));
        for (sku, n) in &rows { tick(sku.len() as i64 + n).await; }
        let bad: Vec<&String> = results.iter().filter(|(_, r)| r.is_err()).map(|(sku, _)| *sku).collect();
        for sku in &bad { tick(sku.len() as i64).await; }
        let mut out: Vec<String> = rows.iter().map(|(sku, n)| format!("{sku}{n}")).collect();
        out.extend(bad.into_iter().cloned());
        let Some((item, error)) = failure else { return (out, None) };
        tick(item.n).await;
        (out, Some(item.sku.clone() + &error))
    }
    fn maps_and_sets_behind_an_await(v: Vec<Item> = items()) -> (Vec<String>, i64) {
        let mut seen = BTreeSet::new(); let mut by = BTreeMap::new(); let mut groups = BTreeMap::new();
        let mut queue = VecDeque::new();
        for item in &v {
            let n = tick(item.n).await;
            seen.insert(item.sku.as_str());
            by.insert(n % 2, item);
            groups.entry(n % 2).or_insert_with(Vec::new).push((&item.sku, n));
            queue.push_back(&item.n);
        }
        let mut out = vec![]; let mut sum = 0;
        tick(seen.len() as i64).await;
        for (key, item) in &by { sum += tick(*key).await; out.push(item.sku.clone()); }
        for (_, group) in &groups { for (sku, n) in group { sum += tick(*n).await; out.push(sku.to_string()); } }
        while let Some(n) = queue.pop_front() { sum += tick(*n).await; }
        out.extend(seen.iter().map(|s| s.to_string()));
        (out, sum)
    }
    fn tables(n: i64 = 2) -> (Vec<String>, i64) {
        let mut out = vec![]; let mut sum = 0;
        for (name, weight) in STEPS { sum += tick(weight).await; out.push(name.to_owned()); tick(n).await; out.push(name.to_uppercase()); }
        let chosen = [("a", n), ("b", n + 1)]; let steps = STEPS;
        tick(1).await;
        for (name, k) in chosen { sum += tick(k).await; out.push(format!("{name}{}", steps[0].0)); }
        (out, sum)
    }
    fn halves(v: Vec<Item> = items()) -> (Vec<i64>, usize) {
        let (head, tail) = v.split_at(v.len() / 2);
        let mut out = vec![];
        for item in head { out.push(tick(item.n).await); }
        for item in tail { out.push(tick(item.n).await); }
        let (first, rest) = tail.split_first().unwrap();
        tick(first.n).await;
        (out, tail.len() + rest.len())
    }
    fn borrows_of_borrows(text: String = "a bbb cc".into(), v: Vec<Item> = items()) -> String {
        let words: Vec<&str> = text.split(' ').collect();
        tick(1).await;
        let longest = words.iter().max_by_key(|word| word.len());
        let rows: Vec<(&str, i64)> = v.iter().map(|item| (item.sku.as_str(), item.n)).collect();
        tick(2).await;
        let best = rows.iter().max_by_key(|(_, n)| *n);
        tick(3).await;
        let Some((sku, n)) = best else { return String::new() };
        tick(*n).await;
        format!("{longest:?}{best:?}{sku}")
    }
    fn results_of_borrows(v: Vec<Item> = items(), n: i64 = 2) -> (String, String) {
        let found = v.iter().find(|item| item.n > n).ok_or("none");
        let Ok(w) = (if n > 1 { tick(1).await; Ok(n) } else { Err("small") }) else { return ("x".into(), "y".into()) };
        tick(w).await;
        let kind = match found { Ok(item) if item.n > 2 => Ok(&item.sku), Ok(_) => Err("few"), Err(why) => Err(why) };
        tick(4).await;
        (format!("{found:?}"), format!("{kind:?}"))
    }
    fn threes_and_arrays(v: Vec<Item> = items(), b: bool = true) -> String {
        let three = (&v[0], v[1].sku.as_str(), v[2].n);
        let both = [&v[0].sku, &v[2].sku];
        let mut rows = vec![];
        for item in &v { let n = tick(item.n).await; rows.push((&item.sku, n, b)); }
        tick(5).await;
        format!("{three:?}{both:?}{rows:?}")
    }
    fn out_of_loops(v: Vec<Item> = items()) -> String {
        let mut at = 0;
        let found = loop {
            if at == v.len() { break None; }
            if tick(v[at].n).await > 1 { break Some(&v[at]); }
            at += 1;
        };
        tick(1).await;
        let name = 'a: { if tick(2).await > 2 { break 'a "two"; } tick(3).await; "three" };
        tick(4).await;
        format!("{found:?}{name}")
    }
    fn cows(text: String = "abc".into(), s: String = "ab".into()) -> String {
        let short = shortened(&text);
        let same = shortened(&s);
        tick(short.len() as i64).await;
        let owned = same.into_owned();
        tick(1).await;
        owned + &short
    }
    fn more_of_it_later(v: Vec<Item> = items()) -> String {
        let mut best = None;
        for item in &v {
            if tick(item.n).await > 1 && best.is_none() { best = Some(&item.sku); }
        }
        let name: &str = best.map_or("none", |s| s);
        let mut last = Some("first");
        for item in &v { tick(1).await; last = Some(&item.sku); }
        tick(2).await;
        format!("{name}{last:?}")
    }
    fn iterators_of_borrows(v: Vec<Item> = items()) -> Vec<String> {
        let named: Vec<&str> = v.iter().map(|item| item.sku.as_str()).collect();
        let mut left = named.into_iter();
        let mut out = vec![];
        while let Some(name) = left.next() { tick(name.len() as i64).await; out.push(name.to_owned()); }
        let named: Vec<&Item> = v.iter().filter(|item| item.n != 2).collect();
        let mut left = named.iter();
        while let Some(item) = left.next() { tick(item.n).await; out.push(item.sku.clone()); }
        out
    }
    fn items_that_outlive_their_round(v: Vec<Item> = items(), text: String = " a, b ,a".into()) -> (String, i64) {
        let mut picked = Vec::new(); let mut seen = BTreeSet::new(); let mut last = None; let mut sum = 0;
        for item in v.iter().filter(|item| item.n != 2) { picked.push(item); sum += tick(item.n).await; }
        for word in text.split(',').map(|word| word.trim()) { if seen.insert(word) { sum += tick(word.len() as i64).await; } }
        for item in v.iter().filter(|item| item.n > 1).take(3) { last = Some(item); sum += tick(item.n).await; }
        let mut counts = BTreeMap::new();
        for word in text.split(',').map(str::trim) { *counts.entry(word).or_insert(0) += 1; tick(1).await; }
        (format!("{picked:?}{seen:?}{last:?}{counts:?}"), sum)
    }
    fn maps_of_borrows_by_reference(v: Vec<Item> = items()) -> (String, i64) {
        let after = by_sku(&v); let mut sum = 0; let mut out = String::new();
        for (sku, item) in &after { sum += tick(item.n).await; out += sku; }
        let groups = v.iter().fold(BTreeMap::<_, Vec<_>>::new(), |mut m, item| { m.entry(item.first()).or_default().push(item); m });
        for (first, list) in &groups { sum += tick(list.len() as i64).await; out += first.unwrap_or("-"); }
        let mut doubled = by_sku(&v).into_iter().map(|(sku, item)| (sku, item.n)).collect::<BTreeMap<_, _>>();
        for (sku, n) in &mut doubled { *n += tick(*n).await; out += sku; }
        let names: BTreeSet<_> = v.iter().map(|item| (item.first(), item.n)).collect();
        for (first, n) in &names { sum += tick(*n).await; out += first.unwrap_or("-"); }
        (format!("{out}{doubled:?}"), sum)
    }
    fn found_by_a_block(v: Vec<Item> = items()) -> (Option<String>, i64) {
        let hit = 'find: {
            for item in &v { if tick(item.n).await > 1 { break 'find Some(item); } }
            None
        };
        tick(3).await;
        let at = usize::try_from(tick(2).await).unwrap_or(0);
        let Some(item) = at.checked_sub(1).and_then(|i| v.get(i)) else { return (None, 0) };
        tick(item.n).await;
        (hit.map(|item| item.sku.clone()), item.n)
    }
    fn heaps(v: Vec<Item> = items()) -> String {
        let mut heap: BinaryHeap<(i64, &str)> = v.iter().map(|item| (item.n, item.sku.as_str())).collect();
        let mut least = BinaryHeap::new();
        for item in &v { tick(1).await; least.push(Reverse((item.n % 2, &item.sku))); }
        let mut out = String::new();
        while let Some((n, sku)) = heap.pop() { tick(n).await; out += sku; }
        while let Some(Reverse((n, sku))) = least.pop() { tick(n).await; out += sku; }
        out
    }
    fn rows_of_rows(m: BTreeMap<String, Vec<i64>> = BTreeMap::from([("a".into(), vec![1, 2])]), k: i64 = 2) -> (Vec<Vec<i64>>, BTreeMap<String, Vec<i64>>) {
        let mut grid = vec![vec![1, 2], vec![k]]; let mut m = m;
        for (y, row) in grid.iter_mut().enumerate() { for cell in row.iter_mut() { *cell += tick(*cell + y as i64).await; } }
        for (key, row) in m.iter_mut() { for cell in row.iter_mut() { *cell += tick(key.len() as i64).await; } row.push(9); }
        for (_, row) in &mut m { for (i, cell) in row.iter_mut().enumerate() { *cell += tick(i as i64).await; } }
        let mut i = 0;
        while let Some(next) = grid[0].get_mut(i + 1) { *next *= tick(*next).await; *next += 1; i += 1; }
        (grid, m)
    }
    fn a_collection_inside_of_a_macro(name: String = "n".into(), n: i64 = 2) -> Vec<usize> {
        vec![if n > 1 {
            let mut names = Vec::new();
            names.push(name.as_str());
            tick(1).await;
            names.push(&name);
            names.len()
        } else {
            0
        }]
    }
    fn fields_of_a_struct_with_a_lifetime(v: Vec<Item> = items()) -> String {
        let view = View { first: &v[0].sku, all: &v, n: v.len() };
        tick(view.n as i64).await;
        let first = view.first;
        tick(first.len() as i64).await;
        let mut out = first.to_owned();
        for item in view.all { tick(item.n).await; out += &item.sku; }
        out
    }
    fn a_type_that_is_known_only_further_on(n: i64 = 3) -> (i64, String) {
        fn eight(n: u8) -> i64 { i64::from(n) }
        fn text(text: &str) -> String { text.to_owned() }
        let digits = format!("1{n}");
        let parsed = digits.parse().unwrap_or_default();
        let small = n.try_into().unwrap_or_default();
        let sum = [n, 2].iter().sum();
        let turned = digits.chars().rev().collect();
        tick(n).await;
        let sum = tick(sum).await + eight(small);
        let turned: String = turned; (sum + tick(parsed).await, text(&turned))
    }
    fn borrows_out_of_nothing(n: i64 = 3) -> String {
        fn unit(big: bool) -> &'static str { if big { "kg" } else { "g" } }
        fn units() -> Vec<&'static str> { vec!["t", "kg"] }
        let one = unit(n > 2);
        let all = units();
        let m = tick(n).await;
        format!("{one}{all:?}{}", unit(m > 100))
    }
}
