//! Many at once, and how many: each task has a place while it asks a device.
//!
//! A device that has answered all is waited for until it hangs up: only then its last output is known to be whole. That
//! is no work for anybody, so it holds no place. Of those that are waited for there are never more than places.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, JoinSet};

/// Tasks that give `T`.
pub struct Crew<T> {
    tasks: JoinSet<T>,
    free: Arc<Semaphore>,
    size: usize,
    /// A place for which nothing waited.
    spare: Option<Place>,
}

/// The right to ask one device. Given back when it is dropped.
pub struct Place {
    _permit: OwnedSemaphorePermit,
}

/// Why a crew is worth a look.
pub enum Change<T> {
    Done(Result<T, JoinError>),
    /// One more may begin.
    Free,
    /// Nothing is under way.
    Over,
}

impl<T: Send + 'static> Crew<T> {
    /// At least one at once.
    pub fn of(size: usize) -> Self {
        let size = size.max(1);
        Self { tasks: JoinSet::new(), free: Arc::new(Semaphore::new(size)), size, spare: None }
    }

    /// Begins as many as there are places for; `next` gives `None` when nothing waits.
    pub fn begin<V, F>(&mut self, mut next: impl FnMut() -> Option<V>, task: impl Fn(V, Place) -> F)
    where
        F: Future<Output = T> + Send + 'static,
    {
        while let Some(place) = self.place() {
            match next() {
                Some(one) => drop(self.tasks.spawn(task(one, place))),
                None => {
                    self.spare = Some(place);
                    break;
                }
            }
        }
    }

    fn place(&mut self) -> Option<Place> {
        if self.spare.is_none() && self.has_room() {
            self.spare = self.free.clone().try_acquire_owned().ok().map(|permit| Place { _permit: permit });
        }
        self.spare.take()
    }

    fn has_room(&self) -> bool {
        self.tasks.len() < 2 * self.size
    }

    /// How many may begin now.
    pub fn room(&self) -> usize {
        let free = self.free.available_permits() + usize::from(self.spare.is_some());
        free.min((2 * self.size).saturating_sub(self.tasks.len()))
    }

    pub fn is_idle(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Waits for a change; may be dropped and called again.
    pub async fn change(&mut self) -> Change<T> {
        let may_begin = self.spare.is_none() && self.has_room();
        tokio::select! {
            biased;
            done = self.tasks.join_next() => done.map_or(Change::Over, Change::Done),
            Ok(permit) = self.free.clone().acquire_owned(), if may_begin => {
                self.spare = Some(Place { _permit: permit });
                Change::Free
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use tokio::time::{Instant, sleep};

    use super::*;

    /// How long ten devices take that are asked for a second each, two at once, and then hang up after `good_bye`; and how
    /// many were there at once.
    async fn ten(good_bye: Duration) -> (Duration, usize) {
        let (there, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let visit = |_: u8, place: Place| {
            let (there, most) = (there.clone(), most.clone());
            async move {
                most.fetch_max(there.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_secs(1)).await;
                drop(place);
                sleep(good_bye).await;
                there.fetch_sub(1, Ordering::SeqCst);
            }
        };
        let (began, mut devices, mut crew) = (Instant::now(), 0..10, Crew::of(2));
        loop {
            crew.begin(|| devices.next(), visit);
            if matches!(crew.change().await, Change::Over) {
                return (began.elapsed(), most.load(Ordering::SeqCst));
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_good_bye_costs_no_time() {
        let (took, most) = ten(Duration::from_millis(500)).await;
        assert_eq!((took.as_millis(), most), (5_500, 4));
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_are_waited_for_than_there_are_places() {
        let (took, most) = ten(Duration::from_secs(60)).await;
        assert!(took > Duration::from_secs(120), "{took:?}");
        assert_eq!(most, 4);
    }
}
