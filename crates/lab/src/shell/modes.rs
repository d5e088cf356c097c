//! Modes and the prompts that show them.

use crate::world::Platform;

/// Where in the CLI the user is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `host>`: not everything is allowed.
    User,
    /// `host#`, and `user@host>` on Junos.
    Exec,
    /// Global configuration.
    Config,
    /// Configuration of an interface.
    ConfigIf,
    /// The session is over.
    Closed,
}

impl Mode {
    /// The prompt, the only line or the last of several. `chassis`: a Junos virtual chassis.
    pub fn prompt(self, platform: Platform, host: &str, user: &str, chassis: bool) -> String {
        if platform == Platform::JuniperJunos {
            let member = if chassis { "{master:0}" } else { "" };
            let sign = if matches!(self, Self::Config | Self::ConfigIf) { '#' } else { '>' };
            let edit = if sign == '#' { "[edit]\r\n" } else { "" };
            let gap = if member.is_empty() || !edit.is_empty() { "" } else { "\r\n" };
            return format!("{member}{gap}{edit}{user}@{host}{sign} ");
        }
        let space = if platform == Platform::CiscoNxos { " " } else { "" };
        // IOS cuts the name to 20 characters in configuration modes.
        let cut: String =
            if platform == Platform::CiscoIos { host.chars().take(20).collect() } else { host.to_owned() };
        match self {
            Self::User => format!("{host}>{space}"),
            Self::Exec | Self::Closed => format!("{host}#{space}"),
            Self::Config => format!("{cut}(config)#{space}"),
            Self::ConfigIf => format!("{cut}(config-if)#{space}"),
        }
    }
}

#[test]
fn prompts_show_the_mode() {
    let ios = |mode: Mode, host| mode.prompt(Platform::CiscoIos, host, "admin", false);
    assert_eq!(ios(Mode::User, "usa-rtr-1"), "usa-rtr-1>");
    assert_eq!(ios(Mode::Config, "a-very-long-name-of-a-device"), "a-very-long-name-of-(config)#");
    let junos = |mode: Mode, chassis| mode.prompt(Platform::JuniperJunos, "fra-leaf-1", "admin", chassis);
    assert_eq!(junos(Mode::Exec, true), "{master:0}\r\nadmin@fra-leaf-1> ");
    assert_eq!(junos(Mode::Config, true), "{master:0}[edit]\r\nadmin@fra-leaf-1# ");
}
