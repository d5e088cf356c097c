//! Events of runs as they happen, server-sent: `device_started`, `collection_progress`, `collection_complete` …

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::Stream;
use futures::stream;
use model::RunId;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::by::By;
use crate::hub::{Hub, Next};
use crate::problem::Problem;
use crate::state::Web;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(watch))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventParams {
    /// The events of one run alone.
    run: Option<i64>,
}

const BEAT: Duration = Duration::from_secs(15);

/// Events as they happen
///
/// Server-sent events: `collection_started`, `stage_progress`, `device_started`, `device_completed`, `collection_progress`,
/// `collection_complete` …, each with JSON. Send `Last-Event-ID` to go on where you were; `missed` says how many events
/// were lost by a reader that was too slow or away for too long. Without it, the stream of a run begins with what is
/// still kept of it, that of all runs with what comes next.
#[utoipa::path(get, path = "/api/v1/events", tag = "events", params(EventParams,
        ("Last-Event-ID" = Option<String>, Header, description = "`id` of the last event that was seen")),
    responses((status = 200, description = "a stream of events", content_type = "text/event-stream", body = String),
        (status = 401, body = Problem)))]
async fn watch(
    State(web): State<Web>,
    By(_watcher): By,
    Query(asked): Query<EventParams>,
    headers: HeaderMap,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| place(&web.hub, id));
    let start = seen.unwrap_or(if asked.run.is_some() { 0 } else { web.hub.last() });
    let (reader, epoch) = (web.hub.read(start, asked.run.map(RunId)), web.hub.epoch);
    let closing = web.closing;
    let events = stream::unfold((reader, closing), move |(mut reader, closing)| async move {
        let next = tokio::select! {
            next = reader.next() => next?,
            () = closing.cancelled() => return None,
        };
        Some((Ok(event(next, epoch)), (reader, closing)))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT))
}

fn event(next: Next, epoch: u64) -> Event {
    match next {
        Next::Event(told) => Event::default().id(format!("{epoch}-{}", told.seq)).event(&*told.name).data(&*told.data),
        Next::Missed { events, upto } => {
            Event::default().id(format!("{epoch}-{upto}")).event("missed").data(format!("{{\"events\":{events}}}"))
        }
    }
}

/// Where a reader was; one of a server that is gone begins with what is kept.
fn place(hub: &Hub, id: &str) -> Option<u64> {
    let (epoch, seq) = id.split_once('-')?;
    let seq = seq.parse().ok()?;
    Some(if epoch.parse() == Ok(hub.epoch) { std::cmp::min(seq, hub.last()) } else { 0 })
}
