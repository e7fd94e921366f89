//! `#[action]`: a function that touches the world.
//!
//! In: the attribute's tokens and the function's. Out: the function that
//! captures a call, the type that carries the body and the definition, and
//! the registration; or, beside the errors, items that callers resolve to.

mod catalog;
mod duration;
mod emit;
mod fallback;
mod model;
mod options;
mod signature;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemFn};

use self::model::{Action, Options, Param};
use crate::check::Source;
use crate::check::determinism;
use crate::diag::Diagnostics;
use crate::parse;
use crate::syntax::groups;

/// Expands an action.
pub(crate) fn expand(args: TokenStream, item: TokenStream, source: &Source) -> TokenStream {
    let mut diag = Diagnostics::new();
    let options = options::parse(args, &mut diag);
    let tokens = item.clone();
    let mut function: ItemFn = match syn::parse2(item) {
        Ok(function) => function,
        Err(error) => {
            if let Some(function) = parse::without_code(&tokens) {
                diag.take_syntax(error);
                return fallback::half(function, diag);
            }
            match syn::parse2::<Item>(tokens.clone()) {
                Ok(other) => diag.refuse(other, catalog::NOT_A_FUNCTION),
                Err(_) => diag.take(error),
            }
            let errors = diag.finish();
            return quote!(#errors #tokens);
        }
    };
    groups::show(&mut function.block);
    match action(options, function.clone(), &mut diag) {
        Some(action) => {
            determinism::result(&action.ret, source, &mut diag);
            let errors = diag.finish();
            let items = emit::items(&action);
            quote!(#errors #items)
        }
        None => fallback::refused(function, diag),
    }
}

/// The action, unless its signature was refused: an option that was refused
/// is left out, so that nothing else is told of it.
fn action(mut options: Options, function: ItemFn, diag: &mut Diagnostics) -> Option<Action> {
    let mut refusals = Diagnostics::new();
    let params = signature::params(&function, &mut refusals);
    let ret = signature::ret(&function, &mut refusals);
    let fits = refusals.is_empty() && params.len() == function.sig.inputs.len();
    diag.append(refusals);
    if let Some(retry_if) = options.retry_if.take_if(|_| !signature::may_fail(&ret)) {
        diag.refuse(retry_if, catalog::RETRY_IF_WITHOUT_ERROR);
    }
    let has_cx = params.iter().any(|param| matches!(param, Param::Cx));
    if let Some(heartbeat) = options.heartbeat.take_if(|_| !has_cx) {
        diag.refuse(heartbeat.at, catalog::HEARTBEAT_WITHOUT_CX);
    }
    fits.then_some(Action {
        options,
        function,
        params,
        ret,
    })
}
