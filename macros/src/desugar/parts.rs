//! Fields of locals that are kept by themselves: of a local that others may
//! be moved out of, only what is still needed can be stored.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::{Expr, ExprField, Member, Pat};

use super::Desugar;
use crate::ids::LocalId;
use crate::model::{Code, Local, Part};
use crate::syntax::assigned::{self, Given};
use crate::syntax::order;
use crate::syntax::spared::{self, Spared};
use crate::syntax::taken::{self, Taken};
use crate::syntax::uses::{self, Found, Paths, fields_of, path_name};

/// What code replaces.
#[derive(Default)]
pub(super) struct Replaced {
    pub(super) writes: BTreeSet<LocalId>,
    /// Those that it replaces in any case.
    pub(super) replaces: BTreeSet<LocalId>,
    /// Those that each jump out of it has replaced.
    pub(super) leaves: BTreeSet<LocalId>,
    /// Those that it gives a value before it reads them, or leads elsewhere.
    pub(super) given: BTreeSet<LocalId>,
    /// The parts of locals that it does not read before.
    pub(super) unread: BTreeSet<LocalId>,
}

impl Replaced {
    fn replace(&mut self, local: LocalId, given: Given) {
        self.writes.insert(local);
        if given.surely() {
            self.replaces.insert(local);
        }
        if given.leaving() {
            self.leaves.insert(local);
        }
    }
}

impl Desugar {
    /// The locals, or parts of them, that `paths` name.
    pub(super) fn used(&mut self, paths: Paths) -> BTreeSet<LocalId> {
        let mut used = BTreeSet::new();
        for (name, paths) in paths {
            if let Some(local) = self.scopes.named(&name) {
                let paths = paths.into_values();
                used.extend(paths.map(|fields| self.part(local, fields)));
            }
        }
        used
    }

    /// What `expr` replaces. Takes from what `found` uses all that it replaces
    /// first, and adds what is assigned to and is no part of a local.
    pub(super) fn replaced_in(&mut self, found: &mut Found, expr: &Expr) -> Replaced {
        let mut all = Replaced::default();
        // What is moved counts as a part, though nobody may need what it was.
        self.used(found.paths.clone());
        self.drop_unread(found, expr);
        for (name, paths) in std::mem::take(&mut found.replaced) {
            let local = self.scopes.named(&name);
            for (path, fields) in paths {
                let given = assigned::by(expr, &name, &fields);
                let target = local.map(|local| (local, self.part(local, fields.clone())));
                match target {
                    Some((local, _)) if fields.is_empty() => {
                        let is_given = self.scopes.given(&name, given);
                        if is_given {
                            all.given.insert(local);
                        } else {
                            all.replace(local, given);
                        }
                        if is_given || !given.is_read {
                            found.paths.remove(&name);
                            // Nor are its parts.
                            break;
                        }
                    }
                    Some((local, part)) if part != local => {
                        if !given.is_read {
                            let used = found.paths.entry(name.clone()).or_default();
                            used.retain(|_, used| !used.starts_with(&fields));
                            all.unread.insert(part);
                        }
                        if given.first() {
                            all.given.insert(part);
                        }
                        all.replace(part, given);
                    }
                    _ if fields.is_empty() => {}
                    _ => {
                        let used = found.paths.entry(name.clone()).or_default();
                        used.insert(path, fields);
                    }
                }
            }
        }
        all
    }

    /// What code that names locals as a whole does not use of them.
    pub(super) fn untouched(
        &self,
        spared: BTreeMap<String, Vec<Spared>>,
    ) -> BTreeMap<LocalId, Vec<Spared>> {
        let known = spared.into_iter().filter_map(|(name, spared)| {
            let local = self.scopes.named(&name)?;
            Some((local, spared))
        });
        known.collect()
    }

