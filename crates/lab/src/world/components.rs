//! The parts of a device, as its inventory lists them.

use super::{Device, Platform, Ports, Role, Use, World};

/// A part with a place in the inventory.
#[derive(Clone, Debug)]
pub struct Component {
    pub name: String,
    pub description: String,
    pub part_id: String,
    pub revision: &'static str,
    /// Some parts, fans mostly, have none.
    pub serial: Option<String>,
}

impl World {
    /// The parts of a device in the order they are printed.
    pub fn components(&self, device: &Device) -> Vec<Component> {
        let mut parts = self.born_with(device);
        for part in &mut parts {
            if let Some(now) = part.serial.as_ref().and_then(|s| device.past.swapped.get(s)) {
                part.serial = Some(now.clone());
            }
        }
        parts
    }

    fn born_with(&self, device: &Device) -> Vec<Component> {
        match device.platform() {
            Platform::CiscoIos if matches!(device.model.ports, Ports::IosSwitch | Ports::XeCore) => ios_switch(device),
            Platform::CiscoIos => ios_router(device),
            Platform::CiscoNxos => nexus(device),
            Platform::AristaEos => arista(device),
            Platform::JuniperJunos => juniper(device),
        }
    }
}

impl World {
    /// Optics that the inventory does not list but a table of their own does, by the index of their port: on NX-OS.
    pub fn optics(&self, device: &Device) -> Vec<(usize, Component)> {
        let make = |(i, name): (usize, &str)| {
            (i, part(name, "10Gbase-SR", "FTLX8574D3BCL-C2", "A").with(sub("FNS", &device.serials[0], i)))
        };
        if device.platform() == Platform::CiscoNxos { optics(device).map(make).collect() } else { Vec::new() }
    }
}

fn part(name: impl Into<String>, description: impl Into<String>, part_id: &str, revision: &'static str) -> Component {
    Component {
        name: name.into(),
        description: description.into(),
        part_id: part_id.to_owned(),
        revision,
        serial: None,
    }
}

impl Component {
    fn with(mut self, serial: impl Into<String>) -> Self {
        self.serial = Some(serial.into());
        self
    }
}

/// A serial for a part of a unit: the unit's own digits behind another prefix.
fn sub(prefix: &str, unit: &str, n: usize) -> String {
    format!("{prefix}{}{n}", &unit[2..])
}

/// Uplinks carry an optic: the ports that lead to other devices, at most four.
fn optics(device: &Device) -> impl Iterator<Item = (usize, &str)> {
    let links = device
        .ports
        .iter()
        .enumerate()
        .filter(|(_, p)| p.channel.is_none() && !matches!(p.usage, Use::Edge { .. } | Use::Shut));
    links.map(|(i, p)| (i, p.name.as_str())).take(4)
}

fn ios_router(device: &Device) -> Vec<Component> {
    let (model, serial) = (device.model.name, &device.serials[0]);
    vec![
        part("Chassis", format!("Cisco {model} Chassis"), device.model.part, "V05").with(serial),
        part("Power Supply Module 0", "External Power Supply Module", "PWR-4330-AC", "V02").with(sub("PST", serial, 0)),
        part("Fan Tray", format!("Cisco {model} Fan Assembly"), "ACS-4330-FANASSY", ""),
    ]
}

fn ios_switch(device: &Device) -> Vec<Component> {
    let model = device.model;
    let mut parts = Vec::new();
    if device.serials.len() > 1 {
        parts.push(part("c93xx Stack", "c93xx Stack", model.part, "V02").with(&device.serials[0]));
    }
    for (i, serial) in device.serials.iter().enumerate() {
        let n = i + 1;
        parts.push(part(format!("Switch {n}"), model.name, model.part, "V02").with(serial));
        let supply = format!("Switch {n} - Power Supply A");
        parts.push(
            part(supply, format!("Switch {n} - Power Supply A"), "PWR-C1-715WAC-P", "V01").with(sub("LIT", serial, 1)),
        );
    }
    let unit = &device.serials[0];
    let modules =
        optics(device).map(|(i, name)| part(name, "SFP-10GBase-SR", "SFP-10G-SR", "V03").with(sub("AV", unit, i)));
    parts.extend(modules);
    parts
}

fn nexus(device: &Device) -> Vec<Component> {
    let (name, pid, serial) = (device.model.name, device.model.part, &device.serials[0]);
    let chassis = format!("Nexus9000 {name} Chassis");
    let mut parts = vec![
        part("Chassis", chassis.clone(), pid, "V02").with(serial),
        part("Slot 1", "36x40/100G Ethernet Module", pid, "V02").with(serial),
    ];
    for n in 1..=2 {
        let supply = format!("{chassis} Power Supply");
        parts.push(part(format!("Power Supply {n}"), supply, "NXA-PAC-1100W-PE", "V01").with(sub("DCB", serial, n)));
    }
    parts.extend((1..=3).map(|n| part(format!("Fan {n}"), format!("{chassis} Fan Module"), "NXA-FAN-65CFM-PE", "V01")));
    parts
}

fn arista(device: &Device) -> Vec<Component> {
    let serial = &device.serials[0];
    let mut parts = vec![part("System", format!("{} 1RU", device.model.name), device.model.part, "11.02").with(serial)];
    parts.extend(
        (1..=2).map(|n| part(format!("Power Supply {n}"), "", "PWR-511-AC-RED", "").with(sub("D6", serial, n))),
    );
    parts.extend((1..=4).map(|n| part(format!("Fan {n}"), "", "FAN-7011H-RED", "")));
    let modules = optics(device).map(|(i, name)| {
        let n = name.trim_start_matches("Ethernet");
        part(format!("Transceiver {n}"), "Arista Networks", "SFP-25G-SR", "0002").with(sub("XC", serial, i))
    });
    parts.extend(modules);
    parts
}

fn juniper(device: &Device) -> Vec<Component> {
    let (model, first) = (device.model.part, &device.serials[0]);
    let mut parts = vec![part("Chassis", model, "", "").with(first)];
    for (n, serial) in device.serials.iter().enumerate() {
        parts.push(part(format!("Routing Engine {n}"), format!("RE-{model}"), "BUILTIN", "").with("BUILTIN"));
        parts.push(part(format!("FPC {n}"), model, "650-059876", "REV 18").with(serial));
        parts.push(part("CPU", "FPC CPU", "BUILTIN", "").with("BUILTIN"));
        parts.push(part("PIC 0", "48x10G", "BUILTIN", "").with("BUILTIN"));
        for (i, _) in optics(device).filter(|_| n == 0 || device.role == Role::Access) {
            parts.push(part(format!("Xcvr {i}"), "SFP+-10G-SR", "740-021308", "REV 01").with(sub("AA", serial, i)));
        }
        for k in 0..2 {
            parts.push(
                part(format!("Power Supply {k}"), "JPSU-650W-AC-AFO", "740-041741", "REV 05")
                    .with(sub("1GA", serial, k)),
            );
        }
    }
    parts.extend(
        (0..3).map(|n| part(format!("Fan Tray {n}"), format!("Fan Tray {n}, Front to Back Airflow - AFO"), "", "")),
    );
    parts
}
