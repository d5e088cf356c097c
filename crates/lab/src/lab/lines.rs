//! How many shells are open at once, and how many there were at most: what a client's limits are told by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most shells that were open at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// At the site that had the most.
    pub at_a_site: usize,
    pub in_all: usize,
}

/// The shells of all devices.
#[derive(Debug, Default)]
pub(crate) struct Lines(Mutex<Count>);

#[derive(Debug, Default)]
struct Count {
    /// By site.
    open: HashMap<usize, usize>,
    peak: Peak,
}

/// A shell, until it is dropped.
pub(crate) struct Line {
    lines: Arc<Lines>,
    site: usize,
}

impl Lines {
    pub fn open(self: &Arc<Self>, site: usize) -> Line {
        let mut count = self.count();
        let here = count.open.entry(site).or_default();
        *here += 1;
        let here = *here;
        let all = count.open.values().sum();
        let Peak { at_a_site, in_all } = count.peak;
        count.peak = Peak { at_a_site: at_a_site.max(here), in_all: in_all.max(all) };
        Line { lines: self.clone(), site }
    }

    /// What it was since it was asked last.
    pub fn take_peak(&self) -> Peak {
        std::mem::take(&mut self.count().peak)
    }

    fn count(&self) -> MutexGuard<'_, Count> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(open) = self.lines.count().open.get_mut(&self.site) {
            *open -= 1;
        }
    }
}
