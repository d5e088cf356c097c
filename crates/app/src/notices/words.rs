//! What happened, in words: one line, and what to look at next.

use model::text::shown;
use model::{Notice, NoticeKind, RunState, Timestamp};
use store::Happened;

/// The notice of a thing, whoever wants it.
pub(super) fn notice(happened: &Happened) -> Notice {
    let blank = |kind: NoticeKind, id: &dyn std::fmt::Display, at: Timestamp| Notice {
        kind,
        key: format!("{kind}:{id}"),
        at,
        severity: None,
        title: String::new(),
        text: String::new(),
        device: None,
        site: None,
        job: None,
    };
    match happened {
        Happened::Run { id, kind, state, job, devices, failed, at } => {
            let told = match state {
                RunState::Success => NoticeKind::RunSucceeded,
                RunState::Partial => NoticeKind::RunPartial,
                _ => NoticeKind::RunFailed,
            };
            let ended = match state {
                RunState::Success => "succeeded".to_owned(),
                RunState::Partial => "ended in part".to_owned(),
                state => state.to_string(),
            };
            let of = job.as_ref().map_or_else(|| kind.to_string(), |job| format!("job {}", shown(job)));
            Notice {
                title: format!("{of}: execution {id} {ended}, {failed} of {devices} devices failed"),
                text: format!("velocity executions show {id}"),
                job: job.clone(),
                ..blank(told, id, *at)
            }
        }
        Happened::Change { id, device, site, severity, kind, summary, at } => Notice {
            title: format!("{}: {kind} changed ({severity}): {}", shown(device), shown(summary)),
            text: format!("velocity changes show {id}"),
            severity: Some(*severity),
            device: Some(device.clone()),
            site: site.clone(),
            ..blank(NoticeKind::Change, id, *at)
        },
        Happened::NewDevice { id, device, site, address, platform, at } => {
            let platform = platform.as_ref().map_or_else(|| "of an unknown platform".to_owned(), |p| shown(p));
            let place = site.as_ref().map(|s| format!(" at {}", shown(s))).unwrap_or_default();
            Notice {
                title: format!("new device {} ({platform}){place}", shown(device)),
                text: format!("{}\nvelocity devices show {}", shown(address), shown(device)),
                device: Some(device.clone()),
                site: site.clone(),
                ..blank(NoticeKind::NewDevice, id, *at)
            }
        }
        Happened::AccountStopped { realm, username, until, at } => {
            let until = until.map_or_else(String::new, |until| format!(" until {until}"));
            let realm = if realm.is_empty() { String::new() } else { format!(" of {}", shown(realm)) };
            let key = format!("{username}@{realm}:{}", at.0);
            Notice {
                title: format!("account {}{realm} was refused and is left alone{until}", shown(username)),
                text: "velocity creds status shows where; velocity creds clear lets it be used again".to_owned(),
                ..blank(NoticeKind::CredentialRefused, &key, *at)
            }
        }
        Happened::WorkerLost { worker, host, heard, in_flight, at } => Notice {
            title: format!("worker {} on {} is lost, {in_flight} devices under way", shown(worker), shown(host)),
            text: format!(
                "last heard of at {heard}; what it was at is taken up by others\nvelocity worker list\nvelocity worker remove {}",
                shown(worker)
            ),
            ..blank(NoticeKind::WorkerLost, &format!("{worker}:{}", heard.0), *at)
        },
    }
}

#[cfg(test)]
mod tests {
    use model::{ChangeId, RunId, RunKind, Severity};

    use super::*;

    #[test]
    fn a_line_tells_what_happened_and_the_next_what_to_do() {
        let run = |state, job: Option<&str>| Happened::Run {
            id: RunId(7),
            kind: RunKind::Collection,
            state,
            job: job.map(str::to_owned),
            devices: 12,
            failed: 3,
            at: Timestamp(0),
        };
        let told = notice(&run(RunState::Partial, Some("daily-backup")));
        assert_eq!(told.title, "job daily-backup: execution 7 ended in part, 3 of 12 devices failed");
        assert_eq!((told.key.as_str(), told.text.as_str()), ("run_partial:7", "velocity executions show 7"));
        let told = notice(&run(RunState::Interrupted, None));
        assert_eq!(told.title, "collection: execution 7 interrupted, 3 of 12 devices failed");
        assert_eq!(told.kind, NoticeKind::RunFailed);
    }

    #[test]
    fn what_a_device_says_cannot_break_the_line() {
        let told = notice(&Happened::Change {
            id: ChangeId(1),
            device: "sw1\r\nBcc: all@example.net".to_owned(),
            site: None,
            severity: Severity::Critical,
            kind: "config".to_owned(),
            summary: "+1 -0 lines\u{1b}[2J".to_owned(),
            at: Timestamp(0),
        });
        assert!(!told.title.chars().any(char::is_control), "{:?}", told.title);
    }
}
