//! Any text, with rules of every kind: the second reading, through the automaton, is as the first.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use textfsm::Template;

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

static USED: LazyLock<Template> = LazyLock::new(|| Template::compile(SOURCE).expect("a template"));

fuzz_target!(|text: &str| {
    let fresh = Template::compile(SOURCE).expect("a template");
    assert_eq!(USED.parse(text), fresh.parse(text));
});
