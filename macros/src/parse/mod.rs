//! Tokens to [`Flow`]: attribute arguments and signature. The body is syn's;
//! gate 1 says which of it can be lowered.

mod args;
mod recovered;
mod unbound;

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, Generics, ItemFn, Pat, ReturnType, Signature, Stmt, Type, TypeFnPtr, TypeImplTrait,
    TypeParamBound, TypePath, TypeReference, TypeTraitObject, parse_quote, parse_quote_spanned,
};

use crate::check::catalog;
use crate::diag::Diagnostics;
use crate::model::{Flow, Param};
use crate::syntax::groups;

/// A function with nothing between its braces.
pub(crate) fn without_code(item: &TokenStream) -> Option<ItemFn> {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    let Some(TokenTree::Group(body)) = tokens.last_mut() else {
        return None;
    };
    *body = Group::new(body.delimiter(), TokenStream::new());
    syn::parse2(TokenStream::from_iter(tokens)).ok()
}

/// Whether tokens begin as a function does; rustc has parsed them before.
pub(crate) fn is_function(item: &TokenStream) -> bool {
    let mut tokens = item.clone().into_iter();
    tokens.any(|token| matches!(token, TokenTree::Ident(word) if word == "fn"))
}

/// Parses a function; `None` when it is none.
pub(crate) fn flow(args: TokenStream, item: TokenStream, diag: &mut Diagnostics) -> Option<Flow> {
    let args = args::parse(args, diag);
    let tokens = item.clone();
    let function: ItemFn = match syn::parse2(item) {
        Ok(function) => function,
        Err(error) if is_function(&tokens) => {
            diag.take_syntax(error);
            return None;
        }
        Err(error) => {
            diag.take(error);
            return None;
        }
    };
    signature(&function, diag);
    let ItemFn {
        attrs,
        vis,
        mut sig,
        mut block,
        ..
    } = function;
    name_types(&mut sig);
    groups::show(&mut block);
    recovered::mend(&mut block);
    let mut params = Vec::new();
    let mut patterns = Vec::new();
    for (number, input) in sig.inputs.into_iter().enumerate() {
        if let FnArg::Typed(typed) = input {
            params.push(param(typed, number, &mut patterns));
        }
    }
    patterns.append(&mut block.stmts);
    block.stmts = patterns;
    let (ret, is_ret_said) = match sig.output {
        ReturnType::Default => (parse_quote!(()), false),
        ReturnType::Type(_, ty) => (*ty, true),
    };
    Some(Flow {
        args,
        attrs,
        vis,
        ident: sig.ident,
        generics: sig.generics,
        params,
        paren: sig.paren_token,
        ret,
        is_ret_said,
        body: *block,
    })
}

/// Gives each `impl Trait` of the arguments a type parameter.
pub(crate) fn name_types(sig: &mut Signature) {
    let mut named = Named(std::mem::take(&mut sig.generics));
    for input in &mut sig.inputs {
        if let FnArg::Typed(typed) = input {
            named.visit_type_mut(&mut typed.ty);
        }
    }
    sig.generics = named.0;
}

struct Named(Generics);

