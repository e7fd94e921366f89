//! The plain form as text, for snapshots.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::ToTokens;

use super::{Block, Cond, Fork, JumpKind, OperandKind, Otherwise, Plain, Stmt};
use crate::ids::{ConstructId, Id, LocalId};

/// One line for each statement, blocks indented.
pub(crate) fn pretty(plain: &Plain) -> String {
    let mut printer = Printer {
        plain,
        text: String::new(),
        depth: 0,
    };
    plain.body.stmts.iter().for_each(|stmt| printer.stmt(stmt));
    printer.text
}

/// Tokens as one line.
pub(crate) fn one_line(tokens: impl ToTokens) -> String {
    let text: TokenStream = tokens.to_token_stream();
    text.to_string()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

struct Printer<'a> {
    plain: &'a Plain,
    text: String,
    depth: usize,
}

impl Printer<'_> {
    fn line(&mut self, line: &str) {
        writeln!(self.text, "{:indent$}{line}", "", indent = self.depth * 4)
            .expect("a String takes all text");
    }

    fn block(&mut self, block: &Block) {
        self.depth += 1;
        block.stmts.iter().for_each(|stmt| self.stmt(stmt));
        self.depth -= 1;
    }

    fn name(&self, local: LocalId) -> String {
        self.plain.locals[local].ident.to_string()
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Items(items) => self.line(&one_line(items)),
            Stmt::Run { code, .. } => self.line(&one_line(&code.tokens)),
            Stmt::Bind(bind) => {
                let ty = bind.ty.as_ref().map(|ty| format!(": {}", one_line(ty)));
                let init = bind
                    .init
                    .as_ref()
                    .map(|code| format!(" = {}", one_line(&code.tokens)));
                let derived = if bind.derived { " (made again)" } else { "" };
                let (ty, init) = (ty.unwrap_or_default(), init.unwrap_or_default());
                self.line(&format!("let {}{ty}{init}{derived}", one_line(&bind.pat)));
                match &bind.otherwise {
                    None => {}
                    Some(Otherwise::Code(code)) => {
                        self.line(&format!("else {}", one_line(&code.tokens)));
                    }
                    Some(Otherwise::Block(block)) => {
                        self.line("else");
                        self.block(block);
                    }
                }
            }
            Stmt::Await { into, op, point } => {
                let (into, op) = (self.name(*into), one_line(&op.tokens));
                let label = self.plain.points[*point].label.clone();
                self.line(&format!("{into} = await[{label}] {op}"));
            }
            Stmt::Fork(fork) => self.fork(fork),
            Stmt::Assign { to, value } => {
                self.line(&format!("{} = {}", self.name(*to), one_line(&value.tokens)));
            }
            Stmt::Return { value } => self.line(&format!("return {}", one_line(&value.tokens))),
            Stmt::Jump(jump) => {
                let kind = match jump.kind {
                    JumpKind::Break => "break",
                    JumpKind::Continue => "continue",
                };
                self.line(&format!("{kind} {}", number(jump.to)));
            }
            Stmt::Scope(block) => {
                self.line("scope");
                self.block(block);
            }
            Stmt::If(_) | Stmt::Match(_) | Stmt::Loop(_) | Stmt::Labelled(_) => {
                self.construct(stmt);
            }
        }
    }

    fn fork(&mut self, fork: &Fork) {
        let label = &self.plain.points[fork.point].label;
        self.line(&format!("{} = fork[{label}]", self.name(fork.into)));
        for operand in &fork.operands {
            let label = &self.plain.points[operand.point].label;
            match &operand.kind {
                OperandKind::Op(op) => {
                    self.line(&format!("| [{label}] {}", one_line(&op.tokens)));
                }
                OperandKind::Block(_, block) => {
                    self.line(&format!("| [{label}]"));
                    self.block(block);
                }
            }
        }
    }

    fn construct(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::If(branch) => {
                let conds: Vec<String> = branch.conds.iter().map(cond).collect();
                let (number, conds) = (number(branch.construct), conds.join(" && "));
                self.line(&format!("if {number} {conds}"));
                self.block(&branch.then);
                if let Some(otherwise) = &branch.otherwise {
                    self.line("else");
                    self.block(otherwise);
                }
            }
            Stmt::Match(matched) => {
                let scrutinee = one_line(&matched.scrutinee.tokens);
                self.line(&format!("match {} {scrutinee}", number(matched.construct)));
                for arm in &matched.arms {
                    let guard = arm
                        .guard
                        .as_ref()
                        .map(|guard| format!(" if {}", one_line(&guard.tokens)));
                    let pat = one_line(&arm.pat);
                    self.line(&format!("| {pat}{}", guard.unwrap_or_default()));
                    self.block(&arm.body);
                }
            }
            Stmt::Loop(looped) => {
                self.line(&format!("loop {}", number(looped.construct)));
                self.block(&looped.body);
            }
            Stmt::Labelled(labelled) => {
                self.line(&format!("block {}", number(labelled.construct)));
                self.block(&labelled.body);
            }
            _ => {}
        }
    }
}

fn cond(cond: &Cond) -> String {
    match cond {
        Cond::Test(code) => one_line(&code.tokens),
        Cond::Let(bound) => {
            let (pat, value) = (one_line(&bound.pat), one_line(&bound.value.tokens));
            format!("let {pat} = {value}")
        }
    }
}

fn number(construct: ConstructId) -> String {
    format!("#{}", construct.index())
}
