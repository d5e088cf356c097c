//! The difference of two texts for a person: one text with marks, or two columns.

use std::fmt::Write as _;
use std::io::IsTerminal;

use app::CaptureDiff;
use app::difference::{Hunk, Row, RowKind, Side};
use model::text::shown;

/// How a difference is shown.
#[derive(clap::Args)]
pub struct DiffFlags {
    /// Two columns
    #[arg(short = 'y', long)]
    side_by_side: bool,
    /// Characters in a line of two columns [default: as wide as the terminal, else 160]
    #[arg(long, value_name = "N")]
    width: Option<usize>,
    /// Lines around those that differ
    #[arg(short = 'U', long, default_value_t = app::difference::CONTEXT, value_name = "N")]
    pub context: usize,
    /// No colours; neither are there when the output is no terminal, or NO_COLOR is set
    #[arg(long)]
    no_color: bool,
    /// Colours even when the output is no terminal
    #[arg(long, conflicts_with = "no_color")]
    color: bool,
}

const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const CYAN: &str = "\x1b[36m";
/// Of what differs in a line.
const MARKED: &str = "\x1b[7m";
const UNMARKED: &str = "\x1b[27m";
const PLAIN: &str = "\x1b[0m";
/// Narrower columns would hold nothing.
const NARROWEST: usize = 20;

impl DiffFlags {
    pub fn show(&self, diff: &CaptureDiff) -> String {
        let view = View { colors: self.colors() };
        let (from, to) = (heading(&diff.device, &diff.from), heading(&diff.with, &diff.to));
        let mut text = match self.side_by_side {
            true => view.columns(&diff.difference.hunks, (&from, &to), self.line_width()),
            false => view.unified(&diff.difference.hunks, (&from, &to)),
        };
        if diff.difference.hunks.iter().flat_map(|h| &h.rows).any(|row| row.secret) {
            text.push_str("a secret is different, and is not shown\n");
        }
        text
    }

    fn colors(&self) -> bool {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) && std::io::stdout().is_terminal();
        self.color || wanted && !self.no_color
    }

    fn line_width(&self) -> usize {
        let known = || std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = self.width.or_else(|| comfy_table::Table::new().width().map(usize::from)).or_else(known);
        width.unwrap_or(160)
    }
}

fn heading(device: &str, capture: &app::CaptureView) -> String {
    let version = capture.version.map(|n| format!(" v{n}")).unwrap_or_default();
    shown(&format!("{device} {}{version} {}", capture.capture_type, capture.first_seen))
}

struct View {
    colors: bool,
}

impl View {
    fn unified(&self, hunks: &[Hunk], (from, to): (&str, &str)) -> String {
        let mut text = format!("--- {from}\n+++ {to}\n");
        for hunk in hunks {
            let _ = writeln!(text, "{}", self.painted(CYAN, &hunk.heading()));
            let mut new: Vec<&Side> = Vec::new();
            for row in &hunk.rows {
                if row.kind == RowKind::Same {
                    new.drain(..).for_each(|side| self.line(&mut text, GREEN, '+', side));
                }
                match (row.kind, &row.old, &row.new) {
                    (RowKind::Same, Some(side), _) => {
                        let _ = writeln!(text, " {}", shown(&side.text));
                    }
                    (_, old, after) => {
                        old.iter().for_each(|side| self.line(&mut text, RED, '-', side));
                        new.extend(after);
                    }
                }
            }
            new.drain(..).for_each(|side| self.line(&mut text, GREEN, '+', side));
        }
        text
    }

    fn line(&self, text: &mut String, color: &str, mark: char, side: &Side) {
        let cells = cells(side);
        let _ = writeln!(text, "{}", self.painted(color, &format!("{mark}{}", self.marked(&cells))));
    }

    /// `12 old text | 12 new text`; a long line goes on in the next one.
    fn columns(&self, hunks: &[Hunk], (from, to): (&str, &str), width: usize) -> String {
        let last = |side: Option<&Side>| side.map_or(0, |s| s.line);
        let rows = || hunks.iter().flat_map(|h| &h.rows);
        let highest = rows().map(|r| last(r.old.as_ref()).max(last(r.new.as_ref()))).max().unwrap_or(0);
        let digits = highest.to_string().len();
        // Two numbers, a blank behind each, and ` | ` between the columns.
        let column = (width.saturating_sub(2 * (digits + 1) + 3) / 2).max(NARROWEST);
        let cut = |text: &str| text.chars().take(column + digits + 1).collect::<String>();
        let mut text = format!("{:<width$}   {}\n", cut(from), cut(to), width = column + digits + 1);
        for (n, hunk) in hunks.iter().enumerate() {
            if n > 0 {
                let _ = writeln!(text, "{}", self.painted(CYAN, "..."));
            }
            hunk.rows.iter().for_each(|row| self.row(&mut text, row, digits, column));
        }
        text
    }

