//! Events of runs for whoever watches: one bounded ring for all, and a place in it for each reader.
//!
//! A reader has no queue of its own, so a thousand of them cost a thousand numbers. One that is slower than the ring
//! skips what it missed and is told how much that was.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::RunId;
use serde_json::Value;
use tokio::sync::watch;

/// Events that are kept for readers that come back.
pub const KEPT: usize = 8192;

/// One event, as all readers get it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Goes up by one.
    pub seq: u64,
    pub run: Option<RunId>,
    /// `device_started` …
    pub name: Arc<str>,
    /// JSON on one line.
    pub data: Arc<str>,
}

/// What a reader gets next.
#[derive(Debug, Clone)]
pub enum Next {
    Event(Told),
    /// So many were lost, up to this number.
    Missed {
        events: u64,
        upto: u64,
    },
}

#[derive(Debug)]
pub struct Hub {
    ring: Mutex<VecDeque<Told>>,
    last: watch::Sender<u64>,
    /// Tells this server from the one before it, whose numbers mean nothing here.
    pub epoch: u64,
}

impl Default for Hub {
    fn default() -> Self {
        Self { ring: Mutex::default(), last: watch::Sender::new(0), epoch: u64::from(rand::random::<u32>()) }
    }
}

impl Hub {
    pub fn tell(&self, run: Option<RunId>, name: &str, data: &Value) {
        let mut ring = self.ring();
        let seq = *self.last.borrow() + 1;
        ring.push_back(Told { seq, run, name: name.into(), data: data.to_string().into() });
        if ring.len() > KEPT {
            ring.pop_front();
        }
        // Under the lock: the next one to tell counts on from it.
        self.last.send_replace(seq);
    }

    /// From after this number on, of one run or of all.
    pub fn read(self: &Arc<Self>, after: u64, run: Option<RunId>) -> Reader {
        Reader { hub: self.clone(), after, run, news: self.last.subscribe() }
    }

    /// The number of the last event.
    pub fn last(&self) -> u64 {
        *self.last.borrow()
    }

    fn ring(&self) -> MutexGuard<'_, VecDeque<Told>> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first event after this number that a reader wants, or how far there is none.
    fn after(&self, after: u64, run: Option<RunId>) -> Result<Next, u64> {
        let ring = self.ring();
        let Some(oldest) = ring.front().map(|told| told.seq) else { return Err(after) };
        if after + 1 < oldest {
            return Ok(Next::Missed { events: oldest - 1 - after, upto: oldest - 1 });
        }
        let skipped = usize::try_from(after + 1 - oldest).unwrap_or(usize::MAX);
        let wanted = |told: &&Told| run.is_none() || told.run == run;
        match ring.iter().skip(skipped).find(wanted) {
            Some(told) => Ok(Next::Event(told.clone())),
            None => Err(ring.back().map_or(after, |told| told.seq.max(after))),
        }
    }
}

/// A place in the ring.
#[derive(Debug)]
pub struct Reader {
    hub: Arc<Hub>,
    after: u64,
    run: Option<RunId>,
    news: watch::Receiver<u64>,
}

impl Reader {
    /// Waits for the next one. `None` when the server is gone.
    pub async fn next(&mut self) -> Option<Next> {
        loop {
            self.news.mark_unchanged();
            match self.hub.after(self.after, self.run) {
                Ok(next) => {
                    self.after = match &next {
                        Next::Event(told) => told.seq,
                        Next::Missed { upto, .. } => *upto,
                    };
                    return Some(next);
                }
                Err(upto) => self.after = upto,
            }
            self.news.changed().await.ok()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;
    use serde_json::json;

    fn hub(events: u64) -> Arc<Hub> {
        let hub = Arc::new(Hub::default());
        (1..=events).for_each(|n| hub.tell(Some(RunId(i64::try_from(n % 2).unwrap_or(0))), "progress", &json!(n)));
        hub
    }

    /// What a reader gets without waiting: numbers, and `-n` for n that it missed.
    fn read(reader: &mut Reader) -> Vec<i64> {
        let mut got = Vec::new();
        while let Some(Some(next)) = reader.next().now_or_never() {
            got.push(match next {
                Next::Event(told) => told.data.parse().expect("a number"),
                Next::Missed { events, .. } => -i64::try_from(events).expect("few"),
            });
        }
        got
    }

    #[test]
    fn a_reader_goes_on_where_it_was_and_sees_its_run_alone() {
        let hub = hub(4);
        assert_eq!(read(&mut hub.read(0, None)), [1, 2, 3, 4]);
        assert_eq!(read(&mut hub.read(2, None)), [3, 4]);
        assert_eq!(read(&mut hub.read(0, Some(RunId(1)))), [1, 3]);
        assert_eq!(read(&mut hub.read(9, None)), [0i64; 0]);
    }

    #[test]
    fn who_is_too_slow_is_told_what_was_missed() {
        let hub = hub(KEPT as u64 + 10);
        let got = read(&mut hub.read(3, None));
        assert_eq!((got[0], got[1], got.len()), (-7, 11, KEPT + 1));
    }

    #[tokio::test]
    async fn a_thousand_readers_get_each_event_once() {
        let hub = hub(0);
        let readers: Vec<_> = (0..1000)
            .map(|_| {
                let mut reader = hub.read(0, None);
                tokio::spawn(async move {
                    let mut seen = 0;
                    while let Some(Next::Event(told)) = reader.next().await {
                        seen += 1;
                        if told.seq == 500 {
                            break;
                        }
                    }
                    seen
                })
            })
            .collect();
        for n in 0..500 {
            hub.tell(None, "progress", &json!(n));
            tokio::task::yield_now().await;
        }
        for reader in readers {
            assert_eq!(reader.await.expect("a reader"), 500);
        }
    }
}
