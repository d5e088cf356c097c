//! `velocity lab up | down | status | truth | change | move-host | fault | replay`

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use app::vault::{LoginSecret, NewCredential, Secret};
use lab::{AaaAccounts, AaaCredential, AaaOptions, Fault, Info, UpOptions};
use model::Timestamp;
use model::text::shown_lines;

use crate::context::Start;
use crate::output::Out;
use crate::when::when;

#[derive(clap::Subcommand)]
pub enum Args {
    /// Start a network; it goes on in the background
    Up(Up),
    /// Stop it
    Down(Place),
    /// What runs
    Status(Place),
    /// What a perfect collector would find: devices, links, every kind of fact
    Truth {
        /// Only this kind of fact
        #[arg(long, value_name = "KIND")]
        facts: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// The accounts in realms, and which device takes which
    Accounts {
        /// Put them into the vault
        #[arg(long)]
        save: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Compare what was collected with the truth, every kind of fact row for row; exit code 1 when they differ
    Verify {
        /// Kinds of which nothing was collected are different too
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Change a device, and say what a collector must now see
    Change {
        device: String,
        /// config, route, link-down, link-up, component, upgrade, vlan, acl, noise
        #[arg(long, default_value_t = lab::EditKind::Config)]
        kind: lab::EditKind,
        /// Who the device says it was
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// When the device says it was: 2026-11-20T02:13:00Z
        #[arg(long, value_name = "TIME", value_parser = when)]
        at: Option<Timestamp>,
        #[command(flatten)]
        place: Place,
    },
    /// Move a host to another switch
    MoveHost {
        host: String,
        /// The switch
        to: String,
        #[command(flatten)]
        place: Place,
    },
    /// Make a device misbehave; `--kind none` mends it
    Fault {
        /// Its name, or `all`
        device: String,
        /// refuse, auth, hang (hang-connect, hang-command), cut, slow, garbage, none
        #[arg(long)]
        kind: Fault,
        #[command(flatten)]
        place: Place,
    },
    /// Answer as a device did in a recorded session, until Ctrl-C
    Replay(super::lab_replay::Args),
    #[command(hide = true)]
    Serve {
        #[arg(long)]
        state: PathBuf,
    },
}

#[derive(clap::Args)]
pub struct Place {
    /// Folder of the lab's state, to have several labs [default: one for each user]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct Up {
    /// How many
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    devices: u32,
    /// Seed of the randomness: the same gives the same network again
    #[arg(long)]
    seed: Option<u64>,
    /// Milliseconds that every command takes
    #[arg(long, default_value_t = 0, value_name = "MS")]
    latency: u64,
    /// SSH port of all devices [default: 22 where that is allowed, else a free one]
    #[arg(long)]
    port: Option<u16>,
    /// UDP port of the SNMP agents [default: 161 where that is allowed, else a free one]; labs of more than 1000 devices have none
    #[arg(long, value_name = "PORT")]
    snmp_port: Option<u16>,
    /// First address of the /16 for the devices [default: a free one in 127.0.0.0/8]
    #[arg(long)]
    base: Option<Ipv4Addr>,
    /// Accounts in so many realms, as in AAA groups: each device takes one of them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    realms: Option<u32>,
    /// How many accounts, in all realms together
    #[arg(long, value_name = "M", default_value_t = 60, requires = "realms")]
    credentials: u32,
    /// Failures that lock an account
    #[arg(long, value_name = "K", default_value_t = 5, requires = "realms")]
    lock_after: u32,
    /// Seconds for which it stays locked, and for which failures count
    #[arg(long, value_name = "SECONDS", default_value_t = 1800, requires = "realms")]
    lock_seconds: u64,
    /// Folder of recorded outputs, for commands that the lab does not know itself
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Stay until Ctrl-C
    #[arg(long)]
    foreground: bool,
    #[command(flatten)]
    place: Place,
}

impl Place {
    fn folder(&self) -> PathBuf {
        self.state.clone().unwrap_or_else(lab::default_dir)
    }
}

pub async fn run(args: Args, start: Start) -> anyhow::Result<ExitCode> {
    let out = start.out();
    match args {
        Args::Up(up) => self::up(up, out).await?,
        Args::Serve { state } => lab::serve(&state).await?,
        Args::Replay(args) => super::lab_replay::run(args, &start).await?,
        Args::Down(place) => {
            let info = lab::down(&place.folder())?;
            if out.json { out.json(&info)? } else { out.line(format!("stopped {} devices", info.devices))? }
        }
        Args::Status(place) => out.json(&lab::status(&place.folder())?)?,
        Args::Truth { facts: Some(kind), place } => out.json(&lab::facts(&place.folder(), &kind)?)?,
        Args::Truth { facts: None, place } => out.json(&lab::truth(&place.folder())?)?,
        Args::Accounts { save, place } => accounts(&lab::accounts(&place.folder())?, save, start).await?,
        Args::Verify { all, place } => return super::lab_verify::run(&place.folder(), all, &start.open().await?).await,
        Args::Change { device, kind, by, at, place } => {
            change(&lab::change(&place.folder(), &device, &lab::Edit { kind, by, at: at.map(|t| t.0) })?, out)?;
        }
        Args::MoveHost { host, to, place } => change(&lab::move_host(&place.folder(), &host, &to)?, out)?,
        Args::Fault { device, kind, place } => {
            lab::fault(&place.folder(), &device, kind)?;
            match out.json {
                true => out.json(&serde_json::json!({ "device": device, "fault": kind.to_string() }))?,
                false => out.line(format!("{device}: {kind}"))?,
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn up(args: Up, out: Out) -> anyhow::Result<()> {
    let options = UpOptions {
        devices: args.devices as usize,
        seed: args.seed,
        latency_ms: args.latency,
        port: args.port,
        snmp_port: args.snmp_port,
        base: args.base,
        corpus: args.corpus,
        aaa: args.realms.map(|realms| AaaOptions {
            realms: realms as usize,
            credentials: args.credentials as usize,
            lock_after: args.lock_after,
            lock_seconds: args.lock_seconds,
        }),
        state: Some(args.place.folder()),
        ..UpOptions::default()
    };
    if args.foreground {
        let tell = |info: &Info| {
            // Nobody reads it any more: the lab goes on all the same.
            let _ = show(info, out);
        };
        return lab::foreground(&options, tell).await.context("the lab failed");
    }
    let info = tokio::task::spawn_blocking(move || lab::up(&options)).await??;
    show(&info, out)
}

fn show(info: &Info, out: Out) -> anyhow::Result<()> {
    if out.json {
        return out.json(info);
    }
    out.line(format!("{} devices at {} sites, random seed {}", info.devices, info.sites, info.random_seed))?;
    out.line(format!("seed     {}", info.seed))?;
    out.line(format!("username {}", info.username))?;
    out.line(format!("password {}", info.password))?;
    out.line(format!("enable   {}", info.enable))?;
    if let Some(snmp) = &info.snmp {
        let lab::SnmpInfo { port, user, digest, cipher, .. } = snmp;
        out.line(format!(
            "snmp     port {port}; community and passwords as above; v3 user {user}, {digest}, {cipher}"
        ))?;
    }
    if let Some(AaaOptions { realms, credentials, lock_after, .. }) = &info.aaa {
        out.line(format!(
            "accounts {credentials} in {realms} realms beside this one, locked after {lock_after} failures: velocity lab accounts"
        ))?;
    }
    out.line(format!("next: velocity discover {} --user {}", info.seed, info.username))
}

async fn accounts(accounts: &AaaAccounts, save: bool, start: Start) -> anyhow::Result<()> {
    let out = start.out();
    if save {
        let cx = start.open().await?;
        let vault = cx.vault().await?;
        let new = accounts.credentials.iter().map(credential).collect::<Vec<_>>();
        cx.app.add_credentials(&cx.actor, vault, &new).await?;
        let n = new.len();
        return if out.json { out.json(&serde_json::json!({ "added": n })) } else { out.line(format!("added {n}")) };
    }
    let row = |c: &AaaCredential| {
        let takes = accounts.right.values().filter(|name| **name == c.name).count().to_string();
        [&c.name, &c.realm, &c.username, &c.password, &takes].map(|text| text.clone()).to_vec()
    };
    match out.json {
        true => out.json(accounts),
        false => out.list(&accounts.credentials, &["name", "realm", "user", "password", "devices"], row, "none"),
    }
}

fn credential(of: &AaaCredential) -> NewCredential {
    let secret = LoginSecret { password: Some(of.password.as_str().into()), ..LoginSecret::default() };
    NewCredential {
        name: of.name.clone(),
        username: of.username.clone(),
        realm: of.realm.clone(),
        notes: None,
        priority: None,
        is_default: false,
        secret: Secret::Login(secret),
    }
}

fn change(change: &lab::Change, out: Out) -> anyhow::Result<()> {
    if out.json {
        return out.json(change);
    }
    out.line(shown_lines(&change.summary))?;
    for (sign, lines) in [('-', &change.removed), ('+', &change.added)] {
        for line in lines {
            out.line(shown_lines(&format!("{sign}{line}")))?;
        }
    }
    for lab::Expected { device, fact, gone, new } in &change.expected {
        out.line(format!("{device} {fact}: {} gone, {} new", gone.len(), new.len()))?;
        for (sign, rows) in [('-', gone), ('+', new)] {
            for row in rows {
                let cells: Vec<String> = row.iter().map(|(column, value)| format!("{column} {value}")).collect();
                out.line(shown_lines(&format!("  {sign} {}", cells.join(", "))))?;
            }
        }
    }
    Ok(())
}
