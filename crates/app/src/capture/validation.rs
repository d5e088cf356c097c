//! Whether what a job brought is what it was sent for: one score, rows read over rows expected, and one threshold.

use ingest::{Quality, Reader, Reading};
use model::{Capture, Completeness, DeviceOutcome, DeviceState, FailureClass, SaveRule};

use super::Errand;
use crate::saving::safely;

/// Reads a capture by the template that a job names for its command.
pub(crate) fn read(reader: &Reader, capture: &Capture, errand: &Errand) -> Reading {
    let order = errand.commands.iter().find(|c| c.output == capture.capture_type);
    let template = order.and_then(|o| o.template.as_deref());
    safely(reader, capture, || {
        let mut reading = reader.read_by(capture, template);
        let is_wanted = order.is_some() && (template.is_some() || errand.how.validate.is_some());
        if reading.quality.is_none() && is_wanted && capture.completeness.is_complete() {
            reading.quality = reader.weigh(capture, template);
        }
        if let Some(quality) = &mut reading.quality {
            quality.least = errand.how.rows.unwrap_or_default() as usize;
        }
        reading
    })
}

/// Takes out what fails the validation of a job, or marks it when the job keeps that too; tells the scores, and a device
/// of which something failed has failed. What no template reads by its nature, such as a configuration, is not judged.
pub(crate) fn judge(
    read: Vec<(Capture, Reading)>,
    errand: &Errand,
    outcome: &mut DeviceOutcome,
) -> Vec<(Capture, Reading)> {
    let Some(threshold) = errand.how.validate else { return read };
    let (mut kept, mut scores, mut failures) = (Vec::with_capacity(read.len()), Vec::new(), Vec::new());
    for (mut capture, reading) in read {
        if let Some(quality) = reading.quality.as_ref().filter(|_| capture.completeness.is_complete()) {
            scores.push(format!("{} [score={:.2}]", capture.capture_type, quality.score()));
            if quality.score() < threshold {
                let why = reason(quality, threshold);
                failures.push(format!("{}: {why}", capture.capture_type));
                if errand.how.save != SaveRule::All {
                    continue;
                }
                capture.completeness = Completeness::Invalid(why);
            }
        }
        kept.push((capture, reading));
    }
    if !scores.is_empty() {
        outcome.message = format!("{}; {}", outcome.message, scores.join(", "));
    }
    if !failures.is_empty() {
        let fate = if errand.how.save == SaveRule::All { "kept, marked" } else { "not saved" };
        outcome.message = format!("{}; {fate}: {}", outcome.message, failures.join("; "));
        if outcome.state == DeviceState::Success {
            outcome.state = DeviceState::Failed;
            outcome.class = Some(FailureClass::ValidationFailed);
        }
    }
    kept
}

fn reason(quality: &Quality, threshold: f64) -> String {
    let by = if quality.template.is_empty() { String::new() } else { format!(" by template {}", quality.template) };
    let (rows, expected) = (quality.rows, quality.expected());
    format!("{rows} of {expected:.0} rows expected were read{by}: score {:.2}, {threshold:.2} wanted", quality.score())
}
