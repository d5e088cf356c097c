//! What must hold for any template and any text. The fuzz targets ask it of what libFuzzer makes up,
//! `tests/seeds.rs` of what it began with and what it found.

use std::sync::LazyLock;

use textfsm::{ParseError, Parsed, Template};

/// So often a template is used before it is asked again: enough for each state to have its automaton.
const OFTEN: usize = 30;

/// Rules of every kind.
const SOURCE: &str = r"Value Filldown,Key A (\S+)
Value List B ((?P<key>\w+)=(?P<value>[^,\s]*))
Value Fillup C (\d+)
Value Required D (.+?(?=,))

Start
  ^${A}\s+is\s+(up|down) -> Continue.Record
  ^\s+((?:\w+=\S*)\s?)*${B} -> Continue
  ^\s*${C}(,\s*\d+){,3}$$ -> Next
  ^(\w)\1+${D}, -> Record Two
  ^(\S+(\s)*)+: -> Clear

Two
  ^\s*$$ -> Start
  ^. -> Record
";

static RULES: LazyLock<Template> = LazyLock::new(|| Template::compile(SOURCE).expect("a template"));

/// Any template, with any text: it follows the first NUL, or else is the template itself.
pub fn template_and_text(input: &str) {
    let (source, text) = input.split_once('\0').unwrap_or((input, input));
    if let Ok(template) = Template::compile(source) {
        reads_the_same_again(&template, text);
    }
}

/// Any text, with rules of every kind.
pub fn text(text: &str) {
    let fresh = Template::compile(SOURCE).expect("a template");
    assert!(same(&RULES.parse(text), &fresh.parse(text)));
    reads_the_same_again(&fresh, text);
}

/// The first lines are matched rule by rule, later ones through an automaton: both must agree.
fn reads_the_same_again(template: &Template, text: &str) {
    let first = template.parse(text);
    for _ in 0..OFTEN {
        template.parse(text).ok();
    }
    let again = template.parse(text);
    assert!(same(&first, &again), "first {first:?}, then {again:?}");
    if let (Ok(parsed), Ok(evidence)) = (&again, template.weigh(text)) {
        assert_eq!(evidence.records, parsed.records().len());
        assert_eq!(evidence.lines - evidence.read, parsed.unread.len());
        evidence_is_of_the_text(parsed, textfsm::lines(text).count());
    }
}

/// What is too hard for one way may be easy for the other.
fn same(a: &Result<Parsed<'_>, ParseError>, b: &Result<Parsed<'_>, ParseError>) -> bool {
    let hard = |result: &_| matches!(result, Err(ParseError::TooHard { .. }));
    hard(a) || hard(b) || a == b
}

fn evidence_is_of_the_text(parsed: &Parsed<'_>, lines: usize) {
    assert!(parsed.unread.is_sorted_by(|a, b| a < b));
    assert!(parsed.unread.iter().all(|line| (1..=lines).contains(line)));
    for record in parsed.records() {
        let (first, last) = (*record.lines().start(), *record.lines().end());
        assert!(1 <= first && first <= last && last <= lines.max(1));
        assert!((0..record.values().len()).all(|n| record.line_of(n).is_none_or(|line| line <= lines)));
    }
}
