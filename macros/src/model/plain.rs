//! A flow in plain form: each await is a statement of its own, loops are
//! `loop`, and what holds no await is code that is copied verbatim.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Pat, Token, Type};

use super::fork::{Fork, Nested, Role};
use super::local::Local;
use crate::ids::{BlockId, ConstructId, LocalId, PointId, Table};
use crate::syntax::spared::Spared;

/// The plain form of a flow.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) params: Vec<LocalId>,
    pub(crate) locals: Table<LocalId, Local>,
    pub(crate) points: Table<PointId, Point>,
    pub(crate) constructs: usize,
    pub(crate) blocks: Table<BlockId, Nested>,
    /// The locals that are declared `mut`.
    pub(crate) mutable: BTreeSet<LocalId>,
    /// The locals that are declared without a value.
    pub(crate) deferred: BTreeSet<LocalId>,
    /// Locals of a type that nothing says which the compiler of flows or an action
    /// has seen: a function elsewhere made them.
    pub(crate) unseen: BTreeSet<LocalId>,
    /// Locals whose first value does not say all of their type.
    pub(crate) vague: BTreeSet<LocalId>,
    /// Those, and temporaries, whose type what is done with them says.
    pub(crate) inferred: BTreeSet<LocalId>,
    /// Locals that are given a value behind their declaration, and in how many places.
    pub(crate) given: BTreeMap<LocalId, usize>,
    /// Iterators with a closure in them, over what they borrow: no state can hand one
    /// to another.
    pub(crate) lazy: BTreeSet<LocalId>,
    /// Where the loops begin that walk over what they borrow.
    pub(crate) walked: Vec<Span>,
    /// What nothing changes in place, and a pattern may move something out of that has no path: out
    /// of an array or a box, or of what may be a struct.
    pub(crate) broken: BTreeSet<LocalId>,
    /// The names of locals that are like names of nothing.
    pub(crate) near: Vec<Ident>,
    /// Items of the body: they stand before the machine.
    pub(crate) items: Vec<TokenStream>,
    pub(crate) body: Block,
}

impl Plain {
    /// What the condition of a branch names; what one of its `let`s binds is no
    /// use from outside.
    pub(crate) fn cond(&self, branch: &Branch) -> Code {
        let mut whole = Code::default();
        for cond in &branch.conds {
            let code = cond.code();
            whole.uses.extend(&code.uses);
            whole.spared.extend(&code.spared);
            for (local, spared) in &code.untouched {
                let untouched = whole.untouched.entry(*local).or_default();
                untouched.extend(spared.iter().cloned());
            }
            whole.writes.extend(&code.writes);
            whole.assigns.extend(&code.assigns);
            whole.jumps.extend(&code.jumps);
        }
        let touches = |code: &Code, local: &LocalId| {
            let mut uses = code.uses.iter().map(|used| self.root(*used));
            uses.any(|used| used == *local) && !code.untouched.contains_key(local)
        };
        for cond in &branch.conds {
            let code = cond.code();
            whole.untouched.retain(|local, _| !touches(code, local));
        }
        let bound = branch.locals();
        whole.uses.retain(|id| !bound.contains(&self.root(*id)));
        whole
    }
}

/// An await.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) label: String,
    /// How many points share the callee the label is made from; 0 if given.
    pub(crate) twins: u16,
    pub(crate) span: Span,
    /// The tokens that are awaited, for the message that they cannot be.
    pub(crate) op_span: Span,
    pub(crate) role: Role,
}

/// Statements, and the scope of the locals they bind.
#[derive(Debug, Clone, Default)]
pub(crate) struct Block {
    pub(crate) stmts: Vec<Stmt>,
    pub(crate) is_unsafe: bool,
}

/// Code without awaits.
#[derive(Debug, Clone, Default)]
pub(crate) struct Code {
    pub(crate) tokens: TokenStream,
    /// The locals it names.
    pub(crate) uses: BTreeSet<LocalId>,
    /// The parts of what it uses as a whole that it does not use.
    pub(crate) spared: BTreeSet<LocalId>,
    /// What it does not look at of locals that it takes apart, or gives to literals.
    pub(crate) untouched: BTreeMap<LocalId, Vec<Spared>>,
    /// The locals, and parts of locals, that it may replace.
    pub(crate) writes: BTreeSet<LocalId>,
    /// Those of them that it replaces in any case when it comes to its end.
    pub(crate) replaces: BTreeSet<LocalId>,
    /// Those of them that it has replaced when it jumps.
    pub(crate) leaves: BTreeSet<LocalId>,
    /// What it gives a value before that is read: also what a jump out of it
    /// assigns.
    pub(crate) assigns: BTreeSet<LocalId>,
    /// Where it may jump, out of itself.
    pub(crate) jumps: Vec<Jump>,
    /// Whether control never falls out of it.
    pub(crate) diverges: bool,
}

