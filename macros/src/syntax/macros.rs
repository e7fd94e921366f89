//! Macros of std whose arguments are expressions, so that awaits in them can
//! be lowered. All other macros are opaque.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprMacro, ExprMatch, Macro, StmtMacro, Token};

use super::awaits;

/// A macro that stands as a statement, as an expression.
pub(crate) fn as_expr(stmt: &StmtMacro) -> Expr {
    Expr::Macro(ExprMacro {
        attrs: stmt.attrs.clone(),
        mac: stmt.mac.clone(),
    })
}

/// Visits the arguments of a macro that we know, if there are statements or
/// awaits in them.
pub(crate) fn visit_arguments(mac: &Macro, mut visit: impl FnMut(&Expr)) {
    if !has_block(mac.tokens.clone()) && awaits::in_tokens(&mac.tokens).is_none() {
        return;
    }
    if let Some(matched) = as_match(mac) {
        visit(&Expr::Match(matched));
    } else if let Some(known) = arguments(mac) {
        known.exprs.iter().for_each(visit);
    }
}

/// Rewrites the arguments of a macro that we know.
pub(crate) fn rewrite(mac: &mut Macro, mut change: impl FnMut(&mut Expr)) {
    if let Some(matched) = as_match(mac) {
        let mut matched = Expr::Match(matched);
        change(&mut matched);
        if let Expr::Match(ExprMatch { expr, arms, .. }) = matched {
            let pat = arms.first().map(|arm| &arm.pat);
            mac.tokens = quote!(#expr, #pat);
        }
    } else if let Some(mut known) = arguments(mac) {
        let mut exprs = std::mem::take(&mut known.exprs);
        exprs.iter_mut().for_each(change);
        mac.tokens = known.rebuild(&exprs);
    }
}

fn has_block(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            group.delimiter() == Delimiter::Brace || has_block(group.stream())
        }
        _ => false,
    })
}

/// The arguments of a macro that we know.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// The expressions, in order.
    pub(crate) exprs: Vec<Expr>,
    /// The names of those that have one, as in `format!("{x}", x = 1)`.
    names: Vec<Option<Ident>>,
    /// How many of them, from the first, are evaluated in any case: the
    /// message of an assertion is not.
    pub(crate) eager: usize,
    /// Which of them is a format string.
    pub(crate) format: Option<usize>,
    /// What stands between them.
    separator: TokenStream,
    /// What follows them.
    pub(crate) rest: TokenStream,
}

