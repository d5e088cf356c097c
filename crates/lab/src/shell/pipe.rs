//! The part of a command after `|`.

use crate::world::Platform;

/// A filter that the lab knows.
#[derive(Debug, PartialEq, Eq)]
pub enum Pipe {
    Include(String),
    Exclude(String),
    Begin(String),
    /// Junos: no paging for this command.
    NoMore,
}

/// Splits a line into command and filter; `Err` when the filter is not known.
pub fn split(platform: Platform, line: &str) -> Result<(&str, Option<Pipe>), ()> {
    let Some((command, filter)) = line.split_once('|') else { return Ok((line, None)) };
    let (verb, argument) = filter.trim().split_once(' ').unwrap_or((filter.trim(), ""));
    let text = argument.trim().trim_matches('"').to_owned();
    let junos = platform == Platform::JuniperJunos;
    let is = |full: &str, least: usize| verb.len() >= least && full.starts_with(verb);
    let pipe = match text.is_empty() {
        true if (junos || platform != Platform::CiscoIos) && is("no-more", 4) => Pipe::NoMore,
        false if junos && is("match", 2) => Pipe::Include(text),
        false if junos && is("except", 3) => Pipe::Exclude(text),
        false if junos && is("find", 2) => Pipe::Begin(text),
        false if !junos && is("include", 1) => Pipe::Include(text),
        false if !junos && is("exclude", 1) => Pipe::Exclude(text),
        false if !junos && is("begin", 1) => Pipe::Begin(text),
        _ => return Err(()),
    };
    Ok((command.trim_end(), Some(pipe)))
}

impl Pipe {
    pub fn apply(&self, text: &str) -> String {
        let keep = |lines: &mut dyn Iterator<Item = &str>| lines.fold(String::new(), |out, l| out + l + "\n");
        match self {
            Self::Include(word) => keep(&mut text.lines().filter(|l| l.contains(word))),
            Self::Exclude(word) => keep(&mut text.lines().filter(|l| !l.contains(word))),
            Self::Begin(word) => keep(&mut text.lines().skip_while(|l| !l.contains(word))),
            Self::NoMore => text.to_owned(),
        }
    }
}

#[test]
fn filters_keep_lines() {
    let run = |line| split(Platform::CiscoIos, line).map(|(c, p)| (c, p.map(|p| p.apply("a 1\nb 2\nc 1\n"))));
    assert_eq!(run("show x | i 1"), Ok(("show x", Some("a 1\nc 1\n".to_owned()))));
    assert_eq!(run("show x | begin b"), Ok(("show x", Some("b 2\nc 1\n".to_owned()))));
    assert_eq!(run("show x | redirect flash:y"), Err(()));
}
