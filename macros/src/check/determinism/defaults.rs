//! What makes a value without saying its type: `Default::default()`, `.into()` and
//! `.parse()` of an own type call what the file says, as does a derived `Default`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprMethodCall, GenericArgument, Item, ItemStruct, Path, Token, Type};

use super::body::Body;
use super::meaning::{Meaning, Space};
use super::names::{self, Names, Segments};
use super::receiver;
use super::traits::called;
use super::types::Known;
use super::walk::Walker;

/// Collections without an order, which are told where they are made.
const UNORDERED: &[&str] = &["HashMap", "HashSet"];

/// Gives each type of `items` that derives `Default` what that calls, if it may lead
/// anywhere.
pub(super) fn derive(items: &[&Item], names: &mut Names) {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) if item.attrs.iter().any(derives_default) => Some(item),
        _ => None,
    });
    let mut open: Vec<&ItemStruct> = structs.collect();
    loop {
        let made = open.iter().map(|item| made_in(item, names));
        let made: Vec<TokenStream> = made.collect();
        let mut rest = Vec::new();
        for (item, code) in open.iter().zip(made) {
            if code.is_empty() {
                rest.push(*item);
            } else {
                let name = format!("{}::default", item.ident);
                names.functions.insert(name, Body::written(code));
                names.methods.insert("default".to_owned());
            }
        }
        if rest.len() == open.len() {
            return;
        }
        open = rest;
    }
}

/// What a derived `Default` makes, but for what is surely the same each time.
fn made_in(item: &ItemStruct, names: &Names) -> TokenStream {
    let leads = |ty: &Type| {
        let last = names::path_of(ty).and_then(|(path, _)| path.last().cloned());
        last.is_some_and(|last| {
            let own = format!("{last}::default");
            UNORDERED.contains(&last.as_str()) || names.functions.contains_key(&own)
        })
    };
    let types = item.fields.iter().map(|field| &field.ty);
    let made = types
        .filter(|ty| leads(ty))
        .map(|ty| quote_spanned!(ty.span()=> let _: #ty = Default::default();));
    quote!(#(#made)*)
}

fn derives_default(attr: &Attribute) -> bool {
    let parser = Punctuated::<Path, Token![,]>::parse_terminated;
    attr.path().is_ident("derive")
        && attr.parse_args_with(parser).is_ok_and(|derived| {
            let mut last = derived.iter().filter_map(|path| path.segments.last());
            last.any(|last| last.ident == "Default")
        })
}

/// The method of an own type that is called behind another name.
pub(super) fn behind(method: &str) -> Option<&'static str> {
    match method {
        "into" => Some("from"),
        "parse" => Some("from_str"),
        _ => None,
    }
}

impl Walker<'_> {
    /// `.parse::<Type>()`, and `Default::default` where a method takes a function.
    pub(super) fn made_by_call(&mut self, call: &ExprMethodCall) {
        let written = call.turbofish.as_ref().and_then(|given| given.args.first());
        if call.method == "parse"
            && let Some(GenericArgument::Type(ty)) = written
            && let Some((ty, _)) = names::path_of(ty)
        {
            self.made_by(&ty, "from_str", call.method.to_token_stream());
        }
        if self.resolver.has_method("default")
            && call.args.iter().any(is_default)
            && let Some(known) = receiver::type_of(&call.receiver, &mut self.resolver)
            && let Some(item) = known.item()
        {
            self.made_by(&item.path, "default", call.method.to_token_stream());
        }
    }

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
        Expr::Call(call) => is_default(&call.func).then_some("default"),
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "unwrap" | "expect" | "map_err" => maker(&call.receiver),
            method => behind(method),
        },
        _ => None,
    }
}

fn is_default(function: &Expr) -> bool {
    match function {
        Expr::Path(path) => names::segments(&path.path) == ["Default", "default"],
        _ => false,
    }
}
