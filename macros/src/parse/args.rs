//! What stands in `#[flow(..)]`.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::{LitInt, LitStr};

use crate::check::catalog;
use crate::diag::Diagnostics;
use crate::model::FlowArgs;

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
        } else {
            return Err(meta.error(catalog::UNKNOWN_OPTION));
        }
        Ok(())
    });
    if let Err(error) = parser.parse2(args) {
        diag.take(error);
    }
    parsed
}
