//! Configuration modes: a handful of lines that take effect, everything else politely accepted.

use super::acts::{self, Act};
use super::modes::Mode;
use super::{Gone, Shell, errors};
use crate::render::Lookup;
use crate::world::{Platform, short_port};

const ACCEPTED: &[&str] = &[
    "no",
    "ip",
    "ipv6",
    "switchport",
    "shutdown",
    "router",
    "vlan",
    "logging",
    "snmp-server",
    "aaa",
    "username",
    "mtu",
    "set",
    "delete",
];

impl Shell {
    pub(super) async fn configure(&mut self, line: &str, prompt: usize) -> Result<(), Gone> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "end" => self.leave_configuration(),
            "exit" | "quit" if self.mode == Mode::ConfigIf => (self.mode, self.context) = (Mode::Config, None),
            "exit" | "quit" => self.leave_configuration(),
            "commit" if self.platform == Platform::JuniperJunos => return self.term.send("commit complete\r\n").await,
            "do" | "run" => return self.run_show(rest).await,
            "interface" => return self.enter_interface(rest.trim(), line, prompt).await,
            "description" if self.context.is_some() => self.describe(rest.trim()),
            "hostname" if !rest.is_empty() => {
                self.lab.edit(self.device, |d| d.overrides.hostname = Some(rest.to_owned()))
            }
            "ntp" => self.add_ntp(rest),
            _ if ACCEPTED.contains(&word) => {}
            _ => {
                let text = errors::message(self.platform, line, prompt, &Lookup::Invalid(0));
                return self.term.send(super::output::wire(text.as_bytes())).await;
            }
        }
        Ok(())
    }

    fn leave_configuration(&mut self) {
        (self.mode, self.context) = (Mode::Exec, None);
    }

    /// `do show …` and, on Junos, `run show …`.
    async fn run_show(&mut self, line: &str) -> Result<(), Gone> {
        match acts::find(self.platform, line) {
            Ok((_, Act::Show(render))) => {
                let text = self.lab.with_device(self.device, render);
                self.print(&text).await
            }
            _ => Ok(()),
        }
    }

    async fn enter_interface(&mut self, name: &str, line: &str, prompt: usize) -> Result<(), Gone> {
        let wanted = name.replace(' ', "");
        let port = self.lab.with_device(self.device, |_, d| {
            d.ports
                .iter()
                .position(|p| p.name.eq_ignore_ascii_case(&wanted) || short_port(&p.name).eq_ignore_ascii_case(&wanted))
        });
        if port.is_none() {
            let text = errors::message(self.platform, line, prompt, &Lookup::Invalid(10.min(line.len())));
            return self.term.send(super::output::wire(text.as_bytes())).await;
        }
        (self.mode, self.context) = (Mode::ConfigIf, port);
        Ok(())
    }

    fn describe(&self, text: &str) {
        if let Some(port) = self.context {
            self.lab.edit(self.device, |d| d.ports[port].description = Some(text.to_owned()));
        }
    }

    fn add_ntp(&self, rest: &str) {
        let server = rest.strip_prefix("server ").and_then(|s| s.split(' ').next()).and_then(|s| s.parse().ok());
        if let Some(server) = server {
            self.lab.edit(self.device, |d| d.ntp.push(server));
        }
    }
}
