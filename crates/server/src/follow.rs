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

/// So many at once; of others the lists tell how far they are.
const AT_ONCE: u32 = 32;

/// Until the server is told to go.
pub async fn follow(web: Web) {
    let followed: Arc<Mutex<HashSet<RunId>>> = Arc::default();
    while !web.closing.is_cancelled() {
        // A database that does not answer now is asked again.
        for id in web.app.runs_at_work(&Actor::local(), AT_ONCE).await.unwrap_or_default() {
            if with(&followed, |ids| ids.len() < AT_ONCE as usize && ids.insert(id)) {
                let (web, followed) = (web.clone(), followed.clone());
                tokio::spawn(async move {
                    let (sink, events) = app::events::channel();
                    let (onlooker, closing) = (Actor::local(), web.closing.clone());
                    let looking = web.app.watch(&onlooker, id, sink, closing);
                    let (looked, ()) = tokio::join!(looking, forward(web.clone(), events));
                    if let Err(error) = looked {
                        tracing::warn!(run = %id, "cannot look on at it: {}", error.chain());
                    }
                    with(&followed, |ids| ids.remove(&id));
                });
            }
        }
        let _ = tokio::time::timeout(LOOK, web.closing.cancelled()).await;
    }
}

fn with<T>(ids: &Mutex<HashSet<RunId>>, what: impl FnOnce(&mut HashSet<RunId>) -> T) -> T {
    what(&mut ids.lock().unwrap_or_else(PoisonError::into_inner))
}
