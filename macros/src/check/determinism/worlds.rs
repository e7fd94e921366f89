//! Which of several items of one name a file has: `#[cfg]` decides, and what it asks for
//! is not always known. Then each of them is looked at, in a world of its own.
//!
//! ```text
//! #[cfg(a)] fn f() { 1 }  #[cfg(b)] fn f() { 2 }  =>  fn f() { 1 }, fn f() { 2 }
//! ```

use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, ItemImpl, Stmt, UseTree};

use super::conditions;
use crate::syntax::conditional;

/// More alternatives of a name than this are not looked at.
const MOST: usize = 8;

/// The name of a module that is not chosen: its flows still find it, by its lines.
const LEFT_OUT: &str = "__left_out";

/// The items of each world: mostly there is but one.
pub(super) fn of(items: Vec<Item>) -> Vec<Vec<Item>> {
    let count = count(&items).clamp(1, MOST);
    let others = (1..count).map(|world| chosen(items.clone(), world));
    let others: Vec<Vec<Item>> = others.collect();
    std::iter::once(chosen(items, 0)).chain(others).collect()
}

fn count(items: &[Item]) -> usize {
    let inner = items.iter().map(|item| match item {
        Item::Mod(module) => module.content.as_ref().map_or(1, |(_, items)| count(items)),
        Item::Impl(item) => Choice::of(&members(item)).count(),
        _ => 1,
    });
    let own = Choice::of(&named(items)).count();
    inner.chain([own]).max().unwrap_or(1)
}

fn chosen(items: Vec<Item>, world: usize) -> Vec<Item> {
    let is_chosen = Choice::of(&named(&items)).taken(&named(&items), world);
    let items = items.into_iter().zip(is_chosen);
    let items = items.filter_map(|(mut item, is_chosen)| {
        match &mut item {
            Item::Mod(module) => {
                if let Some((_, items)) = &mut module.content {
                    *items = chosen(std::mem::take(items), world);
                }
                if !is_chosen {
                    module.ident = Ident::new(LEFT_OUT, module.ident.span());
                }
                return Some(item);
            }
            Item::Impl(item) => {
                let mut is_chosen = Choice::of(&members(item))
                    .taken(&members(item), world)
                    .into_iter();
                item.items.retain(|_| is_chosen.next().unwrap_or(true));
            }
            _ => {}
        }
        is_chosen.then_some(item)
    });
    items.collect()
}

/// Whether `#[cfg]` takes a statement out.
pub(super) fn is_left_out(stmt: &Stmt) -> bool {
    let attrs = match stmt {
        Stmt::Local(local) => &local.attrs,
        Stmt::Item(item) => names(item).1,
        Stmt::Expr(expr, _) => conditional::attributes(expr),
        Stmt::Macro(mac) => &mac.attrs,
    };
    conditions::is_left_out(attrs)
}

/// The names that an item gives, and its attributes.
type Named<'i> = (Vec<String>, &'i [Attribute]);

/// What is behind a `cfg`: of each name, the conditions.
struct Choice {
    /// Names of what has a condition that is met.
    sure: Vec<String>,
    /// Names of what has none.
    open: Vec<String>,
    /// Conditions of which is not known whether they are met.
    doubtful: BTreeMap<String, Vec<String>>,
}

