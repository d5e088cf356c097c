//! The crawl with its visits: many at once, results over a channel as they come.

use std::sync::Arc;

use collect::{Change, Crew, Line, Place, Seat};
use model::{DeviceOutcome, DeviceState, FailureClass};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{Candidate, Crawl, Found, Probe, Prober, Verdict};

/// What happens in a crawl. Every candidate gets exactly one of `Found`, `Failed` or a verdict.
#[derive(Debug)]
pub enum Event {
    Started(Candidate),
    /// A device of its own; its new neighbours wait to be visited.
    Found {
        at: Candidate,
        probe: Box<Probe>,
        fresh: Vec<Candidate>,
        verdicts: Vec<Verdict>,
    },
    /// Not entered, or the same as another one, which is what `outcome` says.
    Failed {
        at: Candidate,
        outcome: DeviceOutcome,
    },
    /// Neighbours that nobody could place, at the end.
    Unplaced(Vec<Verdict>),
}

/// Visits what the crawl gives until nothing waits. After a cancel no visit starts, and those under way are dropped
/// without a result, so that a resumed crawl visits them again.
pub async fn run(mut crawl: Crawl, prober: Arc<Prober>, events: mpsc::Sender<Event>, cancel: CancellationToken) {
    let mut visits = Crew::of(prober.env.settings.concurrency);
    let mut line = Line::default();
    loop {
        visits.begin(
            || line.next(|| crawl.take_next(), |at| prober.seat(at)),
            |(at, seat), place| visit(at, prober.clone(), events.clone(), place, seat),
        );
        let change = tokio::select! {
            () = cancel.cancelled() => return,
            () = line.freed() => continue,
            change = visits.change(), if !visits.is_idle() || line.is_empty() => change,
        };
        match change {
            Change::Over => break,
            Change::Free => {}
            Change::Done(Ok((at, result))) => {
                let event = settle(&mut crawl, at, result);
                let _ = events.send(event).await;
            }
            Change::Done(Err(panic)) => tracing::error!("a visit ended badly: {panic}"),
        }
    }
    let _ = events.send(Event::Unplaced(crawl.finish())).await;
}

async fn visit(
    at: Candidate,
    prober: Arc<Prober>,
    events: mpsc::Sender<Event>,
    place: Place,
    _seat: Seat,
) -> (Candidate, Result<Probe, DeviceOutcome>) {
    // The receiver is gone only when the whole crawl is.
    let _ = events.send(Event::Started(at.clone())).await;
    let result = match at.addr {
        Some(addr) => prober.probe(addr, place).await,
        None => Err(skipped(FailureClass::NoAddress, "advertises no management address".into(), 0)),
    };
    (at, result)
}

fn settle(crawl: &mut Crawl, at: Candidate, result: Result<Probe, DeviceOutcome>) -> Event {
    let probe = match result {
        Ok(probe) => probe,
        Err(outcome) => return Event::Failed { at, outcome },
    };
    let ms = probe.outcome.duration_ms;
    if let Some(reason) = crawl.refuses(&at, &probe.identity.name) {
        return Event::Failed { at, outcome: skipped(FailureClass::ExcludedByRule, reason, ms) };
    }
    let found = Found { identity: probe.identity.clone(), claims: probe.claims.clone() };
    match crawl.found(&at, &found) {
        Ok((fresh, verdicts)) => Event::Found { at, probe: Box::new(probe), fresh, verdicts },
        Err(reason) => Event::Failed { at, outcome: skipped(FailureClass::Duplicate, reason, ms) },
    }
}

fn skipped(class: FailureClass, message: String, duration_ms: i64) -> DeviceOutcome {
    DeviceOutcome {
        state: DeviceState::Skipped,
        class: Some(class),
        message,
        username: None,
        credential: None,
        duration_ms,
    }
}