    fn row(&self, text: &mut String, row: &Row, digits: usize, column: usize) {
        let (old, new) = (row.old.as_ref().map(cells), row.new.as_ref().map(cells));
        let pieces = |cells: &Option<Vec<Cell>>| -> Vec<Vec<Cell>> {
            cells.as_ref().map(|c| c.chunks(column).map(<[Cell]>::to_vec).collect()).unwrap_or_default()
        };
        let (left, right) = (pieces(&old), pieces(&new));
        let between = match row.kind {
            RowKind::Same => ' ',
            RowKind::Changed => '|',
            RowKind::Removed => '<',
            RowKind::Added => '>',
        };
        for n in 0..left.len().max(right.len()).max(1) {
            let number = |side: &Option<Side>| match side {
                Some(side) if n == 0 => side.line.to_string(),
                _ => String::new(),
            };
            let piece = |pieces: &[Vec<Cell>], color: &str| {
                let cells = pieces.get(n).map(Vec::as_slice).unwrap_or_default();
                let shown = self.marked(cells);
                let shown = if row.kind == RowKind::Same { shown } else { self.painted(color, &shown) };
                (shown, " ".repeat(column.saturating_sub(cells.len())))
            };
            let (before, pad) = piece(&left, RED);
            let (after, _) = piece(&right, GREEN);
            let (a, b) = (number(&row.old), number(&row.new));
            let line = format!("{a:>digits$} {before}{pad} {between} {b:>digits$} {after}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }

    fn painted(&self, color: &str, text: &str) -> String {
        if self.colors && !text.is_empty() { format!("{color}{text}{PLAIN}") } else { text.to_owned() }
    }

    /// With what differs in reverse.
    fn marked(&self, cells: &[Cell]) -> String {
        let (mut text, mut open) = (String::new(), false);
        for (c, marked) in cells {
            if self.colors && *marked != open {
                text.push_str(if *marked { MARKED } else { UNMARKED });
                open = *marked;
            }
            text.push(*c);
        }
        if open {
            text.push_str(UNMARKED);
        }
        text
    }
}

/// A character as it is shown, and whether it differs.
type Cell = (char, bool);

/// A control character takes as many cells as what is shown for it.
fn cells(side: &Side) -> Vec<Cell> {
    let marked = |n: usize| side.marks.iter().any(|(start, end)| (*start..*end).contains(&n));
    let cell = |(n, c): (usize, char)| {
        let marked = marked(n);
        let text = if c == '\t' { "    ".to_owned() } else { shown(c.encode_utf8(&mut [0; 4])) };
        text.chars().map(|c| (c, marked)).collect::<Vec<_>>()
    };
    side.text.chars().enumerate().flat_map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(line: u32, text: &str, marks: &[(usize, usize)]) -> Option<Side> {
        Some(Side { line, text: text.to_owned(), marks: marks.to_vec() })
    }

    fn hunks() -> Vec<Hunk> {
        let row = |kind, old, new| Row { kind, old, new, secret: false };
        let rows = vec![
            row(RowKind::Same, side(9, "ntp", &[]), side(9, "ntp", &[])),
            row(RowKind::Changed, side(10, " server 10.0.0.1", &[(8, 16)]), side(10, " server 10.0.0.2", &[(8, 16)])),
            row(RowKind::Removed, side(11, " a line that is longer than the column", &[]), None),
        ];
        vec![Hunk { rows }]
    }

    #[test]
    fn two_columns_keep_to_the_width_and_wrap_what_is_longer() {
        let text = View { colors: false }.columns(&hunks(), ("old", "new"), 51);
        let expected = [
            "old                        new",
            " 9 ntp                      9 ntp",
            "10  server 10.0.0.1      | 10  server 10.0.0.2",
            "11  a line that is longe <",
            "   r than the column     <",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected, "{text}");
        assert!(text.lines().all(|l| l.chars().count() <= 51));
    }

    #[test]
    fn what_differs_in_a_line_is_marked_in_colour() {
        let text = View { colors: true }.unified(&hunks(), ("old", "new"));
        assert!(text.contains("\u{1b}[31m- server \u{1b}[7m10.0.0.1\u{1b}[27m\u{1b}[0m\n"), "{text:?}");
        let plain = View { colors: false }.unified(&hunks(), ("old", "new"));
        assert!(!plain.contains('\u{1b}') && plain.contains("@@ -9,3 +9,2 @@\n"), "{plain}");
    }

    #[test]
    fn a_line_of_a_device_cannot_harm_the_terminal() {
        let row = Row { kind: RowKind::Added, old: None, new: side(1, "a\u{1b}[2J", &[]), secret: false };
        let text = View { colors: false }.columns(&[Hunk { rows: vec![row] }], ("o", "n"), 80);
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
