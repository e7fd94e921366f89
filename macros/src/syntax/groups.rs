//! Expressions that a `macro_rules!` was given, such as `$value:expr`.
//!
//! They come in groups that no one sees, so that `$left * $right` multiplies
//! sums. rustc forgets such a group when a macro of ours hands it back, and
//! multiplies only the next operand. Hence each gets parentheses, where it
//! may need some.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprParen, GenericArgument, Macro, Pat, Stmt};

/// Puts the unseen groups of `body` in parentheses.
pub(crate) fn show(body: &mut Block) {
    Show.visit_block_mut(body);
}

struct Show;

impl VisitMut for Show {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        if let Expr::Group(group) = expr
            && !is_closed(&group.expr)
        {
            *expr = Expr::Paren(ExprParen {
                attrs: std::mem::take(&mut group.attrs),
                paren_token: syn::token::Paren(unlinted(group.group_token.span)),
                expr: Box::new(std::mem::replace(
                    &mut *group.expr,
                    Expr::Verbatim(TokenStream::new()),
                )),
            });
        }
    }

    /// A statement ends where it ends.
    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        match stmt {
            Stmt::Expr(Expr::Group(group), _) => self.visit_expr_mut(&mut group.expr),
            other => visit_mut::visit_stmt_mut(self, other),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        mac.tokens = shown(std::mem::take(&mut mac.tokens));
    }

    /// Parentheses mean something else here, or nothing.
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if !matches!(pat, Pat::Range(_)) {
            visit_mut::visit_pat_mut(self, pat);
        }
    }

    fn visit_generic_argument_mut(&mut self, _: &mut GenericArgument) {}
}

/// Whether what stands beside `expr` cannot take a part of it.
fn is_closed(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Array(_)
            | Expr::Await(_)
            | Expr::Call(_)
            | Expr::Field(_)
            | Expr::Group(_)
            | Expr::Index(_)
            | Expr::Lit(_)
            | Expr::Macro(_)
            | Expr::MethodCall(_)
            | Expr::Paren(_)
            | Expr::Path(_)
            | Expr::Repeat(_)
            | Expr::Try(_)
            | Expr::Tuple(_)
    )
}

/// The same in a macro, of whose tokens we know only what could be read in no
/// other way than as operands.
fn shown(tokens: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let separates = |token: Option<&TokenTree>| match token {
        None => true,
        Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), ',' | ';'),
        Some(_) => false,
    };
    let shown = tokens.iter().enumerate().map(|(index, token)| {
        let TokenTree::Group(group) = token else {
            return token.clone();
        };
        let before = index.checked_sub(1).and_then(|before| tokens.get(before));
        let alone = separates(before) && separates(tokens.get(index + 1));
        let unseen = group.delimiter() == Delimiter::None && !alone && joins(group);
        let (delimiter, span) = if unseen {
            (Delimiter::Parenthesis, unlinted(group.span()))
        } else {
            (group.delimiter(), group.span())
        };
        let mut copy = Group::new(delimiter, shown(group.stream()));
        copy.set_span(span);
        TokenTree::Group(copy)
    });
    shown.collect()
}

/// Whether a group holds operands that are joined by an operator.
fn joins(group: &Group) -> bool {
    matches!(
        syn::parse2::<Expr>(group.stream()),
        Ok(Expr::Binary(_) | Expr::Cast(_) | Expr::Range(_) | Expr::Unary(_))
    )
}

/// A place at which no lint looks for needless parentheses.
fn unlinted(span: Span) -> Span {
    Span::call_site().located_at(span)
}
