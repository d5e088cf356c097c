//! A year of schedules against an oracle that looks at the clock on the wall, minute by minute.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use model::Timestamp;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use scheduler::{GRACE_MS, Missed, Recurrence, Timing, look};

const MINUTE: i64 = 60_000;
const START: &str = "2026-01-01T00:00:00Z";
const MINUTES: i64 = 366 * 24 * 60;

/// Europe and America change at other times; half an hour at Lord Howe; southern summer; none in India.
const ZONES: [&str; 6] =
    ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata"];

/// Those of the year that is lived through.
const MOVED: [&str; 3] = [ZONES[1], ZONES[2], ZONES[3]];

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn recurrences() -> Vec<Recurrence> {
    let cron = |pattern: &str| pattern.parse().expect("a pattern");
    vec![
        Recurrence::Once { at: "2026-03-29T02:30:00".parse::<DateTime>().expect("a time") },
        Recurrence::Hourly { minute: 15 },
        Recurrence::Daily { at: time("02:00") },
        Recurrence::Daily { at: time("02:30") },
        Recurrence::Daily { at: time("01:30") },
        Recurrence::Daily { at: time("00:00") },
        Recurrence::Weekly { on: vec![7], at: time("02:15") },
        Recurrence::Weekly { on: vec![1, 3, 5], at: time("23:59") },
        Recurrence::Monthly { day: 31, at: time("03:00") },
        Recurrence::Monthly { day: 1, at: time("00:30") },
        cron("0 2 * * *"),
        cron("*/20 * * * *"),
        cron("*/15 1-3 * * 0"),
        cron("30 2,14 * * 1-5"),
        cron("5 */3 1,15 * *"),
        cron("0 12 13 * 5"),
    ]
}

/// A minute on the wall.
#[derive(Clone, Copy)]
struct Shown {
    minute: i64,
    hour: i64,
    day: i64,
    month: i64,
    /// Sunday is 0.
    weekday: i64,
    last_of_month: bool,
    year: i64,
}

/// The minutes of wall clocks are numbered, as if none were ever left out.
fn shown(number: i64) -> Shown {
    let at = jiff::Timestamp::from_second(number * 60).expect("in range");
    let civil = at.to_zoned(TimeZone::UTC).datetime();
    Shown {
        minute: civil.minute().into(),
        hour: civil.hour().into(),
        day: civil.day().into(),
        month: civil.month().into(),
        weekday: civil.weekday().to_sunday_zero_offset().into(),
        last_of_month: civil.day() == civil.days_in_month(),
        year: civil.year().into(),
    }
}

/// One field of a pattern: `*`, `*/3`, `1,15`, `1-5`.
fn field(text: &str, value: i64) -> bool {
    text.split(',').any(|part| match (part, part.split_once('/'), part.split_once('-')) {
        ("*", ..) => true,
        (_, Some(("*", step)), _) => value % step.parse::<i64>().expect("a step") == 0,
        (_, _, Some((from, to))) => (from.parse().expect("from")..=to.parse().expect("to")).contains(&value),
        _ => part.parse() == Ok(value),
    })
}

fn is_due(recurrence: &Recurrence, s: Shown) -> bool {
    let at = |t: &Time| (i64::from(t.hour()), i64::from(t.minute())) == (s.hour, s.minute);
    match recurrence {
        Recurrence::Once { at: then } => {
            let date = then.date();
            at(&then.time()) && (date.year() as i64, date.month() as i64, date.day() as i64) == (s.year, s.month, s.day)
        }
        Recurrence::Hourly { minute } => s.minute == i64::from(*minute),
        Recurrence::Daily { at: then } => at(then),
        Recurrence::Weekly { on, at: then } => at(then) && on.iter().any(|d| i64::from(*d) % 7 == s.weekday),
        Recurrence::Monthly { day, at: then } => {
            at(then) && (s.day == i64::from(*day) || s.last_of_month && s.day < i64::from(*day))
        }
        Recurrence::Cron { pattern } => {
            if !field(pattern.split(' ').next().expect("minutes"), s.minute) {
                return false;
            }
            let f: Vec<&str> = pattern.split(' ').collect();
            let (by_day, by_weekday) = (field(f[2], s.day), field(f[4], s.weekday));
            let day = if f[2] != "*" && f[4] != "*" { by_day || by_weekday } else { by_day && by_weekday };
            field(f[1], s.hour) && field(f[3], s.month) && day
        }
    }
}

fn goes_by_every_hour(recurrence: &Recurrence) -> bool {
    match recurrence {
        Recurrence::Hourly { .. } => true,
        Recurrence::Cron { pattern } => pattern.split(' ').nth(1).is_some_and(|f| f.starts_with('*')),
        _ => false,
    }
}

