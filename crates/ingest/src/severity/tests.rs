use super::*;

const WHOSE: Whose<'_> = Whose { device: "usa-core-1", platform: "cisco_ios", role: Some("core"), site: Some("usa") };

fn change(lines: u32) -> Change {
    Change {
        kind: ChangeKind::Config,
        severity: Severity::Minor,
        summary: String::new(),
        diff: String::new(),
        lines_added: lines,
        lines_removed: 0,
        action: None,
        count: 1,
        things: vec![],
        author: None,
    }
}

fn touched() -> Vec<Touched> {
    vec![Touched { text: " 10 permit ip any any".into(), sections: vec!["ip access-list extended MGMT".into()] }]
}

#[track_caller]
fn check(rule: &str, severity: Severity) {
    let rule: SeverityRule = serde_json::from_str(rule).expect(rule);
    let rules = SeverityRules::new(&[rule]).expect("rules");
    assert_eq!(rules.judge(&change(1), &touched(), WHOSE), severity);
}

#[test]
fn the_first_rule_that_fits_decides() {
    check(r#"{"severity": "critical", "section": "^ip access-list"}"#, Severity::Critical);
    check(r#"{"severity": "critical", "section": "^interface"}"#, Severity::Minor);
    check(r#"{"severity": "critical", "lines": "permit ip any any"}"#, Severity::Critical);
    check(r#"{"severity": "critical", "role": "core", "site": "usa", "device": "^usa-"}"#, Severity::Critical);
    check(r#"{"severity": "critical", "role": "leaf"}"#, Severity::Minor);
    check(r#"{"severity": "critical", "type": "version"}"#, Severity::Minor);
    check(r#"{"severity": "critical", "more_than": 1}"#, Severity::Minor);
    check(r#"{"severity": "moderate", "platform": "cisco_ios", "more_than": 0}"#, Severity::Moderate);
}

#[test]
fn a_rule_that_is_none_is_refused_with_its_number_and_what_to_write() {
    let of = |rule: SeverityRule| SeverityRules::new(&[rule]).expect_err("refused").to_string();
    let none = of(SeverityRule::default());
    assert_eq!(none, "changes.severity, rule 1: it has no `severity`; write minor, moderate or critical");
    let bad = SeverityRule { severity: Some(Severity::Minor), lines: Some("(".into()), ..SeverityRule::default() };
    assert_eq!(of(bad), "changes.severity, rule 1: `lines` is not a regular expression: `(`");
}

#[test]
fn what_a_rule_calls_noise_is_told_by_nobody() {
    let port = |name: &str| Change {
        kind: "interfaces".parse().expect("a kind"),
        diff: format!("-{name}: status up\n"),
        action: Some(Action::Removed),
        ..change(0)
    };
    let ours = SeverityRules::default();
    assert!(ours.is_noise(&port("Virtual-Access3"), WHOSE) && !ours.is_noise(&port("Vlan3"), WHOSE));
    let read = |text: &str| serde_json::from_str::<SeverityRule>(text).expect(text);
    let told = read(r#"{"severity": "minor", "type": "interfaces", "lines": "^Virtual-Access"}"#);
    let noise = read(r#"{"ignore": true, "type": "interfaces", "device": "^usa-", "lines": "^Vlan"}"#);
    let own = SeverityRules::new(&[told, noise]).expect("rules");
    assert!(!own.is_noise(&port("Virtual-Access3"), WHOSE), "the first that fits decides");
    assert!(own.is_noise(&port("Vlan3"), WHOSE) && !own.is_noise(&port("Vlan3"), Whose { device: "fra-1", ..WHOSE }));
    for bad in [
        r#"{"ignore": true}"#,
        r#"{"ignore": true, "type": "config"}"#,
        r#"{"ignore": true, "type": "arp", "severity": "minor"}"#,
    ] {
        assert!(SeverityRules::new(&[read(bad)]).is_err(), "{bad}");
    }
}
