//! Whether code behind `#[cfg]` is there.
//!
//! What ships counts: `test` is never set. Features, and the platform where nothing else
//! is asked for, stand on the command line of the compiler that runs this; what else a
//! `cfg` may ask for is not known.

use std::collections::BTreeSet;
use std::env::consts;
use std::sync::LazyLock;

use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Macro, Meta, Token};

use crate::syntax::conditional;

/// What the compiler was asked to build.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// Nothing is known if it is no compiler of which it could be read.
    features: Option<BTreeSet<String>>,
    /// Whether it builds for the platform that it runs on.
    is_for_here: bool,
}

static ASKED: LazyLock<Asked> = LazyLock::new(|| {
    // An argument that is no text is none that is looked for.
    let given = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned());
    Asked::by(&given.collect::<Vec<_>>())
});

/// Whether what has these attributes is there, if that is known.
pub(super) fn holds(attrs: &[Attribute]) -> Option<bool> {
    let conditions = attrs.iter().filter(|attr| conditional::is_cfg(attr));
    let metas = conditions.map(|attr| attr.meta.require_list().ok());
    all(metas.map(|meta| ASKED.is_met(&meta?.parse_args().ok()?)))
}

/// Whether what has these attributes is not there.
pub(super) fn is_left_out(attrs: &[Attribute]) -> bool {
    holds(attrs) == Some(false)
}

/// What `cfg!(..)` gives, if that is known.
pub(super) fn of_value(value: &Expr) -> Option<bool> {
    match value {
        Expr::Macro(mac) => of_macro(&mac.mac),
        _ => None,
    }
}

fn of_macro(mac: &Macro) -> Option<bool> {
    let is_cfg = mac.path.is_ident("cfg");
    ASKED.is_met(&mac.parse_body().ok().filter(|_| is_cfg)?)
}

impl Asked {
    /// What the arguments of a compiler ask for.
    pub(super) fn by(args: &[String]) -> Self {
        let is_compiler = args.iter().any(|arg| arg == "--crate-name");
        // Arguments in a file are not read.
        if !is_compiler || args.iter().any(|arg| arg.starts_with('@')) {
            return Self::default();
        }
        let set = args.iter().filter_map(|arg| {
            let arg = arg.strip_prefix("--cfg=").unwrap_or(arg);
            arg.strip_prefix("feature=\"")?.strip_suffix('"')
        });
        Self {
            features: Some(set.map(ToOwned::to_owned).collect()),
            is_for_here: !args.iter().any(|arg| arg.starts_with("--target")),
        }
    }

    /// Whether a condition is met, if that is known.
    pub(super) fn is_met(&self, condition: &Meta) -> Option<bool> {
        match condition {
            Meta::Path(path) => match path.get_ident()?.to_string().as_str() {
                "test" => Some(false),
                "unix" => self.is_for_here.then_some(cfg!(unix)),
                "windows" => self.is_for_here.then_some(cfg!(windows)),
                _ => None,
            },
            Meta::List(list) => {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                let parts = parser.parse2(list.tokens.clone()).ok()?;
                let mut parts = parts.iter().map(|part| self.is_met(part));
                match list.path.get_ident()?.to_string().as_str() {
                    "all" => all(parts),
                    "any" => all(parts.map(not)).map(|is_none| !is_none),
                    "not" => not(parts.next()?),
                    _ => None,
                }
            }
            Meta::NameValue(pair) => {
                let Expr::Lit(ExprLit {
                    lit: Lit::Str(text),
                    ..
                }) = &pair.value
                else {
                    return None;
                };
                let here = |name: &str| self.is_for_here.then(|| text.value() == name);
                match pair.path.get_ident()?.to_string().as_str() {
                    "feature" => Some(self.features.as_ref()?.contains(&text.value())),
                    "target_os" => here(consts::OS),
                    "target_family" => here(consts::FAMILY),
                    "target_arch" => here(consts::ARCH),
                    _ => None,
                }
            }
        }
    }
}

fn not(is_met: Option<bool>) -> Option<bool> {
    is_met.map(|is_met| !is_met)
}

/// One that is not met is enough, whatever is known of the others.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let parts: Vec<Option<bool>> = parts.collect();
    match parts {
        parts if parts.contains(&Some(false)) => Some(false),
        parts if parts.contains(&None) => None,
        _ => Some(true),
    }
}
