//! `match` with awaits inside.
//!
//! A guard that awaits ends a `match`; what its failure leads to is another:
//!
//! ```text
//! match x { A => a, B(n) if f(&n).await => b, _ => c }
//! =>
//! 'b0: { match x { A => { a; break 'b0 } _ => {} }
//!        'b1: { 'b2: { match &x { B(n) => if f(&*n).await { break 'b2 } _ => {} } break 'b1 }
//!               match x { B(n) => { b; break 'b0 } _ => unreachable } }
//!        match x { A => unreachable, _ => c } }
//! ```

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMatch, Pat, PatGuard, PatWild, Token, parse_quote_spanned};

use super::code::unreachable_code;
use super::{Dest, Desugar};
use crate::ids::ConstructId;
use crate::model::{Arm, Block, Jump, JumpKind, Labelled, Match, Stmt};
use crate::names;
use crate::syntax::deref::{By, Replacement};
use crate::syntax::order::conjuncts;
use crate::syntax::{awaits, deref, guards, pattern, place, uses};

impl Desugar {
    pub(super) fn matched(&mut self, matched: &ExprMatch, dest: Dest) {
        if matched.arms.iter().any(guards::is_apart) {
            let block = self.scoped(|own| own.guarded(matched, dest));
            return self.push(Stmt::Scope(block));
        }
        let lower = |own: &mut Self| {
            let scrutinee = own.value(&matched.expr);
            let scrutinee = own.picked(&scrutinee);
            let scrutinee = own.placed(scrutinee, matched.arms.iter().map(guards::pattern_of));
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
        let value = self.picked(&value);
        let value = self.placed(value, matched.arms.iter().map(guards::pattern_of));
        let stays = place::of(&value).is_some() || self.derivable(&value).is_some();
        let scrutinee = if stays { value } else { self.spill(&value) };
        let construct = self.construct();
        let mut arms: Vec<&syn::Arm> = matched.arms.iter().collect();
        let body = self.scoped(|own| {
            while let Some(guarded) = arms.iter().position(|arm| guards::is_apart(arm)) {
                let mut before = std::mem::take(&mut arms);
                arms = before.split_off(guarded);
                if !before.is_empty() {
                    let otherwise = vec![anything(&scrutinee)];
                    own.match_of(&scrutinee, &before, Some((construct, otherwise)), dest);
                }
                own.guarded_arm(&scrutinee, arms.remove(0), construct, dest);
            }
            let before = matched.arms.iter().take(matched.arms.len() - arms.len());
            let before = before.filter(|arm| !matches!(arm.pat, Pat::Guard(_)));
            let tried = before.map(tried).collect();
            own.match_of(&scrutinee, &arms, Some((construct, tried)), dest);
        });
        self.push(Stmt::Labelled(Labelled { construct, body }));
    }

    /// An arm whose guard awaits. The guard looks at what it binds; once it
    /// holds, the value is matched again, and now may be moved.
    fn guarded_arm(&mut self, scrutinee: &Expr, arm: &syn::Arm, whole: ConstructId, dest: Dest) {
        let Pat::Guard(guarded) = &arm.pat else {
            unreachable!("only arms with guards come here");
        };
        let given = guards::bound(&guarded.guard);
        let is_given = !given.is_empty();
        let mut taken = arm.clone();
        // What the guard binds hides what the pattern does.
        taken.pat = pattern::without(&guarded.pat, given);
        let mut take = |own: &mut Self| {
            let mut never = anything(scrutinee);
            never.body.stmts.push(self::never(scrutinee.span()));
            own.match_of(scrutinee, &[&taken], Some((whole, vec![never])), dest);
        };
        if is_given {
            // What the guard binds is for the arm as well.
            let guarded = out_of_the_way(guarded, scrutinee);
            return self.look(scrutinee, arm, &guarded, &mut take);
        }
        let (rest, held) = (self.construct(), self.construct());
        let looking = self.scoped(|own| {
            own.look(scrutinee, arm, guarded, &mut |own| own.leave(held));
            own.leave(rest);
        });
        let body = self.scoped(|own| {
            own.push(Stmt::Labelled(Labelled {
                construct: held,
                body: looking,
            }));
            // Out of the guard's sight: what it binds may have the scrutinee's name.
            take(own);
        });
        self.push(Stmt::Labelled(Labelled {
            construct: rest,
            body,
        }));
    }

    /// Does `then` if a value matches the pattern of an arm and its guard holds.
    fn look(
        &mut self,
        scrutinee: &Expr,
        arm: &syn::Arm,
        guarded: &PatGuard,
        then: &mut dyn FnMut(&mut Self),
    ) {
        let is_borrow = self.derivable(scrutinee).is_some();
        let span = scrutinee.span();
        let (borrow, looked, guard) = if is_borrow {
            (
                self.borrowing(scrutinee),
                (*guarded.pat).clone(),
                (*guarded.guard).clone(),
            )
        } else {
            let (looked, values) = pattern::looked_at(&guarded.pat);
            // In a guard a binding stands for the value, of which there is a borrow.
            let guard = deref::values(&guarded.guard, &values);
            (parse_quote_spanned!(span=> &#scrutinee), looked, guard)
        };
        let code = self.code(&borrow);
        self.scopes.open();
        // Nothing can change the value before its guard has been tested.
        let locals = self.bind_derived(&looked, Some(&code.uses));
        let body = self.scoped(|own| own.chain(&conjuncts(&guard), then));
        self.scopes.close();
        let construct = self.construct();
        let looking = Arm {
            attrs: arm.attrs.iter().map(ToTokens::to_token_stream).collect(),
            pat: looked,
            guard: None,
            locals,
            body,
        };
        self.push(Stmt::Match(Match {
            construct,
            again: Some(code.tokens.clone()),
            scrutinee: code,
            arms: vec![looking, anything(scrutinee)],
        }));
    }

    fn leave(&mut self, to: ConstructId) {
        let kind = JumpKind::Break;
        self.push(Stmt::Jump(Jump { kind, to }));
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
        let borrowing = self.borrowing(scrutinee);
        let (pats, always) = (arms.iter().map(|arm| &arm.pat), arms.len() == 1);
        let code = self.code_taken_apart(&borrowing, pats, always && whole.is_none());
        let mut arms: Vec<Arm> = arms
            .iter()
            .map(|arm| self.arm(arm, scrutinee, whole, dest))
            .collect();
        arms.extend(others.into_iter().flatten());
        let construct = self.construct();
        self.push(Stmt::Match(Match {
            construct,
            again: Some(code.tokens.clone()),
            scrutinee: code,
            arms,
        }));
    }

    fn arm(
        &mut self,
        arm: &syn::Arm,
        scrutinee: &Expr,
        whole: Option<ConstructId>,
        dest: Dest,
    ) -> Arm {
        let (pat, guard) = match &arm.pat {
            Pat::Guard(guarded) => ((*guarded.pat).clone(), Some(&*guarded.guard)),
            pat => (pat.clone(), None),
        };
        let roots = self.matched_again(scrutinee, &pat);
        self.scopes.open();
        let locals = self.bind_derived(&pat, roots.as_ref());
        self.lend(&locals, scrutinee);
        self.ask(&locals, None, None);
        self.mark_unseen(&locals, scrutinee);
        let guard = guard.map(|guard| self.code(guard));
        let body = self.arm_body(arm, whole, dest);
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

/// The same arm with other names for what would hide what is matched.
fn out_of_the_way(guarded: &PatGuard, scrutinee: &Expr) -> PatGuard {
    let named = uses::of_expr(scrutinee);
    let bound = pattern::bindings(&guarded.pat).into_iter();
    let hiding = bound.filter(|bound| named.contains(&bound.ident.to_string()));
    let renamed: Vec<(Ident, Ident)> = hiding
        .map(|bound| (bound.ident.clone(), names::looked_at(&bound.ident)))
        .collect();
    let by = renamed.iter().map(|(name, other)| Replacement {
        root: name.clone(),
        fields: Vec::new(),
        by: By::Variable(other.clone()),
    });
    let guard = deref::places(&guarded.guard, &by.collect::<Vec<_>>());
    PatGuard {
        pat: Box::new(pattern::renamed(&guarded.pat, &renamed)),
        guard: Box::new(guard),
        ..guarded.clone()
    }
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
    unbound(pattern::unbound(&arm.pat), vec![never(arm.pat.span())])
}

fn never(span: Span) -> Stmt {
    let value = unreachable_code(span);
    Stmt::Return { value }
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
