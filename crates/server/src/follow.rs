//! Runs that workers do are told to whoever watches here, as those of this process are.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::Actor;
use model::RunId;

use crate::runs::forward;
use crate::state::Web;

/// Between two looks for runs that began.
const LOOK: Duration = Duration::from_secs(2);

/// A run may be over before anybody looks: those are told that ended so lately, in milliseconds. Longer than a look and than
/// clocks of workers differ.
const LATELY: i64 = 60_000;

/// So many at once; of others the lists tell how far they are.
const AT_ONCE: u32 = 32;

type Runs = Arc<Mutex<HashSet<RunId>>>;

/// Until the server is told to go.
pub async fn follow(web: Web) {
    let began = web.app.now();
    let under_way = Runs::default();
    // Whoever looked on at them met an error; they are looked at again.
    let failed = Runs::default();
    let mut followed: HashSet<RunId> = HashSet::new();
    while !web.closing.is_cancelled() {
        let since = web.app.now().plus_ms(-LATELY).max(began);
        // A database that does not answer now is asked again.
        if let Ok(ids) = web.app.runs_at_work(&Actor::local(), since, 2 * AT_ONCE).await {
            with(&failed, |failed| followed.retain(|id| !failed.remove(id)));
            followed.retain(|id| ids.contains(id) || with(&under_way, |under_way| under_way.contains(id)));
            for id in ids {
                if with(&under_way, |ids| ids.len() < AT_ONCE as usize) && followed.insert(id) {
                    with(&under_way, |ids| ids.insert(id));
                    tokio::spawn(look_on(web.clone(), id, under_way.clone(), failed.clone()));
                }
            }
        }
        let _ = tokio::time::timeout(LOOK, web.closing.cancelled()).await;
    }
}

async fn look_on(web: Web, id: RunId, under_way: Runs, failed: Runs) {
    let (sink, events) = app::events::channel();
    let (onlooker, closing) = (Actor::local(), web.closing.clone());
    let looking = web.app.watch(&onlooker, id, sink, closing);
    let (looked, ()) = tokio::join!(looking, forward(web.clone(), events));
    if let Err(error) = looked {
        tracing::warn!(run = %id, "cannot look on at it: {}", error.chain());
        with(&failed, |failed| failed.insert(id));
    }
    with(&under_way, |ids| ids.remove(&id));
}

fn with<T>(ids: &Mutex<HashSet<RunId>>, what: impl FnOnce(&mut HashSet<RunId>) -> T) -> T {
    what(&mut ids.lock().unwrap_or_else(PoisonError::into_inner))
}
