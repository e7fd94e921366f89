//! Forks: the operands of `join!` and `race!`, and the machines of the blocks
//! among them.
//!
//! ```text
//! wait:   { let op0 = charge(..); flow.put(..); state = flow.fork(3, [operand(op0, o1), block_operand()]); continue 'm }
//! state:  let Some(mut fork) = flow.forked(3, &[0, 1]) else { break 'm };
//!         let r0 = fork.op(&mut flow, 0, o1);
//!         let r1 = fork.block(&mut flow, 1, 7, &[], |flow, state| run_once(async { 'm: loop { .. } }));
//!         let (Some(r0), Some(r1)) = (fork.joined(&mut flow, 0, r0), ..) else { fork.wait(&mut flow); break 'm };
//! ```
//!
//! The machine of a block is a closure in the arm that awaits it, which comes
//! behind the arm that binds what the block captures: so its types are known.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::scope::{Place, Scope};
use super::{copied, kept, outcome, restore, spares, state, transfer};
use crate::ids::{BlockId, LocalId, PointId};
use crate::machine::{Captures, Entry, Machine, State};
use crate::model::{Fork, Operand, OperandKind, Role};
use crate::names;
use crate::syntax::fork::Kind;

/// The points that are operands, in the order of the shape.
pub(super) fn operands(machine: &Machine<'_>) -> impl Iterator<Item = PointId> {
    let points = machine.plain.points.iter();
    points
        .filter(|(_, point)| matches!(point.role, Role::Operand | Role::Block))
        .map(|(id, _)| id)
}

