use model::Platforms;

use super::*;
use crate::essence::Filters;

fn difference(old: &str, new: &str) -> Difference {
    let filters = Filters::of(Platforms::builtin(), "cisco_ios", "configs");
    let mask = Mask::of(Platforms::builtin().get("cisco_ios").expect("platform"));
    let (old, new) = (filters.essence(old), filters.essence(new));
    Comparison::of(&old, &new, (&mask, &mask)).difference(CONTEXT)
}

#[test]
fn a_unified_difference_has_the_line_numbers_of_the_whole_text() {
    let old = "Building configuration...\n!\nhostname a\nntp server 10.0.0.1\nend\n";
    let new = "Building configuration...\n!\nhostname a\nntp server 10.0.0.2\nend\n";
    let unified = difference(old, new).unified("before", "after");
    let expected =
        "--- before\n+++ after\n@@ -2,4 +2,4 @@\n !\n hostname a\n-ntp server 10.0.0.1\n+ntp server 10.0.0.2\n end\n";
    assert_eq!(unified, expected);
}

#[test]
fn what_differs_in_a_line_is_marked() {
    let difference = difference("ntp server 10.0.0.1 prefer\n", "ntp server 10.0.0.2 prefer\n");
    let row = &difference.hunks[0].rows[0];
    assert_eq!(row.kind, RowKind::Changed);
    assert_eq!(row.old.as_ref().map(|s| s.marks.clone()), Some(vec![(11, 19)]));
    assert_eq!(row.new.as_ref().map(|s| s.marks.clone()), Some(vec![(11, 19)]));
}

#[test]
fn a_changed_secret_is_told_without_its_value() {
    let difference = difference("snmp-server community old RO\n", "snmp-server community longer RO\n");
    let row = &difference.hunks[0].rows[0];
    assert!(row.secret);
    let texts = (&row.old.as_ref().expect("old").text, &row.new.as_ref().expect("new").text);
    assert_eq!(texts.0, "snmp-server community ******** RO");
    assert_eq!(texts.0, texts.1);
    assert_eq!(row.old.as_ref().map(|s| s.marks.clone()), Some(vec![(22, 30)]));
}

#[test]
fn lines_that_are_not_alike_are_one_gone_and_one_new() {
    let difference = difference("a\nhostname x\nz\n", "a\nip routing\nz\n");
    let kinds: Vec<RowKind> = difference.hunks[0].rows.iter().map(|r| r.kind).collect();
    assert_eq!(kinds, [RowKind::Same, RowKind::Removed, RowKind::Added, RowKind::Same]);
}