impl Choice {
    fn of(named: &[Named<'_>]) -> Self {
        let mut choice = Self {
            sure: Vec::new(),
            open: Vec::new(),
            doubtful: BTreeMap::new(),
        };
        for (names, attrs) in named {
            let condition = condition(attrs);
            let given = names.iter().cloned();
            match conditions::holds(attrs) {
                Some(true) if condition.is_empty() => choice.open.extend(given),
                Some(true) => choice.sure.extend(given),
                Some(false) => {}
                None => given.for_each(|name| {
                    let known = choice.doubtful.entry(name).or_default();
                    if !known.contains(&condition) {
                        known.push(condition.clone());
                    }
                }),
            }
        }
        choice
    }

    /// In how many worlds all of it is seen.
    fn count(&self) -> usize {
        let names = self.doubtful.iter();
        let names = names.filter(|(name, _)| !self.sure.contains(name));
        names.map(|(_, known)| known.len()).max().unwrap_or(1)
    }

    /// Which are there in a world. What is for tests only is, if nothing else has its name.
    fn taken(&self, named: &[Named<'_>], world: usize) -> Vec<bool> {
        let is_taken = named
            .iter()
            .map(|(names, attrs)| match conditions::holds(attrs) {
                _ if names.is_empty() => !conditions::is_left_out(attrs),
                Some(true) => true,
                Some(false) => !names.iter().any(|name| {
                    let is_there = self.sure.contains(name) || self.open.contains(name);
                    is_there || self.doubtful.contains_key(name)
                }),
                None => {
                    let condition = condition(attrs);
                    names.iter().any(|name| {
                        let known = self.doubtful.get(name);
                        let known = known.filter(|_| !self.sure.contains(name));
                        known.is_some_and(|known| {
                            known.get(world % known.len().max(1)) == Some(&condition)
                        })
                    })
                }
            });
        is_taken.collect()
    }
}

fn condition(attrs: &[Attribute]) -> String {
    let conditions = attrs.iter().filter(|attr| conditional::is_cfg(attr));
    let texts = conditions.map(|attr| attr.to_token_stream().to_string());
    texts.collect()
}

fn named(items: &[Item]) -> Vec<Named<'_>> {
    items.iter().map(names).collect()
}

fn members(item: &ItemImpl) -> Vec<Named<'_>> {
    let members = item.items.iter().map(|item| match item {
        ImplItem::Fn(item) => (vec![item.sig.ident.to_string()], item.attrs.as_slice()),
        ImplItem::Const(item) => (vec![item.ident.to_string()], item.attrs.as_slice()),
        ImplItem::Type(item) => (vec![item.ident.to_string()], item.attrs.as_slice()),
        _ => (Vec::new(), [].as_slice()),
    });
    members.collect()
}

fn names(item: &Item) -> Named<'_> {
    let (name, attrs) = match item {
        Item::Fn(item) => (&item.sig.ident, &item.attrs),
        Item::Mod(item) => (&item.ident, &item.attrs),
        Item::Const(item) => (&item.ident, &item.attrs),
        Item::Static(item) => (&item.ident, &item.attrs),
        Item::Type(item) => (&item.ident, &item.attrs),
        Item::Struct(item) => (&item.ident, &item.attrs),
        Item::Enum(item) => (&item.ident, &item.attrs),
        Item::Union(item) => (&item.ident, &item.attrs),
        Item::Trait(item) => (&item.ident, &item.attrs),
        Item::Macro(item) => match &item.ident {
            Some(name) => (name, &item.attrs),
            None => return (Vec::new(), &item.attrs),
        },
        Item::ExternCrate(item) => {
            let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
            (name, &item.attrs)
        }
        Item::Use(item) => {
            let mut names = Vec::new();
            imported(&item.tree, &mut names);
            return (names, &item.attrs);
        }
        Item::Impl(item) => return (implemented(item), &item.attrs),
        _ => return (Vec::new(), &[]),
    };
    (vec![name.to_string()], attrs)
}

/// An `impl` of a trait has one name, any other those of its functions, and one for
/// tests that of its type.
fn implemented(item: &ItemImpl) -> Vec<String> {
    let ty = item.self_ty.to_token_stream();
    if conditions::is_left_out(&item.attrs) {
        return vec![ty.to_string()];
    }
    if let Some((path, _)) = &item.trait_ {
        return vec![format!("{} for {ty}", path.to_token_stream())];
    }
    let names = members(item).into_iter().flat_map(|(names, _)| names);
    names.map(|name| format!("{ty}::{name}")).collect()
}

fn imported(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Name(name) if name.ident == "self" => {}
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(name) => names.push(name.rename.to_string()),
        UseTree::Glob(_) => {}
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, names)),
    }
}
