//! Which rule tells what.

use discovery::Matcher;
use model::notice::{Digest, NoticeKinds, QuietHours, due};
use model::{Notice, NoticeKind, Severity, Timestamp, Zone};
use store::Record;

/// A rule as it is applied. What a person may write into its fields was checked when it was written.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub id: i64,
    pub kinds: Vec<NoticeKind>,
    severity: Option<Severity>,
    /// `None` for all devices, and for what is of no device.
    devices: Option<Vec<Matcher>>,
    site: Option<String>,
    job: Option<String>,
    digest: Option<Digest>,
    quiet: Option<QuietHours>,
    zone: Zone,
    /// What happened before it was made or changed is not told by it.
    since: Timestamp,
}

impl Rule {
    /// `None` for one that is paused.
    pub fn read(record: &Record, since: Timestamp) -> Option<Self> {
        let text = |field| Some(record.text(field)).filter(|t| !t.is_empty());
        if record.text("status") == "paused" {
            return None;
        }
        Some(Self {
            id: record.id,
            kinds: record.text("events").parse::<NoticeKinds>().unwrap_or_default().0,
            severity: text("severity").and_then(|s| s.parse().ok()),
            // What is no pattern means no device: it does not make the rule one for all.
            devices: text("devices").map(|all| all.split(',').filter_map(|p| p.parse().ok()).collect()),
            site: text("site"),
            job: text("job"),
            digest: text("digest").and_then(|d| d.parse().ok()),
            quiet: text("quiet").and_then(|q| q.parse().ok()),
            zone: text("time_zone").and_then(|z| Zone::get(&z).ok()).unwrap_or(Zone::UTC),
            since,
        })
    }

    /// When it tells this; `None` when it does not.
    pub fn tells(&self, notice: &Notice) -> Option<Timestamp> {
        let same = |want: &Option<String>, is: &Option<String>| {
            want.as_ref().is_none_or(|want| is.as_ref().is_some_and(|is| is.eq_ignore_ascii_case(want)))
        };
        let is_meant = |means: &Vec<Matcher>| {
            let device = notice.device.as_deref();
            means.iter().any(|m| m.matches(device.and_then(|d| d.parse().ok()), device))
        };
        let tells = notice.at >= self.since
            && self.kinds.contains(&notice.kind)
            && self.severity.is_none_or(|least| notice.severity.is_none_or(|s| s >= least))
            && self.devices.as_ref().is_none_or(is_meant)
            && same(&self.site, &notice.site)
            && same(&self.job, &notice.job);
        tells.then(|| due(notice.at, self.digest, self.quiet, &self.zone))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::*;

    fn rule(fields: &[(&str, &str)]) -> Rule {
        let values: Map<String, Value> = fields.iter().map(|(f, v)| ((*f).to_owned(), Value::from(*v))).collect();
        let record = Record { id: 1, version: 1, values, devices: None, tags: None, refs: Vec::new() };
        Rule::read(&record, Timestamp(1_000)).expect("an active rule")
    }

    fn notice(kind: NoticeKind, severity: Option<Severity>, device: Option<&str>, job: Option<&str>) -> Notice {
        let owned = |t: Option<&str>| t.map(str::to_owned);
        Notice {
            kind,
            key: "k".to_owned(),
            at: Timestamp(2_000),
            severity,
            title: String::new(),
            text: String::new(),
            device: owned(device),
            site: Some("Fra".to_owned()),
            job: owned(job),
        }
    }

    fn check(fields: &[(&str, &str)], notice: &Notice, tells: bool) {
        assert_eq!(rule(fields).tells(notice).is_some(), tells, "{fields:?} {notice:?}");
    }

    #[test]
    fn a_rule_tells_what_all_its_fields_agree_with() {
        let change = notice(NoticeKind::Change, Some(Severity::Moderate), Some("fra-core-1"), None);
        check(&[("events", "change")], &change, true);
        check(&[("events", "run_failed")], &change, false);
        check(&[("events", "change"), ("severity", "moderate")], &change, true);
        check(&[("events", "change"), ("severity", "critical")], &change, false);
        check(&[("events", "change"), ("devices", "ber-*, FRA-*-1")], &change, true);
        check(&[("events", "change"), ("devices", "fra-core-?1")], &change, false);
        check(&[("events", "change"), ("site", "fra")], &change, true);
        check(&[("events", "change"), ("site", "ber")], &change, false);
        check(&[("events", "change"), ("job", "nightly")], &change, false);
        check(&[("events", "change"), ("devices", "10.0.0.0/999")], &change, false);
        let run = notice(NoticeKind::RunFailed, None, None, Some("nightly"));
        check(&[("events", "run_failed, change"), ("severity", "critical"), ("job", "nightly")], &run, true);
        check(&[("events", "run_failed"), ("devices", "*")], &run, false);
    }

    #[test]
    fn what_happened_before_a_rule_was_made_is_not_told() {
        let mut old = notice(NoticeKind::NewDevice, None, Some("sw1"), None);
        check(&[("events", "new_device")], &old, true);
        old.at = Timestamp(999);
        check(&[("events", "new_device")], &old, false);
    }
}
