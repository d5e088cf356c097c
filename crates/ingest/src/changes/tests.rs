use model::Platforms;

use super::*;
use crate::read::Outcome;

fn text_reading() -> Reading {
    Reading { kind: None, facts: vec![], rejected: vec![], template: String::new(), outcome: Outcome::Text }
}

fn config_change(old: &str, new: &str) -> Option<Change> {
    let ios = Platforms::builtin().get("cisco_ios").expect("platform");
    let (before, after) = (text_reading(), text_reading());
    compare(ChangeKind::Config, ios, "configs", (old, &before), (new, &after))
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
fn a_new_version_is_critical_and_says_from_what_to_what() {
    let reading = |version: &str| {
        let kind = &model::fact::SYSTEM;
        let mut values = vec![Value::Null; kind.columns.len()];
        values[kind.position("os_version").expect("column")] = Value::Text(version.into());
        let facts = vec![Fact { values, lines: (1, 1) }];
        Reading { kind: Some(kind), facts, rejected: vec![], template: "t".into(), outcome: Outcome::Parsed }
    };
    let ios = Platforms::builtin().get("cisco_ios").expect("platform");
    let (old, new) = (reading("15.2(7)E3"), reading("15.2(7)E9"));
    let change = compare(ChangeKind::Version, ios, "version", ("", &old), ("", &new)).expect("a change");
    assert_eq!((change.severity, change.summary.as_str()), (Severity::Critical, "os_version 15.2(7)E3 -> 15.2(7)E9"));
    assert_eq!(compare(ChangeKind::Version, ios, "version", ("", &old), ("", &old)), None);
}
