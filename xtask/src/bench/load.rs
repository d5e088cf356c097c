//! Many who ask at once, each on a connection of its own, and how long each answer took.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::http::Client;

/// Who ask.
pub const AT_ONCE: usize = 16;

/// Until the caches of both sides are as they are when people work.
const WARM_UP: Duration = Duration::from_millis(500);

/// When one who asks does so again.
#[derive(Debug, Clone, Copy)]
pub enum Pace {
    /// As soon as the answer is there: what the machine can do at most.
    AtOnce,
    /// So long after the question before was due, as people work.
    Each(Duration),
}

/// The path of the question with this number.
pub type Question<'q> = Box<dyn Fn(usize) -> String + Sync + 'q>;

pub struct Asked {
    /// Sorted.
    latencies: Vec<Duration>,
    seconds: f64,
}

impl Asked {
    pub fn quantile_ms(&self, part: f64) -> f64 {
        let at = ((self.latencies.len() as f64 * part) as usize).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e3)
    }

    pub fn per_second(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }
}

/// # Errors
/// An answer is no success: a fast refusal is no result.
pub fn ask(
    client: &(dyn Fn() -> Client + Sync),
    question: &Question<'_>,
    pace: Pace,
    seconds: f64,
) -> anyhow::Result<Asked> {
    let (next, began) = (AtomicUsize::new(0), Instant::now());
    let (from, until) = (began + WARM_UP, began + WARM_UP + Duration::from_secs_f64(seconds));
    let one = |who: u32| -> anyhow::Result<Vec<Duration>> {
        let (mut client, mut latencies) = (client(), Vec::new());
        let mut due = match pace {
            Pace::AtOnce => began,
            // Not all in the same moment.
            Pace::Each(pause) => began + pause * who / AT_ONCE as u32,
        };
        while Instant::now() < until {
            let path = question(next.fetch_add(1, Ordering::Relaxed));
            let asked = match pace {
                Pace::AtOnce => Instant::now(),
                // Who had to wait for the answer before has waited for this one too.
                Pace::Each(pause) => {
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let next = due + pause;
                    std::mem::replace(&mut due, next)
                }
            };
            let answer = client.get(&path)?;
            let text = || String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
            ensure!(answer.status == 200, "{path}: {} {}", answer.status, text());
            if asked >= from {
                latencies.push(asked.elapsed());
            }
        }
        Ok(latencies)
    };
    let all: Vec<anyhow::Result<Vec<Duration>>> = thread::scope(|scope| {
        let one = &one;
        let threads: Vec<_> = (0..AT_ONCE as u32).map(|who| scope.spawn(move || one(who))).collect();
        threads.into_iter().map(|t| t.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a client broke")))).collect()
    });
    let mut latencies = all.into_iter().collect::<anyhow::Result<Vec<_>>>()?.concat();
    latencies.sort_unstable();
    ensure!(!latencies.is_empty(), "nothing was answered in time");
    Ok(Asked { latencies, seconds })
}
