//! What a machine that is driven by hand says to others: seen to as an engine would.

use std::any::{TypeId, type_name};
use std::sync::Arc;

use super::ByHand;
use crate::action::Spawned;
use crate::flow::Spawn;
use crate::ids::{InstanceId, LeafId};
use crate::machine::{Ask, JoinError, Machine, Member, SendError};
use crate::payload::Payload;
use crate::turn::{Event, Post, held_call};

impl<M: Machine> ByHand<M> {
    /// Sees to what the machine says to others.
    pub(super) fn deliver(&mut self, posts: Vec<Post>) {
        for post in posts {
            match post {
                Post::Spawn { spawn, enlisted } => {
                    let crowd = enlisted.map(|leaf| (leaf, spawn.id.clone(), false));
                    self.family.crowds.extend(crowd);
                    self.family.spawned.push(spawn);
                }
                Post::Await { child } => {
                    let known = self.children().contains(&&child);
                    let end = self.family.ended.get(&child).cloned();
                    let gone = || Err(JoinError::Gone { id: child.clone() });
                    if let Some(end) = end.or_else(|| (!known).then(gone)) {
                        self.apply(Event::ChildEnded { child, end });
                    }
                }
                Post::Enlist { leaf, id, member } => self.enlist(leaf, &id, member),
                Post::Begin {
                    leaf,
                    id,
                    row,
                    place,
                } => {
                    let row = self.unread.get(&row);
                    let call = row.and_then(|row| held_call(row, place));
                    let call = call.expect("its row was written when it was held");
                    self.enlist(leaf, &id, Member::Call(call));
                }
                Post::Ask { leaf, ask } => self.see_to(leaf, ask),
                Post::Cancel { child, reason } => {
                    if !self.family.ended.contains_key(&child) {
                        let end = Err(JoinError::Cancelled { reason });
                        self.family.ended.insert(child.clone(), end.clone());
                        self.apply(Event::ChildEnded { child, end });
                    }
                }
                Post::Crowd { .. }
                | Post::Dismiss { .. }
                | Post::Detach { .. }
                | Post::Taken { .. }
                | Post::Answer { .. }
                | Post::Ended => {}
            }
        }
    }

    fn see_to(&mut self, leaf: LeafId, ask: Ask) {
        let event = match ask {
            Ask::Message {
                to,
                channel,
                message,
            } => {
                let sent = if self.family.gone.contains(&to) {
                    Err(SendError::Unknown { id: to })
                } else {
                    self.family.sent.push((to, channel, message));
                    Ok(())
                };
                let answer = Payload::encode(&sent).expect("it has an id and words only");
                Event::Answered { leaf, answer }
            }
            Ask::Get { name } => {
                let answer = self.answer_of(&name);
                Event::Answered { leaf, answer }
            }
            Ask::Take { channel, most } => {
                let channel: Arc<str> = channel.into();
                let queue = self.state.hot.queue(&channel);
                let seqs = queue.map_or(0..0, |queue| {
                    queue.head..queue.tail.min(queue.head.saturating_add(most))
                });
                let places = seqs.map(|seq| (Arc::clone(&channel), seq));
                let messages = places.map_while(|place| self.unread.remove(&place));
                let messages = messages.collect();
                Event::Taken {
                    leaf,
                    channel,
                    messages,
                }
            }
        };
        self.apply(event);
    }

    /// Counts a child that is one of many.
    pub(super) fn count_end(&mut self, child: &InstanceId, end: &Result<Payload, JoinError>) {
        let mut crowds = self.family.crowds.iter();
        let Some((leaf, _, called)) = crowds.find(|(_, id, _)| id == child).cloned() else {
            return;
        };
        let failed = match end {
            Ok(payload) => called && payload.looks_like_err(),
            Err(_) => true,
        };
        self.apply(Event::MemberEnded { leaf, failed });
    }

    fn enlist(&mut self, leaf: LeafId, id: &InstanceId, member: Member) {
        let called = match member {
            Member::Child(_) => false,
            Member::Call(arguments) => {
                self.family.spawned.push(Spawn {
                    id: id.clone(),
                    machine: TypeId::of::<Spawned>(),
                    types: type_name::<Spawned>(),
                    arguments,
                });
                true
            }
        };
        self.family.crowds.push((leaf, id.clone(), called));
        if let Some(end) = self.family.ended.get(id).cloned() {
            self.count_end(id, &end);
        }
    }

    /// Tells the flow what the children of a leaf came to.
    pub(super) fn gather(&mut self, leaf: LeafId) {
        let crowds = self.family.crowds.iter();
        let members = crowds.filter(|(of, ..)| *of == leaf);
        let ends = members.map(|(_, id, _)| (id.clone(), self.family.ended.get(id).cloned()));
        let ends = ends.collect();
        self.apply(Event::Gathered { leaf, ends });
    }
}
