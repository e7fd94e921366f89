//! Which part of the turn thread takes which event.

use super::core::Core;
use super::event::Event;
use super::watch::Watcher;

impl Core {
    pub(super) fn handle(&mut self, event: Event) {
        match event {
            Event::Start { request, reply } => self.start(request, reply),
            Event::Send {
                id,
                channel,
                payload,
                message_id,
                reply,
            } => self.send(&id, channel, payload, message_id, reply),
            Event::Ask {
                id,
                channel,
                payload,
                asker,
                reply,
            } => self.ask(&id, channel, payload, asker, reply),
            Event::Watch {
                id,
                or_parked,
                reply,
            } => self.watch(&id, Watcher { or_parked, reply }),
            Event::Look(looker) => self.look_for(looker),
            Event::Retry { id, reply } => self.retry(&id, reply),
            Event::SkipMessage { id, reply } => self.skip_message(&id, reply),
            Event::Rerun { rerun, reply } => self.rerun(*rerun, reply),
            Event::Cancel { id, reason, reply } => self.cancel(&id, reason, reply),
            Event::Terminate {
                id,
                reason,
                undo,
                reply,
            } => self.terminate(&id, reason, undo, reply),
            Event::Delete { id, force, reply } => self.delete(&id, force, reply),
            Event::Finished(finished) => self.finished(finished),
            Event::Heartbeat {
                key,
                leaf,
                attempt,
                details,
            } => self.beaten((key, leaf), attempt, Some(details)),
            Event::Failed(error) => self.drop_undurable(error),
            Event::Reopened => self.begin_again(),
            Event::Shutdown { limit, reply } => self.close(limit, reply),
            Event::Committed | Event::ClockMoved | Event::Abandon => {}
        }
    }
}