/// When each is due by whoever sits in front of the clock all year and writes down what it shows.
fn oracle(zone: &str, recurrences: &[Recurrence]) -> Vec<Vec<i64>> {
    let zone = TimeZone::get(zone).expect("a zone");
    let start = START.parse::<Timestamp>().expect("a time").0;
    let on_wall = |at: i64| {
        let at = jiff::Timestamp::from_millisecond(at).expect("in range");
        at.as_second() / 60 + i64::from(zone.to_offset(at).seconds()) / 60
    };
    let mut due = vec![Vec::new(); recurrences.len()];
    let mut highest = on_wall(start - MINUTE);
    for at in (0..MINUTES).map(|n| start + n * MINUTE) {
        let now = on_wall(at);
        let this = shown(now);
        for (recurrence, due) in recurrences.iter().zip(&mut due) {
            let is = match goes_by_every_hour(recurrence) {
                true => is_due(recurrence, this),
                false if now <= highest => false,
                false if now == highest + 1 => is_due(recurrence, this),
                false => (highest + 1..=now).any(|left_out| is_due(recurrence, shown(left_out))),
            };
            if is {
                due.push(at);
            }
        }
        highest = highest.max(now);
    }
    due
}

fn timing(recurrence: &Recurrence, zone: &str, jitter: i64) -> Timing {
    Timing::new(recurrence.clone(), zone, jitter, 7).expect("a timing")
}

fn next_times(zone: &str) {
    let all = recurrences();
    let expected = oracle(zone, &all);
    let start: Timestamp = START.parse().expect("a time");
    for (recurrence, expected) in all.iter().zip(expected) {
        let timing = timing(recurrence, zone, 0);
        let next = |after: &Timestamp| timing.next_after(*after);
        let times = std::iter::successors(next(&start.plus_ms(-1)), next).map(|t| t.0);
        let times: Vec<i64> = times.take_while(|at| *at < start.0 + MINUTES * MINUTE).collect();
        assert!(!expected.is_empty() || matches!(recurrence, Recurrence::Once { .. }), "{recurrence:?} says something");
        if let Some((one, other)) = times.iter().zip(&expected).find(|(a, b)| a != b) {
            panic!("{recurrence:?} in {zone}: {} and not {}", Timestamp(*one), Timestamp(*other));
        }
        assert_eq!(times.len(), expected.len(), "{recurrence:?} in {zone}");
    }
}

macro_rules! in_each_zone {
    ($($name:ident $n:literal)*) => {$(
        #[test]
        fn $name() {
            next_times(ZONES[$n]);
        }
    )*};
}
in_each_zone! { in_utc 0 in_berlin 1 in_new_york 2 in_lord_howe 3 in_santiago 4 in_kolkata 5 }

#[test]
fn a_day_that_was_left_out_altogether() {
    // Samoa went from Thursday to Saturday.
    let timing = timing(&Recurrence::Daily { at: time("02:00") }, "Pacific/Apia", 0);
    let next = |after: &str| timing.next_after(after.parse().expect("a time")).map(|t| t.to_string());
    assert_eq!(next("2011-12-29T13:00:00Z").as_deref(), Some("2011-12-30T10:00:00Z"), "Friday's, when Saturday begins");
    assert_eq!(next("2011-12-30T10:00:00Z").as_deref(), Some("2011-12-30T12:00:00Z"), "and Saturday's own");
}

#[test]
fn what_is_never_due_is_refused() {
    for (pattern, why) in [("0 0 30 2 *", "never"), ("0 2 * *", "no cron"), ("61 * * * *", "no cron"), ("", "no cron")]
    {
        let error = pattern.parse::<Recurrence>().expect_err(pattern).to_string();
        assert!(error.contains(why), "{pattern}: {error}");
    }
    assert!(Timing::new(Recurrence::Daily { at: time("02:00") }, "Europe/Atlantis", 0, 0).is_err());
}

/// A schedule in the database, as all daemons see it.
struct Row {
    recurrence: Recurrence,
    zone: &'static str,
    jitter: i64,
    timing: Timing,
    missed: Missed,
    waiting: Option<Timestamp>,
    since: Timestamp,
    /// By the time that it was due: when it ran.
    ran: BTreeMap<i64, i64>,
    /// Zones since when, for the oracle.
    zones: Vec<(i64, &'static str)>,
}

impl Row {
    /// What a daemon does; the key of the database lets only the first run a time.
    fn tick(&mut self, now: i64) {
        let look = look(&self.timing, self.waiting, self.since, self.missed, Timestamp(now));
        if let Some(due) = look.run {
            self.ran.entry(due.0).or_insert(now);
        }
        self.waiting = look.next;
    }

    fn move_to(&mut self, zone: &'static str, now: i64) {
        self.zone = zone;
        self.zones.push((now, zone));
        self.timing = timing(&self.recurrence, zone, self.jitter);
        if self.waiting.is_none_or(|due| due.0 > now) {
            self.since = Timestamp(now);
            self.waiting = self.timing.next_after(Timestamp(now));
        }
    }

