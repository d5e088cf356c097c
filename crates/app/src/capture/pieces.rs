//! Pieces under way: devices of one run or of many, each with the right to write its result.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use collect::{Environment, Orders, Task};
use store::Lease;
use tokio_util::sync::CancellationToken;
use transport::Login;

use super::{Errand, PlannedDevice};
use crate::App;
use crate::book::Book;
use crate::recorder::Recorder;

/// What the visits of one run share.
pub(crate) struct RunWork {
    pub recorder: Arc<Recorder>,
    pub book: Arc<Book>,
    pub env: Arc<Environment>,
    pub orders: Arc<Orders>,
    pub errand: Arc<Errand>,
    pub logins: Vec<Arc<Login>>,
    /// Stops its visits.
    pub stop: CancellationToken,
}

/// A device that is visited, or whose result is stored.
pub(crate) struct Piece {
    pub of_run: Arc<RunWork>,
    pub device: PlannedDevice,
    /// `None` when nothing is to be saved.
    pub lease: Option<Lease>,
}

/// By the keys of their visits.
#[derive(Default)]
pub(crate) struct Pieces {
    under_way: Mutex<HashMap<i64, Arc<Piece>>>,
    last: AtomicI64,
}

impl Pieces {
    /// A piece is under way from now on: its visit.
    pub fn begin(&self, app: &App, piece: Piece) -> Task {
        let key = self.last.fetch_add(1, Ordering::Relaxed);
        let of_run = &piece.of_run;
        let visit = app.visit(key, &piece.device, &of_run.orders, &of_run.logins);
        let task = Task { visit, env: of_run.env.clone(), stop: of_run.stop.clone() };
        self.all().insert(key, Arc::new(piece));
        task
    }

    pub fn get(&self, key: i64) -> Option<Arc<Piece>> {
        self.all().get(&key).cloned()
    }

    /// It has its result, or will have none.
    pub fn end(&self, key: i64) {
        self.all().remove(&key);
    }

    /// The rights that are held.
    pub fn leases(&self) -> Vec<Lease> {
        self.all().values().filter_map(|piece| piece.lease).collect()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<i64, Arc<Piece>>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
