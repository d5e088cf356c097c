//! As whom a run logs in to devices and asks their agents: log-ins and agents in the order in which secrets are read.

use std::net::SocketAddr;

use app::{AsWhom, Settings, Via};

use crate::commands::creds::tell_cost;
use crate::context::Context;
use crate::run_flags::RunFlags;
use crate::secrets::LoginFlags;
use crate::snmp_flags::SnmpFlags;

/// What is asked for by these ways. `known` and `hosts` are as for [`LoginFlags::enter`]. Closes the vault, and says what
/// it may cost the accounts.
pub async fn enter(
    (login, snmp, run): (&LoginFlags, &SnmpFlags, &RunFlags),
    via: Via,
    known: &[String],
    hosts: &[(String, SocketAddr)],
    settings: Settings,
    cx: &Context,
) -> anyhow::Result<(AsWhom, Settings)> {
    let (agents, source) = match via {
        Via::Ssh => (Vec::new(), None),
        _ => snmp.logins(&login.credentials, cx).await?,
    };
    let settings = run.settings(settings);
    let (logins, settings) = match via {
        Via::Snmp => (Vec::new(), settings),
        _ => login.enter(cx, known, hosts, settings, source).await?,
    };
    cx.close_vault().await;
    if !run.quiet {
        tell_cost(&logins, cx).await?;
    }
    Ok((AsWhom { logins, agents }, settings))
}
