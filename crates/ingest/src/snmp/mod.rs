//! What was walked by SNMP, as rows: lines `OID = TYPE: VALUE` in, the fields that `platforms/capture_types.yaml` maps to
//! columns out. What each object means is written here, once for all vendors.

mod addresses;
mod entity;
mod lines;
mod names;
mod neighbors;
mod ports;
mod system;

use model::Platforms;

use crate::rows::Row;
use lines::Walked;

/// Name of what read them, where a template's name would stand; the rows; the lines that are no bindings.
pub(crate) type Read = (&'static str, Vec<Row>, Vec<u32>);

/// The rows of a capture of one of the SNMP types; `None` for any other.
pub(crate) fn rows(capture_type: &str, text: &str, platforms: &Platforms) -> Option<Read> {
    let walked = Walked::read(text);
    let (name, rows) = match capture_type {
        "snmp_system" => ("SNMPv2-MIB", system::rows(&walked, platforms)),
        "snmp_interfaces" => ("IF-MIB", ports::rows(&walked)),
        "snmp_lldp" => ("LLDP-MIB", neighbors::lldp(&walked)),
        "snmp_cdp" => ("CISCO-CDP-MIB", neighbors::cdp(&walked)),
        "snmp_arp" => ("IP-MIB", addresses::arp(&walked)),
        "snmp_mac" => ("Q-BRIDGE-MIB", addresses::mac(&walked)),
        "snmp_inventory" => ("ENTITY-MIB", entity::rows(&walked)),
        _ => return None,
    };
    Some((name, rows, walked.unread))
}

#[cfg(test)]
mod tests;
