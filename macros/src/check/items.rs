//! Items in the body of a flow: those of inner blocks that are moved to the top of
//! the flow, and whose names are used outside of their block; and `impl`s of what
//! stands outside of the flow.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Item, ItemImpl, Stmt};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::{awaits, items};

pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    let whole = &flow.body;
    let mut checker = Checker { whole, diag };
    visit::visit_block(&mut checker, &flow.body);
    let mut items = Items::default();
    items.visit_block(&flow.body);
    for implemented in &items.impls {
        let of_trait = implemented.trait_.as_ref();
        let of_trait = of_trait.map(|(path, _)| path.to_token_stream());
        let mut header = implemented.self_ty.to_token_stream();
        header.extend(of_trait);
        let mut names = items.names.iter();
        if !names.any(|name| count(header.clone(), name) > 0) {
            diag.refuse(implemented.impl_token, catalog::IMPL_IN_BODY);
        }
    }
}

/// The `impl`s of a body, and the types and traits of it.
#[derive(Default)]
struct Items<'ast> {
    impls: Vec<&'ast ItemImpl>,
    names: Vec<&'ast Ident>,
}

impl<'ast> Visit<'ast> for Items<'ast> {
    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Impl(item) => self.impls.push(item),
            Item::Enum(_) | Item::Struct(_) | Item::Trait(_) | Item::Union(_) => {
                self.names.extend(name(item));
            }
            _ => {}
        }
    }
}

struct Checker<'a> {
    whole: &'a Block,
    diag: &'a mut Diagnostics,
}

impl<'ast> Visit<'ast> for Checker<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        let moved = items::in_flow(block) && awaits::in_block(block);
        for stmt in block.stmts.iter().filter(|_| moved) {
            if let Stmt::Item(item) = stmt
                && let Some(name) = name(item)
                && count(self.whole.to_token_stream(), name) > count(block.to_token_stream(), name)
            {
                self.diag.refuse(name, catalog::ITEM_IN_BLOCK);
            }
        }
        visit::visit_block(self, block);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// The name that an item brings into its block.
fn name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Const(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        Item::Fn(item) => Some(&item.sig.ident),
        Item::Struct(item) => Some(&item.ident),
        Item::Trait(item) => Some(&item.ident),
        Item::Type(item) => Some(&item.ident),
        Item::Union(item) => Some(&item.ident),
        _ => None,
    }
}

/// How often a name stands in `tokens`.
fn count(tokens: TokenStream, name: &Ident) -> usize {
    let count = |token| match token {
        TokenTree::Ident(ident) => usize::from(ident == *name),
        TokenTree::Group(group) => count(group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => 0,
    };
    tokens.into_iter().map(count).sum()
}