    /// Code that takes `value` apart with one of `pats`.
    pub(super) fn code_taken_apart<'e>(
        &mut self,
        value: &'e Expr,
        pats: impl IntoIterator<Item = &'e Pat>,
        always: bool,
    ) -> Code {
        let mut code = self.code(value);
        let pats: Vec<&Pat> = pats.into_iter().collect();
        for pat in &pats {
            self.take_apart(taken::by(value, pat, always));
        }
        if let Some((name, spared)) = spared::by(value, pats)
            && let Some(local) = self.scopes.local(name)
        {
            code.untouched.entry(local).or_default().push(spared);
        }
        code
    }

    /// Makes the parts of locals that patterns move away or break.
    pub(super) fn take_apart(&mut self, taken: Vec<(String, Taken)>) {
        for (name, taken) in taken {
            let Some(local) = self.scopes.named(&name) else {
                continue;
            };
            match taken {
                Taken::Field(fields) => {
                    self.part(local, fields);
                }
                Taken::Maybe(fields) => {
                    let known = self.moved.get(&name);
                    if known.is_some_and(|moved| moved.contains_key(&path_name(&fields))) {
                        self.part(local, fields);
                    }
                }
                Taken::Within(fields) if self.stays(local, &name) => {
                    let part = self.part(local, fields);
                    self.scopes.broken.insert(part);
                }
                Taken::Within(_) => {}
            }
        }
    }

    /// Whether nothing changes a local but what replaces it as a whole.
    fn stays(&self, local: LocalId, name: &str) -> bool {
        !self.scopes.mutable.contains(&local) || !self.changed.contains(name)
    }

    /// The locals that say what an assignment to `left` replaces: `i` of `items[i]`.
    pub(super) fn read_by_target(&mut self, left: &Expr, read: &mut BTreeSet<LocalId>) {
        match order::targets(left) {
            Some(inner) => {
                for left in inner {
                    self.read_by_target(left, read);
                }
            }
            None if uses::path_of(left).is_some() => {}
            None => read.extend(self.named_in(left)),
        }
    }

    /// The part of a local that an assignment to `field` replaces, if parts of
    /// the local count.
    pub(super) fn given_back(&mut self, field: &ExprField) -> Option<LocalId> {
        let (name, fields) = fields_of(field).ok()?;
        let local = self.scopes.local(name)?;
        Some(self.part(local, fields)).filter(|part| *part != local)
    }

    /// The local or temporary of a name, or the part of it that `fields` are.
    pub(super) fn named(&mut self, name: &Ident, fields: Vec<Member>) -> Option<LocalId> {
        let local = self.found(name)?;
        Some(self.part(local, fields))
    }

    /// The local or temporary of a name.
    pub(super) fn found(&self, name: &Ident) -> Option<LocalId> {
        let temp = || self.temps.get(&name.to_string()).copied();
        self.scopes.local(name).or_else(temp)
    }

    /// The part of a local that `fields` are, or the whole of it.
    fn part(&mut self, root: LocalId, fields: Vec<Member>) -> LocalId {
        let row = &self.locals[root];
        let moved = self.moved.get(&row.name);
        let is_whole = fields.is_empty() || row.derived_from.is_some();
        let Some(moved) = moved.filter(|_| !is_whole) else {
            return root;
        };
        let key = (root, path_name(&fields));
        let is_moved = moved.contains_key(&key.1);
        if let Some(known) = self.parts.get(&key) {
            return *known;
        }
        let is_field = matches!(fields.last(), Some(Member::Named(_)));
        let part = Local {
            is_lent: false,
            is_asked: row.is_asked && (!is_field || self.asked.is_made(&row.name)),
            part: Some(Part {
                root,
                fields,
                is_moved,
            }),
            stored: key.1.clone(),
            ..self.locals[root].clone()
        };
        let part = self.locals.push(part);
        self.parts.insert(key, part);
        part
    }

    /// Takes from what `found` uses what `expr` names only once it has given it a
    /// value, where parts count.
    fn drop_unread(&self, found: &mut Found, expr: &Expr) {
        let replaced = found.replaced.keys();
        for name in replaced.filter(|name| self.moved.contains_key(*name)) {
            if let Some(used) = found.paths.get_mut(name) {
                used.retain(|_, fields| assigned::is_named_first(expr, name, fields));
            }
        }
    }
}
