//! How many sessions a site, and the way through a jump host, bear at once.
//!
//! A thin line or an old bastion is overrun by what the rest of the network hardly feels. A visit takes a seat before it
//! connects and keeps it until its session is over. Visits for which there is none now wait aside, so that those of other
//! sites go on meanwhile. Runs that share a [`Hall`] count the seats that the others took as well.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// The most sessions at once that a run may bring about, with those of others; no limit where none is given.
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

/// The seats that are taken, by all runs of a process.
#[derive(Debug, Default)]
pub struct Hall {
    taken: Mutex<HashMap<Row, usize>>,
    freed: watch::Sender<()>,
}

impl Hall {
    /// All of them, or none and which row is full.
    fn try_take(self: &Arc<Self>, rows: &[(Row, usize)]) -> Result<Seat, Row> {
        let mut taken = self.taken();
        let is_full = |(row, size): &&(Row, usize)| taken.get(row).is_some_and(|taken| taken >= size);
        if let Some((row, _)) = rows.iter().find(is_full) {
            return Err(row.clone());
        }
        let rows = rows.iter().map(|(row, _)| row.clone()).collect::<Vec<_>>();
        for row in &rows {
            *taken.entry(row.clone()).or_default() += 1;
        }
        Ok(Seat { rows, hall: Some(self.clone()) })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Row, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The seats of a run.
pub(crate) struct Seats {
    caps: Caps,
    sites: Mutex<HashMap<IpAddr, String>>,
    hall: Arc<Hall>,
}

/// The right to one session, until it is dropped.
#[derive(Debug, Default)]
pub struct Seat {
    rows: Vec<Row>,
    hall: Option<Arc<Hall>>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some(hall) = self.hall.take().filter(|_| !self.rows.is_empty()) else { return };
        let mut taken = hall.taken();
        for row in self.rows.drain(..) {
            if let Some(n) = taken.get_mut(&row) {
                *n -= 1;
            }
        }
        taken.retain(|_, n| *n > 0);
        drop(taken);
        hall.freed.send_replace(());
    }
}

impl Seats {
    pub fn of(caps: Caps, hall: Arc<Hall>) -> Self {
        Self { caps, sites: Mutex::default(), hall }
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
    pub fn try_take(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Result<Seat, Full> {
        let rows = self.rows(host, jumps);
        self.hall.try_take(&rows).map_err(|row| Full { row, hall: self.hall.clone() })
    }

    /// Waits for a seat.
    pub async fn take(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Seat {
        let rows = self.rows(host, jumps);
        let mut freed = self.hall.freed.subscribe();
        loop {
            freed.mark_unchanged();
            if let Ok(seat) = self.hall.try_take(&rows) {
                return seat;
            }
            // The hall is ours as well: its sender lives.
            let _ = freed.changed().await;
        }
    }

    /// Each with its size.
    fn rows(&self, host: IpAddr, jumps: impl Iterator<Item = SocketAddr>) -> Vec<(Row, usize)> {
        let Caps { per_site, per_jump_host } = self.caps;
        let site = per_site.and_then(|size| {
            let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Some((Row::Site(sites.get(&host)?.clone()), size))
        });
        let through = per_jump_host.into_iter().flat_map(std::iter::repeat);
        let jumps = jumps.zip(through).map(|(addr, size)| (Row::JumpHost(addr), size));
        site.into_iter().chain(jumps).map(|(row, size)| (row, size.max(1))).collect()
    }
}

/// Visits in their order; those that find no seat wait aside.
pub struct Line<V> {
    aside: BTreeMap<Row, VecDeque<V>>,
    freed: Option<watch::Receiver<()>>,
}

impl<V> Default for Line<V> {
    fn default() -> Self {
        Self { aside: BTreeMap::new(), freed: None }
    }
}

/// No seat now.
#[derive(Debug)]
pub struct Full {
    row: Row,
    hall: Arc<Hall>,
}

impl<V> Line<V> {
    /// The next visit that may begin, with its seat: of those aside, or else of those that `next` gives. `None` when there
    /// is none, or all wait for others to end.
    pub fn next(
        &mut self,
        mut next: impl FnMut() -> Option<V>,
        seat: impl Fn(&V) -> Result<Seat, Full>,
    ) -> Option<(V, Seat)> {
        if let Some(freed) = &mut self.freed {
            freed.mark_unchanged();
        }
        for waiting in self.aside.values_mut() {
            if let Some(Ok(seat)) = waiting.front().map(&seat)
                && let Some(visit) = waiting.pop_front()
            {
                return Some((visit, seat));
            }
        }
        loop {
            let visit = next()?;
            let full = match seat(&visit) {
                Ok(seat) => return Some((visit, seat)),
                Err(full) => full,
            };
            // What is freed from here on is heard of; what was before is seen by another look.
            self.freed.get_or_insert_with(|| full.hall.freed.subscribe());
            match seat(&visit) {
                Ok(seat) => return Some((visit, seat)),
                Err(full) => self.aside.entry(full.row).or_default().push_back(visit),
            }
        }
    }

    /// Nobody waits aside.
    pub fn is_empty(&self) -> bool {
        self.aside.values().all(VecDeque::is_empty)
    }

    /// Waits until a seat was given back since the last look; for ever when nobody waits aside.
    pub async fn freed(&mut self) {
        let waits = !self.is_empty();
        if let Some(freed) = self.freed.as_mut().filter(|_| waits)
            && freed.changed().await.is_ok()
        {
            return;
        }
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn host(n: u8) -> IpAddr {
        IpAddr::from([10, 0, 0, n])
    }

    /// Devices `0` to `9` are at site `a`, others at `b`, and `99` is nowhere. Gives which begin, and keeps their seats.
    fn begin(line: &mut Line<u8>, seats: &Seats, rest: &mut Vec<u8>) -> Vec<(u8, Seat)> {
        let seat = |n: &u8| seats.try_take(host(*n), std::iter::empty());
        std::iter::from_fn(|| line.next(|| if rest.is_empty() { None } else { Some(rest.remove(0)) }, seat)).collect()
    }

    #[test]
    fn a_site_that_is_full_does_not_hold_up_the_others() {
        let seats = Seats::of(Caps { per_site: Some(2), per_jump_host: None }, Arc::default());
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
        let seats = Seats::of(Caps { per_site: None, per_jump_host: Some(1) }, Arc::default());
        let [outer, inner, other] = [1, 2, 3].map(|n| SocketAddr::from(([10, 9, 9, n], 22)));
        let seat = seats.take(host(1), [outer, inner].into_iter()).await;
        assert_eq!(
            seats.try_take(host(2), [other, inner].into_iter()).err().map(|full| full.row),
            Some(Row::JumpHost(inner))
        );
        assert!(seats.try_take(host(2), [other].into_iter()).is_ok(), "nothing is kept of what was not to be had");
        assert!(seats.try_take(host(2), std::iter::empty()).is_ok(), "straight");
        drop(seat);
        assert!(seats.try_take(host(2), [outer].into_iter()).is_ok());
    }

    #[tokio::test]
    async fn runs_of_one_hall_share_its_seats_and_hear_when_one_is_free() {
        let hall = Arc::new(Hall::default());
        let of = |size| {
            let seats = Seats::of(Caps { per_site: Some(size), per_jump_host: None }, hall.clone());
            seats.place(host(1), || Some("a".to_owned()));
            seats
        };
        let (one, other) = (of(2), of(1));
        let first = one.take(host(1), std::iter::empty()).await;
        let (mut line, mut rest) = (Line::default(), vec![1]);
        assert_eq!(begin(&mut line, &other, &mut rest).len(), 0, "the seat of the other run counts");
        assert!(!line.is_empty());
        let second = one.try_take(host(1), std::iter::empty());
        assert!(second.is_ok(), "its own limit is higher");
        assert!(line.freed().now_or_never().is_none());
        drop((first, second));
        line.freed().await;
        assert_eq!(begin(&mut line, &other, &mut rest).len(), 1);
        assert!(line.is_empty() && hall.taken().is_empty());
    }
}
