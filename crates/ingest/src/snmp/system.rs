//! Who the agent is: its name, its software, its chassis.

use model::{Platforms, pattern};

use super::lines::{Cells, Walked, mac, row};
use crate::rows::Row;

const SYSTEM: &[u32] = &[1, 3, 6, 1, 2, 1, 1];
const LLDP_LOCAL: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 3];
const BRIDGE: &[u32] = &[1, 3, 6, 1, 2, 1, 17, 1];
pub(super) const PHYSICAL: &[u32] = &[1, 3, 6, 1, 2, 1, 47, 1, 1, 1, 1];
/// entPhysicalClass.
const CHASSIS: i64 = 3;
/// Subtype of the chassis id.
const MAC: i64 = 4;

pub(super) fn rows(walked: &Walked, platforms: &Platforms) -> Vec<Row> {
    let Some((_, system)) = walked.rows(SYSTEM, &[1, 2, 5]).pop_first() else { return Vec::new() };
    let description = system.octets(1).unwrap_or_default();
    let known = platforms.by_agent(&system.text(2), description);
    let found = |pattern: Option<&String>| first_group(pattern.map(String::as_str), description);
    let (version, model) =
        (found(known.and_then(|(_, a)| a.version.as_ref())), found(known.and_then(|(_, a)| a.model.as_ref())));
    let chassis = Chassis::of(walked);
    let row = row(
        [
            ("HOSTNAME", host(&system.text(5))),
            ("VENDOR", known.map(|(p, _)| p.vendor.clone()).unwrap_or_default()),
            ("MODEL", if model.is_empty() { chassis.model } else { model }),
            ("VERSION", version),
            ("SERIAL", chassis.serials.join(" ")),
            ("MAC_ADDRESS", own_mac(walked)),
        ],
        walked.lines(),
    );
    vec![row]
}

/// The name as prompts have it: without the domain, which many devices add to their sysName.
fn host(name: &str) -> String {
    let is_address = name.parse::<std::net::IpAddr>().is_ok();
    if is_address { name.to_owned() } else { name.split('.').next().unwrap_or_default().to_owned() }
}

fn first_group(pattern: Option<&str>, text: &[u8]) -> String {
    let found = pattern.and_then(pattern::of).and_then(|p| p.captures(text)?.get(1).map(|m| m.as_bytes().to_vec()));
    found.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Of a stack: every unit's serial number, the first one's model.
#[derive(Default)]
struct Chassis {
    serials: Vec<String>,
    model: String,
}

impl Chassis {
    fn of(walked: &Walked) -> Self {
        let mut all = Self::default();
        let is_chassis = |cells: &Cells<'_>| cells.number(5) == Some(CHASSIS);
        for (_, cells) in walked.rows(PHYSICAL, &[5, 11, 13]).into_iter().filter(|(_, cells)| is_chassis(cells)) {
            let (serial, model) = (cells.text(11), cells.text(13));
            if !serial.is_empty() && !all.serials.contains(&serial) {
                all.serials.push(serial);
            }
            all.model = if all.model.is_empty() { model } else { all.model };
        }
        all
    }
}

/// The chassis id that LLDP announces, where it is a MAC address; or that of the bridge.
fn own_mac(walked: &Walked) -> String {
    let announced = walked.rows(LLDP_LOCAL, &[1, 2]).pop_first().map(|(_, cells)| cells);
    let announced = announced.filter(|c| c.number(1) == Some(MAC)).and_then(|c| mac(c.octets(2)?));
    let bridge = || walked.rows(BRIDGE, &[1]).pop_first().and_then(|(_, cells)| cells.mac(1));
    announced.or_else(bridge).map(|m| m.to_string()).unwrap_or_default()
}
