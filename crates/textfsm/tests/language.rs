//! The language, trap by trap. Each fact was checked with Python's textfsm 2.1.

use serde_json::{Value, json};
use textfsm::{ParseError, Template};

fn rows(template: &str, text: &str) -> Value {
    let template = Template::compile(template).expect("a template");
    let parsed = template.parse(text).expect("a text that is read");
    parsed.records().map(|row| row.values().map(textfsm::Value::to_json).collect::<Value>()).collect()
}

/// `values` and `rules` are lines of a template, joined by `;`, with one state.
#[track_caller]
fn check(values: &str, rules: &str, text: &str, expected: impl Into<Value>) {
    let values: String = values.split(';').map(|value| format!("Value {}\n", value.trim())).collect();
    let rules: String = rules.split(';').map(|rule| format!("  {}\n", rule.trim())).collect();
    let template = format!("{values}\nStart\n{rules}");
    assert_eq!(rows(&template, text), expected.into(), "{template}");
}

/// One value, one rule that records, and what the value takes of the line; None when the rule does not match.
#[track_caller]
fn takes(pattern: &str, line: &str, expected: Option<&str>) {
    let expected = expected.map_or(json!([]), |text| json!([[text]]));
    check(r"X (.*)", &format!("^{pattern} -> Record"), line, expected);
}

#[test]
fn a_group_that_takes_no_part_is_empty_in_a_row_and_null_in_a_list() {
    check(r"A (\d+); B (\w+)", "^(${A},)?${B} -> Record", "1,a\nb", json!([["1", "a"], ["", "b"]]));
    check(r"List A (\d+); B (\w+)", "^(${A},)?${B} -> Record", "1,a\nb", json!([[["1"], "a"], [[null], "b"]]));
    check(r"Filldown A (\d+); Required B (\w+)", "^(${A},)?${B} -> Record", "1,a\nb", json!([["1", "a"], ["", "b"]]));
}

#[test]
fn an_empty_text_is_a_value_but_does_not_satisfy_required() {
    check(r"A (\d*)", "^x${A} -> Record", "x1\nx", json!([["1"], [""]]));
    check(r"Required A (\d*)", "^x${A} -> Record", "x1\nx", json!([["1"]]));
    check(r"List A (\d*)", "^x${A} -> Record", "x1\nx", json!([[["1"]], [[""]]]));
    check(
        r"Fillup A (\d*); B (\w)",
        "^${B}${A} -> Record",
        "a\nb\nc1\nd",
        json!([["1", "a"], ["1", "b"], ["1", "c"], ["", "d"]]),
    );
}

#[test]
fn a_record_that_is_skipped_is_cleared() {
    let rules = "^a${A} -> Next; ^b${B} -> Next; ^- -> Record";
    check(r"A (\d); Required B (\d)", rules, "a1\n-\nb2\n-", json!([["", "2"]]));
}

#[test]
fn filldown_leaves_a_record_at_the_end() {
    check(
        r"Filldown A (\d); B (\w)",
        "^a${A}; ^b${B} -> Record",
        "a1\nbx\nby",
        json!([["1", "x"], ["1", "y"], ["1", ""]]),
    );
    check(r"Filldown A (\d); Required B (\w)", "^a${A}; ^b${B} -> Record", "a1\nbx", json!([["1", "x"]]));
    check(r"Filldown A (\d); B (\w)", "^a${A}; ^b${B} -> Record; ^! -> Clearall", "a1\nbx\n!", json!([["1", "x"]]));
}

#[test]
fn options_act_in_their_order() {
    check(r"Required,List A (\d*)", "^a${A}; ^- -> Record", "a1\na\n-\na2\n-", json!([[["2"]]]));
    check(r"List,Required A (\d*)", "^a${A}; ^- -> Record", "a1\na\n-\na2\n-", json!([[["1", ""]], [["2"]]]));
    check(
        r"List,Filldown A (\d); B (\w)",
        "^a${A}; ^b${B} -> Record",
        "a1\nbx\na2\nby",
        json!([[["1"], "x"], [["1", "2"], "y"], [["1", "2"], ""]]),
    );
    check(
        r"Fillup,List A (\d); B (\w)",
        "^b${B} -> Record; ^a${A} -> Record",
        "bx\na1",
        json!([["1", "x"], [["1"], ""]]),
    );
}

#[test]
fn lists_with_groups_inside_give_objects() {
    let values = r"List PAIR ((?P<key>\w+)=(?P<value>\d+)?); Key NAME (\w+)";
    check(values, "^${NAME}: ${PAIR}", "a: x=1", json!([[[{"key": "x", "value": "1"}], "a"]]));
    check(values, r"^${NAME}: ${PAIR} -> Record", "a: x=", json!([[[{"key": "x", "value": null}], "a"]]));
    check(r"List A ((\d)+)", "^${A}", "12", json!([[["12"]]]));
}

#[test]
fn the_last_arrow_splits_a_rule() {
    check(r"A (\w+)", "^${A} -> \\w+ -> Record", "a -> b\na", json!([["a"]]));
    check(r"A (\w+)", "^${A}-> -> Record", "a->", json!([["a"]]));
    check(r"A (\w+)", "^${A}->Record", "a->Record", json!([["a"]]));
    check(r"A (\w+)", "^${A} ->", "a", json!([["a"]]));
}

