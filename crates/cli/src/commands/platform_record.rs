//! `velocity platform record`

use std::path::PathBuf;
use std::process::ExitCode;

use app::{RecordRequest, Recorded, RecordedCase};
use model::text::{shown, shown_lines};

use crate::commands::creds::tell_cost;
use crate::context::Context;
use crate::secrets::LoginFlags;

#[derive(clap::Args)]
pub struct Args {
    /// A known device by name or address, or any address together with --platform
    device: String,
    /// What it is; what the inventory says when left out
    #[arg(long, value_name = "NAME")]
    platform: Option<String>,
    /// What to ask: capture types with commas, or `all`
    #[arg(long, default_value = "version")]
    types: String,
    /// Ask this too, as it stands; may be given more than once
    #[arg(long = "command", value_name = "TEXT")]
    commands: Vec<String>,
    /// Goes behind the capture type in the names of the cases: `version_stack`
    #[arg(long, value_name = "WHAT")]
    case: Option<String>,
    /// Replace this word too: a customer, a street; may be given more than once
    #[arg(long = "replace", value_name = "WORD")]
    words: Vec<String>,
    /// Where the cases go [default: platforms/NAME/cases in the data directory]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Record and show the session as it would be written; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Seconds for all that happens on the device
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86400))]
    timeout: Option<u64>,
    #[command(flatten)]
    login: LoginFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let target = cx.app.record_target(&cx.actor, &args.device, args.platform.as_deref()).await?;
    let mut settings = cx.app.settings();
    settings.device_timeout = args.timeout.map_or(settings.device_timeout, std::time::Duration::from_secs);
    let hosts = [(target.name.clone(), target.address)];
    let (logins, settings) = args.login.enter(cx, &target.accounts, &hosts, settings, None).await?;
    tell_cost(&logins, cx).await?;
    let Args { types, commands, case: suffix, words, output: folder, dry_run, .. } = args;
    let request = RecordRequest { target, types, commands, suffix, words, folder, dry_run, logins, settings };
    let recorded = cx.app.record_session(&cx.actor, request).await?;
    show(&recorded, cx)?;
    Ok(ExitCode::SUCCESS)
}

fn show(recorded: &Recorded, cx: &Context) -> anyhow::Result<()> {
    let out = cx.out;
    if out.json {
        return out.json(recorded);
    }
    if !recorded.written {
        out.line(shown_lines(&recorded.session))?;
    }
    let cells = |case: &RecordedCase| {
        let rows = case.rows.map_or_else(|| "text".to_owned(), |rows| rows.to_string());
        vec![case.name.clone(), case.command.clone(), rows, case.unread.to_string()]
    };
    out.list(&recorded.cases, &["case", "command", "rows", "unread lines"], cells, "no case")?;
    for left_out in &recorded.left_out {
        out.line(format!("not a case: {}", shown(left_out)))?;
    }
    let counts = recorded.replaced.iter().map(|(what, n)| format!("{n} {what}")).collect::<Vec<_>>().join(", ");
    out.line(format!("replaced: {}", if counts.is_empty() { "nothing" } else { &counts }))?;
    if !recorded.written {
        return out.line("nothing was written");
    }
    out.line(format!("written to {}", recorded.folder.display()))?;
    out.line("Read the files before you give them away: a name in a banner or a comment may be left; --replace WORD takes it out.")?;
    out.line(format!("next: velocity platform test {}", recorded.platform))
}
