//! Methods that a type has without saying so where it is called: those that an own trait
//! provides, `fmt` behind `.to_string()`, and `next` behind what iterators do.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use syn::{Item, ItemImpl, ItemTrait, TraitItem};

use super::body::Body;
use super::meaning::{Function, Meaning, Space};
use super::names::{self, Names, Segments};
use super::resolve::Resolver;
use super::skim::Bodies;

/// Gives each type of `items` what the traits among them provide for it.
pub(super) fn provide(items: &[&Item], bodies: &Bodies, names: &mut Names) {
    let traits = items.iter().filter_map(|item| match item {
        Item::Trait(item) => Some((item.ident.to_string(), item)),
        _ => None,
    });
    let traits: BTreeMap<String, &ItemTrait> = traits.collect();
    for item in items {
        if let Item::Impl(item) = item
            && let Some((path, _)) = &item.trait_
            && let Some(provider) = path.get_ident().and_then(|of| traits.get(&of.to_string()))
            && let Some(owner) = owner(item)
        {
            add(provider, &owner, bodies, names);
        }
    }
}

/// The type that an `impl` is of, by its last word; `impl<T> Trait for T` is of all.
pub(super) fn owner(item: &ItemImpl) -> Option<String> {
    let (path, _) = names::path_of(&item.self_ty)?;
    let last = path.last()?;
    let mut params = item.generics.type_params();
    let is_param = params.any(|param| param.ident == last);
    Some(if is_param {
        "*".to_owned()
    } else {
        last.clone()
    })
}

fn add(provider: &ItemTrait, owner: &String, bodies: &Bodies, names: &mut Names) {
    for item in &provider.items {
        if let TraitItem::Fn(function) = item
            && let Some(block) = &function.default
            && let Some(body) = Body::of(&function.sig, block, bodies, Some(owner))
        {
            let name = format!("{owner}::{}", function.sig.ident);
            names
                .functions
                .entry(name)
                .or_insert_with(|| Rc::clone(&body));
        }
    }
}

/// Whether a method may call one of `own` that has another name.
pub(super) fn may_call(method: &str, own: &BTreeSet<String>) -> bool {
    let behind = match method {
        "to_string" => "fmt",
        "unwrap_or_default" => "default",
        _ => "next",
    };
    own.contains(behind)
}

/// What a method of an own type calls.
pub(super) fn called(ty: &Segments, method: &str, resolver: &Resolver) -> Option<Function> {
    let own = |method: &str| {
        let path = [ty.as_slice(), &[method.to_owned()]].concat();
        match resolver.meaning(&path, Space::Value) {
            Meaning::Function(function) => Some(function),
            _ => None,
        }
    };
    let behind = match method {
        "to_string" => "fmt",
        "clone" | "eq" | "cmp" => method,
        _ => "next",
    };
    own(method).or_else(|| own(behind))
}
