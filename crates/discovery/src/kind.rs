//! Whether a neighbour is a network device, by what it says of itself.

use model::{NeighborClaim, Platforms};
use regex::RegexSet;

/// Knows the network systems that announce themselves by name.
#[derive(Debug)]
pub struct Kinds {
    systems: RegexSet,
}

/// What one claim makes of a neighbour; of several claims the greatest counts.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Says nothing of itself: it is given the benefit of the doubt.
    Silent,
    /// Neither routes nor bridges, as far as it knows.
    Station,
    Network,
    Phone,
}

impl Kinds {
    /// A pattern that is not a regex is left out (a test reads them all).
    pub fn of(platforms: &Platforms) -> Self {
        let patterns = || platforms.all().iter().flat_map(|p| &p.announces);
        let good = || RegexSet::new(patterns().filter(|p| RegexSet::new([p]).is_ok()));
        Self { systems: RegexSet::new(patterns()).or_else(|_| good()).unwrap_or_default() }
    }

    /// The reason when all that is said about one neighbour comes to no network device.
    pub fn refusal<'c>(&self, claims: impl Iterator<Item = &'c NeighborClaim>) -> Option<String> {
        let told = claims.map(|claim| (self.kind(claim), claim)).max_by(|(a, _), (b, _)| a.cmp(b));
        let (kind, claim) = told?;
        let told = model::text::shown(claim.remote_capabilities.as_deref().unwrap_or_default().trim());
        matches!(kind, Kind::Station | Kind::Phone).then(|| format!("says that it is: {told}"))
    }

    fn kind(&self, claim: &NeighborClaim) -> Kind {
        let words = words(claim);
        // One-letter codes differ: S is a switch in CDP and a station in LLDP; T is a bridge in CDP, a phone in LLDP.
        let (letters, phone): (&[&str], &str) =
            if claim.protocol == "cdp" { (&["r", "t", "b", "s"], "phone") } else { (&["r", "b"], "t") };
        let is = |word: &str| words.iter().any(|w| w.contains(word));
        // A phone has a port for the computer behind it, and so says that it is a bridge too.
        let is_phone = is("phone") || words.iter().any(|w| w == phone);
        let routes = is("router") || words.iter().any(|w| w == "r");
        let forwards = is("bridge") || is("switch") || words.iter().any(|w| letters.contains(&w.as_str()));
        match () {
            () if routes => Kind::Network,
            () if is_phone => Kind::Phone,
            // A switch in software says that it is a station: its agent does not see what forwards the frames.
            () if forwards || self.names_a_system(claim) => Kind::Network,
            () if words.is_empty() => Kind::Silent,
            () => Kind::Station,
        }
    }

    fn names_a_system(&self, claim: &NeighborClaim) -> bool {
        claim.remote_platform.as_deref().is_some_and(|text| self.systems.is_match(text))
    }
}

fn words(claim: &NeighborClaim) -> Vec<String> {
    let told = claim.remote_capabilities.as_deref().unwrap_or_default();
    let words = told.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims as `protocol capabilities; platform`.
    fn check(claims: &[&str], entered: bool) {
        let claim = |text: &&str| {
            let (told, platform) = text.split_once("; ").map_or((*text, None), |(t, p)| (t, Some(p.to_owned())));
            let (protocol, capabilities) = told.split_once(' ').expect("protocol and capabilities");
            NeighborClaim {
                protocol: protocol.into(),
                remote_capabilities: Some(capabilities.into()),
                remote_platform: platform,
                ..NeighborClaim::default()
            }
        };
        let claims: Vec<NeighborClaim> = claims.iter().map(claim).collect();
        let refusal = Kinds::of(Platforms::builtin()).refusal(claims.iter());
        assert_eq!(refusal.is_none(), entered, "{claims:?}: {refusal:?}");
    }

    #[test]
    fn what_only_says_that_it_bridges_for_a_phone_is_a_phone() {
        check(&["lldp B,T"], false);
        check(&["lldp B, R"], true);
        check(&["lldp Bridge, on"], true);
        check(&["lldp S"], false);
        check(&["cdp S I"], true);
        check(&["cdp Host Phone Two-port Mac Relay"], false);
        check(&["cdp Router Switch IGMP"], true);
        check(&["cdp Trans-Bridge Source-Route-Bridge"], true);
        check(&["lldp "], true);
        check(&[], true);
    }

    #[test]
    fn all_that_is_said_of_one_neighbour_counts() {
        check(&["lldp Station", "cdp Router Switch"], true);
        check(&["lldp Bridge", "cdp Host Phone"], false);
        check(&["lldp ", "cdp Host"], false);
    }

    #[test]
    fn a_station_that_names_a_network_system_is_a_network_device() {
        check(&["lldp Station; Debian GNU/Linux 12 (bookworm) Linux 6.1.0-21-amd64"], false);
        check(&["lldp Station; Debian GNU/Linux 12", "cdp Host; FRRouting running on Debian GNU/Linux 12"], true);
        check(&["lldp Station; Cumulus Linux version 5.9.1 running on QEMU Standard PC"], true);
        check(&["lldp Telephone; Open vSwitch"], false);
    }
}
