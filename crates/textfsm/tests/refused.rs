//! Templates that Python refuses are refused with the place and with what to do.

use textfsm::Template;

#[track_caller]
fn check(source: &str, place: (usize, usize), problem: &str) {
    let error = Template::compile(source).expect_err("a refusal");
    assert_eq!((error.line, error.column), place, "{error}");
    assert!(error.problem.contains(problem), "{error}");
    assert!(!error.help.is_empty());
}

/// A template with one good value and this rule, on line 4.
#[track_caller]
fn rule(rule: &str, column: usize, problem: &str) {
    check(&format!("Value A (\\d)\n\nStart\n{rule}\n"), (4, column), problem);
}

#[test]
fn declarations() {
    check("Start\n", (1, 1), "no value is declared");
    check("Value A\n", (1, 1), "incomplete");
    check("Value Nope A (a)\n", (1, 7), "unknown option `Nope`");
    check("Value List,List A (a)\n", (1, 7), "duplicate option `List`");
    check("Value A  (a)\n", (1, 7), "unknown option `A`");
    check("Value A a\n", (1, 7), "unknown option `A`");
    check("Value Key A a\n", (1, 13), "not in parentheses");
    check("Value List A (a\\)\n", (1, 14), "not in parentheses");
    check("Value A (a**)\n", (1, 12), "multiple repeat");
    check("Value A (a)\nValue A (b)\n", (2, 7), "declared twice");
    check("Value A (a)\nStart\n", (2, 1), "no declaration");
    check(&format!("Value {} (a)\n", "A".repeat(49)), (1, 7), "too long");
}

#[test]
fn states() {
    check("Value A (a)\n", (1, 1), "no state `Start`");
    check("Value A (a)\n\nStart\n\nStart\n", (5, 1), "already on line 3");
    check("Value A (a)\n\nStart\n\nRecord\n", (5, 1), "cannot be the name");
    check("Value A (a)\n\nSta rt\n", (3, 1), "cannot be the name");
    check("Value A (a)\n\nStart\n\nEnd\n  ^a\n", (5, 1), "has rules");
    rule("  ^a -> Nope", 6, "there is no state `Nope`");
}

#[test]
fn rules() {
    rule("^a", 1, "starts with one or two blanks");
    rule("   ^a", 1, "starts with one or two blanks");
    rule("  ^a -> Continue Start", 6, "cannot go to state");
    rule("  ^a -> next record", 6, "badly formed action");
    rule("  ^a -> \"text\"", 6, "not the name of a state");
    rule("  ^a ${NOPE}", 6, "there is no value `NOPE`");
    rule("  ^a$", 5, "without the name of a value");
    rule("  ^${A}${A}", 8, "redefinition of group name 'A'");
    rule("  ^(a", 4, "unterminated subpattern");
    rule("  ^a(?<=b*)", 5, "fixed-width");
    rule("  ^[b-a]", 5, "bad character range");
    rule("  ^${A}\\q", 8, "bad escape \\q");
    rule("  ^a(?i)", 5, "global flags");
}
