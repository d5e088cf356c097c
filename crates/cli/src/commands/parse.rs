//! `velocity parse`

use std::io::{self, BufWriter, IsTerminal, Read as _, Write};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use app::templates::{Read, Templates};
use model::text::{shown, shown_lines};

use crate::context::Start;

#[derive(clap::Args)]
pub struct Args {
    /// Output of a command; `-` is standard input
    file: String,
    /// A template file, or the name of a template; several are merged on their keys
    #[arg(long, short, conflicts_with_all = ["platform", "command"])]
    template: Vec<String>,
    /// Platform of the device, such as cisco_ios
    #[arg(long, short)]
    platform: Option<String>,
    /// The command that was given, such as `show version`; without it the template is found from the text
    #[arg(long, short)]
    command: Option<String>,
    /// Print CSV instead of a table
    #[arg(long)]
    csv: bool,
}

pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    if args.csv && start.json {
        let usage = "--csv and --json are two answers; give one of them".to_owned();
        return Err(app::AppError::Usage(usage).into());
    }
    let text = read_text(&args.file)?;
    let templates = start.templates();
    let read = read(&templates, args, &text).with_context(|| format!("cannot parse {}", shown(&args.file)))?;
    show(&read, args.csv, start)?;
    tell_unread(&read);
    Ok(ExitCode::SUCCESS)
}

fn read<'t>(templates: &Templates, args: &Args, text: &'t str) -> anyhow::Result<Read<'t>> {
    let (platform, command) = (args.platform.as_deref(), args.command.as_deref());
    Ok(match (platform, command) {
        _ if !args.template.is_empty() => templates.read_with(&args.template, text)?,
        (Some(platform), Some(command)) => templates.read_command(platform, command, text)?,
        (platform, command) => {
            let (best, read) = templates.read_detected(platform, command, text)?;
            let sure = best.confidence * 100.0;
            note(format_args!("read with `{}`, {sure:.0} % sure; --template names another", best.template));
            read
        }
    })
}

fn show(read: &Read<'_>, csv: bool, start: &Start) -> anyhow::Result<()> {
    if !csv && !start.json {
        return table(read, start);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    if csv {
        read.rows.write_csv(&mut out)?;
    } else {
        serde_json::to_writer_pretty(&mut out, &read.rows)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

pub fn table(read: &Read<'_>, start: &Start) -> anyhow::Result<()> {
    let header: Vec<&str> = read.rows.fields.iter().map(String::as_str).collect();
    let rows: Vec<Vec<String>> = read.rows.cells().collect();
    start.out().list(&rows, &header, Clone::clone, "the template gives no rows")
}

fn tell_unread(read: &Read<'_>) {
    const SHOWN: usize = 5;
    let Some(first) = read.unread.first() else { return };
    let numbers: Vec<String> = read.unread.iter().take(SHOWN).map(|unread| unread.line.to_string()).collect();
    let more = if read.unread.len() > SHOWN { ", …" } else { "" };
    note(format_args!("{} of {} lines were not read: {}{more}", read.unread.len(), read.lines, numbers.join(", ")));
    note(format_args!("line {} is `{}`", first.line, shown(&first.text)));
}

/// What a person should know besides the answer. Nobody may be there to read it.
fn note(text: std::fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr(), "note: {text}");
}

/// The text of a file or of standard input. What is not UTF-8 is replaced.
pub fn read_text(file: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let failed = || format!("cannot read {}", shown_lines(file));
    match file {
        "-" if io::stdin().is_terminal() => bail!("standard input is the keyboard; pipe a text into it or name a file"),
        "-" => io::stdin().lock().read_to_end(&mut bytes).with_context(failed).map(drop)?,
        file => bytes = std::fs::read(file).with_context(failed)?,
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|bad| {
        note(format_args!("{} is not all UTF-8; what is not is shown as �", shown(file)));
        String::from_utf8_lossy(bad.as_bytes()).into_owned()
    }))
}
