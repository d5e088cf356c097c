//! Answers: a table for a person, JSON for a program. Text from devices is made harmless on its way to a terminal.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use model::text::{shown, shown_lines};
use serde::Serialize;

/// Where answers go.
#[derive(Clone, Copy)]
pub struct Out {
    pub json: bool,
}

impl Out {
    /// A value that has no table: always JSON.
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, value)?;
        writeln!(out)?;
        Ok(())
    }

    /// JSON of all, or a table of the columns that a person wants; `empty` says what to do when there is nothing.
    pub fn list<T: Serialize>(
        self,
        items: &[T],
        header: &[&str],
        row: impl Fn(&T) -> Vec<String>,
        empty: &str,
    ) -> anyhow::Result<()> {
        if self.json {
            return self.json(items);
        }
        if items.is_empty() {
            return self.line(empty);
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        table.set_header(header.iter().map(|h| h.to_uppercase().replace('_', " ")));
        let rows = items.iter().map(|item| row(item).into_iter().map(|cell| cell_of(&cell)).collect::<Vec<_>>());
        table.add_rows(rows);
        for line in table.lines() {
            self.line(line.strip_prefix(' ').unwrap_or(&line).trim_end())?;
        }
        Ok(())
    }

    /// A line of our own words and of text that is already harmless.
    pub fn line(self, text: impl AsRef<str>) -> anyhow::Result<()> {
        writeln!(io::stdout().lock(), "{}", text.as_ref())?;
        Ok(())
    }

    /// Text of a device, many lines. To a file or a pipe it goes as it is.
    pub fn text(self, text: &str) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        match io::IsTerminal::is_terminal(&out) {
            true => out.write_all(shown_lines(text).as_bytes())?,
            false => out.write_all(text.as_bytes())?,
        }
        if !text.ends_with('\n') {
            writeln!(out)?;
        }
        Ok(())
    }
}

/// A cell that leaves room for the others; JSON has it whole.
fn cell_of(text: &str) -> String {
    const WIDTH: usize = 60;
    let text = shown(text);
    if text.chars().count() <= WIDTH { text } else { text.chars().take(WIDTH - 1).chain(['…']).collect() }
}

/// Whether the reader of our output went away, which is no error of ours.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |e: &io::Error| e.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(broken)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|e| e.io_error_kind() == Some(io::ErrorKind::BrokenPipe))
    })
}

/// Where to look for what was named and is not there; nothing where that is not known.
pub fn hint(error: &anyhow::Error) -> String {
    let found = error.chain().find_map(|cause| cause.downcast_ref::<app::AppError>()?.where_to_look());
    found.map_or_else(String::new, |command| format!("; `{command}` shows them"))
}

/// Whether the arguments are at fault.
pub fn is_usage(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| matches!(cause.downcast_ref::<app::AppError>(), Some(app::AppError::Usage(_))))
}

/// `-` for what is not known.
pub fn or_dash(text: Option<impl ToString>) -> String {
    text.map_or_else(|| "-".to_owned(), |t| t.to_string())
}
