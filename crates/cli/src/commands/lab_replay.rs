//! `velocity lab replay`

use std::net::{IpAddr, SocketAddr};

use anyhow::{Context as _, bail};
use app::{AppError, PlatformBook};
use lab::{Listening, Recorded};
use serde::Serialize;
use tokio::task::JoinSet;

use crate::context::Start;

#[derive(clap::Args)]
pub struct Args {
    /// Which session: `cisco_ios`, or with its case `cisco_ios/version`
    #[arg(required = true, value_name = "PLATFORM[/CASE]")]
    sessions: Vec<String>,
    /// Loopback address, and a port; each session has the next one [port 0: free ones]
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Who may log in; the password is shown
    #[arg(long, default_value = "admin", value_name = "NAME")]
    user: String,
}

#[derive(Serialize)]
struct Device {
    session: String,
    address: SocketAddr,
    username: String,
    password: String,
    commands: Vec<String>,
}

pub async fn run(args: Args, start: &Start) -> anyhow::Result<()> {
    let IpAddr::V4(ip) = args.listen.ip() else { bail!(AppError::Usage("the lab has IPv4 addresses only".into())) };
    if !ip.is_loopback() {
        bail!(AppError::Usage("the lab listens on loopback addresses only: 127.x.y.z".into()));
    }
    let home = start.home.clone().or_else(app::config::default_home);
    let book = PlatformBook::at(home.as_deref())?;
    let mut serving = JoinSet::new();
    let mut devices = Vec::new();
    for (n, name) in (0_u16..).zip(&args.sessions) {
        let stand_in = book.stand_in(name)?;
        let session = format!("{}/{}", stand_in.platform, stand_in.case);
        let recorded = Recorded::new(stand_in.turns, stand_in.refusal, args.user.clone());
        let commands = recorded.commands().into_iter().map(str::to_owned).collect();
        let password = recorded.password().to_owned();
        let port = if args.listen.port() == 0 { 0 } else { args.listen.port().saturating_add(n) };
        let listening = recorded.listen(ip, port).with_context(|| format!("cannot listen on {ip} port {port}"))?;
        devices.push(Device { session, address: listening.address, username: args.user.clone(), password, commands });
        serving.spawn(Listening::serve(listening));
    }
    let out = start.out();
    if out.json {
        out.json(&devices)?;
    } else {
        for device in &devices {
            let Device { session, address, username, password, commands } = device;
            out.line(format!("{session} answers at {address}, username {username}, password {password}"))?;
            out.line(format!("  {}", commands.join(", ")))?;
        }
        out.line("next: velocity discover ADDRESS --user NAME --depth 0; Ctrl-C ends it")?;
    }
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")
}
