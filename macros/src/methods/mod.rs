//! Flows in an `impl` block: each becomes a function beside it, which is a flow
//! as any other, and a method that calls it.
//!
//! ```text
//! #[flow] impl Order { #[flow] pub async fn place(self, by: u64) -> u64 { self.cents + by } }
//! =>
//! const _: () = {
//!     #[flow(name = "Order::place")]
//!     pub async fn Order_place(this: Order, by: u64) -> u64 { this.cents + by }
//!     impl Order {
//!         pub fn place(self, by: u64) -> FlowCall<Order_place> { Order_place(self, by) }
//!     }
//! };
//! ```

mod generics;
mod half;
mod unowned;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, FnArg, Generics, ImplItem, ImplItemFn, ItemImpl, Meta, Pat, Path, PathArguments,
    Receiver, ReceiverKind, Signature, Type, parse_quote,
};

use self::generics::{joined, make_static};
use crate::check::catalog;
use crate::diag::Diagnostics;
use crate::{fallback, names, parse};
use unowned::Unowned;

/// Expands an `impl` block with flows; `None` if `item` is none.
pub(crate) fn flows(args: &TokenStream, item: &TokenStream) -> Option<TokenStream> {
    if !is_block(item) {
        return None;
    }
    if let Ok(block) = syn::parse2(item.clone()) {
        return Some(expanded(args, block, Diagnostics::new()));
    }
    let (block, errors) = half::read(item)?;
    let mut diag = Diagnostics::new();
    for error in errors {
        diag.take_syntax(error);
    }
    let (block, shown) = (
        expanded(args, block, diag),
        fallback::shown_to_editors(item),
    );
    Some(quote!(#block #shown))
}

/// Whether it begins as such a block does.
fn is_block(item: &TokenStream) -> bool {
    let words = item.clone().into_iter().filter_map(|token| match token {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    });
    words
        .take_while(|word| word != "fn")
        .any(|word| word == "impl")
}

fn expanded(args: &TokenStream, mut block: ItemImpl, mut diag: Diagnostics) -> TokenStream {
    let owner = owner(args, &block, &mut diag);
    let (mut flows, mut found) = (Vec::new(), 0);
    for item in &mut block.items {
        if let ImplItem::Fn(method) = item
            && let Some(attr) = taken(&mut method.attrs)
            && let Some(owner) = &owner
        {
            found += 1;
            let borrowed = borrowed(method);
            if let Some(borrowed) = borrowed {
                diag.refuse(borrowed, catalog::BORROWED_SELF);
            }
            let missing = unowned::missing_self(method);
            if let Some(missing) = &missing {
                diag.refuse(missing, catalog::NO_SELF);
            }
            *item = if borrowed.is_some() || missing.is_some() || half::is_half(method) {
                let method = method.to_token_stream();
                ImplItem::Verbatim(fallback::refused(method, Diagnostics::new()))
            } else {
                let (flow, call) = owner.split(&attr, method);
                flows.push(flow);
                call
            };
        }
    }
    if owner.is_some() && found == 0 {
        diag.refuse(block.impl_token, catalog::NO_FLOW_IN_IMPL);
        block.items.iter_mut().for_each(unmarked);
    }
    let errors = diag.finish();
    quote! {
        #errors
        const _: () = {
            #(#flows)*
            #block
        };
    }
}

/// Some of these are to be flows: rustc would tell of what they await, and of who awaits
/// them.
fn unmarked(item: &mut ImplItem) {
    if let ImplItem::Fn(method) = item
        && method.sig.asyncness.is_some()
    {
        let refused = fallback::refused(method.to_token_stream(), Diagnostics::new());
        *item = ImplItem::Verbatim(refused);
    }
}

/// The type that a block is of, unless it can have no flows.
fn owner(args: &TokenStream, block: &ItemImpl, diag: &mut Diagnostics) -> Option<Owner> {
    if !args.is_empty() {
        diag.refuse(args, catalog::OPTION_OF_IMPL);
    }
    match (&block.trait_, &*block.self_ty) {
        (None, Type::Path(ty)) if ty.qself.is_none() => Some(Owner {
            path: turbofish(ty.path.clone()),
            generics: block.generics.clone(),
        }),
        _ => {
            diag.refuse(block.self_ty.as_ref(), catalog::FLOW_IN_TRAIT_IMPL);
            None
        }
    }
}

/// The `&self` of a method.
fn borrowed(method: &ImplItemFn) -> Option<&Receiver> {
    let receiver = method.sig.receiver()?;
    let is_value = matches!(receiver.kind, ReceiverKind::Value | ReceiverKind::Typed(..));
    (!is_value).then_some(receiver)
}

/// Takes `#[flow]` away from a method's attributes.
fn taken(attrs: &mut Vec<Attribute>) -> Option<Attribute> {
    let is_flow = |attr: &Attribute| {
        let last = attr.path().segments.last();
        last.is_some_and(|last| last.ident == "flow")
    };
    let at = attrs.iter().position(is_flow)?;
    Some(attrs.remove(at))
}

/// `Order<T>`  =>  `Order::<T>`, which can stand for `Self` anywhere.
fn turbofish(mut path: Path) -> Path {
    if let Some(last) = path.segments.last_mut()
        && let PathArguments::AngleBracketed(given) = &mut last.arguments
    {
        let span = given.lt_token.span;
        given.colon2_token.get_or_insert(syn::Token![::](span));
    }
    path
}

/// The type whose flows are split off.
struct Owner {
    path: Path,
    generics: Generics,
}

impl Owner {
    /// The flow that a method becomes, and the method that calls it.
    fn split(&self, attr: &Attribute, method: &ImplItemFn) -> (TokenStream, ImplItem) {
        let mut free = method.clone();
        let this = this(&free);
        free.sig.inputs = free
            .sig
            .inputs
            .into_iter()
            .map(|input| self.input(input, &this))
            .collect();
        let mut named = Unowned {
            path: &self.path,
            this: &this,
        };
        named.visit_signature_mut(&mut free.sig);
        named.visit_block_mut(&mut free.block);
        let generics = std::mem::take(&mut free.sig.generics);
        free.sig.generics = joined(&self.generics, generics);
        named.visit_generics_mut(&mut free.sig.generics);
        free.sig.ident = self.machine(&method.sig.ident);
        free.attrs
            .retain(|attr| is_lint(attr) || attr.path().is_ident("cfg"));
        let attr = self.attribute(attr, &method.sig.ident);
        let call = self.call(method, &free.sig);
        (quote!(#attr #[allow(non_snake_case)] #free), call)
    }

    /// `self` as an argument of its own.
    fn input(&self, input: FnArg, this: &Ident) -> FnArg {
        let FnArg::Receiver(receiver) = input else {
            return input;
        };
        let Receiver {
            mutability, kind, ..
        } = &receiver;
        let (path, mark) = (&self.path, Ident::new(parse::RECEIVER, Span::call_site()));
        match kind {
            ReceiverKind::Typed(_, ty) => parse_quote!(#[#mark] #mutability #this: #ty),
            _ => parse_quote!(#[#mark] #mutability #this: #path),
        }
    }

    /// The name of the type, without its path.
    fn name(&self) -> String {
        let last = self.path.segments.last();
        last.map_or_else(String::new, |last| last.ident.to_string())
    }

    /// The name of the function beside the block.
    fn machine(&self, method: &Ident) -> Ident {
        let (owner, method) = (self.name(), syn::ext::IdentExt::unraw(method));
        format_ident!("{owner}_{method}", span = method.span())
    }

    /// `#[flow(..)]` as written, with the name of the type in the flow's.
    fn attribute(&self, attr: &Attribute, method: &Ident) -> TokenStream {
        let given = match &attr.meta {
            Meta::List(list) => list.tokens.clone(),
            Meta::Path(_) | Meta::NameValue(_) => TokenStream::new(),
        };
        let mut words = given.clone().into_iter();
        if words.any(|word| matches!(word, TokenTree::Ident(word) if word == "name")) {
            return attr.to_token_stream();
        }
        let name = format!("{}::{}", self.name(), syn::ext::IdentExt::unraw(method));
        let (path, comma) = (attr.path(), (!given.is_empty()).then(|| quote!(,)));
        quote!(#[#path(name = #name #comma #given)])
    }

    /// The method, which hands its arguments to the flow.
    fn call(&self, method: &ImplItemFn, flow: &Signature) -> ImplItem {
        let runtime = names::door(method.sig.ident.span());
        let mut call = method.clone();
        call.attrs.retain(|attr| !is_lint(attr));
        parse::name_types(&mut call.sig);
        call.sig.asyncness = None;
        let mut given = Vec::new();
        for (number, input) in call.sig.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    receiver.mutability = None;
                    given.push(receiver.self_token.to_token_stream());
                }
                FnArg::Typed(typed) => {
                    let name = argument(&typed.pat, number);
                    given.push(quote!(#name));
                    *typed.pat = parse_quote!(#name);
                }
            }
        }
        let machine = &flow.ident;
        let generics = joined(&self.generics, call.sig.generics.clone());
        make_static(&mut call.sig.generics, &self.generics);
        let (_, named, _) = generics.split_for_impl();
        call.sig.output = parse_quote!(-> #runtime::FlowCall<#machine #named>);
        call.block = parse_quote!({ #machine(#(#given),*) });
        ImplItem::Fn(call)
    }
}

/// What stands for `self` in the flow.
fn this(method: &ImplItemFn) -> Ident {
    let mut name = "this".to_owned();
    let words = method.to_token_stream().to_string();
    while words.contains(&name) {
        name.push('_');
    }
    let receiver = method.sig.receiver();
    let span = receiver.map_or_else(Span::call_site, |receiver| receiver.self_token.span);
    Ident::new(&name, span)
}

/// The name by which a method knows an argument.
fn argument(pat: &Pat, number: usize) -> Ident {
    match pat {
        Pat::Ident(ident) if ident.subpat.is_none() => ident.ident.clone(),
        other => Ident::new(&format!("argument{number}"), other.span()),
    }
}

fn is_lint(attr: &Attribute) -> bool {
    const LINTS: [&str; 4] = ["allow", "deny", "expect", "warn"];
    LINTS.iter().any(|lint| attr.path().is_ident(lint))
}
