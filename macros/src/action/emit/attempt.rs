//! One attempt: arguments and dependencies by parameter, then the future of
//! the body. The ties of the arguments are here too: the types that a call
//! encodes are those that an attempt decodes.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use crate::action::model::{Action, Argument, Form, Param};
use crate::action::signature;
use crate::names;

/// Dependencies and arguments, then the future of the body.
pub(super) fn function(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let ident = &action.function.sig.ident;
    let [deps, cx, fields] = ["deps", "cx", "fields"].map(names::ident);
    let (mut taken, mut given, mut arguments) = (Vec::new(), Vec::new(), Vec::new());
    for (number, param) in action.params.iter().enumerate() {
        let value = names::ident(&format!("a{number}"));
        match param {
            Param::Dep(ty) => taken.push(
                quote!(let #value = #deps.get::<#ty>().map_err(#runtime::AttemptOutcome::MissingDep)?;),
            ),
            Param::Cx => taken.push(quote!(let #value = #runtime::ActionCx::clone(&#cx);)),
            Param::Argument(_) => arguments.push(value.clone()),
        }
        let owned = match param {
            Param::Argument(argument) => matches!(argument.form, Form::Owned),
            Param::Dep(_) | Param::Cx => true,
        };
        given.push(if owned {
            quote!(#value)
        } else {
            quote!(&#value)
        });
    }
    let run = if action.function.sig.asyncness.is_some() {
        quote!(<#ident>::run(#(#given),*).await)
    } else {
        quote!(#runtime::blocking(move || <#ident>::run(#(#given),*)).await)
    };
    quote_spanned! {ident.span()=>
        fn __attempt(
            #deps: &#runtime::Deps,
            #cx: #runtime::ActionCx,
            #fields: &#runtime::Fields,
        ) -> ::core::result::Result<#runtime::RunFuture, #runtime::AttemptOutcome> {
            let _ = (#deps, &#cx, #fields);
            #(#taken)*
            let (#(#arguments,)*) = <#ident as #runtime::Action>::arguments(#fields)?;
            ::core::result::Result::Ok(#runtime::attempt(async move {
                <#ident as #runtime::Action>::outcome(#run)
            }))
        }
    }
}

/// What a value of the body comes to.
pub(super) fn outcome(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let (ident, ret) = (&action.function.sig.ident, &action.ret);
    let (reply, retry_if) = (names::ident("reply"), retry_if(action));
    quote! {
        fn outcome(#reply: Self::Output) -> #runtime::AttemptOutcome {
            #[allow(unused_imports)]
            use #runtime::{ViaResult as _, ViaValue as _};
            (&&#runtime::ReplyTag::<#ret>::new()).attempt(
                #reply,
                <#ident as #runtime::Action>::reply(),
                #retry_if,
            )
        }
    }
}

/// Whether an `Err` is worth another attempt: what the user's function says.
fn retry_if(action: &Action) -> TokenStream {
    let Some(function) = &action.options.retry_if else {
        return quote!(|_| true);
    };
    let span = function.span();
    let (runtime, ret) = (names::door(span), located(&action.ret, span));
    quote_spanned!(span=> #runtime::retry_if::<#ret>(#function))
}

/// The type as if it stood at `span`. rustc tells a missing bound for the type
/// and again for what depends on it, but only once at one place.
fn located(ty: &impl ToTokens, span: Span) -> TokenStream {
    fn moved(tokens: TokenStream, span: Span) -> TokenStream {
        let trees = tokens.into_iter().map(|mut tree| {
            if let TokenTree::Group(group) = &tree {
                tree = Group::new(group.delimiter(), moved(group.stream(), span)).into();
            }
            tree.set_span(tree.span().located_at(span));
            tree
        });
        trees.collect()
    }
    moved(ty.to_token_stream(), span)
}

/// How the result is stored: the only place that demands it to be.
pub(super) fn reply(ret: &Type) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let Some((ok, err)) = signature::result_of(ret) else {
        return quote_spanned!(ret.span()=> <#ret as #runtime::Reply>::TIE);
    };
    // That a `Result` cannot be stored is told of what is in it.
    let of_ok = quote_spanned!(ok.span()=> <#ok as #runtime::Reply>::TIE);
    let of_err = quote_spanned!(err.span()=> <#err as #runtime::Reply>::TIE);
    quote! {
        let _ = (#of_ok, #of_err);
        #[allow(unused_imports)]
        use #runtime::{ViaRefused as _, ViaStorable as _};
        (&&#runtime::ReplyTag::<#ret>::new()).tie()
    }
}

pub(super) fn tie_type(argument: &Argument) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let (ty, owned) = (&argument.ty, owned(argument));
    match &argument.form {
        Form::Owned => quote!(#runtime::ArgumentTie<#ty, #owned>),
        Form::Borrowed(ty) | Form::Unsized(ty) => quote!(#runtime::ArgumentTie<#ty, #owned>),
        Form::Slice(ty) => quote!(#runtime::ArgumentTie<[#ty], #owned>),
    }
}

/// What an argument is decoded as.
pub(super) fn owned(argument: &Argument) -> TokenStream {
    let ty = &argument.ty;
    match &argument.form {
        Form::Owned => quote!(#ty),
        Form::Borrowed(ty) => quote!(#ty),
        Form::Slice(ty) => quote!(::std::vec::Vec<#ty>),
        Form::Unsized(ty) => quote!(<#ty as ::std::borrow::ToOwned>::Owned),
    }
}

/// The only place that demands anything of an argument's type.
pub(super) fn tie(argument: &Argument) -> TokenStream {
    let span = argument.ty.span();
    let runtime = names::door(span);
    match &argument.form {
        Form::Owned => {
            let ty = &argument.ty;
            quote_spanned!(span=> <#ty as #runtime::Argument>::TIE)
        }
        Form::Borrowed(ty) => quote_spanned!(span=> <#ty as #runtime::Argument>::TIE),
        Form::Slice(ty) => quote_spanned!(span=> <#ty as #runtime::Argument>::SLICE),
        Form::Unsized(ty) => quote_spanned!(span=> #runtime::borrowed_argument::<#ty>()),
    }
}
