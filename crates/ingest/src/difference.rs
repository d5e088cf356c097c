//! The difference of two texts, line by line, with the parts of a line that differ; secrets masked.
//!
//! It is the one model behind the unified text, the two columns and the JSON.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, DiffTag, TextDiff, TextDiffConfig};

use crate::Mask;
use crate::essence::{Essence, Line};

/// Lines that are the same, around those that are not.
pub const CONTEXT: usize = 3;
/// How long the shortest difference is looked for; after that a longer one will do.
const PATIENCE: Duration = Duration::from_secs(3);
/// Two lines with less in common are one that is gone and one that is new.
const ALIKE: f32 = 0.4;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = TextDifference)]
pub struct Difference {
    pub lines_added: u32,
    pub lines_removed: u32,
    pub hunks: Vec<Hunk>,
}

/// Lines that belong together, with some that are the same around them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DiffHunk)]
pub struct Hunk {
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DiffRowKind)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    Same,
    Added,
    Removed,
    /// One line in another form.
    Changed,
}

/// A line of either text, or of both beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DiffRow)]
pub struct Row {
    pub kind: RowKind,
    pub old: Option<Side>,
    pub new: Option<Side>,
    /// The lines differ in a secret, and nothing of it is shown.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DiffSide)]
pub struct Side {
    /// In the whole text, from 1.
    pub line: u32,
    /// Secrets masked.
    pub text: String,
    /// What of the text differs: first character and the one after the last, counted in characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<(usize, usize)>,
}

/// A line that is new or gone, as it is judged: masked, with the lines that it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    pub text: String,
    pub sections: Vec<String>,
}

/// Two texts and what is different between them.
pub struct Comparison<'a> {
    old: &'a Essence<'a>,
    new: &'a Essence<'a>,
    masks: (&'a Mask, &'a Mask),
    ops: Vec<DiffOp>,
}

impl<'a> Comparison<'a> {
    pub fn of(old: &'a Essence<'a>, new: &'a Essence<'a>, masks: (&'a Mask, &'a Mask)) -> Self {
        let texts = |e: &'a Essence<'a>| e.lines.iter().map(|l| &*l.text).collect::<Vec<&str>>();
        let (before, after) = (texts(old), texts(new));
        let config: TextDiffConfig = TextDiff::configure().algorithm(Algorithm::Myers).timeout(PATIENCE).clone();
        let ops = config.diff_slices(&before, &after).ops().to_vec();
        Self { old, new, masks, ops }
    }

    /// Lines that are new, and lines that are gone.
    pub fn counts(&self) -> (u32, u32) {
        let (added, removed) = self
            .ops
            .iter()
            .filter(|op| op.tag() != DiffTag::Equal)
            .fold((0, 0), |(a, r), op| (a + op.new_range().len(), r + op.old_range().len()));
        (narrow(added), narrow(removed))
    }

