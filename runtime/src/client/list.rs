//! Finding instances, a page at a time.

use crate::engine::Engine;
use crate::ids::{InstanceId, InstanceKey};
use crate::record::{Hot, Instance, Status};
use crate::store::{StoreError, View};
use crate::time::Timestamp;

/// So many instances are looked at for one page at most.
const MAX_LOOKED_AT: usize = 20_000;
const CHUNK: usize = 256;

/// Which instances to list. The default lists all, 100 a page.
#[derive(Debug, Clone)]
pub struct Filter {
    flow: Option<String>,
    status: Option<Status>,
    id_prefix: String,
    limit: usize,
    after: Option<Cursor>,
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(InstanceKey);

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Page {
    /// The instances, in the order in which they were started.
    pub instances: Vec<Listed>,
    /// Where to go on; `None` at the end. A page may hold fewer instances than
    /// its limit, even none, and not be the last: one page looks at 20,000
    /// instances at most.
    pub next: Option<Cursor>,
}

/// An instance in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Listed {
    /// Its id.
    pub id: InstanceId,
    /// Its flow.
    pub flow: String,
    /// The version of its flow.
    pub version: u32,
    /// What it is doing.
    pub status: Status,
    /// The label of the state it is in.
    pub state: Option<String>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            flow: None,
            status: None,
            id_prefix: String::new(),
            limit: 100,
            after: None,
        }
    }
}

impl Filter {
    /// Only instances of this flow, of any version.
    #[must_use]
    pub fn flow(mut self, name: impl Into<String>) -> Self {
        self.flow = Some(name.into());
        self
    }

    /// Only instances that are doing this.
    #[must_use]
    pub fn status(mut self, status: Status) -> Self {
        self.status = Some(status);
        self
    }

    /// Only instances whose id begins with this.
    #[must_use]
    pub fn id_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.id_prefix = prefix.into();
        self
    }

    /// At most this many, and at least 1. Default 100.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit.max(1);
        self
    }

    /// Goes on where a page ended.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    fn takes(&self, instance: &Instance, hot: &Hot) -> bool {
        let flow = self.flow.as_deref();
        flow.is_none_or(|flow| *instance.flow == *flow)
            && self.status.is_none_or(|status| hot.status() == status)
            && instance.id.as_str().starts_with(&self.id_prefix)
    }
}

impl Engine {
    /// Lists instances in the order in which they were started. An instance
    /// that cannot be read is left out; [`check`](Engine::check) finds it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the store cannot be read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::client::Filter;
    /// use flowstone::engine::Engine;
    /// use flowstone::record::Status;
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let page = engine.list(Filter::default().status(Status::Parked)).await?;
    /// assert!(page.instances.is_empty() && page.next.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn list(&self, filter: Filter) -> Result<Page, StoreError> {
        self.read(move |view| page(view, &filter)).await
    }
}

fn page(view: &dyn View, filter: &Filter) -> Result<Page, StoreError> {
    let mut instances = Vec::new();
    let mut after = filter.after.map(|cursor| cursor.0);
    let mut looked_at = 0;
    loop {
        let keys = view.instances(after, CHUNK)?;
        if keys.is_empty() {
            let next = None;
            return Ok(Page { instances, next });
        }
        for key in keys {
            after = Some(key);
            looked_at += 1;
            match view.load(key) {
                Ok(Some((instance, hot))) if filter.takes(&instance, &hot) => {
                    instances.push(listed(&instance, &hot));
                }
                Ok(_) | Err(StoreError::Damaged { .. }) => {}
                Err(error) => return Err(error),
            }
            if instances.len() == filter.limit || looked_at == MAX_LOOKED_AT {
                let next = Some(Cursor(key));
                return Ok(Page { instances, next });
            }
        }
    }
}

fn listed(instance: &Instance, hot: &Hot) -> Listed {
    Listed {
        id: instance.id.clone(),
        flow: instance.flow.to_string(),
        version: instance.version,
        status: hot.status(),
        state: hot.leaf().map(|leaf| leaf.label.to_string()),
        created_at: instance.created_at,
        finished_at: instance.end.as_ref().map(|end| end.at),
    }
}
