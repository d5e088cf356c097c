//! One message of one or many things that happened, in the words of each receiver.

use model::Notice;
use serde_json::{Value, json};

/// Of so many things at most each is told by itself; the others are counted.
const MOST: usize = 50;

/// What is told at once: one thing, or a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Of the rule by which it is told.
    pub rule: String,
    /// Never empty, in the order in which it happened.
    pub notices: Vec<Notice>,
}

impl Message {
    /// One line that tells the most.
    pub fn title(&self) -> String {
        match &self.notices[..] {
            [one] => one.title.clone(),
            many => {
                let mut kinds: Vec<(&str, usize)> = Vec::new();
                for notice in many {
                    match kinds.iter_mut().find(|(kind, _)| *kind == notice.kind.as_str()) {
                        Some((_, count)) => *count += 1,
                        None => kinds.push((notice.kind.as_str(), 1)),
                    }
                }
                let kinds: Vec<String> =
                    kinds.iter().map(|(kind, n)| format!("{n} {}", kind.replace('_', " "))).collect();
                format!("{} notices: {}", many.len(), kinds.join(", "))
            }
        }
    }

    /// All of it as plain text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for notice in self.notices.iter().take(MOST) {
            if self.notices.len() > 1 {
                out.push_str(&format!("{}  {}\n", notice.at, notice.title));
            }
            for line in notice.text.lines() {
                out.push_str(if self.notices.len() > 1 { "    " } else { "" });
                out.push_str(line);
                out.push('\n');
            }
        }
        if self.notices.len() > MOST {
            out.push_str(&format!("and {} more\n", self.notices.len() - MOST));
        }
        out.push_str(&format!("\nVelocity, by the rule `{}`\n", self.rule));
        out
    }

    /// The documented form, for programs.
    pub(crate) fn webhook(&self) -> Value {
        let event = match &self.notices[..] {
            [one] => one.kind.as_str(),
            _ => "digest",
        };
        json!({ "event": event, "rule": self.rule, "title": self.title(), "notices": self.notices })
    }

    pub(crate) fn slack(&self) -> Value {
        let title = slack_text(&self.title());
        let text = slack_text(self.text().trim());
        json!({
            "text": title,
            "blocks": [
                { "type": "section", "text": { "type": "mrkdwn", "text": format!("*{}*", shortened(&title, 290)) } },
                // The service takes 3,000 characters of a section.
                { "type": "section", "text": { "type": "mrkdwn", "text": shortened(&text, 2_900) } },
            ],
        })
    }

    pub(crate) fn teams(&self) -> Value {
        let block = |text: &str, more: Value| {
            let mut block = json!({ "type": "TextBlock", "wrap": true, "text": text });
            if let (Value::Object(block), Value::Object(more)) = (&mut block, more) {
                block.extend(more);
            }
            block
        };
        let card = json!({
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": [
                block(&self.title(), json!({ "weight": "Bolder", "size": "Medium" })),
                block(&shortened(self.text().trim(), 10_000).replace('\n', "\n\n"), json!({})),
            ],
        });
        json!({
            "type": "message",
            "attachments": [{ "contentType": "application/vnd.microsoft.card.adaptive", "content": card }],
        })
    }
}

/// Slack gives these three characters a meaning of their own.
fn slack_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The first characters of a text.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use model::{NoticeKind, Severity, Timestamp};

    use super::*;

    fn notice(kind: NoticeKind, title: &str, text: &str) -> Notice {
        let (key, at) = (format!("{kind}:1"), Timestamp(0));
        let (title, text) = (title.to_owned(), text.to_owned());
        Notice { kind, key, at, severity: Some(Severity::Critical), title, text, device: None, site: None, job: None }
    }

    #[test]
    fn one_thing_is_told_as_it_is_and_many_are_counted_and_listed() {
        let one = notice(NoticeKind::Change, "fra-core-1: 3 lines changed", "+ no ip route\n");
        let mut message = Message { rule: "noc".to_owned(), notices: vec![one.clone()] };
        assert_eq!(message.title(), "fra-core-1: 3 lines changed");
        assert_eq!(message.text(), "+ no ip route\n\nVelocity, by the rule `noc`\n");
        message.notices.extend([one, notice(NoticeKind::RunFailed, "execution 3 failed", "")]);
        assert_eq!(message.title(), "3 notices: 2 change, 1 run failed");
        assert!(message.text().contains("1970-01-01T00:00:00Z  execution 3 failed\n"), "{}", message.text());
    }

    #[test]
    fn what_a_device_says_is_text_to_slack_and_not_markup() {
        let rude = notice(NoticeKind::Change, "<!channel> & co", "<https://evil.example|click>");
        let slack = Message { rule: "noc".to_owned(), notices: vec![rude] }.slack().to_string();
        assert!(slack.contains("&lt;!channel&gt; &amp; co") && !slack.contains("<!channel>"), "{slack}");
        assert!(!slack.contains("<https:"), "{slack}");
    }

    #[test]
    fn a_long_digest_is_cut_where_a_receiver_would_refuse_it() {
        let many = vec![notice(NoticeKind::NewDevice, &"ü".repeat(200), "x"); 400];
        let message = Message { rule: "noc".to_owned(), notices: many };
        assert!(message.text().contains("and 350 more"));
        let slack = message.slack();
        let text = slack["blocks"][1]["text"]["text"].as_str().expect("a text");
        assert!(text.chars().count() <= 3_000 && text.ends_with('…'), "{}", text.chars().count());
        assert_eq!(message.webhook()["notices"].as_array().map(Vec::len), Some(400));
    }
}
