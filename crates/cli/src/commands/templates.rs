//! `velocity templates list | show | import | export | test | update | check`

mod update;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::templates::{Checked, Import, ImportOutcome, Read, TemplateView, Templates};
use app::{Actor, App, AppError};
use model::text::shown;
use serde_json::json;

use crate::commands::parse::{read_text, table};
use crate::context::Start;

#[derive(clap::Subcommand)]
pub enum Args {
    /// All templates and where they are from: your own, Velocity's, the release of ntc-templates
    List {
        /// Only those for a command of this platform
        #[arg(long, short, requires = "command")]
        platform: Option<String>,
        /// The command, such as `show version`
        #[arg(long, short, requires = "platform")]
        command: Option<String>,
    },
    /// The text of a template
    Show { name: String },
    /// Add the templates of a folder to your own, which take precedence
    Import {
        dir: PathBuf,
        /// Compile and compare, copy nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Write all templates, and the index of their commands, to a folder
    Export {
        dir: PathBuf,
        /// Replace files of other content
        #[arg(long)]
        force: bool,
    },
    /// Read a text and show what comes of each line; exit code 1 when a line is left unread
    Test {
        /// A template file, or the name of a template
        template: String,
        /// Output of a command; `-` is standard input
        file: String,
    },
    /// Try a newer release of ntc-templates on the latest captures, show what would change, and take it into use
    Update(update::Args),
    /// Compile all templates; exit code 1 when one cannot be used
    Check,
}

impl Start {
    /// All templates. A data directory is not needed; what lies in its folder `templates` comes first.
    pub fn templates(&self) -> Templates {
        Templates::at(self.home.clone().or_else(app::config::default_home).as_deref())
    }
}

pub fn run(args: &Args, start: &Start) -> anyhow::Result<ExitCode> {
    match args {
        Args::List { platform, command } => list(platform.as_deref().zip(command.as_deref()), start),
        Args::Show { name } => show(name, start),
        Args::Import { dir, dry_run } => imported(&import(dir, *dry_run, start)?, *dry_run, start),
        Args::Update(args) => wait_for(update::run(args, start)),
        Args::Export { dir, force } => export(dir, *force, start),
        Args::Test { template, file } => {
            let text = read_text(file)?;
            tested(&start.templates().read_with(std::slice::from_ref(template), &text)?, start)
        }
        Args::Check => checked(&start.templates().check()?, start),
    }
}

fn list(of: Option<(&str, &str)>, start: &Start) -> anyhow::Result<ExitCode> {
    let templates = start.templates();
    let all = of.map_or_else(|| templates.list(), |(platform, command)| templates.list_for(platform, command))?;
    let cells = |view: &TemplateView| vec![view.name.clone(), view.from.to_owned()];
    start.out().list(&all, &["name", "from"], cells, "there are no templates")?;
    Ok(ExitCode::SUCCESS)
}

fn show(name: &str, start: &Start) -> anyhow::Result<ExitCode> {
    let templates = start.templates();
    let (view, source) = templates.source(name)?;
    match start.json {
        true => start.out().json(&json!({ "name": view.name, "from": view.from, "source": source }))?,
        false => start.out().text(source)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// By the verb that asks who it is and writes the audit log; without an installation there is neither.
fn import(dir: &Path, dry_run: bool, start: &Start) -> anyhow::Result<Import> {
    wait_for(async {
        match App::open(&start.home()?).await {
            Ok(app) => Ok(app.import_templates(&Actor::local(), dir, dry_run).await?),
            Err(AppError::NotInitialised { .. }) => Ok(start.templates().import(dir, dry_run)?),
            Err(error) => Err(error.into()),
        }
    })
}

/// Most of these commands wait for nothing; the others get a runtime here.
fn wait_for<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

fn imported(import: &Import, dry_run: bool, start: &Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    let count = |outcome| import.templates.iter().filter(|t| t.outcome == outcome).count();
    let refused = count(ImportOutcome::Refused);
    if out.json {
        out.json(&json!({ "folder": import.folder, "dry_run": dry_run, "templates": import.templates }))?;
    } else {
        for template in import.templates.iter().filter(|t| t.outcome != ImportOutcome::Unchanged) {
            let reason = template.reason.as_ref().map(|reason| format!(": {}", shown(reason))).unwrap_or_default();
            out.line(format!("{:<9} {}{reason}", template.outcome.as_str(), shown(&template.name)))?;
        }
        let (new, replaced) = (count(ImportOutcome::New), count(ImportOutcome::Replaced));
        let would = if dry_run { "dry run: " } else { "" };
        let unchanged = count(ImportOutcome::Unchanged);
        out.line(format!("{would}{new} new, {replaced} replaced, {unchanged} unchanged, {refused} refused"))?;
    }
    Ok(if refused > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn export(dir: &Path, force: bool, start: &Start) -> anyhow::Result<ExitCode> {
    let count = start.templates().export(dir, force)?;
    match start.json {
        true => start.out().json(&json!({ "folder": dir, "templates": count }))?,
        false => start.out().line(format!("{count} templates and their index in {}", dir.display()))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn tested(read: &Read<'_>, start: &Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    let spans: Vec<_> = read.rows.spans().collect();
    if out.json {
        out.json(&json!({
            "template": read.template, "lines": read.lines, "rows": read.rows, "row_lines": spans, "unread": read.unread,
        }))?;
    } else {
        table(read, start)?;
        out.line("")?;
        for unread in &read.unread {
            out.line(format!("line {} was not read: `{}`", unread.line, shown(&unread.text)))?;
        }
        out.line(format!("{} rows; {} of {} lines were not read", read.rows.len(), read.unread.len(), read.lines))?;
    }
    Ok(if read.unread.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn checked(checked: &Checked, start: &Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    if out.json {
        out.json(checked)?;
    } else {
        for problem in &checked.problems {
            out.line(format!("{}: {}", shown(&problem.name), shown(&problem.reason)))?;
        }
        let (all, own, bad) = (checked.templates, checked.own, checked.problems.len());
        out.line(format!("{all} templates, {own} of them your own: {bad} problems"))?;
    }
    Ok(if checked.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
