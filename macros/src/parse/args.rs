//! What stands in `#[flow(..)]`.

use proc_macro2::{Ident, TokenStream};
use syn::meta::ParseNestedMeta;
use syn::parse::Parser;
use syn::token::Paren;
use syn::{LitInt, LitStr, Path};

use crate::check::catalog;
use crate::diag::Diagnostics;
use crate::model::{Allow, FlowArgs};

pub(super) fn parse(args: TokenStream, diag: &mut Diagnostics) -> FlowArgs {
    let mut parsed = FlowArgs::default();
    let parser = syn::meta::parser(|meta| {
        if meta.path.is_ident("name") && parsed.name.is_none() {
            let name: LitStr = meta.value()?.parse()?;
            if name.value().is_empty() {
                return Err(syn::Error::new(name.span(), catalog::EMPTY_NAME));
            }
            parsed.name = Some(name.value());
        } else if meta.path.is_ident("version") && parsed.version.is_none() {
            let version: LitInt = meta.value()?.parse()?;
            match version.base10_parse() {
                Ok(number) if number > 0 => parsed.version = Some(number),
                _ => return Err(syn::Error::new(version.span(), catalog::BAD_VERSION)),
            }
        } else if meta.path.is_ident("strict") && !parsed.strict {
            parsed.strict = true;
        } else if meta.path.is_ident("allow") {
            parsed.allows.extend(allows(&meta)?);
        } else {
            return Err(meta.error(catalog::UNKNOWN_OPTION));
        }
        Ok(())
    });
    if let Err(error) = parser.parse2(args) {
        diag.take(error);
        parsed.unclear = true;
    }
    parsed
}

/// `allow(group, group, reason = "..")`. Whether the groups are known is for
/// the check that has them.
fn allows(allow: &ParseNestedMeta<'_>) -> syn::Result<Vec<Allow>> {
    if !allow.input.peek(Paren) {
        return Err(allow.error(catalog::ALLOW_WITHOUT_REASON));
    }
    let wrong = |error: &syn::Error| syn::Error::new(error.span(), catalog::ALLOW_WITHOUT_REASON);
    let mut groups: Vec<Ident> = Vec::new();
    let mut reason = None;
    let parsed = allow.parse_nested_meta(|meta| {
        if meta.path.is_ident("reason") {
            let given: LitStr = meta.value()?.parse()?;
            if reason.is_some() {
                return Err(meta.error(catalog::ALLOW_WITHOUT_REASON));
            }
            reason = Some(given.value()).filter(|text| !text.trim().is_empty());
        } else {
            groups.push(group(&meta.path)?);
        }
        Ok(())
    });
    parsed.map_err(|error| wrong(&error))?;
    let (Some(reason), false) = (reason, groups.is_empty()) else {
        return Err(allow.error(catalog::ALLOW_WITHOUT_REASON));
    };
    let allows = groups.into_iter().map(|group| Allow {
        group,
        reason: reason.clone(),
    });
    Ok(allows.collect())
}

/// `wall_clock`, or `flow::wall_clock`, as the audit names it.
fn group(path: &Path) -> syn::Result<Ident> {
    let mut segments = path.segments.iter();
    match (segments.next(), segments.next(), segments.next()) {
        (Some(first), Some(group), None) if first.ident == "flow" => Ok(group.ident.clone()),
        _ => path.require_ident().cloned(),
    }
}
