//! What stands in `#[action(..)]`: tokens to [`Options`], everything absurd
//! refused at its own token.

use std::time::Duration;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprLit, Lit, Meta, Token, UnOp};

use super::catalog;
use super::duration;
use super::model::{Heartbeat, Limit, Options, Retry};
use crate::diag::Diagnostics;

/// The runtime's longest delay, when none is given.
const MAX_DELAY: Duration = Duration::from_mins(1);

/// Parses the options; what is refused is as if it were not given.
pub(super) fn parse(args: TokenStream, diag: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    let mut seen = Vec::new();
    let metas = metas(args, diag);
    for meta in &metas {
        if !repeated(meta, &mut seen, diag) {
            option(&mut options, meta, diag);
        }
    }
    if options.at_most_once {
        for meta in metas.iter().filter(|meta| name(meta).starts_with("retry")) {
            diag.refuse(meta, catalog::AT_MOST_ONCE_RETRY);
        }
        (options.retry, options.shared_retry) = (Retry::default(), None);
        options.retry_if = None;
    }
    options
}

fn metas(args: TokenStream, diag: &mut Diagnostics) -> Vec<Meta> {
    match Punctuated::<Meta, Token![,]>::parse_terminated.parse2(args) {
        Ok(metas) => metas.into_iter().collect(),
        Err(error) => {
            diag.take(error);
            Vec::new()
        }
    }
}

fn repeated(meta: &Meta, seen: &mut Vec<String>, diag: &mut Diagnostics) -> bool {
    let name = name(meta);
    if seen.contains(&name) {
        diag.refuse(meta.path(), catalog::REPEATED_OPTION);
        return true;
    }
    seen.push(name);
    false
}

fn name(meta: &Meta) -> String {
    meta.path().to_token_stream().to_string()
}

fn option(options: &mut Options, meta: &Meta, diag: &mut Diagnostics) {
    match name(meta).as_str() {
        "name" => options.name = action_name(meta, diag),
        "retry" => match meta {
            Meta::List(list) => options.retry = retry(list.tokens.clone(), diag),
            Meta::NameValue(shared) if is_constant(&shared.value) => {
                options.shared_retry = Some(shared.value.clone());
            }
            Meta::Path(_) | Meta::NameValue(_) => diag.refuse(meta, catalog::BAD_RETRY),
        },
        "retry_if" => match value(meta) {
            Some(function @ (Expr::Path(_) | Expr::Closure(_))) => {
                options.retry_if = Some(function.clone());
            }
            _ => diag.refuse(meta, catalog::BAD_RETRY_IF),
        },
        "timeout" => options.timeout = time_limit(meta, diag),
        "total_timeout" => options.total_timeout = time_limit(meta, diag),
        "heartbeat" => {
            let at = meta.to_token_stream();
            let limit = time_limit(meta, diag);
            options.heartbeat = limit.map(|limit| Heartbeat { limit, at });
        }
        "at_most_once" => match meta {
            Meta::Path(_) => options.at_most_once = true,
            Meta::List(_) | Meta::NameValue(_) => diag.refuse(meta, catalog::AT_MOST_ONCE_VALUE),
        },
        _ => diag.refuse(meta.path(), catalog::UNKNOWN_OPTION),
    }
    ordered(options, meta, diag);
}

/// Refuses limits that contradict each other, at the one that came last.
fn ordered(options: &mut Options, meta: &Meta, diag: &mut Diagnostics) {
    let Options {
        timeout,
        total_timeout,
        heartbeat,
        ..
    } = options;
    if timeout
        .zip(*total_timeout)
        .is_some_and(|(one, all)| all < one)
    {
        diag.refuse(value(meta), catalog::TIMEOUT_ORDER);
        *total_timeout = None;
    }
    let beat = heartbeat.as_ref().map(|heartbeat| heartbeat.limit);
    if timeout.zip(beat).is_some_and(|(one, beat)| one <= beat) {
        diag.refuse(value(meta), catalog::HEARTBEAT_ORDER);
        *heartbeat = None;
    }
}

fn action_name(meta: &Meta, diag: &mut Diagnostics) -> Option<String> {
    match text(meta) {
        Some(name) if !name.is_empty() => return Some(name),
        Some(_) => diag.refuse(value(meta), catalog::EMPTY_NAME),
        None => diag.refuse(meta, catalog::BAD_NAME),
    }
    None
}

fn time_limit(meta: &Meta, diag: &mut Diagnostics) -> Option<Duration> {
    let limit = time(meta, diag)?;
    if limit.is_zero() {
        diag.refuse(value(meta), catalog::ZERO_TIMEOUT);
        return None;
    }
    Some(limit)
}