impl Arguments {
    /// The variables that a format string among them names.
    pub(crate) fn captured(&self) -> Vec<String> {
        let literals = self.exprs.iter().filter_map(|expr| match expr {
            Expr::Lit(literal) => Some(quote!(#literal).to_string()),
            _ => None,
        });
        let given = |name: &String| self.names.iter().flatten().any(|given| given == name);
        let names = literals.flat_map(|literal| captured(&literal));
        names.filter(|name| !given(name)).collect()
    }

    /// What a format string shows by a name or a number, if it is among them.
    pub(crate) fn shown(&self, name: &str) -> Option<&Expr> {
        let given = |given: &Option<Ident>| given.as_ref().is_some_and(|given| given == name);
        let number = || Some(self.format? + 1 + name.parse::<usize>().ok()?);
        let at = self.names.iter().position(given).or_else(number)?;
        self.exprs.get(at)
    }

    /// Adds an argument of this name, behind the others.
    pub(crate) fn name(&mut self, name: Ident) {
        self.names.push(Some(name));
    }

    /// The macro's tokens with these expressions in place of the old ones.
    pub(crate) fn rebuild(&self, exprs: &[Expr]) -> TokenStream {
        let rest = &self.rest;
        let exprs = exprs.iter().zip(&self.names).map(|(expr, name)| {
            let name = name.as_ref().map(|name| quote!(#name =));
            quote!(#name #expr)
        });
        let mut tokens = TokenStream::new();
        for (index, expr) in exprs.enumerate() {
            let separator = (index > 0).then_some(&self.separator);
            tokens.extend(quote!(#separator #expr));
        }
        quote!(#tokens #rest)
    }
}

/// The names in braces in a format string, as in `"{name:width$}"`; each also
/// as a raw identifier.
pub(crate) fn captured(literal: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = Vec::new();
    for braced in literal.split('{').skip(1) {
        let braced = braced.split('}').next().unwrap_or_default();
        for word in braced.split(|c| !is_word(c)) {
            if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                names.extend([word.to_owned(), format!("r#{word}")]);
            }
        }
    }
    names
}

/// Parses the arguments of a macro that we know; `None` for all others.
pub(crate) fn arguments(mac: &Macro) -> Option<Arguments> {
    let name = mac.path.segments.last()?.ident.to_string();
    let tokens = mac.tokens.clone();
    match name.as_str() {
        // Not `debug_assert!`: whether it runs must not change what is awaited.
        "assert" => list(tokens, Some(1), Some(1)),
        "assert_eq" | "assert_ne" => list(tokens, Some(2), Some(2)),
        "format" | "format_args" | "panic" | "unreachable" | "todo" | "unimplemented" | "print"
        | "println" | "eprint" | "eprintln" => list(tokens, None, Some(0)),
        "write" | "writeln" => list(tokens, None, Some(1)),
        "dbg" => list(tokens, None, None),
        "vec" => list(tokens.clone(), None, None).or_else(|| repeat(tokens)),
        "matches" => first(comma, tokens),
        _ => None,
    }
}

fn list(tokens: TokenStream, eager: Option<usize>, format: Option<usize>) -> Option<Arguments> {
    let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
    let (names, exprs): (Vec<_>, Vec<_>) =
        parser.parse2(tokens).ok()?.into_iter().map(named).unzip();
    let eager = eager.unwrap_or(exprs.len());
    Some(Arguments {
        exprs,
        names,
        eager,
        format,
        separator: quote!(,),
        rest: TokenStream::new(),
    })
}

/// Takes `name = value` apart.
fn named(argument: Expr) -> (Option<Ident>, Expr) {
    match argument {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                (path.path.get_ident().cloned(), *assign.right)
            }
            _ => (None, Expr::Assign(assign)),
        },
        other => (None, other),
    }
}

/// One expression, and whatever `separator` finds behind it.
fn first(
    separator: fn(ParseStream<'_>) -> syn::Result<TokenStream>,
    tokens: TokenStream,
) -> Option<Arguments> {
    let parser = |input: ParseStream<'_>| Ok((input.parse::<Expr>()?, separator(input)?));
    let (expr, rest) = parser.parse2(tokens).ok()?;
    Some(Arguments {
        exprs: vec![expr],
        names: vec![None],
        eager: 1,
        format: None,
        separator: quote!(,),
        rest,
    })
}

/// `matches!(value, pattern if guard)` as the `match` that it is.
pub(crate) fn as_match(mac: &Macro) -> Option<ExprMatch> {
    let found = arguments(mac).filter(|_| mac.path.is_ident("matches"))?;
    let (value, span) = (found.exprs.first()?, mac.path.span());
    let mut rest = found.rest.into_iter();
    rest.next();
    let pat: TokenStream = rest.collect();
    let tokens = quote_spanned!(span=> match #value { #pat => true, _ => false });
    syn::parse2(tokens).ok()
}

fn comma(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let comma: Token![,] = input.parse()?;
    let rest: TokenStream = input.parse()?;
    Ok(quote!(#comma #rest))
}

/// `value; count`
fn repeat(tokens: TokenStream) -> Option<Arguments> {
    let parser = |input: ParseStream<'_>| {
        let value: Expr = input.parse()?;
        let semi: Token![;] = input.parse()?;
        Ok((value, quote!(#semi), input.parse::<Expr>()?))
    };
    let (value, separator, count) = parser.parse2(tokens).ok()?;
    Some(Arguments {
        exprs: vec![value, count],
        names: vec![None, None],
        eager: 2,
        format: None,
        separator,
        rest: TokenStream::new(),
    })
}
