//! Events of a run on their way to whoever watches, and their form as JSON lines.

use model::{DeviceOutcome, RunEvent, RunState};
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// Where a run tells its events. A watcher that went away does not stop the run.
#[derive(Debug, Clone)]
pub struct EventSink(mpsc::UnboundedSender<RunEvent>);

pub type EventReceiver = mpsc::UnboundedReceiver<RunEvent>;

/// The receiver gets `None` when the run has told its last event.
pub fn channel() -> (EventSink, EventReceiver) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (EventSink(sender), receiver)
}

impl EventSink {
    pub fn tell(&self, event: RunEvent) {
        let _ = self.0.send(event);
    }
}

/// One line of `--json-progress`: `type` is the name of the command-line stream (`device_start` …), `event` that of
/// the browser's stream (`device_started` …), which carry the same.
pub fn to_json(event: &RunEvent) -> Value {
    match event {
        RunEvent::Started { run, kind, total, at } => json!({
            "type": "job_start", "event": format!("{kind}_started"), "job_id": run, "kind": kind, "total": total, "at": at,
        }),
        RunEvent::DeviceStarted { run, device, address, at } => json!({
            "type": "device_start", "event": "device_started", "job_id": run, "device_name": device,
            "ip_address": address, "at": at,
        }),
        RunEvent::DeviceCompleted { run, device, address, outcome, at } => {
            let DeviceOutcome { state, class, message, username, credential, duration_ms } = outcome;
            json!({
                "type": "device_complete", "event": "device_completed", "job_id": run, "device_name": device,
                "ip_address": address, "success": *state == model::DeviceState::Success, "state": state,
                "error_class": class, "message": message, "username": username, "credential": credential,
                "duration_ms": duration_ms, "at": at,
            })
        }
        RunEvent::Progress { run, running, completed, failed, skipped, total, at } => json!({
            "type": "progress", "event": "collection_progress", "job_id": run, "stage": "devices",
            "progress": percent(*completed, *total), "message": format!("{completed} of {total} devices"),
            "running": running, "completed": completed, "failed": failed, "skipped": skipped,
            "remaining": total.saturating_sub(*completed), "total": total, "at": at,
        }),
        RunEvent::Stage { run, stage, completed, total, at } => json!({
            "type": "stage", "event": "stage_progress", "job_id": run, "stage": stage,
            "progress": percent(*completed, *total), "message": format!("{stage}: {completed} of {total}"),
            "completed": completed, "total": total, "at": at,
        }),
        RunEvent::Alarm { run, class, device, address, message, at } => json!({
            "type": "alarm", "event": class, "job_id": run, "device_name": device, "ip_address": address,
            "message": message, "at": at,
        }),
        RunEvent::Finished { run, state, summary, at } => {
            let success = *state == RunState::Success;
            let mut line = json!({
                "type": "job_complete", "event": "collection_complete", "job_id": run, "success": success, "state": state, "at": at,
            });
            if let (Some(line), Some(summary)) = (line.as_object_mut(), summary.as_object()) {
                line.insert("summary".to_owned(), Value::Object(summary.clone()));
            }
            line
        }
    }
}

/// Of completed work; all of nothing is done.
fn percent(done: u64, total: u64) -> u64 {
    (done * 100).checked_div(total).unwrap_or(100)
}
