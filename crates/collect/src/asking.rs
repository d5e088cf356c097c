//! What is asked in one session, and what each answer is worth.

use std::time::Duration;

use model::platform::CaptureSpec;
use model::{Capture, Completeness, Platform};
use transport::{Finished, Output, OutputState, Session, SessionError};

/// The capture types asked for in a session, and which of its outputs answers each.
#[derive(Debug, Default)]
pub struct Asking {
    asked: Vec<(String, usize)>,
    outputs: usize,
    /// Between two commands.
    delay: Duration,
}

/// Commands of the user's own, asked as they stand.
#[derive(Debug, Clone, Default)]
pub struct Orders {
    /// Said first; what is answered is not kept.
    pub prepare: Vec<String>,
    pub commands: Vec<Order>,
}

#[derive(Debug, Clone)]
pub struct Order {
    pub command: String,
    /// The capture type that its output is kept as.
    pub output: String,
}

impl Asking {
    /// With so much time between two commands, for devices that take no more.
    pub fn paced(delay: Duration) -> Self {
        Self { delay, ..Self::default() }
    }

    /// Asks what the user wrote, in order.
    pub async fn orders(&mut self, session: &mut Session, orders: &Orders) -> Result<(), SessionError> {
        for command in &orders.prepare {
            self.probe(session, command).await?;
        }
        for order in &orders.commands {
            self.asked.push((order.output.clone(), self.outputs));
            self.probe(session, &order.command).await?;
        }
        Ok(())
    }

    /// Asks a command that is no capture type, such as a fingerprint.
    pub async fn probe<'s>(&mut self, session: &'s mut Session, command: &str) -> Result<&'s Output, SessionError> {
        if self.outputs > 0 && !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        self.outputs += 1;
        session.ask(command).await
    }

    /// The last output asked is the answer for this capture type.
    pub fn keep_last_as(&mut self, capture_type: &str) {
        self.asked.push((capture_type.to_owned(), self.outputs.saturating_sub(1)));
    }

    /// Asks for each capture type that the platform knows: its commands in order until one is not refused.
    pub async fn types(
        &mut self,
        session: &mut Session,
        platform: &Platform,
        types: &[String],
    ) -> Result<(), SessionError> {
        for name in types {
            let Some(spec) = platform.captures.get(name) else { continue };
            for (n, command) in spec.commands.iter().enumerate() {
                // Noted before it is answered: what comes before the session breaks is kept, marked as cut.
                self.asked.push((name.clone(), self.outputs));
                let refused = self.probe(session, command).await?.refused.is_some();
                if !refused || n + 1 == spec.commands.len() {
                    break;
                }
                self.asked.pop();
            }
        }
        Ok(())
    }

    /// What was asked last, for a person.
    pub fn doing(&self) -> String {
        self.asked.last().map_or_else(|| "preparing the session".to_owned(), |(name, _)| format!("`{name}`"))
    }

    pub fn has(&self, capture_type: &str) -> bool {
        self.asked.iter().any(|(name, _)| name == capture_type)
    }

    /// The captures, from the outputs as they were framed in the end. One that the session did not live to see is
    /// not there.
    pub fn captures(self, finished: Finished, platform: &Platform) -> Vec<Capture> {
        let mut outputs: Vec<Option<Output>> = finished.outputs.into_iter().map(Some).collect();
        let taken = self.asked.into_iter().filter_map(|(name, at)| Some((name, outputs.get_mut(at)?.take()?)));
        taken.map(|(capture_type, output)| capture(capture_type, output, platform)).collect()
    }
}

fn capture(capture_type: String, output: Output, platform: &Platform) -> Capture {
    let unknown = CaptureSpec::default();
    let completeness = judge(&output, platform.captures.get(&capture_type).unwrap_or(&unknown));
    let Output { command, content, .. } = output;
    Capture { capture_type, command, platform: platform.name.clone(), content, completeness }
}

/// Whether an output is all of it: framed, not refused, and with the end marker where the platform names one.
pub fn judge(output: &Output, spec: &CaptureSpec) -> Completeness {
    if let OutputState::Cut(reason) = &output.state {
        return Completeness::Cut(reason.clone());
    }
    judge_text(&output.content, output.refused.as_ref(), spec)
}

/// As [`judge`] for a text that was framed by somebody else. `refused`: the line that says so.
pub fn judge_text(content: &[u8], refused: Option<&String>, spec: &CaptureSpec) -> Completeness {
    if spec.says_nothing(content) {
        return Completeness::Complete;
    }
    if let Some(line) = refused {
        return Completeness::Refused(line.clone());
    }
    match &spec.end {
        Some(end) if !ends_with(content, end) => Completeness::Cut(format!("the end marker `{end}` is missing")),
        _ => Completeness::Complete,
    }
}

fn ends_with(content: &[u8], pattern: &str) -> bool {
    let last = content.split(|b| *b == b'\n').rfind(|line| !line.trim_ascii().is_empty());
    last.is_some_and(|line| model::pattern::found(pattern, line.trim_ascii_end()))
}
