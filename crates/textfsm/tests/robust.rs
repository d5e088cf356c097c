//! Whatever the template and the text: no panic, no hang, and the same rows again.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use textfsm::{ParseError, Template};

/// A rule on a long line ends soon, with rows or as too hard.
#[track_caller]
fn ends(rule: &str, text: &str) -> Option<usize> {
    let template = Template::compile(&format!("Value A (.*)\n\nStart\n  ^{rule} -> Record\n")).expect("a template");
    let start = Instant::now();
    let parsed = template.parse(text);
    assert!(start.elapsed() < Duration::from_secs(10), "{rule} took {:?}", start.elapsed());
    match parsed {
        Ok(parsed) => Some(parsed.records().len()),
        Err(ParseError::TooHard { .. }) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn nested_repeats_are_linear() {
    let text = format!("{}!", "a".repeat(20_000));
    for rule in ["(a+)+$$", "(a|aa)*$$", "(a*)*b", "(\\w+\\s?)*:", "(a|b|ab)*?c", "((a{1,3}){1,3}){1,3}x"] {
        assert_eq!(ends(rule, &text), Some(0), "{rule}");
    }
    assert_eq!(ends("(\\w+\\s?)*!${A}", &text), Some(1));
    assert_eq!(ends(".*.*.*.*=", &text[19_700..]), Some(0));
}

#[test]
fn what_cannot_be_linear_is_given_up() {
    let text = format!("{}cb", "a".repeat(2000));
    assert_eq!(ends("(a*)*(a*)*(a*)*\\1b", &text), None);
    assert_eq!(ends("(?=(a|aa)*b)${A}", &text), None);
}

#[test]
fn a_long_line_is_read_or_given_up_soon() {
    let text = "a".repeat(200_000);
    for rule in [".*.*.*=", ".*.*.*b${A}", "(.+?),(.+?),.*,.*;", "\\S+\\S+\\S+\\S+ x"] {
        assert!(matches!(ends(rule, &text), Some(0) | None), "{rule}");
    }
}

#[test]
fn deep_nesting_is_refused_or_read() {
    for depth in [100, 1000, 100_000] {
        let rule = format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        let compiled = Template::compile(&format!("Value A (a)\n\nStart\n  ^{rule}\n"));
        assert_eq!(compiled.is_ok(), depth == 100);
    }
    for repeat in ["a{4294967295}", "(a{1000}){1000}", "((((a{99}){99}){99}){99}){99}", "(ab){9999999}"] {
        if let Ok(template) = Template::compile(&format!("Value A (a)\n\nStart\n  ^{repeat}\n")) {
            assert_eq!(template.parse(&"aaaa\n".repeat(50)).map(|parsed| parsed.records().len()), Ok(0));
        }
    }
}

const PIECES: [&str; 40] = [
    "a",
    "b",
    "1",
    " ",
    "é",
    "\\s",
    "\\S+",
    "\\d",
    "\\w*",
    ".",
    ".*",
    "[ab]",
    "[^a]",
    "(",
    ")",
    "(?:",
    "(?=",
    "(?!",
    "(?<=",
    "|",
    "*",
    "+",
    "?",
    "{2}",
    "{,2}",
    "{1,}",
    "^",
    "$$",
    "${A}",
    "${B}",
    "\\b",
    "\\1",
    "a+?",
    "a*+",
    "-> Record",
    " -> Next",
    " -> Continue",
    "-> Two",
    "\n  ^",
    "\n\nTwo\n  ^",
];

fn template() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24).prop_map(|pieces| {
        format!("Value A (\\w+)\nValue List,Filldown B (.)\n\nStart\n  ^{}\n\nTwo\n  ^a\n", pieces.concat())
    })
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(
            &["a", "b", "ab", "1", " ", "\t", "é", "\u{a0}", "\n", "\n", "\r\n", "\r", "\x0c", "-", "٣"][..],
        ),
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_template_is_read_or_refused(source in any::<String>(), text in any::<String>()) {
        if let Ok(template) = Template::compile(&source) {
            template.parse(&text).ok();
        }
    }

    /// The first lines are matched rule by rule, later ones through an automaton: both must agree.
    #[test]
    fn a_used_template_reads_as_a_new_one(source in template(), text in text()) {
        let Ok(used) = Template::compile(&source) else { return Ok(()) };
        let first = used.parse(&text);
        for _ in 0..40 {
            used.parse(&text).ok();
        }
        prop_assert_eq!(used.parse(&text), first);
    }

    #[test]
    fn lines_of_records_are_lines_of_the_text(source in template(), text in text()) {
        let Ok(template) = Template::compile(&source) else { return Ok(()) };
        let Ok(parsed) = template.parse(&text) else { return Ok(()) };
        let last = text.chars().count();
        prop_assert!(parsed.unread.windows(2).all(|pair| pair[0] < pair[1]));
        for record in parsed.records() {
            let (start, end) = (*record.lines().start(), *record.lines().end());
            prop_assert!(1 <= start && start <= end && end <= last);
            prop_assert!((0..record.values().len()).all(|n| record.line_of(n).is_none_or(|line| line <= last)));
        }
    }
}
