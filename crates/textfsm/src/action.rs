//! The right side of a rule: what to do with the line, with the record, and where to go.

use crate::pattern::unicode::{is_space, is_word};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LineOp {
    #[default]
    Next,
    Continue,
    Error,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum RecordOp {
    #[default]
    NoRecord,
    Record,
    Clear,
    Clearall,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Action {
    pub line: LineOp,
    pub record: RecordOp,
    /// A state, or the text of an error, in its quotes if it has them.
    pub target: Option<String>,
}

pub(crate) const LINE_OPS: [(&str, LineOp); 3] =
    [("Continue", LineOp::Continue), ("Next", LineOp::Next), ("Error", LineOp::Error)];

pub(crate) const RECORD_OPS: [(&str, RecordOp); 4] = [
    ("Clear", RecordOp::Clear),
    ("Clearall", RecordOp::Clearall),
    ("Record", RecordOp::Record),
    ("NoRecord", RecordOp::NoRecord),
];

/// Reads what follows `->`. None when it is badly formed.
pub(crate) fn read(text: &str) -> Option<Action> {
    if text.is_empty() {
        return Some(Action::default());
    }
    let rest = after_blanks(text)?;
    line_and_record(rest).or_else(|| record_only(rest)).or_else(|| {
        let target = is_target(rest).then(|| rest.to_owned());
        target.map(|target| Action { target: Some(target), ..Action::default() })
    })
}

fn line_and_record(rest: &str) -> Option<Action> {
    LINE_OPS.iter().find_map(|&(word, line)| {
        let rest = rest.strip_prefix(word)?;
        let with_record = rest.strip_prefix('.').and_then(record_only);
        let action = with_record.or_else(|| target(rest).map(|target| Action { target, ..Action::default() }))?;
        Some(Action { line, ..action })
    })
}

fn record_only(rest: &str) -> Option<Action> {
    RECORD_OPS.iter().find_map(|&(word, record)| {
        let target = target(rest.strip_prefix(word)?)?;
        Some(Action { record, target, ..Action::default() })
    })
}

/// The end, or blanks and a target.
fn target(rest: &str) -> Option<Option<String>> {
    if rest.is_empty() {
        return Some(None);
    }
    let target = after_blanks(rest)?;
    is_target(target).then(|| Some(target.to_owned()))
}

fn after_blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_space);
    (rest.len() < text.len()).then_some(rest)
}

fn is_target(text: &str) -> bool {
    let quoted = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
    quoted || !text.is_empty() && text.chars().all(is_word)
}
