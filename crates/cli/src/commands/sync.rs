//! `velocity devices sync --netbox URL`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::{AppError, NetBoxFile, SyncReport};
use model::text::shown;

use super::import;
use crate::context::Context;
use crate::run_flags::PARTIAL;

const IN_THE_VAULT: &str = "velocity vault add netbox --token";

#[derive(clap::Args)]
pub struct Args {
    /// Address of a NetBox, 4.2 or later; it is only read [default: what netbox.yaml in the data directory says]
    #[arg(long, value_name = "URL")]
    netbox: Option<String>,
    /// A file that says it: `url`, `credential`, `ca`, `plain_http`, and `filter` with NetBox's own filters
    #[arg(long, value_name = "FILE")]
    netbox_config: Option<PathBuf>,
    /// The token, by its name in the vault [default: netbox]
    #[arg(long, value_name = "NAME")]
    credential: Option<String>,
    /// An argument is seen by everybody on the machine.
    #[arg(long, value_name = "TOKEN", hide = true, hide_possible_values = true)]
    token: Option<String>,
    /// Only devices of these, by NetBox's own filters: site=ams1,status=active
    #[arg(long, value_name = "NAME=VALUE,…", value_delimiter = ',')]
    filter: Vec<String>,
    /// Certificates of authorities that are trusted beside those of the machine, PEM
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Let the token travel in clear, where there is no https
    #[arg(long)]
    plain_http: bool,
    /// Show what each device would become, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Show all rows, not only the first ones
    #[arg(long)]
    all: bool,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    if args.token.is_some() {
        let text =
            format!("an argument is seen by everybody on the machine: put the token into the vault (`{IN_THE_VAULT}`)");
        return Err(AppError::Usage(text).into());
    }
    let mut file = match (&args.netbox_config, &args.netbox) {
        (Some(path), _) => NetBoxFile::read(path)?,
        (None, Some(_)) => NetBoxFile::default(),
        (None, None) => cx.app.netbox_file()?,
    };
    file.url = args.netbox.or(file.url);
    file.credential = args.credential.or(file.credential);
    file.ca = args.ca.or(file.ca);
    file.plain_http |= args.plain_http;
    let none = || AppError::Usage("which NetBox? give --netbox URL".to_owned());
    let (mut asked, name) = file.request(args.dry_run)?.ok_or_else(none)?;
    for pair in &args.filter {
        asked.filter.push(condition(pair)?);
    }
    let token =
        cx.vault().await?.token(&name).with_context(|| format!("no token for NetBox; `{IN_THE_VAULT}` keeps one"))?;
    cx.close_vault().await;
    let report = cx.app.sync_netbox(&cx.actor, &token, &asked).await?;
    match cx.out.json {
        true => cx.out.json(&report)?,
        false => show(&report, args.all, cx)?,
    }
    Ok(if report.import.errors > 0 { ExitCode::from(PARTIAL) } else { ExitCode::SUCCESS })
}

/// `site=ams1`
fn condition(text: &str) -> Result<(String, String), AppError> {
    let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    pair.ok_or_else(|| AppError::Usage(format!("`{}` is no NAME=VALUE, such as site=ams1", shown(text))))
}

fn show(report: &SyncReport, all: bool, cx: &Context) -> anyhow::Result<()> {
    const FIRST: usize = 50;
    let most = if all { usize::MAX } else { FIRST };
    cx.out.line(format!("{} is NetBox {}, with {} devices", report.source, shown(&report.version), report.read))?;
    import::rows(&report.import, all, cx)?;
    for left in report.left_out.iter().take(most) {
        let name = if left.name.is_empty() { "-" } else { &left.name };
        cx.out.line(format!("left out: NetBox {} {}: {}", shown(&left.id), shown(name), shown(&left.why)))?;
    }
    for kept in report.kept.iter().take(most) {
        let (device, field) = (shown(&kept.device), &kept.field);
        let (ours, theirs) = (shown(&kept.ours), shown(&kept.theirs));
        cx.out.line(format!("stays: {device} {field} is {ours}, and {theirs} in NetBox: {}", shown(&kept.why)))?;
    }
    for name in report.gone.iter().take(most) {
        cx.out.line(format!("gone from NetBox: {}; its device stays", shown(name)))?;
    }
    let more = [report.left_out.len(), report.kept.len(), report.gone.len()]
        .map(|n| n.saturating_sub(most))
        .iter()
        .sum::<usize>();
    if more > 0 {
        cx.out.line(format!("and {more} more; --all shows them"))?;
    }
    import::conclusion(&report.import, cx)
}
