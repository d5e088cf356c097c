//! What a device that let us in said of itself and of its neighbours, whichever way it was asked.

use ingest::Reading;
use model::device::Access;
use model::{Capture, DeviceIdentity, DeviceOutcome, Mac, NeighborClaim, Platform};

/// A device that let us in.
#[derive(Debug)]
pub struct Probe {
    pub identity: DeviceIdentity,
    pub platform: &'static Platform,
    pub model: Option<String>,
    pub os_version: Option<String>,
    pub chassis_mac: Option<Mac>,
    pub claims: Vec<NeighborClaim>,
    pub captures: Vec<(Capture, Reading)>,
    pub accesses: Vec<Access>,
    /// The credential that its agent took.
    pub agent: Option<String>,
    pub outcome: DeviceOutcome,
}

impl Probe {
    /// From what it said.
    pub(crate) fn of(
        platform: &'static Platform,
        captures: Vec<(Capture, Reading)>,
        accesses: Vec<Access>,
        outcome: DeviceOutcome,
    ) -> Probe {
        let System { identity, model, os_version, chassis_mac } = describe(platform, &captures);
        let claims = captures.iter().flat_map(|(_, reading)| claims(reading)).collect();
        Probe { identity, platform, model, os_version, chassis_mac, claims, captures, accesses, agent: None, outcome }
    }
}

/// What the readings say of the device itself; the first that says something is believed.
#[derive(Default)]
pub struct System {
    pub identity: DeviceIdentity,
    pub model: Option<String>,
    pub os_version: Option<String>,
    pub chassis_mac: Option<Mac>,
}

/// What the readings say of the device itself.
pub fn describe<'c>(platform: &Platform, captures: impl IntoIterator<Item = &'c (Capture, Reading)>) -> System {
    System::of(platform, captures)
}

impl System {
    fn of<'c>(platform: &Platform, captures: impl IntoIterator<Item = &'c (Capture, Reading)>) -> Self {
        let mut system = Self::default();
        // Half an answer may name half a serial number.
        for (capture, reading) in captures.into_iter().filter(|(c, _)| c.completeness.is_complete()) {
            let Some(kind) = reading.kind else { continue };
            if kind == &model::fact::SYSTEM {
                for (column, value) in reading.facts.iter().flat_map(|f| kind.columns.iter().zip(&f.values)) {
                    system.add(column.name, value.plain());
                }
            }
            for elsewhere in platform.identity.iter().filter(|i| i.capture == capture.capture_type) {
                elsewhere.values(kind, &reading.facts).into_iter().for_each(|(column, text)| system.add(column, text));
            }
        }
        system
    }

    fn add(&mut self, column: &str, text: String) {
        if text.is_empty() {
            return;
        }
        match column {
            "hostname" if self.identity.name.is_empty() => self.identity.name = text,
            "model" => drop(self.model.get_or_insert(text)),
            "os_version" => drop(self.os_version.get_or_insert(text)),
            "serials" => self.identity.serials.extend(text.split_whitespace().map(str::to_owned)),
            "chassis_mac" => {
                if let Ok(mac) = text.parse::<Mac>() {
                    self.chassis_mac.get_or_insert(mac);
                    self.identity.chassis_macs.insert(mac.to_string());
                }
            }
            _ => {}
        }
    }
}

/// The neighbour rows as claims.
fn claims(reading: &Reading) -> Vec<NeighborClaim> {
    let kind = &model::fact::NEIGHBORS;
    if reading.kind != Some(kind) {
        return Vec::new();
    }
    reading.facts.iter().map(|fact| NeighborClaim::from_values(&fact.values)).collect()
}
