//! A run on a terminal: a bar, what runs and what failed, a line for each device. Or NDJSON for a program.

use std::io::{IsTerminal, Write};

use app::{EventReceiver, events::to_json};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use model::text::shown;
use model::{DeviceOutcome, DeviceState, RunEvent};
use tokio_util::sync::CancellationToken;

use crate::run_flags::RunFlags;

/// Shows events until the run is over.
pub async fn show(mut events: EventReceiver, flags: RunFlags) {
    let bar = (!flags.quiet && !flags.json_progress).then(bar);
    while let Some(event) = events.recv().await {
        if flags.json_progress {
            // A reader that went away does not stop the run.
            let _ = writeln!(std::io::stdout().lock(), "{}", to_json(&event));
        } else if let Some(bar) = &bar {
            draw(bar, &event);
        }
    }
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
}

/// Ctrl-C ends the run in order; a second one ends the program at once.
pub fn cancel_on_ctrl_c() -> CancellationToken {
    let token = CancellationToken::new();
    let cancel = token.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            let text = "cancelling: devices under way are dropped, what was saved stays; Ctrl-C again to stop at once";
            let _ = writeln!(std::io::stderr().lock(), "{text}");
            cancel.cancel();
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(130);
        }
    });
    token
}

fn bar() -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    let style = ProgressStyle::with_template("{bar:30} {percent:>3}% {msg} {elapsed_precise}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn draw(bar: &ProgressBar, event: &RunEvent) {
    match event {
        RunEvent::DeviceCompleted { device, address, outcome, .. } => line(bar, &activity(device, address, outcome)),
        RunEvent::Progress { running, completed, failed, skipped, total, .. } => {
            bar.set_length(*total);
            bar.set_position(*completed);
            let left = total.saturating_sub(*completed);
            bar.set_message(format!(
                "{completed}/{total} done, {running} running, {failed} failed, {skipped} skipped, {left} left"
            ));
        }
        RunEvent::Stage { stage, completed, total, .. } => bar.set_message(format!("{stage}: {completed}/{total}")),
        RunEvent::Started { total, .. } => {
            bar.set_length(*total);
            bar.set_message(format!("0/{total} done"));
        }
        RunEvent::Alarm { device, address, message, .. } => {
            line(bar, &format!("ALARM {} ({address}): {}", shown(device), shown(message)));
        }
        RunEvent::DeviceStarted { .. } | RunEvent::Finished { .. } => {}
    }
}

/// Above the bar on a terminal; plain lines where there is no bar.
fn line(bar: &ProgressBar, text: &str) {
    match bar.is_hidden() {
        // A reader that went away does not stop the run.
        true => drop(writeln!(std::io::stderr().lock(), "{text}")),
        false => bar.println(text),
    }
}

fn activity(device: &str, address: &str, outcome: &DeviceOutcome) -> String {
    let mark = match outcome.state {
        DeviceState::Success => "ok  ",
        DeviceState::Skipped => "skip",
        _ => "FAIL",
    };
    let seconds = outcome.duration_ms as f64 / 1000.0;
    format!("{mark} {:<24} {:<21} {seconds:>6.1} s  {}", shown(device), address, shown(&outcome.message))
}
