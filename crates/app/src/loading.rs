//! What was read of a capture, into the tables of facts.

use ingest::{Outcome, Reading};
use model::{CaptureId, DeviceId, FactKind, Timestamp};
use store::{FactLoad, LoadCounts, LoadOutcome, LoadState, Tx};

use crate::AppResult;

/// Writes the facts of one capture; none for a type that gives none.
pub(crate) async fn load_reading(
    tx: &mut Tx,
    device: DeviceId,
    capture: CaptureId,
    capture_type: &str,
    reading: &Reading,
    measure: Measure,
    now: Timestamp,
) -> AppResult<Option<LoadCounts>> {
    let Some(read) = Read::of(device, capture, capture_type, reading, measure) else { return Ok(None) };
    let loaded = load_readings(tx, std::slice::from_ref(&read), now).await?;
    Ok(loaded.into_iter().next().map(|loaded| loaded.counts))
}

/// A capture that was read for facts.
pub(crate) struct Read<'a> {
    pub device: DeviceId,
    pub kind: &'static FactKind,
    pub source: &'a str,
    pub capture: CaptureId,
    pub reading: &'a Reading,
    pub outcome: LoadOutcome,
    pub message: Option<String>,
    measure: Measure,
}

impl<'a> Read<'a> {
    /// `None` for a type that gives no facts.
    pub fn of(
        device: DeviceId,
        capture: CaptureId,
        source: &'a str,
        reading: &'a Reading,
        measure: Measure,
    ) -> Option<Self> {
        let (kind, outcome) = (reading.kind?, outcome(reading)?);
        Some(Self { device, kind, source, capture, reading, outcome, message: message(reading), measure })
    }

    fn load(&self) -> FactLoad<'_> {
        FactLoad {
            device: self.device,
            kind: self.kind,
            source: self.source,
            capture: self.capture,
            template: &self.reading.template,
            complete: self.measure.tells_all,
            outcome: self.outcome,
            unread_lines: self.measure.unread,
            rejected_rows: self.measure.rejected,
            message: self.message.as_deref(),
        }
    }
}

/// Writes the facts of captures of one device.
pub(crate) async fn load_readings(tx: &mut Tx, read: &[Read<'_>], now: Timestamp) -> AppResult<Vec<store::Loaded>> {
    let loads: Vec<_> = read.iter().map(|read| (read.load(), &read.reading.facts[..])).collect();
    Ok(tx.load_facts_of(&loads, now).await?)
}

fn outcome(reading: &Reading) -> Option<LoadOutcome> {
    match &reading.outcome {
        Outcome::Text => None,
        Outcome::Parsed => Some(LoadOutcome::Parsed),
        Outcome::Partly { .. } => Some(LoadOutcome::Partly),
        Outcome::NotParsed { .. } => Some(LoadOutcome::NotParsed),
    }
}

fn message(reading: &Reading) -> Option<String> {
    let first_rejected = || reading.rejected.first().map(|r| format!("line {}: {}", r.line, r.reason));
    match &reading.outcome {
        Outcome::Partly { unread } => Some(format!(
            "{} lines were read by no rule, the first is line {}",
            unread.len(),
            unread.first().unwrap_or(&0)
        )),
        Outcome::NotParsed { reason } => Some(format!("not parsed: {reason}")),
        Outcome::Parsed | Outcome::Text => first_rejected(),
    }
}

/// What is left over of a capture when its facts are read, against the last time that nothing was missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Whether what is missing from its facts is gone.
    tells_all: bool,
    /// Lines that no rule read, and rows that gave no fact, that the next capture is measured by.
    unread: u32,
    rejected: u32,
}

impl Measure {
    /// Lines that no rule read may hold what seems to be missing; unless there were as many the last time, when
    /// nothing was missing: many templates leave headings and counters unread. What a capture that does not tell all
    /// leaves over is no measure for the next one.
    pub fn of(capture_type: &str, reading: &Reading, loads: &[LoadState]) -> Self {
        let of_this = |l: &&LoadState| l.source == capture_type && reading.kind.is_some_and(|k| k.name == l.kind);
        let last = loads.iter().find(of_this).filter(|l| l.loaded_at.is_some());
        let rejected = reading.rejected.len() as u64;
        let few_rejected = last.is_none_or(|l| rejected <= l.rejected_rows);
        let (unread, tells_all) = match &reading.outcome {
            Outcome::Parsed => (0, few_rejected),
            Outcome::Partly { unread } => {
                let unread = unread.len() as u64;
                let few = reading.kind == Some(&model::fact::SYSTEM) || last.is_some_and(|l| unread <= l.unread_lines);
                (unread, few && few_rejected)
            }
            Outcome::NotParsed { .. } | Outcome::Text => (0, false),
        };
        let (unread, rejected) = match last {
            Some(last) if !tells_all => (last.unread_lines, last.rejected_rows),
            _ => (unread, rejected),
        };
        let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        Self { tells_all, unread: narrow(unread), rejected: narrow(rejected) }
    }
}

#[cfg(test)]
mod tests {
    use ingest::Rejected;

    use super::*;

    fn reading(unread: usize, rejected: usize) -> Reading {
        let outcome = match unread {
            0 => Outcome::Parsed,
            n => Outcome::Partly { unread: vec![1; n] },
        };
        let rejected = vec![Rejected { line: 1, reason: String::new() }; rejected];
        Reading {
            kind: Some(&model::fact::ARP),
            facts: vec![],
            rejected,
            template: String::new(),
            outcome,
            quality: None,
        }
    }

    /// Loads one after the other, as unread lines and rejected rows; whether each tells all.
    fn check(loads: &[(usize, usize)], tells_all: &[bool]) {
        let mut before: Vec<LoadState> = Vec::new();
        let mut told = Vec::new();
        for (unread, rejected) in loads {
            let measure = Measure::of("arp", &reading(*unread, *rejected), &before);
            told.push(measure.tells_all);
            before = vec![LoadState {
                device: DeviceId(1),
                kind: "arp".into(),
                source: "arp".into(),
                capture: CaptureId(1),
                tried_at: Timestamp(0),
                loaded_at: Some(Timestamp(0)),
                facts: 0,
                unread_lines: u64::from(measure.unread),
                rejected_rows: u64::from(measure.rejected),
                outcome: LoadOutcome::Partly,
                message: None,
            }];
        }
        assert_eq!(told, tells_all, "{loads:?}");
    }

    #[test]
    fn what_is_left_over_is_measured_by_the_last_time_that_nothing_was_missing() {
        check(&[(3, 0), (3, 0), (2, 0)], &[false, true, true]);
        check(&[(0, 0), (5, 0), (5, 0), (0, 0)], &[true, false, false, true]);
        check(&[(0, 1), (0, 1), (0, 2), (0, 2), (0, 1)], &[true, true, false, false, true]);
    }
}
