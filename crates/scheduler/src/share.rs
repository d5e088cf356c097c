//! Which runs get the sessions that are free.
//!
//! Who waits in front of a screen goes first. A run that has waited long enough goes as if somebody did. Among equals it is the
//! turn of the tenant, then of the run, that has the fewest sessions for its weight, then of the run that was served longest ago:
//! so each run that may have a session gets one before any gets two.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use model::{RunId, TenantId, Timestamp};

/// Who waits for a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i64)]
pub enum Priority {
    /// Nobody: a schedule does.
    Background = 0,
    /// A program.
    Normal = 1,
    /// A person.
    Person = 2,
}

/// After so long a run goes one step up.
const STEP_MS: i64 = 5 * 60_000;

/// A run with pieces, some waiting and some under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub run: RunId,
    pub tenant: TenantId,
    /// As [`Priority`]; more counts as much as the highest.
    pub priority: i64,
    /// A run with twice the weight of another gets twice as many sessions.
    pub weight: u32,
    /// Sessions that it has, on all workers.
    pub in_flight: u32,
    /// The most that it may have.
    pub most: Option<u32>,
    /// Whether a piece waits that may be taken.
    pub waits: bool,
    pub since: Timestamp,
    /// When it got a session last.
    pub served: Timestamp,
}

impl Waiting {
    fn level(&self, now: Timestamp) -> i64 {
        let aged = now.ms_since(self.since).max(0) / STEP_MS;
        (self.priority + aged).min(Priority::Person as i64)
    }

    /// The least goes first.
    fn turn(&self, now: Timestamp) -> (Reverse<i64>, (u64, Timestamp, RunId)) {
        // Thousandths: a share of a weight is no whole number.
        let load = u64::from(self.in_flight) * 1000 / u64::from(self.weight.max(1));
        (Reverse(self.level(now)), (load, self.served, self.run))
    }

    fn may_have_more(&self) -> bool {
        self.waits && self.most.is_none_or(|most| self.in_flight < most)
    }
}

/// How many of `room` sessions each run gets, in the order of their turns. Also counts runs of which nothing waits: what
/// they have is had by their tenants.
pub fn share_out(mut runs: Vec<Waiting>, room: u32, now: Timestamp) -> Vec<(RunId, u32)> {
    let mut of_tenants: BTreeMap<TenantId, u32> = BTreeMap::new();
    for run in &runs {
        *of_tenants.entry(run.tenant).or_default() += run.in_flight;
    }
    runs.retain(Waiting::may_have_more);
    runs.sort_by_cached_key(|run| run.turn(now));
    // A run that stands behind so many of its own tenant gets none.
    let mut ahead: BTreeMap<TenantId, u32> = BTreeMap::new();
    runs.retain(|run| {
        let ahead = ahead.entry(run.tenant).or_default();
        *ahead += 1;
        *ahead <= room
    });
    let mut shares: Vec<(RunId, u32)> = Vec::new();
    for _ in 0..room {
        let turn = |run: &&mut Waiting| {
            let (level, rest) = run.turn(now);
            (level, of_tenants[&run.tenant], rest)
        };
        let Some(next) = runs.iter_mut().filter(|run| run.may_have_more()).min_by_key(turn) else { break };
        next.in_flight += 1;
        next.served = now;
        *of_tenants.entry(next.tenant).or_default() += 1;
        match shares.iter_mut().find(|(run, _)| *run == next.run) {
            Some((_, pieces)) => *pieces += 1,
            None => shares.push((next.run, 1)),
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(100_000_000);

    /// `run tenant priority in_flight most minutes_waiting`, `-` for no most.
    fn waiting(text: &str) -> Waiting {
        let words: Vec<&str> = text.split(' ').collect();
        let n = |at: usize| words[at].parse::<i64>().unwrap_or_else(|e| panic!("{text}: {e}"));
        Waiting {
            run: RunId(n(0)),
            tenant: TenantId(n(1)),
            priority: n(2),
            weight: 1,
            in_flight: n(3) as u32,
            most: words[4].parse().ok(),
            waits: true,
            since: NOW.plus_ms(-60_000 * n(5)),
            served: Timestamp(0),
        }
    }

    #[track_caller]
    fn check(runs: &[&str], room: u32, expected: &[(i64, u32)]) {
        let shares = share_out(runs.iter().map(|r| waiting(r)).collect(), room, NOW);
        let expected: Vec<_> = expected.iter().map(|(run, n)| (RunId(*run), *n)).collect();
        assert_eq!(shares, expected, "{runs:?}");
    }

    #[test]
    fn each_gets_one_before_any_gets_two() {
        check(&["1 1 0 0 - 0", "2 1 0 0 - 0", "3 1 0 0 - 0"], 5, &[(1, 2), (2, 2), (3, 1)]);
        check(&["1 1 0 4 - 0", "2 1 0 0 - 0"], 4, &[(2, 4)]);
    }

    #[test]
    fn a_person_goes_before_a_schedule_until_that_has_waited_long() {
        check(&["1 1 0 0 - 0", "2 1 2 9 - 0"], 2, &[(2, 2)]);
        check(&["1 1 0 0 - 9", "2 1 2 9 - 0"], 2, &[(2, 2)]);
        check(&["1 1 0 0 - 10", "2 1 2 9 - 0"], 2, &[(1, 2)]);
    }

    #[test]
    fn a_run_has_no_more_sessions_than_it_may() {
        check(&["1 1 2 1 2 0", "2 1 0 0 - 0"], 4, &[(1, 1), (2, 3)]);
        check(&["1 1 2 2 2 0"], 4, &[]);
    }

    #[test]
    fn a_tenant_with_many_runs_gets_no_more_than_one_with_few() {
        check(&["1 1 0 0 - 0", "2 1 0 0 - 0", "3 1 0 0 - 0", "4 2 0 0 - 0"], 4, &[(1, 1), (4, 2), (2, 1)]);
    }

    #[test]
    fn sessions_are_shared_by_weight() {
        let mut heavy = waiting("1 1 0 0 - 0");
        heavy.weight = 3;
        let shares = share_out(vec![heavy, waiting("2 1 0 0 - 0")], 8, NOW);
        assert_eq!(shares, [(RunId(1), 6), (RunId(2), 2)]);
    }

    #[test]
    fn of_those_with_none_who_was_served_longest_ago_goes_first() {
        let mut lately = waiting("1 1 0 0 - 4");
        lately.served = NOW.plus_ms(-1);
        assert_eq!(share_out(vec![lately, waiting("2 1 0 0 - 0")], 1, NOW), [(RunId(2), 1)]);
    }

    #[test]
    fn nothing_starves() {
        // A thousand runs on fifty sessions that come free every three seconds; those of five persons never end.
        let run = |n: i64| waiting(&format!("{n} 1 {} 0 - 0", if n <= 5 { 2 } else { 0 }));
        let mut runs: Vec<Waiting> = (1..=1000).map(run).collect();
        runs.iter_mut().for_each(|r| r.since = NOW);
        let mut first: BTreeMap<RunId, i64> = BTreeMap::new();
        for second in (0..700).step_by(3) {
            let now = NOW.plus_ms(second * 1000);
            for (id, _) in share_out(runs.clone(), 50, now) {
                first.entry(id).or_insert(second);
                let at = runs.iter_mut().find(|r| r.run == id).expect("a run");
                at.served = now;
            }
        }
        assert_eq!(first.len(), 1000);
        // They go as if somebody waited after ten minutes; then it takes twenty turns.
        assert!(first.values().all(|second| *second <= 600 + 20 * 3), "{:?}", first.values().max());
    }
}
