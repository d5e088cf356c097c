use model::{Action, Platforms, fact};

use super::*;
use crate::read::Outcome;
use crate::{SeverityRules, Whose};

const WHOSE: Whose<'_> = Whose { device: "leaf-1", platform: "cisco_ios", role: None, site: None };

fn text_reading() -> Reading {
    Reading {
        kind: None,
        facts: vec![],
        rejected: vec![],
        template: String::new(),
        outcome: Outcome::Text,
        quality: None,
    }
}

fn judged(kind: ChangeKind, capture_type: &str, old: Compared<'_>, new: Compared<'_>) -> Option<Change> {
    let (mut change, touched) = compare(kind, Platforms::builtin(), ("cisco_ios", capture_type), old, new)?;
    change.severity = SeverityRules::default().judge(&change, &touched, WHOSE);
    Some(change)
}

fn config_change(old: &str, new: &str) -> Option<Change> {
    let reading = text_reading();
    let of = |text| Compared { text, reading: &reading };
    judged(ChangeKind::Config, "configs", of(old), of(new))
}

#[test]
fn noise_is_no_change() {
    let old = "! Last configuration change at 02:13\nhostname a\nntp clock-period 17179\nend\n";
    let new = "! Last configuration change at 03:44\nhostname a\nntp clock-period 17180\nend\n";
    assert_eq!(config_change(old, new), None);
}

#[test]
fn severity_follows_the_number_of_lines() {
    for (lines, severity) in [(1, Severity::Minor), (11, Severity::Moderate), (51, Severity::Critical)] {
        let added: String = (0..lines).map(|n| format!("line {n}\n")).collect();
        let change = config_change("end\n", &(added + "end\n")).expect("a change");
        assert_eq!((change.severity, change.lines_added), (severity, lines));
    }
}

#[test]
fn a_changed_secret_is_a_change_but_is_not_shown() {
    let change = config_change("enable secret 9 $9$old\n", "enable secret 9 $9$new\n").expect("a change");
    assert!(!change.diff.contains("$9$"), "{}", change.diff);
    assert_eq!(change.summary, "+1 -1 lines");
}

#[test]
fn who_changed_it_is_what_the_device_says_now_and_did_not_say_before() {
    let config = |at: &str, user: &str, name: &str| {
        format!("! Last configuration change at {at} UTC Fri Nov 20 2026 by {user}\nhostname {name}\nend\n")
    };
    let change = config_change(&config("02:13:00", "anna", "a"), &config("03:44:10", "ben", "b")).expect("a change");
    let author = change.author.expect("an author");
    assert_eq!(author.user.as_deref(), Some("ben"));
    assert_eq!(author.at.as_deref(), Some("03:44:10 UTC Fri Nov 20 2026"));
    // The same statement as before is not about this change.
    let silent = config_change(&config("02:13:00", "anna", "a"), &config("02:13:00", "anna", "b")).expect("a change");
    assert_eq!(silent.author, None);
}

#[test]
fn a_new_version_is_critical_and_says_from_what_to_what() {
    let reading = |version: &str| {
        let kind = &fact::SYSTEM;
        let mut values = vec![Value::Null; kind.columns.len()];
        values[kind.position("os_version").expect("column")] = Value::Text(version.into());
        let facts = vec![Fact { values, lines: (1, 1) }];
        Reading {
            kind: Some(kind),
            facts,
            rejected: vec![],
            template: "t".into(),
            outcome: Outcome::Parsed,
            quality: None,
        }
    };
    let (old, new) = (reading("15.2(7)E3"), reading("15.2(7)E9"));
    let of = |reading| Compared { text: "", reading };
    let change = judged(ChangeKind::Version, "version", of(&old), of(&new)).expect("a change");
    assert_eq!((change.severity, change.summary.as_str()), (Severity::Critical, "os_version 15.2(7)E3 -> 15.2(7)E9"));
    assert_eq!(judged(ChangeKind::Version, "version", of(&old), of(&old)), None);
}

#[test]
fn a_component_with_another_serial_number_was_replaced() {
    let reading = |serials: &[&str]| {
        let text = |t: &str| Value::Text(t.to_owned());
        let fact = |(n, serial): (usize, &&str)| Fact {
            values: vec![text(&format!("Power Supply {n}")), Value::Null, text("PWR-1"), Value::Null, text(serial)],
            lines: (7, 8),
        };
        let facts = serials.iter().enumerate().map(fact).collect();
        let kind = Some(&fact::COMPONENTS);
        Reading { kind, facts, rejected: vec![], template: "t".into(), outcome: Outcome::Parsed, quality: None }
    };
    let (old, new) = (reading(&["A", "B"]), reading(&["A", "C"]));
    let of = |reading| Compared { text: "", reading };
    let change = judged(ChangeKind::Inventory, "inventory", of(&old), of(&new)).expect("a change");
    assert_eq!(change.summary, "component Power Supply 1: serial B -> C");
    assert_eq!((change.things[0].action, change.severity), (Action::Changed, Severity::Moderate));
    assert_eq!(change.things[0].new.as_ref().map(|e| (e.first_line, e.last_line)), Some((7, 8)));
}