impl VisitMut for Named {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        if let Type::ImplTrait(anonymous) = ty {
            let (bounds, number) = (&anonymous.bounds, self.0.params.len());
            let span = anonymous.impl_token.span;
            let name = proc_macro2::Ident::new(&format!("Argument{number}"), span);
            self.0
                .params
                .push(parse_quote_spanned!(span=> #name: #bounds));
            *ty = parse_quote_spanned!(span=> #name);
        }
    }
}

/// Whether a type is what only an action can take.
fn is_dependency(ty: &TypePath) -> bool {
    let last = ty.path.segments.last();
    last.is_some_and(|last| last.ident == "Dep" || last.ident == "ActionCx")
}

/// The attribute of the argument that a method's `self` has become.
pub(crate) const RECEIVER: &str = "flow_receiver";

/// A function without that attribute, to be shown to rustc.
pub(crate) fn unmarked(item: TokenStream) -> TokenStream {
    let Ok(mut function) = syn::parse2::<ItemFn>(item.clone()) else {
        return item;
    };
    for input in &mut function.sig.inputs {
        if let FnArg::Typed(typed) = input {
            take_receiver(&mut typed.attrs);
        }
    }
    function.to_token_stream()
}

/// Takes the attribute away; whether it was there.
fn take_receiver(attrs: &mut Vec<syn::Attribute>) -> bool {
    let known = attrs.len();
    attrs.retain(|attr| !attr.path().is_ident(RECEIVER));
    attrs.len() < known
}

/// A parameter: `(a, b): (u8, u8)` becomes a name, and a `let` of its own.
fn param(typed: syn::PatType, number: usize, patterns: &mut Vec<Stmt>) -> Param {
    let ty = *typed.ty;
    let mut attrs = typed.attrs;
    let is_receiver = take_receiver(&mut attrs);
    match *typed.pat {
        Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => Param {
            attrs,
            stored: if is_receiver {
                "self".to_owned()
            } else {
                syn::ext::IdentExt::unraw(&ident.ident).to_string()
            },
            ident: ident.ident,
            mutable: ident.mutability.is_some(),
            ty,
        },
        pat => {
            let span = pat.span();
            let ident = proc_macro2::Ident::new(&format!("argument{number}"), span);
            patterns.push(parse_quote_spanned!(span=> let #pat = #ident;));
            Param {
                attrs,
                stored: ident.to_string(),
                ident,
                mutable: false,
                ty,
            }
        }
    }
}

/// Refuses signatures that no flow can have.
fn signature(function: &ItemFn, diag: &mut Diagnostics) {
    let sig = &function.sig;
    if sig.asyncness.is_none() {
        diag.refuse(sig.fn_token, catalog::NOT_ASYNC);
    }
    if let Some(constness) = &sig.constness {
        diag.refuse(constness, catalog::CONST_FLOW);
    }
    if let syn::Safety::Unsafe(keyword) = &sig.safety {
        diag.refuse(keyword, catalog::UNSAFE_FLOW);
    }
    if let Some(abi) = &sig.abi {
        diag.refuse(abi, catalog::EXTERN_FLOW);
    }
    if let Some(variadic) = &sig.variadic {
        diag.refuse(variadic, catalog::VARIADIC_FLOW);
    }
    for lifetime in sig.generics.lifetimes() {
        diag.refuse(lifetime, catalog::LIFETIME_FLOW);
    }
    for input in &sig.inputs {
        match input {
            FnArg::Receiver(receiver) => diag.refuse(receiver, catalog::SELF_FLOW),
            FnArg::Typed(typed) => match &*typed.ty {
                Type::Path(ty) if is_dependency(ty) => {
                    diag.refuse(ty, catalog::DEPENDENCY_IN_FLOW);
                }
                ty => Parts(diag, catalog::BORROWED_ARGUMENT).visit_type(ty),
            },
        }
    }
    unbound::check(sig, diag);
    if let ReturnType::Type(_, ty) = &sig.output {
        match &**ty {
            Type::ImplTrait(ty) => diag.refuse(ty, catalog::IMPL_RESULT),
            ty => Parts(diag, catalog::BORROWED_RESULT).visit_type(ty),
        }
    }
}

/// Refuses borrows, with this text, and `dyn Trait` in the parts of a type.
struct Parts<'d>(&'d mut Diagnostics, &'static str);

impl<'ast> Visit<'ast> for Parts<'_> {
    fn visit_type_reference(&mut self, borrow: &'ast TypeReference) {
        self.0.refuse(borrow, self.1);
    }

    fn visit_type_trait_object(&mut self, object: &'ast TypeTraitObject) {
        self.0.refuse(object, catalog::DYN_IN_SIGNATURE);
    }

    fn visit_type_impl_trait(&mut self, anonymous: &'ast TypeImplTrait) {
        let is_function = |bound: &TypeParamBound| match bound {
            TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| {
                ["Fn", "FnMut", "FnOnce"]
                    .iter()
                    .any(|name| last.ident == name)
            }),
            _ => false,
        };
        if anonymous.bounds.iter().any(is_function) {
            self.0.refuse(anonymous, catalog::CLOSURE_ARGUMENT);
        } else {
            visit::visit_type_impl_trait(self, anonymous);
        }
    }

    fn visit_type_fn_ptr(&mut self, function: &'ast TypeFnPtr) {
        self.0.refuse(function, catalog::CLOSURE_ARGUMENT);
    }
}
