//! What can be bought: models, software, serial numbers and port names of each vendor.

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

/// The platform name that ntc-templates and the product use.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    CiscoIos,
    CiscoNxos,
    AristaEos,
    JuniperJunos,
}

impl Platform {
    pub const ALL: [Self; 4] = [Self::CiscoIos, Self::CiscoNxos, Self::AristaEos, Self::JuniperJunos];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::CiscoIos => "cisco_ios",
            Self::CiscoNxos => "cisco_nxos",
            Self::AristaEos => "arista_eos",
            Self::JuniperJunos => "juniper_junos",
        }
    }

    pub fn vendor(self) -> &'static str {
        match self {
            Self::CiscoIos | Self::CiscoNxos => "Cisco",
            Self::AristaEos => "Arista",
            Self::JuniperJunos => "Juniper",
        }
    }

    /// The name of a port channel, from 1.
    pub(crate) fn channel_name(self, number: usize) -> String {
        match self {
            Self::CiscoIos => format!("Port-channel{number}"),
            Self::CiscoNxos => format!("port-channel{number}"),
            Self::AristaEos => format!("Port-Channel{number}"),
            Self::JuniperJunos => format!("ae{}", number - 1),
        }
    }

    pub fn speaks_cdp(self) -> bool {
        self.vendor() == "Cisco"
    }

    /// The first three octets of the vendor's MAC addresses.
    pub(crate) fn oui(self) -> u32 {
        match self {
            Self::CiscoIos => 0x70_6b_b9,
            Self::CiscoNxos => 0x00_de_fb,
            Self::AristaEos => 0x00_1c_73,
            Self::JuniperJunos => 0x2c_6b_f5,
        }
    }
}

/// What a device is for in its site.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Rtr,
    Core,
    Spine,
    Leaf,
    Access,
}

impl Role {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rtr => "rtr",
            Self::Core => "core",
            Self::Spine => "spine",
            Self::Leaf => "leaf",
            Self::Access => "access",
        }
    }
}

/// How a model names its ports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ports {
    /// `GigabitEthernet0/N`
    IosRouter,
    /// `GigabitEthernet0/0/N`
    XeRouter,
    /// `GigabitEthernet1/0/N`, uplinks `TenGigabitEthernet1/1/N`
    IosSwitch,
    /// `TwentyFiveGigE1/0/N`
    XeCore,
    /// `Ethernet1/N`
    Nexus,
    /// `EthernetN`
    Eos,
    /// `ge-0/0/N`, uplinks `xe-0/2/N`
    Ex,
    /// `xe-0/0/N`
    Qfx,
}

impl Ports {
    /// The name of the n-th port (from 0); `uplink` ports are counted apart. `member` is the unit
    /// of a stack that has the port, from 0.
    pub fn name(self, n: usize, uplink: bool, member: usize) -> String {
        match (self, uplink) {
            (Self::IosRouter, _) => format!("GigabitEthernet0/{n}"),
            (Self::XeRouter, _) => format!("GigabitEthernet0/0/{n}"),
            (Self::IosSwitch, false) => format!("GigabitEthernet{}/0/{}", member + 1, n + 1),
            (Self::IosSwitch, true) => format!("TenGigabitEthernet1/1/{}", n + 1),
            (Self::XeCore, _) => format!("TwentyFiveGigE1/0/{}", n + 1),
            (Self::Nexus, false) => format!("Ethernet1/{}", n + 1),
            (Self::Nexus, true) => format!("Ethernet1/{}", n + 49),
            (Self::Eos, false) => format!("Ethernet{}", n + 1),
            (Self::Eos, true) => format!("Ethernet{}", n + 49),
            (Self::Ex, false) => format!("ge-{member}/0/{n}"),
            (Self::Ex, true) => format!("xe-0/2/{n}"),
            (Self::Qfx, false) => format!("xe-0/0/{n}"),
            (Self::Qfx, true) => format!("et-0/0/{}", n + 48),
        }
    }
}

/// A product and the software it may run.
#[derive(Debug)]
pub struct Model {
    pub platform: Platform,
    pub roles: &'static [Role],
    /// As `show version` gives it.
    pub name: &'static str,
    /// The part number in the inventory.
    pub part: &'static str,
    pub ports: Ports,
    /// IOS-XE rather than classic IOS; nothing elsewhere.
    pub xe: bool,
    /// How many units can be stacked.
    pub stack: usize,
    pub versions: &'static [&'static str],
}

use Platform::{AristaEos, CiscoIos, CiscoNxos, JuniperJunos};
use Role::{Access, Core, Leaf, Rtr, Spine};

const IOS15_R: &[&str] = &["15.7(3)M8", "15.5(3)M10", "15.9(3)M4"];
const IOS15_S: &[&str] = &["15.2(7)E4", "15.2(4)E10", "15.2(7)E7"];
const XE: &[&str] = &["16.12.8", "17.3.5", "17.6.4", "17.9.3"];
const NX: &[&str] = &["9.3(8)", "9.3(10)", "10.2(3)", "7.0(3)I7(9)"];
const EOS: &[&str] = &["4.27.3F", "4.28.5M", "4.30.2F", "4.31.1F"];
const EX: &[&str] = &["18.4R3-S9.2", "20.4R3-S4.8", "21.4R3-S2.3"];
const MX: &[&str] = &["19.4R3-S8.1", "21.2R3-S3.5", "22.2R3.15"];

