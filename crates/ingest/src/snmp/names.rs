//! The interfaces of an agent by their index, and the ports that LLDP and bridges number in their own way.

use std::collections::BTreeMap;

use model::Mac;

use super::lines::{Walked, mac, plain};

pub(super) const IF_ENTRY: &[u32] = &[1, 3, 6, 1, 2, 1, 2, 2, 1];
pub(super) const IFX_ENTRY: &[u32] = &[1, 3, 6, 1, 2, 1, 31, 1, 1, 1];
const LLDP_PORTS: &[u32] = &[1, 0, 8802, 1, 1, 2, 1, 3, 7, 1];

/// ifName, or ifDescr where there is none.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_index: BTreeMap<u32, String>,
    by_mac: BTreeMap<Mac, Vec<u32>>,
}

impl Names {
    pub fn of(walked: &Walked) -> Self {
        let mut names = Self::default();
        for (index, cells) in walked.rows(IF_ENTRY, &[2, 6]) {
            let [index] = index else { continue };
            names.by_index.insert(*index, cells.text(2));
            if let Some(mac) = cells.mac(6) {
                names.by_mac.entry(mac).or_default().push(*index);
            }
        }
        for (index, cells) in walked.rows(IFX_ENTRY, &[1]) {
            if let ([index], name) = (index, cells.text(1))
                && !name.is_empty()
            {
                names.by_index.insert(*index, name);
            }
        }
        names.by_index.retain(|_, name| !name.is_empty());
        names
    }

    pub fn get(&self, index: u32) -> Option<&String> {
        self.by_index.get(&index)
    }

    fn is_one(&self, name: &str) -> bool {
        self.by_index.values().any(|known| known == name)
    }

    /// The one interface with this address; sub-interfaces share that of their port.
    fn with_mac(&self, mac: Mac) -> Option<&String> {
        match self.by_mac.get(&mac).map(Vec::as_slice) {
            Some([index]) => self.get(*index),
            _ => None,
        }
    }
}

/// How LLDP and the interface table of one agent name its ports. The number of a port in LLDP is its interface index on most.
#[derive(Debug)]
pub(super) struct LldpPorts<'n> {
    names: &'n Names,
    /// Number to (subtype of the id, id, description).
    told: BTreeMap<u32, (i64, Vec<u8>, String)>,
}

impl<'n> LldpPorts<'n> {
    pub fn of(walked: &Walked, names: &'n Names) -> Self {
        let rows = walked.rows(LLDP_PORTS, &[2, 3, 4]);
        let told = rows.into_iter().filter_map(|(index, cells)| {
            let id = cells.octets(3).unwrap_or_default().to_vec();
            Some((*index.first()?, (cells.number(2).unwrap_or(0), id, cells.text(4))))
        });
        Self { names, told: told.collect() }
    }

    /// The interface's name: the id that says to be one, a description or a number that is one, the one with its MAC address, or else
    /// the interface with the port's number.
    pub fn name(&self, number: u32) -> String {
        let with_number = || self.names.get(number).cloned();
        let Some((subtype, id, description)) = self.told.get(&number) else { return with_number().unwrap_or_default() };
        let id_text = plain(id);
        let is_name = *subtype == super::neighbors::PORT_NAME && !id_text.is_empty();
        let named = is_name.then_some(id_text.clone());
        let described = || self.names.is_one(description).then(|| description.clone());
        let numbered = || self.names.get(id_text.parse().ok()?).cloned();
        let addressed = || self.names.with_mac(mac(id)?).cloned();
        named.or_else(described).or_else(numbered).or_else(addressed).or_else(with_number).unwrap_or_default()
    }
}
