//! Takes what a walk of a flow finds, and refuses it or warns of it, unless the
//! flow may do it.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use super::helpers;
use super::meaning::Function;
use super::message;
use super::sink::{Hit, Sink, What};
use super::table::{ASYNC_RUNTIME, Level, NETWORK_AND_CLIENTS, UNORDERED_COLLECTIONS};
use crate::diag::Diagnostics;
use crate::model::FlowArgs;

pub(super) struct Refusals<'a> {
    args: &'a FlowArgs,
    /// What calls led to: of each line a group is told once, where it is reached first.
    told: BTreeSet<(&'static str, usize)>,
    /// Whether it is about types of the signature.
    in_signature: bool,
    /// Whether something is refused that flows are likely to await.
    pub(super) is_awaited: bool,
    diag: &'a mut Diagnostics,
}

impl<'a> Refusals<'a> {
    /// For the types of a flow's signature.
    pub(super) fn of_signature(args: &'a FlowArgs, diag: &'a mut Diagnostics) -> Self {
        Self {
            in_signature: true,
            ..Self::of_body(args, diag)
        }
    }

    /// For a flow's body.
    pub(super) fn of_body(args: &'a FlowArgs, diag: &'a mut Diagnostics) -> Self {
        Self {
            args,
            told: BTreeSet::new(),
            in_signature: false,
            is_awaited: false,
            diag,
        }
    }

    /// What becomes of it. A collection that is handed on is in order until it
    /// is iterated.
    fn level(&self, hit: &Hit) -> Level {
        let is_held = matches!(hit.what, What::Held(..));
        if is_held || self.in_signature && hit.found.group.id == UNORDERED_COLLECTIONS.id {
            return Level::Warning;
        }
        hit.found.rule.level
    }
}

/// For the type of an action's result.
pub(super) struct Results<'a> {
    pub(super) diag: &'a mut Diagnostics,
}

impl Sink for Results<'_> {
    fn found(&mut self, tokens: TokenStream, hit: Hit) {
        if hit.found.group.id == UNORDERED_COLLECTIONS.id {
            self.diag.hint(tokens, &message::of_result(&hit));
        }
    }

    fn called(&mut self, _: TokenStream, _: Function) {}
}

impl Sink for Refusals<'_> {
    fn found(&mut self, tokens: TokenStream, hit: Hit) {
        let is_allowed = |group: &str| hit.may_be_allowed() && self.args.allows(group);
        let Some(found) = hit.found.unless(is_allowed) else {
            return;
        };
        let hit = Hit { found, ..hit };
        let id = hit.found.group.id;
        self.is_awaited |= id == ASYNC_RUNTIME.id || id == NETWORK_AND_CLIENTS.id;
        match self.level(&hit) {
            Level::Error => self.diag.refuse(tokens, message::text(&hit)),
            Level::Strict if !self.args.strict => {}
            Level::Warning | Level::Strict => self.diag.warn(tokens, &message::warning(&hit)),
        }
    }

    fn called(&mut self, tokens: TokenStream, function: Function) {
        let is_async = function.is_async();
        for mut reached in helpers::reached(&function) {
            let allowed = |group: &str| self.args.allows(group);
            let Some(found) = reached.hit.found.unless(allowed) else {
                continue;
            };
            reached.hit.found = found;
            let level = found.rule.level;
            let is_told = level == Level::Error || level == Level::Strict && self.args.strict;
            if !is_told || !self.told.insert((found.group.id, reached.line)) {
                continue;
            }
            // What it does is told; that it cannot be awaited need not be told, too.
            self.is_awaited |= is_async;
            let text = message::text_of_call(&reached);
            match level {
                Level::Error => self.diag.refuse(&tokens, text),
                Level::Warning | Level::Strict => self.diag.warn(&tokens, &text),
            }
        }
    }
}
