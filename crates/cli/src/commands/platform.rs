//! `velocity platform list | show | test | new | record`

use std::process::ExitCode;

use app::{CaptureTypeView, CaseView, NewPlatform, PlatformBook, PlatformView};
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
    /// Begin a platform of your own in the data directory
    New(New),
    /// Record a session with a device, without its addresses, names and secrets, as cases of its platform
    Record(Box<super::platform_record::Args>),
}

#[derive(clap::Args)]
pub struct New {
    /// netmiko's name where it has one: `acme_os`
    name: String,
    #[arg(long)]
    vendor: String,
    /// Begin with the prompts, pagers, errors and secrets of this platform
    #[arg(long, value_name = "PLATFORM")]
    like: Option<String>,
    /// Say which files it would be, write nothing
    #[arg(long)]
    dry_run: bool,
}

/// All but `record`, which needs the data directory.
pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    if let Args::New(new) = args {
        return self::new(new, start);
    }
    let home = start.home.clone().or_else(app::config::default_home);
    let book = PlatformBook::at(home.as_deref())?;
    match args {
        Args::List => list(&book.list()?, start),
        Args::Show { name } => show(&book.show(name)?, start),
        Args::Test { name } => tested(&book.test(name.as_deref())?, start),
        Args::New(_) | Args::Record(_) => unreachable!("handled before"),
    }
}

fn new(args: &New, start: &Start) -> anyhow::Result<ExitCode> {
    let New { name, vendor, like, dry_run } = args;
    let new = NewPlatform { name, vendor, like: like.as_deref() };
    let files = app::new_platform(&start.home()?, &new, *dry_run)?;
    let out = start.out();
    if out.json {
        out.json(&serde_json::json!({ "platform": name, "files": files, "written": !dry_run }))?;
        return Ok(ExitCode::SUCCESS);
    }
    for file in files {
        out.line(format!("{} {}", if *dry_run { "would write" } else { "wrote" }, file.display()))?;
    }
    out.line(format!("next: velocity platform record ADDRESS --platform {name} --dry-run"))?;
    Ok(ExitCode::SUCCESS)
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
    for capture in view.captures.iter().filter(|c| !c.filters.is_empty()) {
        out.line(format!("\nleft out when {} are compared:", capture.capture_type))?;
        for filter in &capture.filters {
            out.line(format!("  {}", shown(filter)))?;
        }
    }
    if !view.without.is_empty() {
        out.line("")?;
        let without: Vec<(&String, &String)> = view.without.iter().collect();
        let cells = |(name, why): &(&String, &String)| vec![name.to_string(), why.to_string()];
        out.list(&without, &["not asked", "why"], cells, "")?;
    }
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