/// Makes the operands, and goes to the state that awaits them.
pub(super) fn begin(
    machine: &Machine<'_>,
    state: &State<'_>,
    scope: &mut Scope<'_>,
    fork: &Fork,
) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let [run, next_state] = ["run", "state"].map(names::ident);
    let mut made = TokenStream::new();
    let mut fresh = Vec::new();
    for (at, Operand { point, kind }) in fork.operands.iter().enumerate() {
        fresh.push(match kind {
            OperandKind::Op(op) => {
                let (held, tie, tokens) = (number("op", at), names::op_tie(*point), &op.tokens);
                made.extend(quote!(let #held = #tokens;));
                quote!(#runtime::operand(#held, #tie))
            }
            OperandKind::Block(block, _) => {
                let copied = copied(machine, fork, at, *block);
                if copied.is_empty() {
                    quote!(#runtime::block_operand())
                } else {
                    let (held, put) = (number("op", at), kept::keep(machine, state, &[], &copied));
                    let numbers = copied.iter().map(|local| machine.stored_index(*local));
                    made.extend(quote!(#put let #held = #run.block_with(&[#(#numbers),*]);));
                    quote!(#held)
                }
            }
        });
    }
    let blocks = fork.blocks().map(|(_, block, _)| Entry::Block(block));
    let targets = blocks.chain([Entry::Resume(fork.point)]);
    let targets = targets.map(|entry| &machine.states[machine.id(entry)]);
    let targets: Vec<&State<'_>> = targets.collect();
    let filled = spares::filled(machine, state, scope, &targets);
    let next = transfer::number(machine, Entry::Resume(fork.point));
    let begun = quote!(#next_state = #run.fork(#next, [#(#fresh),*]););
    let handed = handed(machine, state, fork);
    let way = scope.way_out(&handed, &|named, place| {
        let kept = kept::keep(machine, state, &filled, named);
        let begun = (place == Place::Begin).then_some(&begun);
        quote!(#kept #begun)
    });
    quote! {{
        #made
        #way
    }}
}

/// What a block has a copy of that later operands may change: it gets what
/// was there where the block stands.
fn copied(machine: &Machine<'_>, fork: &Fork, at: usize, block: BlockId) -> Vec<LocalId> {
    let (plain, captures) = (machine.plain, &machine.captures[block]);
    let later = fork.operands.iter().skip(at + 1);
    let later = later.filter_map(|operand| match &operand.kind {
        OperandKind::Op(op) => Some(op),
        OperandKind::Block(..) => None,
    });
    let named: BTreeSet<LocalId> = later
        .flat_map(|op| op.uses.iter().chain(&op.writes).chain(&op.assigns))
        .map(|local| plain.root(*local))
        .collect();
    let start = &machine.states[machine.id(Entry::Block(block))];
    let kept = start.kept.iter().copied();
    let is_copied = |local: &LocalId| {
        let root = plain.root(*local);
        plain.mutable.contains(&root) && named.contains(&root) && !captures.has(plain, *local)
    };
    kept.filter(is_copied).collect()
}

/// What a state hands to a fork and to its blocks.
pub(super) fn handed(machine: &Machine<'_>, state: &State<'_>, fork: &Fork) -> Vec<LocalId> {
    let resumed = machine.id(Entry::Resume(fork.point));
    let resumed = &machine.states[resumed];
    let mut handed: BTreeSet<LocalId> = resumed.kept.union(&resumed.passed).copied().collect();
    for (_, block, _) in fork.blocks() {
        let start = &machine.states[machine.id(Entry::Block(block))];
        handed.extend(&start.kept);
        handed.extend(&machine.captures[block].written);
    }
    let is_there = |local: &LocalId| transfer::is_there(machine, state, *local);
    handed
        .into_iter()
        .filter(|local| !is_there(local))
        .collect()
}

/// Drives the operands of the fork that `state` awaits, and binds their outcome.
pub(super) fn outcome(
    machine: &Machine<'_>,
    state: &State<'_>,
    fork: &Fork,
    into: &Ident,
) -> TokenStream {
    let [run, forked, failed] = ["run", "fork", "failed"].map(names::ident);
    let label = names::machine_label();
    let state_number = transfer::number(machine, state.entry);
    let sites = fork.operands.iter().map(|operand| {
        let at = operands(machine).position(|point| point == operand.point);
        u16::try_from(at.unwrap_or_default()).unwrap_or_default()
    });
    let mut driven = TokenStream::new();
    for (at, Operand { point, kind }) in fork.operands.iter().enumerate() {
        let output = number("r", at);
        let mut drive = match kind {
            OperandKind::Op(_) => {
                let tie = names::op_tie(*point);
                quote!(#forked.op(&mut #run, #at, #tie))
            }
            OperandKind::Block(block, _) => {
                let nested = nested(machine, *block, machine.plain.points[*point].span);
                quote!(#forked.block(&mut #run, #at, #nested))
            }
        };
        if at > 0 {
            let over = match fork.kind {
                Kind::Join => None,
                Kind::TryJoin => Some(quote!(#failed.is_some())),
                Kind::Race => Some(quote!(#forked.is_won())),
            };
            drive = over.map_or(
                drive.clone(),
                |over| quote!(if #over { ::core::option::Option::None } else { #drive }),
            );
        }
        driven.extend(quote!(let mut #output = #drive;));
        if fork.kind == Kind::TryJoin {
            driven.extend(outcome::failing(
                &output,
                &failed,
                machine.plain.points[*point].op_span,
            ));
        }
    }
    let refreshed = refreshed(machine, state, fork);
    let begun = (fork.kind == Kind::TryJoin)
        .then(|| quote!(let mut #failed = ::core::option::Option::None;));
    let settled = match fork.kind {
        Kind::Join => outcome::joined(machine, fork, into),
        Kind::TryJoin => outcome::tried(machine, fork, into),
        Kind::Race => outcome::raced(fork, into),
    };
    quote! {
        #begun
        let ::core::option::Option::Some(mut #forked) = #run.forked(#state_number, &[#(#sites),*])
        else { break #label };
        #driven
        #refreshed
        #settled
    }
}

/// The start of a block's machine, what it puts back, and the machine.
fn nested(machine: &Machine<'_>, block: BlockId, span: Span) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let [run, state, done] = ["run", "state", "done"].map(names::ident);
    let label = names::machine_label();
    let start = transfer::number(machine, Entry::Block(block));
    let captures = &machine.captures[block];
    let written: Vec<LocalId> = captures.written.iter().copied().collect();
    let numbers = written.iter().map(|local| machine.stored_index(*local));
    let states = state::states(machine, Some(block));
    let states = copied::instead_of_moves(machine, block, states);
    let mut body = Group::new(Delimiter::Brace, states);
    body.set_span(span);
    let future = quote_spanned!(span=> async #body);
    let ident = |local: LocalId| {
        let ident = written_name(machine, captures, local);
        quote!(mut #ident)
    };
    let body = if written.is_empty() {
        quote!(#runtime::run_once(#future))
    } else {
        let take = restore::take(machine, &written, ident);
        let put = kept::put(machine, Some(block), &[], &written, None);
        quote! {{
            #label: {
                #take
                let #done = #runtime::run_once(#future);
                #put
                return #done;
            }
            ::core::option::Option::None
        }}
    };
    quote! {
        #start, &[#(#numbers),*],
        |mut #run, mut #state| #body
    }
}

/// What nested blocks have written of what lives around this machine's arms.
fn refreshed(machine: &Machine<'_>, state: &State<'_>, fork: &Fork) -> TokenStream {
    let Some(own) = state.block().map(|block| &machine.captures[block]) else {
        return TokenStream::new();
    };
    let written = fork.blocks().flat_map(|(_, block, _)| {
        let written = machine.captures[block].written.intersection(&own.written);
        written.copied().collect::<Vec<_>>()
    });
    let mut code = TokenStream::new();
    for local in written {
        let (ident, fresh) = (written_name(machine, own, local), names::ident("fresh"));
        let take = restore::take(machine, &[local], |_| quote!(#fresh));
        code.extend(quote!(#take #ident = #fresh;));
    }
    code
}

/// By which name a local that a block writes lives around its arms.
fn written_name(machine: &Machine<'_>, captures: &Captures, local: LocalId) -> Ident {
    if captures.hidden.contains(&local) {
        names::restored(local)
    } else {
        machine.plain.locals[local].ident.clone()
    }
}

pub(super) fn number(name: &str, at: usize) -> Ident {
    names::ident(&format!("{name}{at}"))
}