/// Whether it may be a policy: a constant, or what constant functions make.
fn is_constant(value: &Expr) -> bool {
    matches!(value, Expr::Path(_) | Expr::Call(_) | Expr::MethodCall(_))
}

/// The inside of `retry(..)`.
fn retry(args: TokenStream, diag: &mut Diagnostics) -> Retry {
    let mut retry = Retry::default();
    let mut seen = Vec::new();
    let metas = metas(args, diag);
    for meta in &metas {
        if !repeated(meta, &mut seen, diag) {
            retry_option(&mut retry, meta, diag);
        }
    }
    delays(&mut retry, &metas, diag);
    retry
}

fn retry_option(retry: &mut Retry, meta: &Meta, diag: &mut Diagnostics) {
    match name(meta).as_str() {
        "never" => limit(retry, meta, Some(Limit::Never), diag),
        "forever" => limit(retry, meta, Some(Limit::Forever), diag),
        "attempts" => limit(retry, meta, attempts(meta), diag),
        "first_delay" => retry.first_delay = time(meta, diag),
        "max_delay" => retry.max_delay = time(meta, diag),
        "factor" => match number(meta).filter(|factor| factor.is_finite() && *factor >= 1.0) {
            None => diag.refuse(shown(meta), catalog::BAD_FACTOR),
            factor => retry.factor = factor,
        },
        "jitter" => match number(meta).filter(|part| (0.0..=1.0).contains(part)) {
            None => diag.refuse(shown(meta), catalog::BAD_JITTER),
            jitter => retry.jitter = jitter,
        },
        _ => diag.refuse(meta.path(), catalog::UNKNOWN_RETRY),
    }
}

/// Refuses delays that contradict each other, or that nothing waits for.
fn delays(retry: &mut Retry, metas: &[Meta], diag: &mut Diagnostics) {
    let find = |option| metas.iter().rev().find(|meta| name(meta) == option);
    if matches!(retry.limit, Some(Limit::Never)) {
        for meta in ["first_delay", "factor", "max_delay", "jitter"]
            .into_iter()
            .filter_map(find)
        {
            diag.refuse(meta, catalog::RETRY_CONFLICT);
        }
    }
    let longest = retry.max_delay.unwrap_or(MAX_DELAY);
    if retry.first_delay.is_some_and(|first| first > longest) {
        let later = find("max_delay").or_else(|| find("first_delay"));
        diag.refuse(later.map(shown), catalog::DELAY_ORDER);
        retry.first_delay = None;
    }
}

/// One of `never`, `forever` and `attempts = N`.
fn limit(retry: &mut Retry, meta: &Meta, limit: Option<Limit>, diag: &mut Diagnostics) {
    let flag = matches!(limit, Some(Limit::Never | Limit::Forever));
    if limit.is_none() {
        diag.refuse(shown(meta), catalog::BAD_ATTEMPTS);
    } else if flag && !matches!(meta, Meta::Path(_)) {
        diag.refuse(meta, catalog::UNKNOWN_RETRY);
    } else if retry.limit.is_some() {
        diag.refuse(meta, catalog::RETRY_CONFLICT);
    } else {
        retry.limit = limit;
    }
}

fn attempts(meta: &Meta) -> Option<Limit> {
    let Some(Expr::Lit(ExprLit {
        lit: Lit::Int(number),
        ..
    })) = value(meta)
    else {
        return None;
    };
    let number = number.base10_parse().ok().filter(|number| *number > 0)?;
    Some(Limit::Attempts(number))
}

fn time(meta: &Meta, diag: &mut Diagnostics) -> Option<Duration> {
    let time = text(meta).and_then(|text| duration::parse(&text));
    if time.is_none() {
        diag.refuse(shown(meta), catalog::BAD_DURATION);
    }
    time
}

fn text(meta: &Meta) -> Option<String> {
    match value(meta) {
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        })) => Some(text.value()),
        _ => None,
    }
}

/// A number, maybe negative.
fn number(meta: &Meta) -> Option<f64> {
    fn of(expr: &Expr) -> Option<f64> {
        match expr {
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
                of(&unary.expr).map(|number| -number)
            }
            Expr::Lit(ExprLit {
                lit: Lit::Float(number),
                ..
            }) => number.base10_parse().ok(),
            Expr::Lit(ExprLit {
                lit: Lit::Int(number),
                ..
            }) => number.base10_parse().ok(),
            _ => None,
        }
    }
    of(value(meta)?)
}

/// What follows the `=`.
fn value(meta: &Meta) -> Option<&Expr> {
    match meta {
        Meta::NameValue(pair) => Some(&pair.value),
        Meta::Path(_) | Meta::List(_) => None,
    }
}

/// The value, or all of an option that has none.
fn shown(meta: &Meta) -> TokenStream {
    value(meta).map_or_else(|| meta.to_token_stream(), ToTokens::to_token_stream)
}
