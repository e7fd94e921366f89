//! The items of an action. No decisions: what is done the same for every
//! action is a function of the runtime.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Attribute;
use syn::spanned::Spanned;

use super::model::{Action, Argument, Form, Limit, Param, Retry};
use super::signature;
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
    let runtime = names::runtime(Span::call_site());
    let ident = &action.function.sig.ident;
    let cfg = conditions(&action.function.attrs);
    let (call, carrier, body, contract) = (
        call(action),
        carrier(action),
        body(action),
        contract(action),
    );
    quote! {
        #call
        #carrier
        #body
        #contract

        #(#cfg)*
        #runtime::inventory::submit! {
            #runtime::Registration::Action(<#ident as #runtime::Action>::DEF)
        }
    }
}

/// The user's function, which captures its arguments and runs nothing.
fn call(action: &Action) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
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
    let types = action.arguments().map(tie_type);
    let ties = action.arguments().map(tie);
    let attempt = attempt(action);
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
                clippy::unused_async
            )]
            #function
        }
    }
}

/// The implementation of `Action`.
fn contract(action: &Action) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let (ident, ret) = (&action.function.sig.ident, &action.ret);
    let cfg = conditions(&action.function.attrs);
    let (name, line, policy) = (action.name(), ident.span().start().line, policy(action));
    let line = u32::try_from(line).unwrap_or(0);
    let deps = action.params.iter().filter_map(|param| match param {
        Param::Dep(ty) => Some(quote!(#runtime::DepDef::of::<#ty>())),
        Param::Cx | Param::Argument(_) => None,
    });
    let reply = match signature::result_of(ret) {
        Some((ok, err)) => quote_spanned!(ok.span()=> #runtime::fallible_reply::<#ok, #err>()),
        None => quote_spanned!(ret.span()=> #runtime::reply::<#ret>()),
    };
    quote! {
        #(#cfg)*
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic)]
        impl #runtime::Action for #ident {
            type Output = #ret;
            const REPLY: #runtime::ReplyTie<Self::Output> = #reply;
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
                    (&&#runtime::ReplyTag::<#ret>::new()).failed(failure, <#ident as #runtime::Action>::REPLY)
                },
            };
        }
    }
}

/// Dependencies and arguments, then the future of the body.
fn attempt(action: &Action) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let (ident, ret) = (&action.function.sig.ident, &action.ret);
    let [deps, cx, fields, reply] = ["deps", "cx", "fields", "reply"].map(names::ident);
    let mut position = 0usize;
    let (mut taken, mut given) = (Vec::new(), Vec::new());
    for (number, param) in action.params.iter().enumerate() {
        let value = names::ident(&format!("a{number}"));
        taken.push(match param {
            Param::Dep(ty) => {
                quote!(let #value = #deps.get::<#ty>().map_err(#runtime::AttemptOutcome::MissingDep)?;)
            }
            Param::Cx => quote!(let #value = #runtime::ActionCx::clone(&#cx);),
            Param::Argument(argument) => {
                let (index, name) = (syn::Index::from(position), argument.name());
                position += 1;
                quote!(let #value = <#ident>::__ARGUMENTS.#index.decode(#fields, #name)?;)
            }
        });
        given.push(match param {
            Param::Argument(Argument {
                form: Form::Owned, ..
            })
            | Param::Dep(_)
            | Param::Cx => quote!(#value),
            Param::Argument(_) => quote!(&#value),
        });
    }
    let run = match action.function.sig.asyncness {
        Some(_) => quote!(<#ident>::run(#(#given),*).await),
        None => quote!(#runtime::blocking(move || <#ident>::run(#(#given),*)).await),
    };
    let retry_if = match &action.options.retry_if {
        Some(function) => quote!(#function),
        None => quote!(|_| true),
    };
    quote_spanned! {ident.span()=>
        fn __attempt(
            #deps: &#runtime::Deps,
            #cx: #runtime::ActionCx,
            #fields: &#runtime::Fields,
        ) -> ::core::result::Result<#runtime::RunFuture, #runtime::AttemptOutcome> {
            #[allow(unused_imports)]
            use #runtime::{ViaResult as _, ViaValue as _};
            let _ = (#deps, &#cx, #fields);
            #(#taken)*
            ::core::result::Result::Ok(::std::boxed::Box::pin(async move {
                let #reply = #run;
                (&&#runtime::ReplyTag::<#ret>::new()).attempt(
                    #reply,
                    <#ident as #runtime::Action>::REPLY,
                    #retry_if,
                )
            }))
        }
    }
}

fn tie_type(argument: &Argument) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let ty = &argument.ty;
    match &argument.form {
        Form::Owned => quote!(#runtime::ArgumentTie<#ty, #ty>),
        Form::Borrowed(ty) => quote!(#runtime::ArgumentTie<#ty, #ty>),
        Form::Slice(ty) => quote!(#runtime::ArgumentTie<[#ty], ::std::vec::Vec<#ty>>),
        Form::Unsized(ty) => {
            quote!(#runtime::ArgumentTie<#ty, <#ty as ::std::borrow::ToOwned>::Owned>)
        }
    }
}

/// The only place that demands anything of an argument's type.
fn tie(argument: &Argument) -> TokenStream {
    let span = argument.ty.span();
    let runtime = names::runtime(span);
    match &argument.form {
        Form::Owned => {
            let ty = &argument.ty;
            quote_spanned!(span=> #runtime::argument::<#ty>())
        }
        Form::Borrowed(ty) => quote_spanned!(span=> #runtime::argument::<#ty>()),
        Form::Slice(ty) => quote_spanned!(span=> #runtime::slice_argument::<#ty>()),
        Form::Unsized(ty) => quote_spanned!(span=> #runtime::borrowed_argument::<#ty>()),
    }
}

fn policy(action: &Action) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let options = &action.options;
    let retry = retry(&options.retry);
    let [one, all] = [options.timeout, options.total_timeout].map(|limit| match limit {
        Some(limit) => {
            let limit = duration(limit);
            quote!(::core::option::Option::Some(#limit))
        }
        None => quote!(::core::option::Option::None),
    });
    quote!(#runtime::Policy::new(#retry, #one, #all))
}

fn retry(retry: &Retry) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let start = match retry.limit {
        None => quote!(DEFAULT),
        Some(Limit::Never) => quote!(never()),
        Some(Limit::Forever) => quote!(forever()),
        Some(Limit::Attempts(attempts)) => quote!(attempts(#attempts)),
    };
    let first_delay = retry
        .first_delay
        .map(duration)
        .map(|delay| quote!(.first_delay(#delay)));
    let factor = retry.factor.map(|factor| quote!(.factor(#factor)));
    let max_delay = retry
        .max_delay
        .map(duration)
        .map(|delay| quote!(.max_delay(#delay)));
    let jitter = retry.jitter.map(|jitter| quote!(.jitter(#jitter)));
    quote!(#runtime::Retry::#start #first_delay #factor #max_delay #jitter)
}

fn duration(duration: Duration) -> TokenStream {
    let (seconds, nanos) = (duration.as_secs(), duration.subsec_nanos());
    quote!(::core::time::Duration::new(#seconds, #nanos))
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