#[test]
fn lines_end_as_in_python() {
    let all = r"A (.*)";
    check(all, "^${A} -> Record", "a\r\r\nb", json!([["a"], [""], ["b"]]));
    check(
        all,
        "^${A} -> Record",
        "a\rb\x0cc\x0bd\x1ce\u{85}f\u{2028}g\n",
        json!([["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]),
    );
    check(r"A (\S+)", r"^\s${A} -> Record", "\u{a0}x", json!([["x"]]));
    check(r"A (\S+)", r"^${A} -> Record", "\u{feff}x", json!([["\u{feff}x"]]));
}

#[test]
fn states_end_and_eof() {
    let head = "Value A (\\d)\n\nStart\n";
    assert_eq!(
        rows(&format!("{head}  ^a${{A}} -> Two\n\nTwo\n  ^b${{A}} -> Record Start\n"), "a1\na2\nb3\na4"),
        json!([["3"], ["4"]])
    );
    assert_eq!(rows(&format!("{head}  ^a${{A}}\n\nEOF\n"), "a1"), json!([]));
    assert_eq!(rows(&format!("{head}  ^a${{A}}\n"), "a1"), json!([["1"]]));
    assert_eq!(rows(&format!("{head}  ^a${{A}} -> End\n"), "a1\na2"), json!([]));
    assert_eq!(rows(&format!("{head}  ^a${{A}} -> EOF\n"), "a1\na2"), json!([["1"]]));
    assert_eq!(
        rows(&format!("{head}  ^a${{A}} -> Continue\n  ^.${{A}} -> Continue.Record\n  ^a -> Next\n"), "a1"),
        json!([["1"]])
    );
}

#[test]
fn python_patterns_mean_what_they_mean_in_python() {
    takes(r"{${X}}", "{a}", Some("a"));
    takes(r"a{,2}${X}", "aaab", Some("ab"));
    takes(r"a{${X}", "a{b", Some("b"));
    takes(r"[[]${X}[]]", "[a]", Some("a"));
    takes(r"\<${X}\>", "<a>", Some("a"));
    takes(r"[a&&b]+${X}", "a&bc", Some("c"));
    takes(r"[+--]+${X}", "+,-c", Some("c"));
    takes(r"${X}\Z", "a", Some("a"));
    takes(r"(?=a)${X}", "ab", Some("ab"));
    takes(r"(?!a)${X}", "ab", None);
    takes(r"\S+(?<=a)${X}", "bab", Some("b"));
    takes(r"(a|b)\1${X}", "aab", Some("b"));
    takes(r"(a|b)\1${X}", "abb", None);
    takes(r"a*?${X}", "aab", Some("aab"));
    takes(r"a*+a${X}", "aab", None);
    takes(r"(?>a|ab)c${X}", "abc", None);
    takes(r"(a)?(?(1)b|c)${X}", "abx", Some("x"));
    takes(r"(?i:ß|k)${X}", "\u{212a}x", Some("x"));
    takes(r"\d${X}", "٣x", Some("x"));
    takes(r"\x41\101${X}", "AAx", Some("x"));
    takes(r"$$${X}", "x", None);
}

#[test]
fn a_rule_is_anchored_at_the_start_only() {
    check(r"A (\d)", "^${A} -> Record", "1 and more\n x1", json!([["1"]]));
}

#[test]
fn without_values_nothing_is_replaced() {
    assert_eq!(rows("\nStart\n  ^a$ -> Record\n", "a"), json!([]));
}

#[test]
fn an_error_says_state_rule_and_line() {
    let template =
        Template::compile("Value A (\\d)\n\nStart\n  ^ok\n  ^bad -> Error \"not for us\"\n").expect("a template");
    let refused = template.parse("ok\n\nbad line").expect_err("an error");
    let expected = ParseError::Refused {
        state: "Start".into(),
        rule: 5,
        message: Some("not for us".into()),
        line: 3,
        text: "bad line".into(),
    };
    assert_eq!(refused, expected);
    let shown = "not for us: line 3 `bad line` is refused by line 5 of the template, in state `Start`";
    assert_eq!(refused.to_string(), shown);
}

#[test]
fn records_and_values_know_their_lines() {
    let source = "Value Filldown VRF (\\w+)\nValue NET (\\d+)\nValue List HOP (\\w)\n\nStart\n  ^vrf ${VRF}\n  ^\\d -> Continue.Record\n  ^${NET}\n  ^ via ${HOP}\n";
    let template = Template::compile(source).expect("a template");
    let parsed = template.parse("vrf x\n1\n via a\n\n via b\nodd\n2\n").expect("rows");
    let lines: Vec<_> = parsed.records().map(|row| (row.lines(), [0, 1, 2].map(|n| row.line_of(n)))).collect();
    assert_eq!(
        lines,
        [(1..=1, [Some(1), None, None]), (2..=5, [Some(1), Some(2), Some(5)]), (7..=7, [Some(1), Some(7), None]),]
    );
    assert_eq!(parsed.unread, [6]);
}

#[test]
fn lines_after_the_end_are_unread() {
    let template = Template::compile("Value A (\\d)\n\nStart\n  ^${A} -> Record End\n").expect("a template");
    assert_eq!(template.parse("1\n\n2\n3").expect("rows").unread, [3, 4]);
}