    /// Which times should have run, from what the wall said, and from when anybody looked.
    fn expected(&self, looks: &[i64], by_zone: &BTreeMap<&str, Vec<i64>>) -> BTreeMap<i64, i64> {
        let mut due = BTreeSet::new();
        for (n, (since, zone)) in self.zones.iter().enumerate() {
            let until = self.zones.get(n + 1).map_or(i64::MAX, |(at, _)| *at);
            due.extend(by_zone[zone].iter().copied().filter(|at| *at > *since && *at <= until));
        }
        let begins = |at: i64| self.timing.begins(Timestamp(at)).0;
        let mut together: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for at in due {
            assert!((at..=at + self.jitter).contains(&begins(at)));
            let look = looks.partition_point(|look| *look < begins(at));
            if look < looks.len() {
                together.entry(look).or_default().push(at);
            }
        }
        let last = together.into_iter().filter_map(|(look, all)| Some((looks[look], *all.last()?)));
        let runs = last.filter(|(look, at)| look - begins(*at) <= GRACE_MS || self.missed == Missed::RunOnce);
        runs.map(|(look, at)| (at, look)).collect()
    }
}

#[test]
fn a_year_with_restarts_and_moves_and_a_clock_that_was_wrong() {
    let seed = 6;
    println!("seed {seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let start = START.parse::<Timestamp>().expect("a time").0;
    let all = recurrences();
    let mut rows: Vec<Row> = Vec::new();
    for (n, recurrence) in all.iter().enumerate() {
        let zone = MOVED[n % MOVED.len()];
        let jitter = if goes_by_every_hour(recurrence) { 0 } else { [0, 10 * MINUTE][n % 2] };
        let missed = [Missed::Skip, Missed::RunOnce][n % 2];
        let timing = timing(recurrence, zone, jitter);
        let waiting = timing.next_after(Timestamp(start - 1));
        let (ran, zones) = (BTreeMap::new(), vec![(start - 1, zone)]);
        rows.push(Row {
            recurrence: recurrence.clone(),
            zone,
            jitter,
            timing,
            missed,
            waiting,
            since: Timestamp(0),
            ran,
            zones,
        });
    }
    let (mut now, mut looks, mut restarts) = (start, Vec::new(), 0);
    while now < start + 365 * 24 * 60 * MINUTE {
        // Two daemons look, one after the other, at what is due, and now and then at all.
        let all = rng.random_ratio(1, 50);
        for _ in 0..2 {
            let due = rows.iter_mut().filter(|row| all || row.waiting.is_some_and(|due| due.0 <= now));
            due.for_each(|row| row.tick(now));
        }
        looks.push(now);
        now += rng.random_range(5_000..20_000);
        // Nothing comes of a look while nothing is due.
        let soonest = rows.iter().filter_map(|row| row.waiting).min().map_or(now, |due| due.0);
        now = now.max(soonest - rng.random_range(0..20_000));
        if rng.random_ratio(1, 300) {
            restarts += 1;
            now += rng.random_range(MINUTE..[4, 600, 5_000][restarts % 3] * MINUTE);
        }
        if rng.random_ratio(1, 3_000) {
            let zone = MOVED[rng.random_range(0..MOVED.len())];
            // With the moment at which it is moved as a look: what is due until then is due by the old zone.
            rows.iter_mut().for_each(|row| row.tick(now));
            looks.push(now);
            rows.iter_mut().for_each(|row| row.move_to(zone, now));
        }
        if rng.random_ratio(1, 5_000) {
            // The clock is set back for a while, and then right again. What ran does not run again.
            rows.iter_mut().for_each(|row| row.tick(now));
            looks.push(now);
            let before: Vec<_> = rows.iter().map(|row| row.ran.clone()).collect();
            let wrong = now - rng.random_range(MINUTE..48 * 60 * MINUTE);
            rows.iter_mut().for_each(|row| row.tick(wrong));
            assert!(rows.iter().zip(before).all(|(row, before)| row.ran == before));
        }
    }
    println!("{} looks, {restarts} restarts, {} runs", looks.len(), rows.iter().map(|r| r.ran.len()).sum::<usize>());
    let on_walls: Vec<_> = MOVED.iter().map(|zone| (*zone, oracle(zone, &recurrences()))).collect();
    for (n, row) in rows.iter().enumerate() {
        let by_zone = on_walls.iter().map(|(zone, due)| (*zone, due[n].clone())).collect();
        let expected = row.expected(&looks, &by_zone);
        if let Some((due, at)) = expected.iter().find(|(due, at)| row.ran.get(*due) != Some(*at)) {
            let ran = row.ran.get(due).map(|at| Timestamp(*at));
            panic!("{:?}: {} ran {ran:?} and not {}", row.recurrence, Timestamp(*due), Timestamp(*at));
        }
        assert_eq!(row.ran.len(), expected.len(), "{:?} ran when it should not", row.recurrence);
    }
}