const fn model(
    platform: Platform,
    roles: &'static [Role],
    name: &'static str,
    part: &'static str,
    ports: Ports,
    versions: &'static [&'static str],
) -> Model {
    Model { platform, roles, name, part, ports, xe: false, stack: 1, versions }
}

const fn xe(roles: &'static [Role], name: &'static str, ports: Ports, stack: usize) -> Model {
    Model { platform: CiscoIos, roles, name, part: name, ports, xe: true, stack, versions: XE }
}

pub static MODELS: &[Model] = &[
    model(CiscoIos, &[Rtr], "CISCO2911/K9", "CISCO2911/K9", Ports::IosRouter, IOS15_R),
    model(CiscoIos, &[Access], "WS-C2960X-48TS-L", "WS-C2960X-48TS-L", Ports::IosSwitch, IOS15_S),
    xe(&[Rtr], "ISR4331/K9", Ports::XeRouter, 1),
    xe(&[Rtr], "ASR1001-X", Ports::XeRouter, 1),
    xe(&[Core, Spine], "C9500-48Y4C", Ports::XeCore, 1),
    xe(&[Leaf], "C9300-48T", Ports::IosSwitch, 1),
    xe(&[Access], "C9300-48P", Ports::IosSwitch, 3),
    model(CiscoNxos, &[Core, Spine], "C9336C-FX2", "N9K-C9336C-FX2", Ports::Nexus, NX),
    model(CiscoNxos, &[Spine], "C9364C", "N9K-C9364C", Ports::Nexus, NX),
    model(CiscoNxos, &[Leaf], "C93180YC-FX", "N9K-C93180YC-FX", Ports::Nexus, NX),
    model(AristaEos, &[Core], "DCS-7280SR3-48YC8", "DCS-7280SR3-48YC8", Ports::Eos, EOS),
    model(AristaEos, &[Spine], "DCS-7050CX3-32S", "DCS-7050CX3-32S", Ports::Eos, EOS),
    model(AristaEos, &[Leaf], "DCS-7050SX3-48YC8", "DCS-7050SX3-48YC8", Ports::Eos, EOS),
    model(AristaEos, &[Access], "CCS-720XP-48ZC2", "CCS-720XP-48ZC2", Ports::Eos, EOS),
    model(JuniperJunos, &[Rtr, Core], "mx204", "MX204", Ports::Qfx, MX),
    model(JuniperJunos, &[Spine], "qfx5120-32c", "QFX5120-32C", Ports::Qfx, EX),
    model(JuniperJunos, &[Leaf], "qfx5120-48y", "QFX5120-48Y-8C", Ports::Qfx, EX),
    Model { stack: 2, ..model(JuniperJunos, &[Access], "ex3400-48t", "EX3400-48T", Ports::Ex, EX) },
];

/// A serial number in the vendor's shape.
pub fn serial(platform: Platform, rng: &mut ChaCha8Rng) -> String {
    let prefix = match platform {
        CiscoIos => ["FOC", "FCW", "FDO", "FJC"][rng.random_range(0..4)],
        CiscoNxos => ["FDO", "SAL", "FOC"][rng.random_range(0..3)],
        AristaEos => ["JPE", "SSJ", "HSH"][rng.random_range(0..3)],
        JuniperJunos => ["NX", "TC", "PE"][rng.random_range(0..3)],
    };
    let week: u32 = rng.random_range(2001..2452);
    match platform {
        CiscoIos | CiscoNxos => format!("{prefix}{week}{}", letters(rng, 4)),
        AristaEos => format!("{prefix}{}", rng.random_range(16_000_000..22_999_999)),
        JuniperJunos => format!("{prefix}02{:08}", rng.random_range(10_000_000..99_999_999)),
    }
}

fn letters(rng: &mut ChaCha8Rng, n: usize) -> String {
    const SET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    (0..n).map(|_| char::from(SET[rng.random_range(0..SET.len())])).collect()
}

/// `GigabitEthernet1/0/1` as a Cisco or Arista table prints it: `Gi1/0/1`.
pub fn short_port(name: &str) -> String {
    const PAIRS: &[(&str, &str)] = &[
        ("TwentyFiveGigE", "Twe"),
        ("TenGigabitEthernet", "Te"),
        ("GigabitEthernet", "Gi"),
        ("Port-channel", "Po"),
        ("Port-Channel", "Po"),
        ("Ethernet", "Et"),
        ("Vlan", "Vl"),
        ("Loopback", "Lo"),
    ];
    for (long, short) in PAIRS {
        if let Some(rest) = name.strip_prefix(long) {
            return format!("{short}{rest}");
        }
    }
    name.to_owned()
}
