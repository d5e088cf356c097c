//! So many log-ins per second and no more.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Hands out one moment after the other.
pub(crate) struct Pace {
    every: Option<Duration>,
    next: Mutex<Option<Instant>>,
}

impl Pace {
    pub fn new(per_second: Option<f64>) -> Self {
        let every = per_second.filter(|n| *n > 0.0).and_then(|n| Duration::try_from_secs_f64(1.0 / n).ok());
        Self { every, next: Mutex::new(None) }
    }

    pub async fn wait(&self) {
        let Some(every) = self.every else { return };
        let moment = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let moment = next.unwrap_or_else(Instant::now).max(Instant::now());
            *next = Some(moment + every);
            moment
        };
        sleep_until(moment).await;
    }
}

#[tokio::test(start_paused = true)]
async fn log_ins_are_spread_over_time() {
    let pace = Pace::new(Some(10.0));
    let began = Instant::now();
    for _ in 0..21 {
        pace.wait().await;
    }
    assert_eq!(began.elapsed().as_secs(), 2);
    Pace::new(None).wait().await;
    assert_eq!(began.elapsed().as_secs(), 2, "no pace, no waiting");
}
