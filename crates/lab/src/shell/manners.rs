//! How each vendor greets, pages and refuses.

use crate::world::Platform;

/// The habits of a platform's terminal.
#[derive(Debug)]
pub struct Manners {
    pub platform: Platform,
    /// Sent before every prompt but the first.
    pub before_prompt: &'static str,
    /// What the pager prints when a page is full.
    pub more: &'static str,
    /// What erases it.
    pub erase: &'static str,
    /// A full input line scrolls sideways instead of wrapping.
    pub scrolls: bool,
}

const IOS: Manners = Manners {
    platform: Platform::CiscoIos,
    before_prompt: "",
    more: " --More-- ",
    erase: "\x08\x08\x08\x08\x08\x08\x08\x08\x08        \x08\x08\x08\x08\x08\x08\x08\x08\x08",
    scrolls: true,
};
const NXOS: Manners = Manners {
    platform: Platform::CiscoNxos,
    before_prompt: "",
    more: "\x1b[7m--More--\x1b[m",
    erase: "\r\x1b[K",
    scrolls: false,
};
const EOS: Manners =
    Manners { platform: Platform::AristaEos, before_prompt: "", more: " --More-- ", erase: "\r\x1b[K", scrolls: false };
const JUNOS: Manners = Manners {
    platform: Platform::JuniperJunos,
    before_prompt: "\r\n",
    more: "---(more)---",
    erase: "\r                                        \r",
    scrolls: false,
};

impl Manners {
    pub fn of(platform: Platform) -> &'static Self {
        match platform {
            Platform::CiscoIos => &IOS,
            Platform::CiscoNxos => &NXOS,
            Platform::AristaEos => &EOS,
            Platform::JuniperJunos => &JUNOS,
        }
    }

    /// What is shown after log-in, before the first prompt.
    pub fn greeting(&self, host: &str) -> String {
        match self.platform {
            Platform::CiscoIos => format!("\r\n*** {host} # authorised use only > ***\r\n\r\n"),
            Platform::CiscoNxos => format!(
                "{host} authorised use only > \r\n# maintenance window: Sunday 02:00#\r\n\r\n\
                 Cisco Nexus Operating System (NX-OS) Software\r\nTAC support: http://www.cisco.com/tac\r\n"
            ),
            Platform::AristaEos => {
                format!("Last login: Mon Mar  4 08:14:55 2024 from 127.0.0.1\r\n{host} # authorised use only >\r\n")
            }
            Platform::JuniperJunos => {
                format!(
                    "Last login: Mon Mar  4 08:14:55 2024 from 127.0.0.1\r\n--- JUNOS Kernel 64-bit built # {host} >\r\n"
                )
            }
        }
    }

    /// The pager's line after `shown` of `total` lines; Junos counts from the second page on.
    pub fn more(&self, shown: usize, total: usize, first: bool) -> String {
        match self.platform {
            Platform::JuniperJunos if !first => format!("---(more {}%)---", shown * 100 / total.max(1)),
            _ => self.more.to_owned(),
        }
    }
}
