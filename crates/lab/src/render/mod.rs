//! What a device prints, in the words of its vendor.
//!
//! A renderer reads the world and writes text as the real device does: the same columns, the
//! same abbreviations, the same odd spaces, because parsers depend on all of them. It computes
//! nothing; what is true is decided in `world`.

/// Appends a formatted line. Writing to a `String` cannot fail.
macro_rules! say {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{
        use std::fmt::Write as _;
        let _ = writeln!($out, $($arg)*);
    }};
}

mod command;
mod common;
mod describe;
mod eos;
mod ios;
mod junos;
mod nxos;
mod uptime;

pub use command::{Lookup, lookup};
pub use common::clock_table;
pub use describe::{Heard, heard, system_description, system_name};
pub use uptime::Uptime;

use crate::world::{Device, Platform, World};

/// Prints the output of a command.
pub type Render = fn(&World, &Device) -> String;

/// The commands of a platform: the full text and what it prints.
pub fn commands(platform: Platform) -> &'static [(&'static str, Render)] {
    match platform {
        Platform::CiscoIos => ios::COMMANDS,
        Platform::CiscoNxos => nxos::COMMANDS,
        Platform::AristaEos => eos::COMMANDS,
        Platform::JuniperJunos => junos::COMMANDS,
    }
}

impl World {
    /// What a device prints for a command, which may be abbreviated and filtered. None: no such device, or
    /// the command is none that the lab renders.
    pub fn output(&self, device: &str, command: &str) -> Option<String> {
        let device = self.device(device)?;
        let commands = commands(device.platform());
        let (command, filter) = crate::shell::split_pipe(device.platform(), command).ok()?;
        let Lookup::Found(index) = lookup(command, commands.iter().map(|(name, _)| *name)) else { return None };
        let text = commands[index].1(self, device);
        Some(filter.map_or(text.clone(), |f| f.apply(&text)))
    }
}

impl Platform {
    /// The commands whose outputs the lab renders, in full.
    pub fn commands(self) -> impl Iterator<Item = &'static str> {
        commands(self).iter().map(|(name, _)| *name)
    }
}

/// The running configuration.
pub fn config(world: &World, device: &Device) -> String {
    match device.platform() {
        Platform::CiscoIos => ios::config::running(world, device),
        Platform::CiscoNxos => nxos::config::running(world, device),
        Platform::AristaEos => eos::config::running(world, device),
        Platform::JuniperJunos => junos::config::running(world, device),
    }
}

/// `[110/3]`: administrative distance and metric as Cisco and Arista print them.
fn distance(route: &crate::world::RouteEntry) -> String {
    use crate::world::Proto;
    match route.proto {
        Proto::Connected | Proto::Local => "[0/0]".to_owned(),
        Proto::Static => "[1/0]".to_owned(),
        Proto::Ospf | Proto::OspfInter | Proto::OspfExternal => format!("[110/{}]", route.metric),
        Proto::BgpExternal => "[20/0]".to_owned(),
        Proto::BgpInternal => "[200/0]".to_owned(),
    }
}
