//! `loop`, `while` and `for` with awaits inside.
//!
//! ```text
//! while cond { body }      =>  loop { if cond { body; continue } break }
//! for pat in owned { b }   =>  let t = items(owned); loop { match t.next() { Some(pat) => b, None => break } }
//! for pat in it.by_ref() { b } => while let Some(pat) = it.next() { b }
//! for pat in &place { b }  =>  the same with a cursor into the place, the item made again after an await
//! ```

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprLoop, ExprWhile, Label, Pat, parse_quote_spanned};

use super::vague::is_number;
use super::walks::{may_repeat, shaped};
use super::{Dest, Desugar};
use crate::ids::{ConstructId, LocalId};
use crate::model::{Arm, Code, Jump, JumpKind, Loop, Match, Stmt};
use crate::names;
use crate::syntax::order::conjuncts;
use crate::syntax::{alternatives, iterator, made, pattern};

impl Desugar {
    pub(super) fn looped(&mut self, looped: &ExprLoop, dest: Dest) {
        let construct = self.construct();
        let target = self.target(construct, name(looped.label.as_ref()), true, dest);
        self.targets.push(target);
        let body = self.block(&looped.body, Dest::Drop);
        self.targets.pop();
        self.push(Stmt::Loop(Loop { construct, body }));
    }

    pub(super) fn while_loop(&mut self, looped: &ExprWhile, dest: Dest) {
        let conds = conjuncts(&looped.cond);
        self.repeat(looped.label.as_ref(), |own, construct| {
            own.chain(&conds, &mut |own| {
                own.stmts(&looped.body, Dest::Drop);
                own.push(Stmt::Jump(Jump {
                    kind: JumpKind::Continue,
                    to: construct,
                }));
            });
            own.push(Stmt::Jump(Jump {
                kind: JumpKind::Break,
                to: construct,
            }));
        });
        self.finish_unit(looped.while_token.span, dest);
    }

    pub(super) fn for_loop(&mut self, looped: &ExprForLoop, dest: Dest) {
        if let Some(repeated) = self.by_ref(looped) {
            return self.while_loop(&repeated, dest);
        }
        if let Some(over) = self.over_chosen(looped) {
            return self.for_loop(&over, dest);
        }
        let block = self.scoped(|own| {
            let mut looped = looped.clone();
            let source = own.value(&looped.expr);
            let source = own.picked(&source);
            *looped.expr = own.held(&source);
            let source = &looped.expr;
            if !alternatives::bind_one_place(&looped.pat) {
                return own.for_owned(&looped);
            }
            match iterator::borrowed(source).or_else(|| Some(((**source).clone(), false))) {
                Some((place, enumerated))
                    if own.derivable(&place).is_some() && !own.is_through_borrow(source) =>
                {
                    own.for_borrowed(&looped, &place, enumerated);
                }
                _ if (may_repeat(source) || own.is_derived(source))
                    && own.is_repeatable(source) =>
                {
                    own.for_repeatable(&looped);
                }
                _ => own.for_owned(&looped),
            }
        });
        self.push(Stmt::Scope(block));
        self.finish_unit(looped.for_token.span, dest);
    }

