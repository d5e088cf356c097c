//! Whether the line of a worker held: what it says of a device that it did not reach counts only then.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// When the database, which all workers reach, was heard of.
#[derive(Debug)]
pub(crate) struct Line {
    /// After so long without an answer it may have been cut.
    most: Duration,
    heard: Mutex<Heard>,
}

#[derive(Debug)]
struct Heard {
    last: Instant,
    /// The end of the last silence that was too long.
    silent_until: Option<Instant>,
}

impl Line {
    pub fn new(most: Duration, now: Instant) -> Self {
        Self { most, heard: Mutex::new(Heard { last: now, silent_until: None }) }
    }

    /// There was an answer.
    pub fn heard(&self, now: Instant) {
        let mut heard = self.all();
        if now.duration_since(heard.last) > self.most {
            heard.silent_until = Some(now);
        }
        heard.last = heard.last.max(now);
    }

    /// Whether there was no silence since then, nor is one now.
    pub fn held_since(&self, since: Instant, now: Instant) -> bool {
        let heard = self.all();
        now.duration_since(heard.last) <= self.most && heard.silent_until.is_none_or(|until| until < since)
    }

    fn all(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers at these seconds, with at most 5 s between two; whether it held from one second to another.
    #[track_caller]
    fn check(answers: &[u64], (since, now): (u64, u64), held: bool) {
        let began = Instant::now();
        let at = |second: u64| began + Duration::from_secs(second);
        let line = Line::new(Duration::from_secs(5), began);
        answers.iter().for_each(|second| line.heard(at(*second)));
        assert_eq!(line.held_since(at(since), at(now)), held, "{answers:?}, {since} to {now}");
    }

    #[test]
    fn a_line_held_when_no_silence_was_too_long() {
        check(&[2, 6, 10], (3, 11), true);
        check(&[2, 6, 10], (3, 16), false);
        check(&[2, 10], (3, 11), false);
        check(&[2, 10], (9, 11), false);
        check(&[2, 10, 12], (11, 13), true);
        check(&[], (0, 4), true);
    }
}
