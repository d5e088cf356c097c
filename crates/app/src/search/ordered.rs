//! Work that all processors do, and whose results come in the order of what was to be done.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, UnboundedReceiver};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{AppError, AppResult};

/// Pieces for each processor that are begun before the oldest of them is taken.
const AHEAD: usize = 2;

/// Results that come. Dropped, each thread begins one more piece at most.
pub(super) struct Ordered<R> {
    results: UnboundedReceiver<(usize, Done<R>)>,
    /// Those that came before their turn.
    early: BTreeMap<usize, Done<R>>,
    next: usize,
    count: usize,
}

/// A result, or a panic; and what lets another piece begin once it is taken.
type Done<R> = (std::thread::Result<R>, OwnedSemaphorePermit);

/// A thread for each processor makes its worker and takes one piece after the other: nobody wakes it for each.
pub(super) fn in_order<T, R, W>(pieces: Vec<T>, worker: impl Fn() -> W + Send + Sync + 'static) -> Ordered<R>
where
    T: Send + 'static,
    R: Send + 'static,
    W: FnMut(T) -> R,
{
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let count = pieces.len();
    let (send, results) = mpsc::unbounded_channel();
    let room = Arc::new(Semaphore::new(threads * AHEAD));
    let (pieces, worker) = (Arc::new(Mutex::new(pieces.into_iter().enumerate())), Arc::new(worker));
    for _ in 0..threads.min(count) {
        let (send, room, pieces, worker) = (send.clone(), room.clone(), pieces.clone(), worker.clone());
        tokio::task::spawn_blocking(move || {
            let mut work = worker();
            while let Ok(permit) = Handle::current().block_on(room.clone().acquire_owned()) {
                // Room first, then the piece: the one that is waited for has both.
                let Some((n, piece)) = pieces.lock().unwrap_or_else(PoisonError::into_inner).next() else { break };
                let result = catch_unwind(AssertUnwindSafe(|| work(piece)));
                let is_over = result.is_err();
                if send.send((n, (result, permit))).is_err() || is_over {
                    break;
                }
            }
        });
    }
    Ordered { results, early: BTreeMap::new(), next: 0, count }
}

impl<R> Ordered<R> {
    /// # Errors
    /// [`AppError::Invalid`] when a piece ended by a panic.
    pub async fn next(&mut self) -> AppResult<Option<R>> {
        if self.next == self.count {
            return Ok(None);
        }
        loop {
            let ended_badly = || AppError::Invalid("the search ended badly: this is a fault of the program".into());
            if let Some((result, _)) = self.early.remove(&self.next) {
                self.next += 1;
                return result.map(Some).map_err(|_| ended_badly());
            }
            let (n, done) = self.results.recv().await.ok_or_else(ended_badly)?;
            self.early.insert(n, done);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn results_come_in_the_order_of_their_pieces_whoever_is_done_first() {
        let work = || {
            |n: usize| {
                std::thread::sleep(std::time::Duration::from_micros((n % 7 * 300) as u64));
                n * 2
            }
        };
        let mut ordered = in_order((0..300).collect(), work);
        for n in 0..300 {
            assert_eq!(ordered.next().await.expect("no panic"), Some(n * 2));
        }
        assert_eq!(ordered.next().await.expect("no panic"), None);
        assert_eq!(in_order(Vec::<usize>::new(), work).next().await.expect("nothing to do"), None);
    }

    #[tokio::test]
    async fn only_so_many_are_begun_while_the_first_is_waited_for_and_soon_none_when_nobody_listens() {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let begun = Arc::new(AtomicUsize::new(0));
        let (first_may_end, first_waits) = std::sync::mpsc::channel::<()>();
        let (counted, first_waits) = (begun.clone(), Arc::new(Mutex::new(first_waits)));
        let mut ordered = in_order((0..10_000).collect(), move || {
            let (begun, first_waits) = (counted.clone(), first_waits.clone());
            move |n: usize| {
                begun.fetch_add(1, Ordering::SeqCst);
                if n == 0 {
                    let _ = first_waits.lock().unwrap_or_else(PoisonError::into_inner).recv();
                }
                n
            }
        });
        // On one processor nothing else is begun meanwhile.
        let most = if threads > 1 { threads * AHEAD } else { 1 };
        let waited = tokio::time::timeout(std::time::Duration::from_millis(300), ordered.next()).await;
        assert!(waited.is_err(), "the first has not ended");
        assert_eq!(begun.load(Ordering::SeqCst), most);
        first_may_end.send(()).expect("it waits");
        assert_eq!(ordered.next().await.expect("no panic"), Some(0));
        drop(ordered);
        // The threads have ended when nobody else counts.
        while Arc::strong_count(&begun) > 1 {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        assert!(begun.load(Ordering::SeqCst) <= most + 1 + threads * 2, "{}", begun.load(Ordering::SeqCst));
    }

    #[tokio::test]
    async fn a_panic_is_an_error_and_no_wait() {
        let mut ordered = in_order((0..50).collect(), || |n: usize| assert!(n != 20));
        let mut taken = 0;
        let ended = loop {
            match ordered.next().await {
                Ok(Some(())) => taken += 1,
                other => break other,
            }
        };
        assert!(ended.is_err() && taken == 20);
    }
}