    /// The lines that are new or gone; so many at most.
    pub fn touched(&self, most: usize) -> Vec<Touched> {
        let side = |essence: &Essence<'_>, mask: &Mask, at: usize| Touched {
            text: mask.apply(&essence.lines[at].text),
            sections: essence.sections(at).into_iter().map(|s| mask.apply(s)).collect(),
        };
        let changed = self.ops.iter().filter(|op| op.tag() != DiffTag::Equal);
        let lines = changed.flat_map(|op| {
            let old = op.old_range().map(|at| side(self.old, self.masks.0, at));
            old.chain(op.new_range().map(|at| side(self.new, self.masks.1, at)))
        });
        lines.take(most).collect()
    }

    pub fn difference(&self, context: usize) -> Difference {
        let (lines_added, lines_removed) = self.counts();
        let groups = similar::group_diff_ops(self.ops.clone(), context);
        let hunk = |ops: Vec<DiffOp>| Hunk { rows: ops.iter().flat_map(|op| self.rows(op)).collect() };
        Difference { lines_added, lines_removed, hunks: groups.into_iter().map(hunk).filter(Hunk::tells).collect() }
    }

    fn rows(&self, op: &DiffOp) -> Vec<Row> {
        let (old, new) = (op.old_range(), op.new_range());
        if op.tag() == DiffTag::Equal {
            return old.zip(new).map(|(o, n)| row(RowKind::Same, Some(self.before(o)), Some(self.after(n)))).collect();
        }
        let mut rows = Vec::new();
        let pairs = old.len().min(new.len());
        let (mut gone, mut came) = (Vec::new(), Vec::new());
        for n in 0..pairs {
            match self.pair(old.start + n, new.start + n) {
                // Those that are not alike before it keep their place above it.
                Some(pair) => {
                    rows.append(&mut gone);
                    rows.append(&mut came);
                    rows.push(pair);
                }
                None => {
                    gone.push(row(RowKind::Removed, Some(self.before(old.start + n)), None));
                    came.push(row(RowKind::Added, None, Some(self.after(new.start + n))));
                }
            }
        }
        gone.extend(old.skip(pairs).map(|o| row(RowKind::Removed, Some(self.before(o)), None)));
        came.extend(new.skip(pairs).map(|n| row(RowKind::Added, None, Some(self.after(n)))));
        rows.append(&mut gone);
        rows.append(&mut came);
        rows
    }

    /// Two lines as one that changed, when they have enough in common.
    fn pair(&self, old: usize, new: usize) -> Option<Row> {
        let (mut before, mut after) = (self.before(old), self.after(new));
        if before.text == after.text {
            let secret = Row { secret: true, ..row(RowKind::Changed, Some(masked(before)), Some(masked(after))) };
            return Some(secret);
        }
        let words = TextDiff::configure().timeout(PATIENCE).diff_words(&before.text, &after.text);
        if words.ratio() < ALIKE {
            return None;
        }
        let (mut left, mut right) = (0, 0);
        for change in words.iter_all_changes() {
            let length = change.value().chars().count();
            match change.tag() {
                ChangeTag::Equal => (left, right) = (left + length, right + length),
                ChangeTag::Delete => left = mark(&mut before.marks, left, length),
                ChangeTag::Insert => right = mark(&mut after.marks, right, length),
            }
        }
        Some(row(RowKind::Changed, Some(before), Some(after)))
    }

    fn before(&self, at: usize) -> Side {
        side(&self.old.lines[at], self.masks.0)
    }

    fn after(&self, at: usize) -> Side {
        side(&self.new.lines[at], self.masks.1)
    }
}

impl Hunk {
    fn tells(&self) -> bool {
        self.rows.iter().any(|r| r.kind != RowKind::Same)
    }
}

impl Difference {
    pub fn is_empty(&self) -> bool {
        self.hunks.is_empty()
    }

    /// As `diff -u` prints it, with the line numbers of the whole texts.
    pub fn unified(&self, old: &str, new: &str) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut text = format!("--- {old}\n+++ {new}\n");
        for hunk in &self.hunks {
            let _ = writeln!(text, "{}", hunk.heading());
            hunk.write(&mut text);
        }
        text
    }
}

impl Hunk {
    /// `@@ -12,3 +12,4 @@`: first line and number of lines, before and after.
    pub fn heading(&self) -> String {
        let range = |sides: Vec<&Side>| format!("{},{}", sides.iter().map(|s| s.line).min().unwrap_or(0), sides.len());
        let old = range(self.rows.iter().filter_map(|r| r.old.as_ref()).collect());
        let new = range(self.rows.iter().filter_map(|r| r.new.as_ref()).collect());
        format!("@@ -{old} +{new} @@")
    }

    /// Of lines that changed one after the other, first all that are gone.
    fn write(&self, text: &mut String) {
        let mut new: Vec<&str> = Vec::new();
        for row in &self.rows {
            if row.kind == RowKind::Same {
                new.drain(..).for_each(|line| line_of(text, '+', line));
            }
            match (row.kind, &row.old, &row.new) {
                (RowKind::Same, Some(side), _) => line_of(text, ' ', &side.text),
                (_, old, after) => {
                    old.iter().for_each(|side| line_of(text, '-', &side.text));
                    new.extend(after.iter().map(|side| &*side.text));
                }
            }
        }
        new.drain(..).for_each(|line| line_of(text, '+', line));
    }
}

fn line_of(text: &mut String, mark: char, line: &str) {
    let _ = writeln!(text, "{mark}{line}");
}

fn row(kind: RowKind, old: Option<Side>, new: Option<Side>) -> Row {
    Row { kind, old, new, secret: false }
}

fn side(line: &Line<'_>, mask: &Mask) -> Side {
    Side { line: line.number, text: mask.apply(&line.text), marks: Vec::new() }
}

/// With the mark where the secret stood.
fn masked(side: Side) -> Side {
    const STARS: &str = "********";
    let found = side.text.find(STARS).map(|at| side.text[..at].chars().count());
    Side { marks: found.map(|at| (at, at + STARS.len())).into_iter().collect(), ..side }
}

/// Adds a mark, or makes the last one longer; gives its end.
fn mark(marks: &mut Vec<(usize, usize)>, start: usize, length: usize) -> usize {
    match marks.last_mut() {
        Some(last) if last.1 == start => last.1 += length,
        _ => marks.push((start, start + length)),
    }
    start + length
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
