//! `velocity platform list | show | test`

use std::process::ExitCode;

use app::{CaptureTypeView, CaseView, PlatformBook, PlatformView};
use model::text::{shown, shown_lines};

use crate::context::Start;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All platforms: yours in the folder `platforms` of the data directory, and Velocity's
    List,
    /// What is asked on a platform, and by which template it is read
    Show {
        /// Name or alias
        name: String,
    },
    /// Play and read the recorded cases; exit code 1 when one reads otherwise
    Test {
        /// Name or alias; all when left out
        name: Option<String>,
    },
}

pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    let home = start.home.clone().or_else(app::config::default_home);
    let book = PlatformBook::at(home.as_deref())?;
    match args {
        Args::List => list(&book.list()?, start),
        Args::Show { name } => show(&book.show(name)?, start),
        Args::Test { name } => tested(&book.test(name.as_deref())?, start),
    }
}

fn list(all: &[PlatformView], start: &Start) -> anyhow::Result<ExitCode> {
    let cells = |view: &PlatformView| {
        let read = |c: &&CaptureTypeView| !c.templates.is_empty();
        vec![
            view.name.clone(),
            view.vendor.clone(),
            view.from.to_owned(),
            view.captures.len().to_string(),
            view.captures.iter().filter(read).count().to_string(),
            view.cases.to_string(),
            view.aliases.join(", "),
        ]
    };
    let header = ["name", "vendor", "from", "captures", "parsed", "cases", "aliases"];
    start.out().list(all, &header, cells, "there are no platforms")?;
    Ok(ExitCode::SUCCESS)
}

fn show(view: &PlatformView, start: &Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    if out.json {
        out.json(view)?;
        return Ok(ExitCode::SUCCESS);
    }
    out.line(format!("{} ({}), also called: {}", view.name, shown(&view.vendor), shown(&view.aliases.join(", "))))?;
    let cells = |c: &CaptureTypeView| {
        let read = match (c.unread, c.templates.is_empty()) {
            (true, _) => "no template reads it".to_owned(),
            (_, true) => "kept as text".to_owned(),
            _ => c.templates.join(" + "),
        };
        vec![c.capture_type.clone(), c.commands.join(" | "), read, c.facts.clone().unwrap_or_default()]
    };
    out.list(&view.captures, &["capture", "commands", "read by", "facts"], cells, "nothing is asked")?;
    Ok(ExitCode::SUCCESS)
}

fn tested(cases: &[CaseView], start: &Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    let failed = cases.iter().filter(|case| !case.ok).count();
    if out.json {
        out.json(cases)?;
    } else {
        for case in cases.iter().filter(|case| !case.ok) {
            let reason = shown_lines(case.reason.as_deref().unwrap_or_default());
            out.line(format!("{} {}: {reason}", shown(&case.platform), shown(&case.case)))?;
        }
        out.line(format!("{} cases, {failed} read otherwise", cases.len()))?;
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
