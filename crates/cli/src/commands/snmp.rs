//! `velocity snmp get | walk`

use std::process::ExitCode;

use app::AppError;
use app::config::parse_address;
use app::snmp::BindingView;
use model::text::shown;

use crate::context::Context;
use crate::run_flags::PARTIAL;
use crate::snmp_flags::SnmpFlags;

#[derive(clap::Subcommand)]
pub enum Args {
    /// What an agent has for objects, such as 1.3.6.1.2.1.1.5.0
    Get {
        #[command(flatten)]
        agent: Agent,
        #[arg(required = true, value_name = "OID")]
        oids: Vec<String>,
    },
    /// All that an agent has below an object, such as 1.3.6.1.2.1.1
    Walk {
        #[command(flatten)]
        agent: Agent,
        #[arg(value_name = "OID", default_value = "1.3.6.1.2.1")]
        oid: String,
    },
}

#[derive(clap::Args)]
pub struct Agent {
    /// 10.0.0.1 or 10.0.0.1:1161
    address: String,
    /// Take the community or the v3 user from the vault
    #[arg(long, value_name = "NAME")]
    credential: Option<String>,
    #[command(flatten)]
    snmp: SnmpFlags,
}

pub async fn run(args: Args, cx: &Context) -> anyhow::Result<ExitCode> {
    match args {
        Args::Get { agent, oids } => {
            let (addr, login) = agent.reached(cx).await?;
            show(&cx.app.snmp_get(&cx.actor, addr, &login, &oids).await?, cx)?;
            Ok(ExitCode::SUCCESS)
        }
        Args::Walk { agent, oid } => {
            let (addr, login) = agent.reached(cx).await?;
            let walk = cx.app.snmp_walk(&cx.actor, addr, &login, &oid).await?;
            match walk.cut {
                Some(why) if walk.bindings.is_empty() => Err(AppError::Invalid(why).into()),
                cut => {
                    show(&walk.bindings, cx)?;
                    cut.iter().for_each(|why| eprintln!("cut: {}", shown(why)));
                    Ok(if cut.is_some() { ExitCode::from(PARTIAL) } else { ExitCode::SUCCESS })
                }
            }
        }
    }
}

impl Agent {
    /// Where it is, and as whom it is asked.
    async fn reached(&self, cx: &Context) -> anyhow::Result<(std::net::SocketAddr, app::snmp::Login)> {
        let addr = parse_address(&self.address, self.snmp.snmp_port).map_err(AppError::Usage)?;
        let names: Vec<String> = self.credential.iter().cloned().collect();
        Ok((addr, self.snmp.login(&names, cx).await?))
    }
}

fn show(bindings: &[BindingView], cx: &Context) -> anyhow::Result<()> {
    if cx.out.json {
        return cx.out.json(&bindings);
    }
    bindings.iter().try_for_each(|b| cx.out.line(shown(&b.line)))
}
