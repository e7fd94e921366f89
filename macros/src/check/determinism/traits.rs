//! Methods that a type has without saying so where it is called: those that an own trait
//! provides, `fmt` behind `.to_string()`, `next` behind what iterators do, and what
//! `Default::default()`, `.into()` and `.parse()` stand for where the type is written out.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Item, ItemTrait, TraitItem};

use super::body::Body;
use super::meaning::{Function, Meaning, Space};
use super::names::{self, Names, Segments};
use super::resolve::Resolver;
use super::skim::Bodies;
use super::types::Known;
use super::walk::Walker;

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
            && let Some((path, _)) = names::path_of(&item.self_ty)
            && let Some(owner) = path.last()
        {
            add(provider, owner, bodies, names);
        }
    }
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

impl Walker<'_> {
    /// A value that is to be of the type `ty`.
    pub(super) fn made_as(&mut self, ty: &Segments, value: &Expr) {
        if let Some(maker) = maker(value)
            && self.resolver.has_method(maker)
        {
            self.made_by(ty, maker, value.to_token_stream());
        }
    }

    /// What a loop over `value` calls.
    pub(super) fn iterated(&mut self, value: &Expr, ty: Option<&Known>) {
        let path = ty.map(|ty| ty.path.clone()).unwrap_or_default();
        if self.resolver.has_method("next")
            && let Meaning::Own = self.resolver.meaning(&path, Space::Type)
            && let Some(function) = called(&path, "next", &self.resolver)
        {
            self.sink.called(value.to_token_stream(), function);
        }
    }

    /// `tokens` call `ty::maker`.
    pub(super) fn made_by(&mut self, ty: &Segments, maker: &str, tokens: TokenStream) {
        let path = [ty.as_slice(), &[maker.to_owned()]].concat();
        if let Meaning::Function(function) = self.resolver.meaning(&path, Space::Value) {
            self.sink.called(tokens, function);
        }
    }
}

/// The function of a type that makes a value of it.
fn maker(value: &Expr) -> Option<&'static str> {
    match value {
        Expr::Try(tried) => maker(&tried.expr),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                return None;
            };
            let is_default = names::segments(&path.path) == ["Default", "default"];
            is_default.then_some("default")
        }
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "into" => Some("from"),
            "parse" => Some("from_str"),
            "unwrap" | "expect" | "map_err" => maker(&call.receiver),
            _ => None,
        },
        _ => None,
    }
}
