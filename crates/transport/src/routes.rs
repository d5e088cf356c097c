//! By which way each address is reached, for all that a run dials.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use ipnet::IpNet;
use model::platform::UserSuffix;

use crate::ssh_config::SshConfig;
use crate::target::{Legacy, Target};
use crate::tunnel::{Doorkeeper, Tunnel};

/// Straight, unless something else is said.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    /// The jump hosts on the way to every device.
    pub via: Option<Arc<Tunnel>>,
    /// Allowed for ports that do not speak SSH.
    pub telnet: bool,
    pub legacy: Legacy,
    /// Where old algorithms may be used by new hosts as well, unless they may be used nowhere.
    pub old: Vec<IpNet>,
    /// What single kinds of servers want behind the name of the user.
    pub suffixes: Arc<[UserSuffix]>,
    /// What a configuration file says of single hosts.
    pub by_host: Option<Arc<HostRoutes>>,
}

/// What is different for single hosts.
pub struct HostRoutes {
    pub config: SshConfig,
    /// What the file may call an address.
    pub names: HashMap<SocketAddr, String>,
    /// For each list of jump hosts that the file names, as it stands there.
    pub tunnels: HashMap<Vec<String>, Arc<Tunnel>>,
}

impl fmt::Debug for HostRoutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HostRoutes").field("names", &self.names).finish_non_exhaustive()
    }
}

impl Routes {
    /// Log-ins on all jump hosts ask there first.
    pub fn guard(&self, door: &Arc<dyn Doorkeeper>) {
        let others = self.by_host.iter().flat_map(|hosts| hosts.tunnels.values());
        self.via.iter().chain(others).for_each(|tunnel| tunnel.guard(door.clone()));
    }

    pub fn to(&self, addr: SocketAddr) -> Target {
        let is_old = self.legacy == Legacy::Recorded && self.old.iter().any(|range| range.contains(&addr.ip()));
        let legacy = if is_old { Legacy::Fallback } else { self.legacy };
        let (via, suffixes) = (self.via.clone(), self.suffixes.clone());
        let mut target = Target { legacy, telnet: self.telnet, via, suffixes, ..Target::from(addr) };
        if let Some(hosts) = &self.by_host {
            let name = hosts.names.get(&addr).cloned().unwrap_or_else(|| addr.ip().to_string());
            let host = hosts.config.of(&name);
            target.via = target.via.or_else(|| hosts.tunnels.get(&host.jumps).cloned());
            target.wishes = host.wishes.map(Arc::new);
        }
        target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_algorithms_are_for_the_ranges_that_need_them() {
        let to = |routes: &Routes, addr: &str| routes.to(addr.parse().expect("an address")).legacy;
        let old = vec!["10.9.0.0/16".parse().expect("a range")];
        let routes = Routes { old, ..Routes::default() };
        assert_eq!(to(&routes, "10.9.0.1:22"), Legacy::Fallback);
        assert_eq!(to(&routes, "10.8.0.1:22"), Legacy::Recorded);
        assert_eq!(to(&Routes { legacy: Legacy::Never, ..routes }, "10.9.0.1:22"), Legacy::Never);
    }
}
