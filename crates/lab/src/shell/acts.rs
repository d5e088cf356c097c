//! Commands that act on the session rather than print something about the device.

use crate::render::{self, Render};
use crate::world::Platform;

/// What a command does.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Show(Render),
    /// Page height.
    Length(u32),
    /// Columns.
    Width(u32),
    /// Accepted; prints this.
    Accept(&'static str),
    Enable,
    Disable,
    Configure,
    Leave,
}

const IOS: &[(&str, Act)] = &[
    ("terminal length <n>", Act::Length(0)),
    ("terminal width <n>", Act::Width(0)),
    ("terminal no monitor", Act::Accept("")),
    ("terminal monitor", Act::Accept("")),
    ("enable", Act::Enable),
    ("disable", Act::Disable),
    ("configure terminal", Act::Configure),
    ("write memory", Act::Accept("Building configuration...\n[OK]\n")),
    ("exit", Act::Leave),
    ("quit", Act::Leave),
    ("logout", Act::Leave),
];
const NXOS: &[(&str, Act)] = &[
    ("terminal length <n>", Act::Length(0)),
    ("terminal width <n>", Act::Width(0)),
    ("terminal no monitor", Act::Accept("")),
    ("terminal session-timeout <n>", Act::Accept("")),
    ("configure terminal", Act::Configure),
    (
        "copy running-config startup-config",
        Act::Accept("[########################################] 100%\nCopy complete.\n"),
    ),
    ("exit", Act::Leave),
];
const EOS: &[(&str, Act)] = &[
    ("terminal length <n>", Act::Length(0)),
    ("terminal width <n>", Act::Width(0)),
    ("terminal no monitor", Act::Accept("")),
    ("terminal dont-ask", Act::Accept("")),
    ("enable", Act::Enable),
    ("disable", Act::Disable),
    ("configure terminal", Act::Configure),
    ("configure", Act::Configure),
    ("write memory", Act::Accept("Copy completed successfully.\n")),
    ("exit", Act::Leave),
    ("quit", Act::Leave),
    ("logout", Act::Leave),
];
const JUNOS: &[(&str, Act)] = &[
    ("set cli screen-length <n>", Act::Length(0)),
    ("set cli screen-width <n>", Act::Width(0)),
    ("set cli complete-on-space off", Act::Accept("Disabling complete-on-space\n")),
    ("set cli timestamp disable", Act::Accept("")),
    ("configure", Act::Configure),
    ("exit", Act::Leave),
    ("quit", Act::Leave),
];

fn session_acts(platform: Platform) -> &'static [(&'static str, Act)] {
    match platform {
        Platform::CiscoIos => IOS,
        Platform::CiscoNxos => NXOS,
        Platform::AristaEos => EOS,
        Platform::JuniperJunos => JUNOS,
    }
}

/// What a line means: the full command and what it does, or why it is wrong.
pub fn find(platform: Platform, line: &str) -> Result<(&'static str, Act), render::Lookup> {
    let (acts, shows) = (session_acts(platform), render::commands(platform));
    let number: Option<u32> = line.split_whitespace().last().and_then(|w| w.parse().ok());
    let text = match number {
        Some(_) => line.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).to_owned() + "<n>",
        None => line.to_owned(),
    };
    let all = acts.iter().map(|(name, _)| *name).chain(shows.iter().map(|(name, _)| *name));
    let index = match render::lookup(&text, all) {
        render::Lookup::Found(index) => index,
        other => return Err(other),
    };
    if let Some(&(name, render)) = index.checked_sub(acts.len()).and_then(|i| shows.get(i)) {
        return Ok((name, Act::Show(render)));
    }
    let (name, act) = acts[index];
    let n = number.unwrap_or_default();
    Ok(match act {
        Act::Length(_) => (name, Act::Length(n)),
        Act::Width(_) => (name, Act::Width(n)),
        other => (name, other),
    })
}

#[test]
fn a_number_belongs_to_the_command() {
    let act = |line| find(Platform::CiscoIos, line).map(|(name, act)| format!("{name} {act:?}"));
    assert_eq!(act("term len 0"), Ok("terminal length <n> Length(0)".to_owned()));
    assert_eq!(act("terminal width 511"), Ok("terminal width <n> Width(511)".to_owned()));
    assert_eq!(act("conf t"), Ok("configure terminal Configure".to_owned()));
    assert!(act("term").is_err());
}
