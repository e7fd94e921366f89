//! Makes bodies smaller while they still fail in the same way.
//!
//! In: findings. Out: the same, each as small as one edit after the other can
//! make it. The edits of all findings are tried together, one crate for each
//! round, since most of the time of a round is that of starting to compile.

use std::io;

use quote::ToTokens;
use syn::visit::Visit;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, Stmt, parse_quote};

use super::{Body, Finding, Project};

/// How many edits of a finding are tried in a round.
const WIDTH: usize = 120;

/// Shrinks `findings` for at most `rounds` rounds.
///
/// # Errors
///
/// As [`Project::examine`].
pub fn shrink(
    project: &Project,
    findings: Vec<Finding>,
    rounds: usize,
) -> io::Result<Vec<Finding>> {
    let mut jobs: Vec<Job> = findings.into_iter().map(Job::new).collect();
    for _ in 0..rounds {
        let active = jobs.iter().filter(|job| !job.edits.is_empty()).count();
        let width = WIDTH / active.max(1);
        let mut bodies = Vec::new();
        for (job, number) in jobs.iter_mut().zip(0..) {
            let edits = job.next_edits(width).into_iter().zip(number * 1000..);
            let body = &job.best.body;
            bodies.extend(edits.map(|(text, index)| Body {
                index,
                text,
                ..body.clone()
            }));
        }
        if bodies.is_empty() {
            break;
        }
        let runs = jobs.iter().any(|job| job.best.kind == super::Kind::Differs);
        let found = if runs {
            project.examine(bodies)
        } else {
            project.check(bodies)
        };
        for found in found? {
            let number = usize::try_from(found.body.index / 1000).unwrap_or(usize::MAX);
            if let Some(job) = jobs.get_mut(number) {
                job.accept(found);
            }
        }
    }
    Ok(jobs.into_iter().map(|job| job.best).collect())
}

struct Job {
    best: Finding,
    index: u64,
    edits: Vec<String>,
}

impl Job {
    fn new(found: Finding) -> Self {
        let mut job = Self {
            index: found.body.index,
            best: found,
            edits: Vec::new(),
        };
        job.edits = edits(&job.best.body.text);
        job
    }

    fn next_edits(&mut self, width: usize) -> Vec<String> {
        let step = self.edits.len().div_ceil(width.max(1)).max(1);
        let edits = std::mem::take(&mut self.edits).into_iter().enumerate();
        let (now, later): (Vec<_>, Vec<_>) = edits.partition(|(index, _)| index % step == 0);
        self.edits = later.into_iter().map(|(_, text)| text).collect();
        now.into_iter().map(|(_, text)| text).collect()
    }

    /// Goes on from `found` if it fails as the original does.
    fn accept(&mut self, mut found: Finding) {
        let same = found.kind == self.best.kind && found.signature() == self.best.signature();
        if same && found.body.text.len() < self.best.body.text.len() {
            self.edits = edits(&found.body.text);
            found.body.index = self.index;
            self.best = found;
        }
    }
}

impl Finding {
    /// What the message says, without names and numbers.
    #[must_use]
    pub fn signature(&self) -> String {
        let line = self.message.lines().next().unwrap_or_default();
        let words = line.split('`').step_by(2).collect::<Vec<_>>();
        words
            .join("_")
            .chars()
            .filter(|c| !c.is_numeric())
            .collect()
    }
}

/// All texts that one edit makes of `text`, in an order of its own; the last
/// are tried first.
fn edits(text: &str) -> Vec<String> {
    let Ok(block) = syn::parse_str::<Block>(&format!("{{{text}}}")) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for target in 0.. {
        let mut edit = Edit {
            target,
            seen: 0,
            done: false,
        };
        let mut edited = block.clone();
        edit.visit_block_mut(&mut edited);
        if !edit.done {
            break;
        }
        let tokens = edited.stmts.iter().map(ToTokens::to_token_stream);
        all.push(
            tokens
                .map(|stmt| stmt.to_string() + "\n")
                .collect::<String>(),
        );
    }
    // The greatest step first, but not only the greatest.
    all.sort_by_key(|text| std::cmp::Reverse(text.len()));
    all.retain(|edited| edited.len() < block.to_token_stream().to_string().len() - 2);
    all
}

/// Makes the edit with number `target`.
struct Edit {
    target: usize,
    seen: usize,
    done: bool,
}

impl Edit {
    fn hit(&mut self) -> bool {
        let hit = self.seen == self.target;
        self.seen += 1;
        self.done |= hit;
        hit
    }
}

impl VisitMut for Edit {
    fn visit_block_mut(&mut self, block: &mut Block) {
        for index in 0..block.stmts.len() {
            if self.hit() {
                block.stmts.remove(index);
                return;
            }
            let inner = block.stmts.get(index).map(inner_blocks).unwrap_or_default();
            for stmts in inner {
                if self.hit() {
                    block.stmts.splice(index..=index, stmts);
                    return;
                }
            }
        }
        visit_mut::visit_block_mut(self, block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if self.done {
            return;
        }
        if !matches!(expr, Expr::Lit(_) | Expr::Path(_)) {
            let inner = Inner::count(expr);
            let chosen = self.target.checked_sub(self.seen);
            if let Some(chosen) = chosen.filter(|chosen| *chosen < inner + 3) {
                self.done = true;
                *expr = match chosen.checked_sub(inner) {
                    None => Inner::get(expr, chosen).unwrap_or_else(|| parse_quote!(0i64)),
                    Some(0) => parse_quote!(0i64),
                    Some(1) => parse_quote!(true),
                    Some(_) => parse_quote!(String::new()),
                };
                return;
            }
            self.seen += inner + 3;
        }
        match expr {
            Expr::If(branch) if branch.else_branch.is_some() && self.hit() => {
                branch.else_branch = None;
            }
            Expr::Match(matched) => {
                for index in 0..matched.arms.len() {
                    if self.hit() {
                        matched.arms.remove(index);
                        return;
                    }
                }
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
    }
}

/// Finds the expressions inside of another, two levels deep.
struct Inner {
    level: usize,
    count: usize,
    wanted: usize,
    found: Option<Expr>,
}

impl Inner {
    fn count(expr: &Expr) -> usize {
        Self::search(expr, usize::MAX).count
    }

    fn get(expr: &Expr, wanted: usize) -> Option<Expr> {
        Self::search(expr, wanted).found
    }

    fn search(expr: &Expr, wanted: usize) -> Self {
        let mut inner = Self {
            level: 0,
            count: 0,
            wanted,
            found: None,
        };
        inner.visit_expr(expr);
        inner
    }
}

impl<'ast> Visit<'ast> for Inner {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        if self.level > 0 && !matches!(expr, Expr::Let(_)) {
            if self.count == self.wanted {
                self.found = Some(expr.clone());
            }
            self.count += 1;
        }
        if self.level < 2 {
            self.level += 1;
            syn::visit::visit_expr(self, expr);
            self.level -= 1;
        }
    }
}

/// The statements of each block directly inside of a statement.
fn inner_blocks(stmt: &Stmt) -> Vec<Vec<Stmt>> {
    struct Inner(Vec<Vec<Stmt>>);
    impl<'ast> Visit<'ast> for Inner {
        fn visit_block(&mut self, block: &'ast Block) {
            self.0.push(block.stmts.clone());
        }
    }
    let mut inner = Inner(Vec::new());
    inner.visit_stmt(stmt);
    inner.0
}
