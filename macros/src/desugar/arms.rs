//! `match` with awaits inside.
//!
//! A guard that awaits ends a `match`; what its failure leads to is another:
//!
//! ```text
//! match x { A => a, B(n) if f(n).await => b, _ => c }
//! =>
//! 'b0: { match x { A => { a; break 'b0 } B(n) => if f(n).await { b; break 'b0 } _ => {} }
//!        match x { A => unreachable, _ => c } }
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, Pat, PatWild, Token};

use super::branch::conjuncts;
use super::{Dest, Desugar, unreachable_code};
use crate::ids::{ConstructId, LocalId};
use crate::model::{Arm, Block, Jump, JumpKind, Labelled, Match, Stmt};
use crate::syntax::{awaits, pattern, place};

impl Desugar {
    pub(super) fn matched(&mut self, matched: &ExprMatch, dest: Dest) {
        if matched.arms.iter().any(guard_awaits) {
            let block = self.scoped(|own| own.guarded(matched, dest));
            return self.push(Stmt::Scope(block));
        }
        let lower = |own: &mut Self| {
            let scrutinee = own.value(&matched.expr);
            let arms: Vec<&syn::Arm> = matched.arms.iter().collect();
            own.match_of(&scrutinee, &arms, None, dest);
        };
        if awaits::in_expr(&matched.expr) {
            // The scrutinee's temporaries live as long as the match.
            let block = self.scoped(lower);
            self.push(Stmt::Scope(block));
        } else {
            lower(self);
        }
    }

    /// A `match` some of whose guards await.
    fn guarded(&mut self, matched: &ExprMatch, dest: Dest) {
        let value = self.value(&matched.expr);
        let stays = place::of(&value).is_some() || self.derivable(&value).is_some();
        let scrutinee = if stays { value } else { self.spill(&value) };
        let construct = self.construct();
        let mut arms: Vec<&syn::Arm> = matched.arms.iter().collect();
        let body = self.scoped(|own| {
            while let Some(last) = arms.iter().position(|arm| guard_awaits(arm)) {
                let rest = arms.split_off(last + 1);
                let otherwise = vec![anything(&scrutinee)];
                own.match_of(&scrutinee, &arms, Some((construct, otherwise)), dest);
                arms = rest;
            }
            let before = matched.arms.iter().take(matched.arms.len() - arms.len());
            let before = before.filter(|arm| !matches!(arm.pat, Pat::Guard(_)));
            let tried = before.map(tried).collect();
            own.match_of(&scrutinee, &arms, Some((construct, tried)), dest);
        });
        self.push(Stmt::Labelled(Labelled {
            construct,
            dest: None,
            body,
        }));
    }

    /// A `match`; a part of a greater one has arms for what the others do, and
    /// its own leave the whole.
    fn match_of(
        &mut self,
        scrutinee: &Expr,
        arms: &[&syn::Arm],
        part_of: Option<(ConstructId, Vec<Arm>)>,
        dest: Dest,
    ) {
        let (whole, others) = part_of.unzip();
        let roots = self.derivable(scrutinee);
        let borrowing = self.borrowing(scrutinee);
        let code = self.code(&borrowing);
        let again = roots.as_ref().map(|_| code.clone());
        let mut arms: Vec<Arm> = arms
            .iter()
            .map(|arm| self.arm(arm, roots.as_ref(), whole, dest))
            .collect();
        arms.extend(others.into_iter().flatten());
        let construct = self.construct();
        self.push(Stmt::Match(Match {
            construct,
            scrutinee: code,
            again,
            arms,
        }));
    }

    fn arm(
        &mut self,
        arm: &syn::Arm,
        roots: Option<&BTreeSet<LocalId>>,
        whole: Option<ConstructId>,
        dest: Dest,
    ) -> Arm {
        let (pat, guard) = match &arm.pat {
            Pat::Guard(guarded) => ((*guarded.pat).clone(), Some(&*guarded.guard)),
            pat => (pat.clone(), None),
        };
        self.scopes.open();
        let roots = roots.filter(|_| pattern::rebinds(&pat));
        let locals = self.bind_derived(&pat, roots);
        let (guard, awaited) = match guard {
            Some(guard) if awaits::in_expr(guard) => (None, Some(guard)),
            guard => (guard.map(|guard| self.code(guard)), None),
        };
        let body = match awaited {
            Some(guard) => self.scoped(|own| {
                own.chain(&conjuncts(guard), &mut |own| {
                    let body = own.arm_body(arm, whole, dest);
                    own.push(Stmt::Scope(body));
                });
            }),
            None => self.arm_body(arm, whole, dest),
        };
        self.scopes.close();
        let attrs = arm.attrs.iter().map(ToTokens::to_token_stream).collect();
        Arm {
            attrs,
            pat,
            guard,
            locals,
            body,
        }
    }

    fn arm_body(&mut self, arm: &syn::Arm, whole: Option<ConstructId>, dest: Dest) -> Block {
        let mut block = match &*arm.body {
            Expr::Block(block) if block.label.is_none() => self.block(&block.block, dest),
            body => self.scoped(|own| own.lower_to(body, dest)),
        };
        block.stmts.extend(whole.map(|to| {
            Stmt::Jump(Jump {
                kind: JumpKind::Break,
                to,
            })
        }));
        block
    }
}

fn guard_awaits(arm: &syn::Arm) -> bool {
    matches!(&arm.pat, Pat::Guard(guarded) if awaits::in_expr(&guarded.guard))
}

/// `_ => {}`
fn anything(scrutinee: &Expr) -> Arm {
    let wild = PatWild {
        attrs: Vec::new(),
        underscore_token: Token![_](scrutinee.span()),
    };
    unbound(Pat::Wild(wild), Vec::new())
}

/// An arm that has not matched before, nor does it now: rustc wants to see it.
fn tried(arm: &syn::Arm) -> Arm {
    let value = unreachable_code(arm.pat.span());
    let never = Stmt::Return { value };
    unbound(pattern::unbound(&arm.pat), vec![never])
}

fn unbound(pat: Pat, stmts: Vec<Stmt>) -> Arm {
    Arm {
        attrs: TokenStream::new(),
        pat,
        guard: None,
        locals: Vec::new(),
        body: Block {
            stmts,
            is_unsafe: false,
        },
    }
}
