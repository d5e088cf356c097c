//! The part of a command after `|`.

use regex::Regex;

use crate::world::Platform;

/// A filter that the lab knows.
#[derive(Debug)]
pub enum Pipe {
    Include(Regex),
    Exclude(Regex),
    Begin(Regex),
    /// Lines that match, with what is indented below them.
    Section(Regex),
    /// Junos: no paging for this command.
    NoMore,
    /// Junos: as commands; the words stand before each.
    Set(String),
}

/// Splits a line into command and filter; `Err` when the filter is not known.
pub fn split(platform: Platform, line: &str) -> Result<(&str, Option<Pipe>), ()> {
    let Some((command, filter)) = line.split_once('|') else { return Ok((line, None)) };
    let (verb, argument) = filter.trim().split_once(' ').unwrap_or((filter.trim(), ""));
    let text = argument.trim().trim_matches('"');
    let junos = platform == Platform::JuniperJunos;
    let is = |full: &str, least: usize| verb.len() >= least && full.starts_with(verb);
    // What is no pattern is looked for as it is.
    let pattern = || Regex::new(text).or_else(|_| Regex::new(&regex::escape(text))).map_err(|_| ());
    let pipe = match text.is_empty() {
        true if (junos || platform != Platform::CiscoIos) && is("no-more", 4) => Pipe::NoMore,
        false if junos && is("match", 2) => Pipe::Include(pattern()?),
        false if junos && is("except", 3) => Pipe::Exclude(pattern()?),
        false if junos && is("find", 2) => Pipe::Begin(pattern()?),
        false if junos && is("display", 2) && text == "set" => {
            let path = command.trim().strip_prefix("show configuration").ok_or(())?;
            Pipe::Set(format!("set {}", path.trim()).trim_end().to_owned())
        }
        false if !junos && is("include", 1) => Pipe::Include(pattern()?),
        false if !junos && is("exclude", 1) => Pipe::Exclude(pattern()?),
        false if !junos && is("begin", 1) => Pipe::Begin(pattern()?),
        false if !junos && is("section", 1) => Pipe::Section(pattern()?),
        _ => return Err(()),
    };
    Ok((command.trim_end(), Some(pipe)))
}

impl Pipe {
    pub fn apply(&self, text: &str) -> String {
        let keep = |lines: &mut dyn Iterator<Item = &str>| lines.fold(String::new(), |out, l| out + l + "\n");
        match self {
            Self::Include(word) => keep(&mut text.lines().filter(|l| word.is_match(l))),
            Self::Exclude(word) => keep(&mut text.lines().filter(|l| !word.is_match(l))),
            Self::Begin(word) => keep(&mut text.lines().skip_while(|l| !word.is_match(l))),
            Self::Section(word) => section(text, word),
            Self::NoMore => text.to_owned(),
            Self::Set(before) => set(text, before),
        }
    }
}

fn section(text: &str, word: &Regex) -> String {
    let mut out = String::new();
    let mut inside = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start().len();
        if inside.is_some_and(|head| depth <= head) {
            inside = None;
        }
        if inside.is_none() && word.is_match(line) {
            inside = Some(depth);
        }
        if inside.is_some() {
            out += line;
            out.push('\n');
        }
    }
    out
}

/// Braces as commands: a line for each statement, and one for each item of a list.
fn set(text: &str, before: &str) -> String {
    let mut out = String::new();
    // A statement that was asked for by its name begins with it.
    let before = match before.rsplit_once(' ') {
        Some((path, last)) if text.starts_with(&format!("{last} ")) => path,
        _ => before,
    };
    let mut path: Vec<&str> = Vec::new();
    for line in text.lines().map(|l| l.split("##").next().unwrap_or_default().trim()) {
        if let Some(name) = line.strip_suffix('{') {
            path.push(name.trim());
        } else if line == "}" {
            path.pop();
        } else if let Some(statement) = line.strip_suffix(';') {
            let place: String = path.iter().map(|p| format!("{p} ")).collect();
            let mut say = |what: &str| out += &format!("{before} {place}{what}\n");
            match statement.split_once('[') {
                Some((head, items)) => {
                    items.trim_end_matches(']').split_whitespace().for_each(|i| say(&format!("{head}{i}")));
                }
                None => say(statement),
            }
        }
    }
    out
}

#[test]
fn filters_keep_lines() {
    let run = |line| split(Platform::CiscoIos, line).map(|(c, p)| (c, p.map(|p| p.apply("a 1\n b 2\nc 1\n"))));
    assert_eq!(run("show x | i 1"), Ok(("show x", Some("a 1\nc 1\n".to_owned()))));
    assert_eq!(run("show x | include ^(a|c)"), Ok(("show x", Some("a 1\nc 1\n".to_owned()))));
    assert_eq!(run("show x | begin b"), Ok(("show x", Some(" b 2\nc 1\n".to_owned()))));
    assert_eq!(run("show x | section ^a"), Ok(("show x", Some("a 1\n b 2\n".to_owned()))));
    assert_eq!(run("show x | redirect flash:y"), Err(()));
}

#[test]
fn braces_become_commands() {
    let line = "show configuration system | display set";
    let text =
        "ntp {\n    server 10.0.0.1;\n}\nauthentication-order [ tacplus password ];\nkey \"$9$x\"; ## SECRET-DATA\n";
    let said = split(Platform::JuniperJunos, line).map(|(_, p)| p.map(|p| p.apply(text)));
    let want = "set system ntp server 10.0.0.1\nset system authentication-order tacplus\n\
                set system authentication-order password\nset system key \"$9$x\"\n";
    assert_eq!(said, Ok(Some(want.to_owned())));
    let line = "show configuration system authentication-order | display set";
    let said = split(Platform::JuniperJunos, line).map(|(_, p)| p.map(|p| p.apply("authentication-order [ a b ];\n")));
    let want = "set system authentication-order a\nset system authentication-order b\n";
    assert_eq!(said, Ok(Some(want.to_owned())));
}
