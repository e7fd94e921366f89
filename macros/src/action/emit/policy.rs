//! The policy of an action, as a constant expression of the runtime's.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use crate::action::model::{Action, Limit, Retry};
use crate::names;

pub(super) fn policy(action: &Action) -> TokenStream {
    let runtime = names::door(Span::call_site());
    let options = &action.options;
    let retry = match &options.shared_retry {
        // What is wrong with it is told where it stands.
        Some(shared) => shared.to_token_stream(),
        None => retry(&options.retry),
    };
    let one = limit("timeout", options.timeout);
    let all = limit("total_timeout", options.total_timeout);
    let beat = options.heartbeat.as_ref().map(|beat| beat.limit);
    let beat = limit("heartbeat", beat);
    let policy = quote!(#runtime::Policy::new(#retry) #one #all #beat);
    if options.at_most_once {
        let ret = &action.ret;
        quote_spanned!(ret.span()=> #runtime::at_most_once::<#ret>(#policy))
    } else {
        policy
    }
}

/// The call that sets it, if it is given.
fn limit(name: &str, limit: Option<Duration>) -> Option<TokenStream> {
    let (name, limit) = (format_ident!("{name}"), limit.map(duration)?);
    Some(quote!(.#name(#limit)))
}

fn retry(retry: &Retry) -> TokenStream {
    let runtime = names::door(Span::call_site());
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
