//! How many sessions a site, and the way through a jump host, bear at once.
//!
//! A thin line or an old bastion is overrun by what the rest of the network hardly feels. A visit takes a seat before it
//! connects and keeps it until its session is over. Visits for which there is none now wait aside, so that those of other
//! sites go on meanwhile.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most sessions at once of a run; no limit where none is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    pub per_site: Option<usize>,
    /// Through one jump host.
    pub per_jump_host: Option<usize>,
}

/// What has only so many seats.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Row {
    Site(String),
    JumpHost(SocketAddr),
}

/// The seats of a run.
pub(crate) struct Seats {
    caps: Caps,
    sites: Mutex<HashMap<IpAddr, String>>,
    rows: Mutex<HashMap<Row, Arc<Semaphore>>>,
}

/// The right to one session, until it is dropped.
#[derive(Default)]
pub struct Seat {
    _permits: Vec<OwnedSemaphorePermit>,
}

impl Seats {
    pub fn of(caps: Caps) -> Self {
        let (sites, rows) = Default::default();
        Self { caps, sites, rows }
    }

    /// Where a host is; what was said first stays.
    pub fn place(&self, host: IpAddr, site: impl FnOnce() -> Option<String>) {
        if self.caps.per_site.is_none() {
            return;
        }
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if !sites.contains_key(&host)
            && let Some(site) = site()
        {
            sites.insert(host, site);
        }
    }

    /// A seat for a host behind these jump hosts, or what has none now. A host of which the site is not known counts at
    /// none.
    pub fn try_take(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Result<Seat, Row> {
        let take = |(row, free): (Row, Arc<Semaphore>)| free.try_acquire_owned().map_err(|_| row);
        let permits = self.rows(host, jumps).into_iter().map(take);
        Ok(Seat { _permits: permits.collect::<Result<_, Row>>()? })
    }

    /// Waits for a seat.
    pub async fn take(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Seat {
        let mut seat = Seat::default();
        for (_, free) in self.rows(host, jumps) {
            seat._permits.extend(free.acquire_owned().await);
        }
        seat
    }

    fn rows(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Vec<(Row, Arc<Semaphore>)> {
        let Caps { per_site, per_jump_host } = self.caps;
        let site = per_site.and_then(|size| {
            let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Some((Row::Site(sites.get(&host)?.clone()), size))
        });
        let mut all: Vec<(Row, usize)> = site.into_iter().collect();
        if let Some(size) = per_jump_host {
            all.extend(jumps.map(|addr| (Row::JumpHost(addr), size)));
        }
        if all.is_empty() {
            return Vec::new();
        }
        let mut rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = |size: usize| Arc::new(Semaphore::new(size.max(1)));
        all.into_iter()
            .map(|(row, size)| (row.clone(), rows.entry(row).or_insert_with(|| fresh(size)).clone()))
            .collect()
    }
}

/// Visits in their order; those that find no seat wait aside.
pub struct Line<V> {
    aside: BTreeMap<Row, VecDeque<V>>,
}

impl<V> Default for Line<V> {
    fn default() -> Self {
        Self { aside: BTreeMap::new() }
    }
}

/// No seat now.
#[derive(Debug)]
pub struct Full(pub(crate) Row);

impl<V> Line<V> {
    /// The next visit that may begin, with its seat: of those aside, or else of those that `next` gives. `None` when there
    /// is none, or all wait for others to end.
    pub fn next(
        &mut self,
        mut next: impl FnMut() -> Option<V>,
        seat: impl Fn(&V) -> Result<Seat, Full>,
    ) -> Option<(V, Seat)> {
        for waiting in self.aside.values_mut() {
            if let Some(Ok(seat)) = waiting.front().map(&seat)
                && let Some(visit) = waiting.pop_front()
            {
                return Some((visit, seat));
            }
        }
        loop {
            let visit = next()?;
            match seat(&visit) {
                Ok(seat) => return Some((visit, seat)),
                Err(Full(row)) => self.aside.entry(row).or_default().push_back(visit),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(n: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, n])
    }

    /// Devices `0` to `9` are at site `a`, others at `b`, and `99` is nowhere. Gives which begin, and keeps their seats.
    fn begin(line: &mut Line<u8>, seats: &Seats, rest: &mut Vec<u8>) -> Vec<(u8, Seat)> {
        let seat = |n: &u8| seats.try_take(host(*n), std::iter::empty()).map_err(Full);
        std::iter::from_fn(|| line.next(|| if rest.is_empty() { None } else { Some(rest.remove(0)) }, seat)).collect()
    }

    #[test]
    fn a_site_that_is_full_does_not_hold_up_the_others() {
        let seats = Seats::of(Caps { per_site: Some(2), per_jump_host: None });
        for n in 0..20 {
            seats.place(host(n), || Some(if n < 10 { "a" } else { "b" }.to_owned()));
        }
        let (mut line, mut rest) = (Line::default(), vec![0, 1, 2, 3, 10, 99, 11, 12]);
        let mut begun = begin(&mut line, &seats, &mut rest);
        let names = |begun: &[(u8, Seat)]| begun.iter().map(|(n, _)| *n).collect::<Vec<_>>();
        assert_eq!(names(&begun), [0, 1, 10, 99, 11]);
        begun.remove(1);
        assert_eq!(names(&begin(&mut line, &seats, &mut rest)), [2], "in their order");
        drop(begun);
        assert_eq!(names(&begin(&mut line, &seats, &mut rest)), [3, 12]);
        assert_eq!(names(&begin(&mut line, &seats, &mut rest)), [0; 0]);
    }

    #[tokio::test]
    async fn every_jump_host_on_the_way_is_taken_through() {
        let seats = Seats::of(Caps { per_site: None, per_jump_host: Some(1) });
        let [outer, inner, other] = [1, 2, 3].map(|n| SocketAddr::from(([10, 9, 9, n], 22)));
        let seat = seats.take(host(1), [outer, inner].into_iter()).await;
        assert_eq!(seats.try_take(host(2), [other, inner].into_iter()).err(), Some(Row::JumpHost(inner)));
        assert!(seats.try_take(host(2), [other].into_iter()).is_ok(), "nothing is kept of what was not to be had");
        assert!(seats.try_take(host(2), std::iter::empty()).is_ok(), "straight");
        drop(seat);
        assert!(seats.try_take(host(2), [outer].into_iter()).is_ok());
    }
}
