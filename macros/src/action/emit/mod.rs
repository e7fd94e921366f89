//! The items of an action. No decisions: what is done the same for every
//! action is a function of the runtime.

mod attempt;
mod policy;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn::Attribute;

use super::model::{Action, Argument, Form, Param};
use crate::names;

/// ```text
/// #[action] async fn charge(gateway: Dep<Gateway>, order: u64) -> Receipt { .. }
/// // becomes
/// fn charge(order: u64) -> ActionCall<charge> { .. }          // captures
/// struct charge {}
/// impl charge { async fn run(gateway: Dep<Gateway>, order: u64) -> Receipt { .. } }
/// impl Action for charge { .. }                               // the definition
/// inventory::submit! { .. }
/// ```
pub(super) fn items(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let ident = &action.function.sig.ident;
    let cfg = conditions(&action.function.attrs);
    let (call, carrier, body, contract) = (
        call(action),
        carrier(action),
        body(action),
        contract(action),
    );
    let repeatable = repeatable(action);
    quote! {
        #call
        #carrier
        #body
        #contract
        #repeatable

        #(#cfg)*
        #runtime::inventory::submit! {
            #runtime::Registration::Action(<#ident as #runtime::Action>::DEF)
        }
    }
}

/// The user's function, which captures its arguments and runs nothing.
fn call(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let (ident, vis) = (&action.function.sig.ident, &action.function.vis);
    let attrs = action
        .function
        .attrs
        .iter()
        .filter(|attr| names_the_item(attr));
    let fields = names::ident("fields");
    let params = action
        .arguments()
        .map(|Argument { ident, ty, .. }| quote!(#ident: #ty));
    let encoded = action.arguments().enumerate().map(|(index, argument)| {
        let (index, name, value) = (syn::Index::from(index), argument.name(), &argument.ident);
        let value = match argument.form {
            Form::Owned => quote!(&#value),
            Form::Borrowed(_) | Form::Slice(_) | Form::Unsized(_) => quote!(#value),
        };
        quote!(<#ident>::__ARGUMENTS.#index.encode(#fields, #name, #value)?;)
    });
    quote! {
        #(#attrs)*
        #[allow(private_interfaces, clippy::all, clippy::pedantic)]
        #vis fn #ident(#(#params),*) -> #runtime::ActionCall<#ident> {
            #runtime::ActionCall::capture(|#fields| {
                #(#encoded)*
                let _ = #fields;
                ::core::result::Result::Ok(())
            })
        }
    }
}

/// The type in the namespace of types, and what generated code asks it.
fn carrier(action: &Action) -> TokenStream {
    let (ident, vis, name) = (
        &action.function.sig.ident,
        &action.function.vis,
        action.name(),
    );
    let cfg = conditions(&action.function.attrs);
    let doc = format!("The action `{name}`.");
    let types = action.arguments().map(attempt::tie_type);
    let ties = action.arguments().map(attempt::tie);
    let attempt = attempt::function(action);
    quote! {
        #[doc = #doc]
        #(#cfg)*
        #[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
        #vis struct #ident {}

        #(#cfg)*
        #[automatically_derived]
        #[allow(dead_code, clippy::all, clippy::pedantic)]
        impl #ident {
            /// The name under which the action is registered and stored.
            pub const NAME: &'static str = #name;

            const __ARGUMENTS: (#(#types,)*) = (#(#ties,)*);

            #attempt
        }
    }
}

/// The user's body, to be called by an attempt or by a unit test.
fn body(action: &Action) -> TokenStream {
    let ident = &action.function.sig.ident;
    let cfg = conditions(&action.function.attrs);
    let mut function = action.function.clone();
    function
        .attrs
        .retain(|attr| !names_the_item(attr) && !attr.path().is_ident("must_use"));
    function.sig.ident = format_ident!("run", span = ident.span());
    let doc = format!(
        "Runs the body of the action `{}` itself: it is not tried again, and nothing is stored.",
        action.name()
    );
    quote! {
        #(#cfg)*
        impl #ident {
            #[doc = #doc]
            #[allow(
                clippy::missing_errors_doc,
                clippy::missing_panics_doc,
                clippy::must_use_candidate,
                clippy::needless_pass_by_value,
                clippy::missing_const_for_fn,
                clippy::unused_async
            )]
            #function
        }
    }
}

/// The implementation of `Action`.
fn contract(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let (ident, ret) = (&action.function.sig.ident, &action.ret);
    let cfg = conditions(&action.function.attrs);
    let (name, line, policy) = (
        action.name(),
        ident.span().start().line,
        policy::policy(action),
    );
    let line = u32::try_from(line).unwrap_or(0);
    let deps = action.params.iter().filter_map(|param| match param {
        Param::Dep(ty) => Some(quote!(#runtime::DepDef::of::<#ty>())),
        Param::Cx | Param::Argument(_) => None,
    });
    let reply = attempt::reply(ret);
    let outcome = attempt::outcome(action);
    let fields = names::ident("fields");
    let owned = action.arguments().map(attempt::owned);
    let decoded = action.arguments().enumerate().map(|(index, argument)| {
        let (index, name) = (syn::Index::from(index), argument.name());
        quote!(<#ident>::__ARGUMENTS.#index.decode(#fields, #name)?)
    });
    quote! {
        #(#cfg)*
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic)]
        impl #runtime::Action for #ident {
            type Output = #ret;
            type Arguments = (#(#owned,)*);
            fn reply() -> #runtime::ReplyTie<Self::Output> {
                #reply
            }
            const DEF: &'static #runtime::ActionDef = &#runtime::ActionDef {
                name: #name,
                file: ::core::file!(),
                line: #line,
                policy: #policy,
                deps: || ::std::vec![#(#deps),*],
                run: |deps, cx, arguments| #runtime::prepared(<#ident>::__attempt(deps, cx, arguments)),
                failed: |failure| {
                    #[allow(unused_imports)]
                    use #runtime::{ViaFailure as _, ViaNoFailure as _};
                    (&&#runtime::ReplyTag::<#ret>::new()).failed(failure, <#ident as #runtime::Action>::reply())
                },
            };

            fn arguments(
                #fields: &#runtime::Fields,
            ) -> ::core::result::Result<Self::Arguments, #runtime::AttemptOutcome> {
                let _ = #fields;
                ::core::result::Result::Ok((#(#decoded,)*))
            }

            #outcome
        }
    }
}

/// That a call can be tried again.
fn repeatable(action: &Action) -> Option<TokenStream> {
    let runtime = names::door(Span::call_site());
    let ident = &action.function.sig.ident;
    let cfg = conditions(&action.function.attrs);
    (!action.options.at_most_once).then(|| {
        quote! {
            #(#cfg)*
            impl #runtime::Repeatable for #ident {}
        }
    })
}

/// The attributes that say whether the items are there at all.
fn conditions(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg"))
        .collect()
}

/// Whether an attribute is about the name that users see; all others are
/// about the body.
fn names_the_item(attr: &Attribute) -> bool {
    ["cfg", "doc", "deprecated"]
        .iter()
        .any(|name| attr.path().is_ident(name))
}
