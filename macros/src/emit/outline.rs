//! The outline of a flow: its plain form in one piece, which is never reached.
//! Where states hand over what may be a borrow, its type must be known before
//! the code of any state; here it is, as rustc infers it for the whole body.
//!
//! ```text
//! let y3 = lent();
//! if false {
//!     let never: Infallible = diverge();      // no borrows are checked behind it
//!     let a3 = asked();
//!     { let mut last = None; a3.has(last); loop { .. last = Some(item) .. } }
//!     y3.has(judged.storing(a3, form_of!(a3)).kept(Kept::CODEC).form());
//! }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::reopen;
use super::writer::label;
use super::{kept, outcome, typed};
use crate::ids::{ConstructId, LocalId, PointId};
use crate::machine::Machine;
use crate::model::{
    Arm, Bind, Block, Branch, Code, Cond, Fork, Jump, JumpKind, Labelled, Loop, Match, OperandKind,
    Otherwise, Plain, Stmt,
};
use crate::names;
use crate::syntax::spans::first_span;

/// The outline, if some local is asked for its form.
pub(super) fn of(machine: &Machine<'_>, tied: &BTreeSet<LocalId>) -> Option<TokenStream> {
    let plain = machine.plain;
    let is_asked = |local: &LocalId| plain.locals[*local].is_asked;
    let roots = tied.iter().map(|local| plain.root(*local));
    let in_parts: BTreeSet<LocalId> = roots
        .filter(|root| is_asked(root) && !tied.contains(root))
        .collect();
    let had: BTreeSet<LocalId> = tied.iter().copied().filter(is_asked).collect();
    let mut asked: BTreeSet<LocalId> = had.union(&in_parts).copied().collect();
    // Whether these are borrows, the states ask.
    let is_part = |local: &&LocalId| plain.locals[**local].part.is_some();
    let opened = tied.iter().filter(is_part).map(|local| plain.root(*local));
    let mut told: BTreeSet<LocalId> = machine.ahead.difference(&had).copied().collect();
    told.extend(opened.filter(|root| plain.may_hide(*root)));
    asked.extend(&told);
    if asked.is_empty() {
        return None;
    }
    let runtime = names::runtime(Span::call_site());
    let never = never();
    let span = |local: LocalId| plain.locals[local].ident.span();
    let made = |local: &LocalId| {
        let name = names::asked(*local, span(*local));
        quote!(let #name = #runtime::asked();)
    };
    let made_before = told.iter().map(made);
    let made = asked.difference(&told).map(made);
    let had = had.iter().map(|local| kept::has(*local, span(*local)));
    let in_parts = in_parts.iter().map(|local| {
        let span = span(*local);
        let (name, codec) = (names::asked(*local, span), names::codec(span));
        quote_spanned!(span=> (&&#name).in_parts(#codec);)
    });
    let mut outline = Outline {
        plain,
        asked: &asked,
        left: BTreeSet::new(),
    };
    let params = plain.params.iter().enumerate();
    let params = params.map(|(number, param)| {
        let (ident, tie) = (&plain.locals[*param].ident, names::argument(number));
        quote!(let mut #ident = Self::#tie.never();)
    });
    let (body, _) = outline.block(&plain.body);
    Some(quote! {
        #(#made_before)*
        if false {
            use #runtime::{ViaMade as _, ViaRef as _, ViaWhole as _};
            use #runtime::{ViaForm as _, ViaMut as _, ViaNoForm as _, ViaParts as _};
            #never
            #(#made)*
            #(#params)*
            #body
            #(#had)*
            #(#in_parts)*
        }
    })
}

/// What nothing behind it is reached from, nor are its borrows checked; yet it is
/// typed as any code.
fn never() -> TokenStream {
    let (never, runtime) = (names::ident("never"), names::runtime(Span::call_site()));
    quote!(let #never: ::core::convert::Infallible = #runtime::diverge();)
}

struct Outline<'a> {
    plain: &'a Plain,
    asked: &'a BTreeSet<LocalId>,
    /// The constructs that some jump leaves.
    left: BTreeSet<ConstructId>,
}

/// Code, and whether control may fall out of it: what would follow if it does
/// not is left out, as it is in the states.
type Written = (TokenStream, bool);

impl Outline<'_> {
    /// Says which of `locals`, just bound, and of their parts are asked.
    fn asked(&self, locals: &[LocalId]) -> TokenStream {
        let asked = self.asked.iter().copied();
        let bound = asked.filter(|local| locals.contains(&self.plain.root(*local)));
        let said = bound.map(|local| {
            let span = self.plain.locals[local].ident.span();
            let (name, place) = (names::asked(local, span), self.plain.place(local));
            quote!(#name.has(#place);)
        });
        said.collect()
    }

    fn code(&mut self, code: &Code) -> TokenStream {
        code.jumps.iter().for_each(|jump| self.jump(*jump));
        code.tokens.clone()
    }

    fn jump(&mut self, jump: Jump) {
        if jump.kind == JumpKind::Break {
            self.left.insert(jump.to);
        }
    }

    fn block(&mut self, block: &Block) -> Written {
        self.block_behind(&[], block)
    }

    /// A block at whose begin `locals` have just been bound.
    fn block_behind(&mut self, locals: &[LocalId], block: &Block) -> Written {
        let keyword = block.is_unsafe.then(|| quote!(unsafe));
        let mut code = self.asked(locals);
        for stmt in &block.stmts {
            let (stmt, falls) = self.stmt(stmt);
            code.extend(stmt);
            if !falls {
                return (quote!(#keyword { #code }), false);
            }
        }
        (quote!(#keyword { #code }), true)
    }

    fn stmt(&mut self, stmt: &Stmt) -> Written {
        match stmt {
            Stmt::Items(items) => (items.clone(), true),
            Stmt::Run { code, .. } => {
                let tokens = self.code(code);
                (quote!(#tokens;), !code.diverges)
            }
            Stmt::Bind(bind) => (self.bind(bind), !bind.diverges()),
            Stmt::Await { into, op, point } => {
                let output = self.output(*point, op);
                (self.let_be(*into, &output), true)
            }
            Stmt::Fork(fork) => (self.fork(fork), true),
            Stmt::Assign { to, value } => {
                let (ident, tokens) = (&self.plain.locals[*to].ident, self.code(value));
                (quote!(#ident = #tokens;), !value.diverges)
            }
            Stmt::Return { value } => {
                let tokens = self.code(value);
                (quote_spanned!(first_span(&tokens)=> return #tokens;), false)
            }
            Stmt::Jump(jump) => {
                self.jump(*jump);
                let label = label(jump.kind, jump.to);
                (quote!(break #label;), false)
            }
            Stmt::Scope(block) => self.block(block),
            Stmt::If(branch) => self.branch(branch),
            Stmt::Match(matched) => self.matched(matched),
            Stmt::Loop(Loop { construct, body }) => {
                let round = label(JumpKind::Continue, *construct);
                let (body, _) = self.block(body);
                self.leaving(*construct, &quote!(loop { #round: #body }), false)
            }
            Stmt::Labelled(Labelled { construct, body }) => {
                let (body, falls) = self.block(body);
                self.leaving(*construct, &body, falls)
            }
        }
    }

    fn leaving(&self, construct: ConstructId, code: &TokenStream, falls: bool) -> Written {
        let end = label(JumpKind::Break, construct);
        (quote!(#end: #code), falls || self.left.contains(&construct))
    }

    fn let_be(&self, local: LocalId, value: &TokenStream) -> TokenStream {
        let (ident, asked) = (&self.plain.locals[local].ident, self.asked(&[local]));
        quote!(let #ident = #value; #asked)
    }

    fn bind(&mut self, bind: &Bind) -> TokenStream {
        let Bind {
            attrs, pat, locals, ..
        } = bind;
        let ty = bind.ty.as_ref().map(|ty| quote!(: #ty));
        let value = bind.init.as_ref().map(|code| {
            let value = self.code(code);
            quote!(= #value)
        });
        let otherwise = bind.otherwise.as_ref().map(|otherwise| match otherwise {
            Otherwise::Code(code) => self.code(code),
            Otherwise::Block(block) => {
                // That it must not come to its end is told of the plain copy.
                let (block, end) = (self.block(block).0, reopen::never());
                quote!({ #block #end })
            }
        });
        let otherwise = otherwise.map(|block| quote!(else #block));
        let asked = self.asked(locals);
        let is_deferred = value.is_none() && ty.is_none();
        let typed = is_deferred.then(|| typed::without_value(self.plain, locals));
        quote!(#attrs let #pat #ty #value #otherwise; #typed #asked)
    }

    fn branch(&mut self, branch: &Branch) -> Written {
        let mut conds = Vec::new();
        for cond in &branch.conds {
            conds.push(match cond {
                Cond::Test(code) => self.code(code),
                Cond::Let(bound) => {
                    let (keyword, pat, value) =
                        (bound.keyword, &bound.pat, self.code(&bound.value));
                    quote!(#keyword #pat = #value)
                }
            });
        }
        let keyword = quote_spanned!(conds.first().map_or_else(Span::call_site, first_span)=> if);
        let (then, mut falls) = self.block_behind(&branch.locals(), &branch.then);
        let otherwise = branch.otherwise.as_ref().map(|block| self.block(block));
        falls |= otherwise.as_ref().is_none_or(|(_, falls)| *falls);
        let otherwise = otherwise.map(|(block, _)| quote!(else #block));
        (quote!(#keyword #(#conds)&&* #then #otherwise), falls)
    }

    fn matched(&mut self, matched: &Match) -> Written {
        let scrutinee = self.code(&matched.scrutinee);
        let keyword = quote_spanned!(first_span(&scrutinee)=> match);
        let (mut arms, mut falls) = (TokenStream::new(), false);
        for Arm {
            attrs,
            pat,
            guard,
            locals,
            body,
        } in &matched.arms
        {
            let guard = guard.as_ref().map(|guard| {
                let tokens = self.code(guard);
                quote!(if #tokens)
            });
            let (body, arm_falls) = self.block_behind(locals, body);
            falls |= arm_falls;
            arms.extend(quote!(#attrs #pat #guard => #body));
        }
        (quote!(#keyword #scrutinee { #arms }), falls)
    }

    fn output(&mut self, point: PointId, op: &Code) -> TokenStream {
        let (tie, op) = (names::op_tie(point), self.code(op));
        quote!(#tie.oracle(#op))
    }

    fn fork(&mut self, fork: &Fork) -> TokenStream {
        let mut outputs = Vec::new();
        for operand in &fork.operands {
            outputs.push(match &operand.kind {
                OperandKind::Op(code) => self.output(operand.point, code),
                OperandKind::Block(_, block) => {
                    let span = self.plain.points[operand.point].span;
                    let runtime = names::runtime(span);
                    let (never, (body, _)) = (never(), self.block(block));
                    quote_spanned!(span=> #runtime::driven(async { #never #body }))
                }
            });
        }
        let spans = fork.operands.iter();
        let spans = spans.map(|operand| self.plain.points[operand.point].op_span);
        let value = outcome::never(fork.kind, outputs, spans);
        self.let_be(fork.into, &value)
    }
}
