//! `velocity discover`

use std::net::SocketAddr;
use std::process::ExitCode;

use app::snmp::{Agents, AskedAgents};
use app::{AsWhom, DiscoverRequest, Matcher, Rules, RunReport, Via};

use crate::context::Context;
use crate::run_flags::{RunFlags, conclude};
use crate::{as_whom, progress, secrets::LoginFlags, snmp_flags::SnmpFlags};

#[derive(clap::Args)]
pub struct Args {
    /// Addresses to begin with: 10.0.0.1 or 10.0.0.1:2222
    #[arg(required = true, value_name = "ADDRESS")]
    seeds: Vec<String>,
    /// SSH port of the seeds that name none; neighbours are dialled on the port of who announces them
    #[arg(long, default_value_t = 22)]
    port: u16,
    /// How many hops from the seeds to go [default: no limit]
    #[arg(long)]
    depth: Option<u32>,
    /// Enter only what matches: a range (10.0.0.0/8) or a name pattern (fra-*); may be repeated
    #[arg(long, value_name = "RANGE|NAME")]
    only: Vec<Matcher>,
    /// Do not enter what matches; may be repeated
    #[arg(long, value_name = "RANGE|NAME")]
    exclude: Vec<Matcher>,
    /// Log in and crawl, but save nothing
    #[arg(long)]
    dry_run: bool,
    /// How devices are asked: ssh, snmp, both [default: by what there are secrets for]
    #[arg(long, value_name = "WAY")]
    via: Option<Via>,
    #[command(flatten)]
    login: LoginFlags,
    #[command(flatten)]
    snmp: SnmpFlags,
    #[command(flatten)]
    run: RunFlags,
}

impl Args {
    /// These addresses, and nothing further.
    pub fn alone(
        seeds: Vec<String>,
        port: u16,
        via: Option<Via>,
        (login, snmp, run): (LoginFlags, SnmpFlags, RunFlags),
    ) -> Self {
        let (only, exclude) = (Vec::new(), Vec::new());
        Self { seeds, port, depth: Some(0), only, exclude, dry_run: false, via, login, snmp, run }
    }
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    let (report, _, flags) = crawl(args, cx).await?;
    conclude(&report, &flags, cx.out)
}

/// Gives what came of it, and where it began.
pub async fn crawl(args: Args, cx: &Context) -> anyhow::Result<(RunReport, Vec<SocketAddr>, RunFlags)> {
    let seed = |text: &String| Ok((text.clone(), args.login.way.seed(text, args.port)?));
    let seeds = args.seeds.iter().map(seed).collect::<anyhow::Result<Vec<_>>>()?;
    let via = match args.via {
        Some(via) => via,
        None => args.snmp.via(&args.login, cx).await?,
    };
    let flags = (&args.login, &args.snmp, &args.run);
    let (as_whom, settings) = as_whom::enter(flags, via, &[], &seeds, cx.app.settings(), cx).await?;
    let AsWhom { logins, agents } = as_whom;
    let seeds: Vec<SocketAddr> = seeds.into_iter().map(|(_, addr)| addr).collect();
    let request = DiscoverRequest {
        seeds: seeds.clone(),
        logins,
        snmp: Agents { asked: AskedAgents { via, port: args.snmp.snmp_port }, logins: agents },
        rules: Rules { only: args.only, exclude: args.exclude, depth: args.depth },
        settings,
        dry_run: args.dry_run,
    };
    let (events, shown) = app::events::channel();
    let show = tokio::spawn(progress::show(shown, args.run.clone()));
    let report = cx.app.discover(&cx.actor, request, events, progress::cancel_on_ctrl_c()).await;
    show.await?;
    Ok((report?, seeds, args.run))
}