    fn for_owned(&mut self, looped: &ExprForLoop) {
        let source = self.value(&looped.expr);
        // That an item cannot be stored is said once, at the name that needs it.
        let bound = pattern::bindings(&looped.pat);
        let first = bound.first().map(|bound| bound.ident.span());
        let span = first.unwrap_or_else(|| looped.expr.span());
        let runtime = names::runtime_as_written(span);
        let judged = names::ident("judged");
        let named = |name| Ident::new(&names::ident(name).to_string(), span);
        let [iterated, asked, form] = ["iterated", "asked", "form"].map(named);
        let codec = names::codec(span);
        // Method resolution picks how it is stored; temporaries of the source live so long.
        let items: Expr = parse_quote_spanned!(span=> {
            use #runtime::{ViaForm as _, ViaItems as _, ViaMade as _, ViaNoForm as _};
            use #runtime::{ViaRange as _, ViaRef as _, ViaWhole as _};
            match #judged.over(#source).sure() {
                #iterated => {
                    let #asked = #iterated.asked();
                    let #form = #judged.storing(#asked, #runtime::form_of!(#asked));
                    (&#iterated).keep((&&#form).kept(#codec))
                }
            }
        });
        let items = self.spill_for(&looped.pat, &items);
        self.repeat(looped.label.as_ref(), |own, construct| {
            // An item may be a borrow: of what this holds.
            let slot: Expr = parse_quote_spanned!(span=> ::core::default::Default::default());
            let slot = own.spill_at_entry(&slot);
            let open: Expr = parse_quote_spanned!(span=> ::core::option::Option::None);
            let open = own.spill_at_entry(&open);
            let given = quote_spanned!(span=> &mut #items, &mut #slot, &mut #open);
            let next = own.code_of(quote_spanned!(span=> #runtime::next_item(#given)));
            own.rounds(looped, construct, next, None, None);
        });
    }

    fn for_borrowed(&mut self, looped: &ExprForLoop, place: &Expr, enumerated: bool) {
        let span = looped.expr.span();
        let (runtime, judged) = (names::runtime(span), names::ident("judged"));
        self.scopes.walked.push(looped.for_token.span);
        let place = &self.reborrowed(place);
        let collection = match place {
            Expr::Reference(reference) => &reference.expr,
            place => place,
        };
        let cursor: Expr = if self.asked.may_hold(collection) {
            // Its keys may be borrows.
            parse_quote_spanned!(span=> {
                use #runtime::{ViaCount as _, ViaKey as _, ViaPlace as _};
                (&&&#judged.walking(#place).sure()).cursor()
            })
        } else {
            parse_quote_spanned!(span=> #judged.cursor(#place).sure())
        };
        let cursor = self.spill_for(&looped.pat, &cursor);
        let (next, current) = if enumerated {
            ("enumerate_next", "enumerate_current")
        } else {
            ("walk_next", "walk_current")
        };
        let (next, current) = (Ident::new(next, span), Ident::new(current, span));
        let next = self.code_of(quote_spanned!(span=> #cursor.#next(#place)));
        let current = self.code_of(quote_spanned!(span=> #cursor.#current(#place)));
        let roots = current.uses.clone();
        self.each(looped, next, Some(current), Some(&roots));
    }

    /// A loop over an iterator that can be made again: the number of items
    /// that it has given is kept.
    fn for_repeatable(&mut self, looped: &ExprForLoop) {
        let span = looped.expr.span();
        let (runtime, items) = (names::runtime(span), self.repeatable(&looped.expr));
        let sources = match &items {
            Expr::Path(_) => vec![&items],
            methods => iterator::sources(methods),
        };
        let given = parse_quote_spanned!(span=> #runtime::Given::default() #(.over(&#sources))*);
        let given = self.spill_for(&looped.pat, &given);
        let next = self.code_of(quote_spanned!(span=> #runtime::nth_next(#items, &mut #given)));
        let current = self.code_of(quote_spanned!(span=> #runtime::nth_current(#items, &#given)));
        let roots = current.uses.clone();
        self.each(looped, next, Some(current), Some(&roots));
    }

    /// `let t = value;`, stored under the name of the loop: a loop's place must
    /// be found again when other code around it has changed.
    fn spill_for(&mut self, pat: &Pat, value: &Expr) -> Expr {
        let kept = self.spill(value);
        let words = pat.to_token_stream().to_string();
        let words: Vec<&str> = words.split_whitespace().collect();
        if let Some(local) = self.named_temp(&kept) {
            let row = &mut self.locals[local];
            row.stored = format!("for {}", words.join(" "));
            // Ours, not the user's: it holds no borrow.
            row.is_asked = false;
        }
        kept
    }

    /// The loop over what `next` gives.
    fn each(
        &mut self,
        looped: &ExprForLoop,
        next: Code,
        again: Option<Code>,
        roots: Option<&std::collections::BTreeSet<LocalId>>,
    ) {
        self.repeat(looped.label.as_ref(), |own, construct| {
            own.rounds(looped, construct, next, again, roots);
        });
    }

    /// What each round of the loop does.
    fn rounds(
        &mut self,
        looped: &ExprForLoop,
        construct: ConstructId,
        next: Code,
        again: Option<Code>,
        roots: Option<&std::collections::BTreeSet<LocalId>>,
    ) {
        let arms = vec![
            self.item_arm(looped, roots),
            self.end_arm(looped.for_token.span, construct),
        ];
        let again = again.map(|again| shaped(&looped.pat, again).tokens);
        let matched = Match {
            construct: self.construct(),
            scrutinee: shaped(&looped.pat, next),
            again,
            arms,
        };
        self.push(Stmt::Match(matched));
    }

    fn item_arm(
        &mut self,
        looped: &ExprForLoop,
        roots: Option<&std::collections::BTreeSet<LocalId>>,
    ) -> Arm {
        self.scopes.open();
        // The loop holds its collection: a copy of an item is what the item
        // is, until it is assigned to.
        let (pat, copies) = match roots {
            Some(_) => pattern::fixed(&looped.pat),
            None => ((*looped.pat).clone(), Vec::new()),
        };
        let locals = self.bind_derived(&pat, roots);
        if roots.is_none() && self.gives_borrows(&looped.expr) {
            self.lend_all(&locals);
        }
        self.ask(&locals, None, None);
        self.mark_unseen(&locals, &looped.expr);
        if is_number(&looped.expr) {
            self.scopes.numbers.extend(&locals);
        }
        let all_borrow = iterator::borrows_to_change(&looped.expr) && pattern::rebinds(&pat);
        if !matches!(pat, Pat::Ident(_)) && !all_borrow {
            // A part of an item may be a number.
            for local in &locals {
                self.locals[*local].is_borrow = false;
            }
        }
        let body = self.scoped(|own| {
            for copy in &copies {
                own.stmt(&syn::parse_quote!(let mut #copy = #copy;));
            }
            own.stmts(&looped.body, Dest::Drop);
        });
        self.scopes.close();
        let pat: Pat = made::some(&pat, looped.for_token.span);
        Arm {
            attrs: proc_macro2::TokenStream::new(),
            pat,
            guard: None,
            locals,
            body,
        }
    }

    fn end_arm(&mut self, span: Span, construct: ConstructId) -> Arm {
        let body = self.scoped(|own| {
            own.push(Stmt::Jump(Jump {
                kind: JumpKind::Break,
                to: construct,
            }));
        });
        let pat = made::none(span);
        Arm {
            attrs: proc_macro2::TokenStream::new(),
            pat,
            guard: None,
            locals: Vec::new(),
            body,
        }
    }

    /// A `loop` without a value.
    fn repeat(&mut self, label: Option<&Label>, lower: impl FnOnce(&mut Self, ConstructId)) {
        let construct = self.construct();
        let target = self.target(construct, name(label), true, Dest::Drop);
        self.targets.push(target);
        let body = self.scoped(|own| lower(own, construct));
        self.targets.pop();
        self.push(Stmt::Loop(Loop { construct, body }));
    }
}

fn name(label: Option<&Label>) -> Option<String> {
    label.map(|label| label.name.ident.to_string())
}
