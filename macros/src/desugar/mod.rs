//! `Flow` to `Plain`: each await becomes a statement of its own, in the order
//! in which rustc would evaluate; `while` and `for` become `loop`; names
//! become ids. Cannot fail: gate 1 has refused what this cannot lower.
//!
//! A value is lowered in two parts: statements that are appended to the block
//! at hand, and an expression without awaits that remains to be evaluated
//! where the value is used.

mod again;
mod anew;
mod arms;
mod asked;
mod branch;
mod by_ref;
mod capture;
mod chosen;
mod code;
mod derive;
mod expr;
mod fork;
mod jumps;
mod later;
mod lend;
mod loops;
mod near;
mod operands;
mod outcomes;
mod parts;
mod points;
mod scope;
mod stepped;
mod stmt;
mod told;
mod tuples;
mod vague;
mod walks;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Span, TokenStream};
use syn::{Expr, Type};

use crate::ids::{BlockId, ConstructId, LocalId, PointId, Table};
use crate::model::{Block, Flow, Local, LocalKind, Nested, Plain, Point, Stmt};
use crate::names;
use crate::syntax::uses::Paths;
use crate::syntax::{changed, made, moves};
use asked::Asked;
use scope::{Scopes, Target};

/// Lowers a flow that passed gate 1.
pub(crate) fn flow(flow: &Flow) -> Plain {
    let reassigned = scope::assigned_names(&flow.body);
    let mut desugar = Desugar::new(reassigned, moves::out_of(&flow.body));
    desugar.assigned = lend::assigned(&flow.body);
    desugar.asked = Asked::of(&flow.body);
    desugar.changed = changed::in_place(&flow.body);
    let params = flow
        .params
        .iter()
        .map(|param| desugar.param(param))
        .collect();
    let body = desugar.block(&flow.body, Dest::Return);
    let Desugar {
        mut locals,
        mut points,
        constructs,
        blocks,
        hoisted,
        scopes,
        ..
    } = desugar;
    points::number(&mut points);
    scope::name_stored(&mut locals);
    let (mut near, unknown) = (scopes.near, scopes.unknown);
    near::declared(&mut near, |ident| unknown.contains_key(&ident.to_string()));
    Plain {
        params,
        locals,
        points,
        constructs,
        blocks,
        mutable: scopes.mutable,
        deferred: scopes.deferred,
        unseen: scopes.unseen,
        vague: scopes.vague,
        inferred: scopes.inferred,
        given: scopes.given,
        lazy: scopes.lazy,
        walked: scopes.walked,
        broken: scopes.broken,
        near,
        items: hoisted,
        body,
    }
}

/// Where the value of an expression goes.
#[derive(Debug, Clone, Copy)]
enum Dest {
    /// Nowhere.
    Drop,
    /// To a temporary.
    Local(LocalId),
    /// Out of the flow.
    Return,
}

struct Desugar {
    locals: Table<LocalId, Local>,
    points: Table<PointId, Point>,
    constructs: usize,
    blocks: Table<BlockId, Nested>,
    /// Items that stand before the machine.
    hoisted: Vec<TokenStream>,
    scopes: Scopes,
    /// Temporaries by the name of their variable; no name of the user's can be one.
    temps: BTreeMap<String, LocalId>,
    /// Where the expressions begin and end whose outcomes temporaries hold.
    awaited: BTreeMap<LocalId, (Span, Span)>,
    /// The loops and labelled blocks with awaits that are open, innermost last.
    targets: Vec<Target>,
    /// Whether it is code of a block that is an operand: its type is that of its value.
    is_operand: bool,
    /// The statements of the block at hand.
    out: Vec<Stmt>,
    /// Names that some assignment replaces as a whole, each with whether one awaits.
    reassigned: BTreeMap<String, bool>,
    /// Names to which some assignment gives a borrow.
    assigned: BTreeSet<String>,
    /// Names of variables that may be changed in place.
    changed: BTreeSet<String>,
    /// The variables that may hold a borrow.
    asked: Asked,
    /// What may be moved out of variables.
    moved: Paths,
    /// The parts of locals, by local and path.
    parts: BTreeMap<(LocalId, String), LocalId>,
}

impl Desugar {
    fn new(reassigned: BTreeMap<String, bool>, moved: Paths) -> Self {
        Self {
            locals: Table::new(),
            points: Table::new(),
            constructs: 0,
            blocks: Table::new(),
            hoisted: Vec::new(),
            scopes: Scopes::new(),
            temps: BTreeMap::new(),
            awaited: BTreeMap::new(),
            targets: Vec::new(),
            is_operand: false,
            out: Vec::new(),
            reassigned,
            assigned: BTreeSet::new(),
            changed: BTreeSet::new(),
            asked: Asked::default(),
            moved,
            parts: BTreeMap::new(),
        }
    }

    fn param(&mut self, param: &crate::model::Param) -> LocalId {
        let id = self.locals.push(Local {
            stored: param.stored.clone(),
            ..Local::new(param.ident.clone(), LocalKind::Param)
        });
        self.scopes.bind(&param.ident, id, param.mutable);
        id
    }

    /// A temporary, and the expression that names it.
    fn temp(&mut self, span: Span, ty: Option<Type>) -> (LocalId, Expr) {
        let ident = names::temp(self.locals.len(), span);
        let expr = made::variable(&ident);
        let name = ident.to_string();
        let id = self.locals.push(Local {
            ty,
            ..Local::new(ident, LocalKind::Temp)
        });
        self.temps.insert(name, id);
        (id, expr)
    }

    /// The temporary that `expr` names.
    fn named_temp(&self, expr: &Expr) -> Option<LocalId> {
        match expr {
            Expr::Path(path) => self.temps.get(&path.path.get_ident()?.to_string()).copied(),
            _ => None,
        }
    }

    fn construct(&mut self) -> ConstructId {
        self.constructs += 1;
        crate::ids::Id::new(self.constructs - 1)
    }

    /// Whether the block at hand is the flow's body.
    fn is_outermost(&self) -> bool {
        self.scopes.depth() == 2
    }

    fn push(&mut self, stmt: Stmt) {
        self.out.push(stmt);
    }

    /// Lowers into a block of its own.
    fn scoped(&mut self, lower: impl FnOnce(&mut Self)) -> Block {
        let outer = std::mem::take(&mut self.out);
        self.scopes.open();
        lower(self);
        self.scopes.close();
        let stmts = std::mem::replace(&mut self.out, outer);
        Block {
            stmts,
            is_unsafe: false,
        }
    }

    /// Sends a value without awaits to where it goes.
    fn finish(&mut self, value: &Expr, dest: Dest) {
        let stmt = match dest {
            Dest::Drop => {
                let (code, sets) = self.assigning(value);
                Stmt::Run { code, sets }
            }
            Dest::Local(to) => {
                if self.is_vague(value) {
                    self.scopes.inferred.insert(to);
                }
                let value = self.code(value);
                self.give([&to]);
                Stmt::Assign { to, value }
            }
            Dest::Return => Stmt::Return {
                value: self.returned_code(value),
            },
        };
        self.push(stmt);
    }

    /// Sends `()` to where it goes: the value of a branch without one.
    fn finish_unit(&mut self, span: Span, dest: Dest) {
        let unit = made::unit(span);
        match dest {
            Dest::Drop => {}
            Dest::Return | Dest::Local(_) => self.finish(&unit, dest),
        }
    }
}
