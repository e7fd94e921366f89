//! Instances as lines for people.
//!
//! In: descriptions and rows of lists, whose values are JSON already. Out:
//! text; times are RFC 3339 in UTC. Nothing here is meant to be parsed.

use std::fmt;

use super::describe::Description;
use super::list::Listed;
use super::outstanding::{Outstanding, Waiting};
use crate::payload::Brief;
use crate::record::Leaf;

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, flow {}", self.id, self.status, self.flow)?;
        if self.version != 1 {
            write!(f, " (version {})", self.version)?;
        }
        write!(f, ", started {}", self.created_at)?;
        if let Some(parent) = &self.parent {
            let detached = if self.detached { ", detached" } else { "" };
            write!(f, "\n  spawned by {parent}{detached}")?;
        }
        if self.arguments.as_object().is_none_or(|all| !all.is_empty()) {
            value(f, "arguments", &self.arguments.to_string())?;
        }
        if let Some((_, own_status)) = &self.own_status {
            value(f, "status", &own_status.to_string())?;
        }
        if let (Some((at, reason)), None) = (&self.cancel, &self.ended) {
            write!(f, "\n  cancelled {at}: {reason}")?;
        }
        if let Some(reason) = &self.parked {
            write!(f, "\n  parked since {}: {}", reason.0, reason.1)?;
        }
        self.write_waits(f)?;
        for (channel, count) in &self.messages {
            let (messages, are) = match count {
                1 => ("message", "is"),
                _ => ("messages", "are"),
            };
            write!(f, "\n  {count} {messages} of `{channel}` {are} stored")?;
        }
        self.write_undo(f)?;
        if let Some(at) = self.finished_at {
            match &self.ended {
                None => write!(f, "\n  finished {at}")?,
                Some(reason) => write!(f, "\n  {} {at}: {reason}", self.status)?,
            }
        }
        match &self.result {
            Some(result) => value(f, "result", &result.to_string()),
            None => Ok(()),
        }
    }
}

impl Description {
    /// What it calls if it fails, or is calling because it did.
    fn write_undo(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.to_undo.is_empty() {
            return Ok(());
        }
        let undoes = if self.undoing { "undoes" } else { "would undo" };
        let last_first = self.to_undo.iter().rev();
        let calls: Vec<String> = last_first.map(|action| format!("`{action}`")).collect();
        write!(f, "\n  {undoes} by {}", calls.join(", then "))
    }

    /// What it waits for, with where that stands.
    fn write_waits(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(state), Some(waiting), Some(since)) = (&self.state, &self.waiting, self.since)
        {
            let first = Outstanding {
                state: state.clone(),
                state_flow: self.state_flow.clone().unwrap_or_default(),
                place: self.place.clone(),
                waiting: waiting.clone(),
                since,
                next_wake_up: self.next_wake_up,
                attempt: self.attempt,
                last_error: self.last_error.clone(),
                heartbeat: self.heartbeat.clone(),
            };
            first.write_state(&self.flow, f)?;
            // A child that was to undo a step, and did not, has ended.
            let is_over = self.undoing && self.parked.is_some();
            if !is_over || !matches!(first.waiting, Waiting::Child { .. }) {
                first.write_wait(f)?;
            }
        }
        for other in &self.others {
            other.write_state(&self.flow, f)?;
            other.write_wait(f)?;
        }
        Ok(())
    }
}

impl Outstanding {
    /// The `.await`, with the flow that holds it when the instance's own calls it.
    fn write_state(&self, own: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.state == Leaf::UNDO {
            // No `.await`, and told of besides.
            return Ok(());
        }
        let holder = &self.state_flow;
        write!(f, "\n  at {holder}::{}", self.state)?;
        if holder != own {
            write!(f, ", called by {own}")?;
        }
        match &self.place {
            Some(place) => write!(f, " ({}:{})", place.file, place.line),
            None => f.write_str(" (the program no longer has this state)"),
        }
    }

    fn write_wait(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.waiting {
            Waiting::Timer => f.write_str("\n  sleeps")?,
            Waiting::Child { id } => write!(f, "\n  waits for its child `{id}`")?,
            Waiting::Children { left } => write!(f, "\n  waits for {left} of its children")?,
            Waiting::Answer => f.write_str("\n  is about to go on")?,
            Waiting::Cancel => f.write_str("\n  waits for a cancel")?,
            Waiting::Message { channel } => {
                write!(f, "\n  waits for a message of `{channel}`")?;
            }
            Waiting::Action {
                name, arguments, ..
            } => {
                let arguments = arguments.to_string();
                let arguments = Brief::new(&arguments, f.alternate());
                write!(f, "\n  calls `{name}` with {arguments}")?;
            }
        }
        write!(f, " since {}", self.since)?;
        match (self.attempt, self.next_wake_up) {
            (None, None) => {}
            (None, Some(at)) => write!(f, ", wakes up at {at}")?,
            (Some(attempt), None) => write!(f, ", attempt {attempt}")?,
            (Some(attempt), Some(at)) => write!(f, ", attempt {attempt} begins at {at}")?,
        }
        if let Some(said) = &self.heartbeat {
            value(f, "last heartbeat", &said.to_string())?;
        }
        match &self.last_error {
            Some(error) => value(f, "last error", error),
            None => Ok(()),
        }
    }
}

/// A line of its own for a value.
fn value(f: &mut fmt::Formatter<'_>, name: &str, text: &str) -> fmt::Result {
    write!(f, "\n  {name}: {}", Brief::new(text, f.alternate()))
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}, flow {}", self.id, self.status, self.flow)?;
        if let Some(state) = &self.state {
            write!(f, ", at {state}")?;
        }
        write!(f, ", started {}", self.created_at)?;
        match self.finished_at {
            Some(at) => write!(f, ", finished {at}"),
            None => Ok(()),
        }
    }
}