/// A jump to a construct that holds an await.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Jump {
    pub(crate) kind: JumpKind,
    pub(crate) to: ConstructId,
}

/// The kinds of jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JumpKind {
    Break,
    Continue,
}

/// A statement in plain form.
#[derive(Debug, Clone)]
pub(crate) enum Stmt {
    /// Items of the block, which hold no state.
    Items(TokenStream),
    /// Runs code; `sets` are the locals that it replaces.
    Run { code: Code, sets: BTreeSet<LocalId> },
    /// `let`.
    Bind(Box<Bind>),
    /// `let into = op.await;`
    Await {
        into: LocalId,
        op: Code,
        point: PointId,
    },
    /// `let into = join!(..);`
    Fork(Fork),
    /// Assigns the value of a branch.
    Assign { to: LocalId, value: Code },
    /// `return value`.
    Return { value: Code },
    /// A jump.
    Jump(Jump),
    /// A nested block.
    Scope(Block),
    /// `if`.
    If(Branch),
    /// `match`.
    Match(Match),
    /// `loop`.
    Loop(Loop),
    /// `'label: { .. }`.
    Labelled(Labelled),
}

/// `let pat: ty = init else { .. };`
#[derive(Debug, Clone)]
pub(crate) struct Bind {
    pub(crate) attrs: TokenStream,
    pub(crate) pat: Pat,
    pub(crate) ty: Option<Type>,
    pub(crate) init: Option<Code>,
    /// What to bind to instead when it is made again.
    pub(crate) again: Option<Code>,
    pub(crate) otherwise: Option<Otherwise>,
    pub(crate) locals: Vec<LocalId>,
    /// Whether the binding is made again after an await instead of stored.
    pub(crate) derived: bool,
    /// Whether it stands where the state begins: what borrows from it may be put
    /// into locals of the blocks around.
    pub(crate) at_entry: bool,
    /// Whether it has no effect, and its type depends on how it is used: it is
    /// left out where it is not.
    pub(crate) is_closure: bool,
}

impl Bind {
    /// Whether control never comes behind it.
    pub(crate) fn diverges(&self) -> bool {
        self.init.as_ref().is_some_and(|init| init.diverges)
    }
}

/// The `else` of a `let`, verbatim or with awaits.
#[derive(Debug, Clone)]
pub(crate) enum Otherwise {
    Code(Code),
    Block(Block),
}

/// `if cond { .. } else { .. }`, with awaits in the branches.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub(crate) construct: ConstructId,
    /// What `&&` joins in the condition.
    pub(crate) conds: Vec<Cond>,
    pub(crate) then: Block,
    pub(crate) otherwise: Option<Block>,
}

/// A part of a condition.
#[derive(Debug, Clone)]
pub(crate) enum Cond {
    Test(Box<Code>),
    Let(Box<Let>),
}

impl Cond {
    /// What it evaluates.
    pub(crate) fn code(&self) -> &Code {
        match self {
            Self::Test(code) => code,
            Self::Let(bound) => &bound.value,
        }
    }
}

/// `let pat = value` in a condition.
#[derive(Debug, Clone)]
pub(crate) struct Let {
    pub(crate) keyword: Token![let],
    pub(crate) pat: Pat,
    pub(crate) value: Code,
    pub(crate) locals: Vec<LocalId>,
}

impl Branch {
    /// What the condition's `let`s bind.
    pub(crate) fn locals(&self) -> Vec<LocalId> {
        let locals = self.conds.iter().map(|cond| match cond {
            Cond::Test(_) => &[],
            Cond::Let(bound) => bound.locals.as_slice(),
        });
        locals.flatten().copied().collect()
    }
}

/// `match`, with awaits in the arms.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) construct: ConstructId,
    pub(crate) scrutinee: Code,
    /// What to match instead when an arm is entered again after an await, to
    /// make its bindings again.
    pub(crate) again: Option<TokenStream>,
    pub(crate) arms: Vec<Arm>,
}

/// An arm of a `match`.
#[derive(Debug, Clone)]
pub(crate) struct Arm {
    pub(crate) attrs: TokenStream,
    pub(crate) pat: Pat,
    pub(crate) guard: Option<Code>,
    pub(crate) locals: Vec<LocalId>,
    pub(crate) body: Block,
}

/// `loop`.
#[derive(Debug, Clone)]
pub(crate) struct Loop {
    pub(crate) construct: ConstructId,
    pub(crate) body: Block,
}

/// `'label: { .. }`.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    pub(crate) construct: ConstructId,
    pub(crate) body: Block,
}
