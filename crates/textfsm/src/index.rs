//! The `index` of a set of templates: which templates read which command of which platform.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::pattern::{Pattern, Scratch};

/// A row of the index cannot be used. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexError {
    #[error(
        "the index has no column `{column}`; its first line names the columns, such as `Template, Hostname, Platform, Command`"
    )]
    NoColumn { column: &'static str },
    #[error("line {line} of the index: {problem}, in `{pattern}`")]
    Pattern { line: usize, pattern: String, problem: String },
}

/// The table of templates. The first row whose platform and command match wins; both match as prefixes.
#[derive(Debug, Default)]
pub struct Index {
    /// Platforms as the index spells them, with the rows of each, ascending.
    platforms: Vec<(Matcher, Vec<usize>)>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    templates: Vec<String>,
    platform: String,
    command: Lazy,
}

/// The matcher of a command, made when it is first needed. One that cannot be made matches nothing.
#[derive(Debug)]
struct Lazy {
    line: usize,
    pattern: String,
    matcher: OnceLock<Option<Matcher>>,
}

/// A pattern of a column; most platforms are plain names.
#[derive(Debug)]
enum Matcher {
    Anything,
    Plain(String),
    Abbreviated(Vec<Part>),
    Pattern(Box<Pattern>),
}

/// What must be there, and then what may be cut short: `sh` and `ow` of `sh[[ow]]`.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    fixed: String,
    optional: String,
}

impl Index {
    /// Reads the text of an `index` file: columns between commas, `#` for comments, `sh[[ow]]` for
    /// what may be cut short. Rows with too few or too many columns are passed over, as Python does.
    pub fn parse(source: &str) -> Result<Index, IndexError> {
        let index = Index::parse_lazily(source)?;
        for Row { command, .. } in &index.rows {
            let matcher = Matcher::of_command(command.line, &command.pattern)?;
            command.matcher.get_or_init(|| Some(matcher));
        }
        Ok(index)
    }

    /// As [`Index::parse`], for an index that is known to be good: a command is compiled when it is first compared.
    /// One that cannot be used matches nothing.
    pub fn parse_lazily(source: &str) -> Result<Index, IndexError> {
        let mut lines = (1..).zip(source.lines());
        let header = lines.by_ref().map(|(_, line)| line.split('#').next().unwrap_or("").trim());
        let header: Vec<&str> =
            header.into_iter().find(|line| !line.is_empty()).unwrap_or("").split(',').map(str::trim).collect();
        let column = |name| header.iter().position(|column| *column == name);
        let template = column("Template").ok_or(IndexError::NoColumn { column: "Template" })?;
        let mut index = Index::default();
        let mut platforms = HashMap::new();
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            if cells.len() != header.len() {
                continue;
            }
            let cell = |name| column(name).map_or("", |at| cells[at]);
            let command = Lazy { line: number, pattern: cell("Command").to_owned(), matcher: OnceLock::new() };
            let templates = cells[template].split(':').map(str::to_owned).collect();
            index.add_platform(number, cell("Platform"), &mut platforms)?;
            index.rows.push(Row { templates, platform: cell("Platform").to_owned(), command });
        }
        Ok(index)
    }

    fn add_platform(&mut self, line: usize, name: &str, known: &mut HashMap<String, usize>) -> Result<(), IndexError> {
        let at = match known.get(name) {
            Some(&at) => at,
            None => {
                self.platforms.push((Matcher::new(line, name)?, Vec::new()));
                known.insert(name.to_owned(), self.platforms.len() - 1);
                self.platforms.len() - 1
            }
        };
        self.platforms[at].1.push(self.rows.len());
        Ok(())
    }

    /// The templates for a command, to be merged on their keys when there are several.
    pub fn lookup(&self, platform: &str, command: &str) -> Option<&[String]> {
        let mut scratch = Scratch::with_fuel(1_000_000);
        let mut best: Option<usize> = None;
        for (pattern, rows) in &self.platforms {
            if !pattern.matches(platform, &mut scratch) {
                continue;
            }
            let rows = rows.iter().take_while(|&&row| best.is_none_or(|best| row < best));
            best = rows.copied().find(|&row| self.rows[row].command.matches(command, &mut scratch)).or(best);
        }
        best.map(|row| &*self.rows[row].templates)
    }

    /// The templates of every row for a platform.
    pub fn of_platform(&self, platform: &str) -> impl Iterator<Item = &[String]> {
        let mut scratch = Scratch::with_fuel(1_000_000);
        let mut rows: Vec<usize> = Vec::new();
        for (pattern, of_pattern) in &self.platforms {
            if pattern.matches(platform, &mut scratch) {
                rows.extend(of_pattern);
            }
        }
        rows.sort_unstable();
        rows.into_iter().map(|row| &*self.rows[row].templates)
    }

    /// The templates of every row for a command, of whatever platform.
    pub fn for_command(&self, command: &str) -> impl Iterator<Item = &[String]> {
        let mut scratch = Scratch::with_fuel(10_000_000);
        self.rows.iter().filter(move |row| row.command.matches(command, &mut scratch)).map(|row| &*row.templates)
    }

    /// Every row: templates, and the platform as the index spells it.
    pub fn rows(&self) -> impl Iterator<Item = (&[String], &str)> {
        self.rows.iter().map(|row| (&*row.templates, &*row.platform))
    }
}

impl Lazy {
    fn matches(&self, text: &str, scratch: &mut Scratch) -> bool {
        let matcher = self.matcher.get_or_init(|| Matcher::of_command(self.line, &self.pattern).ok());
        matcher.as_ref().is_some_and(|matcher| matcher.matches(text, scratch))
    }
}

impl Matcher {
    fn new(line: usize, pattern: &str) -> Result<Matcher, IndexError> {
        if pattern.is_empty() || pattern == ".*" {
            return Ok(Matcher::Anything);
        }
        if !pattern.contains(is_special) {
            return Ok(Matcher::Plain(pattern.to_owned()));
        }
        let bad = |problem| IndexError::Pattern { line, pattern: pattern.to_owned(), problem };
        Pattern::new(pattern, |_| false).map(|p| Matcher::Pattern(Box::new(p))).map_err(|error| bad(error.what))
    }

    /// Most commands are words that may be cut short, which needs no regular expression.
    fn of_command(line: usize, pattern: &str) -> Result<Matcher, IndexError> {
        match parts(pattern) {
            Some(parts) => Ok(Matcher::Abbreviated(parts)),
            None => Matcher::new(line, &complete(pattern)),
        }
    }

    fn matches(&self, text: &str, scratch: &mut Scratch) -> bool {
        match self {
            Matcher::Anything => true,
            Matcher::Plain(start) => text.starts_with(start.as_str()),
            Matcher::Abbreviated(parts) => starts_with(parts, text),
            Matcher::Pattern(pattern) => pattern.matches(text, scratch).unwrap_or(false),
        }
    }
}

fn is_special(c: char) -> bool {
    r"\.^$*+?{}[]|()".contains(c)
}

/// A command without anything special but `[[ ]]`, in parts.
fn parts(command: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = command;
    while !rest.is_empty() {
        let (fixed, after) = rest.split_once("[[").unwrap_or((rest, ""));
        let (optional, after) = if fixed == rest { ("", "") } else { after.split_once("]]")? };
        let is_empty = optional.is_empty() && fixed != rest;
        if is_empty || fixed.contains(is_special) || optional.contains(is_special) {
            return None;
        }
        parts.push(Part { fixed: fixed.to_owned(), optional: optional.to_owned() });
        rest = after;
    }
    (!parts.is_empty()).then_some(parts)
}

/// As the pattern of [`complete`] would match at the start: the longest of what may be cut short is tried first.
fn starts_with(parts: &[Part], text: &str) -> bool {
    let Some((part, parts)) = parts.split_first() else { return true };
    let Some(text) = text.strip_prefix(part.fixed.as_str()) else { return false };
    let same = part.optional.chars().zip(text.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8());
    let mut length: usize = same.sum();
    loop {
        if starts_with(parts, &text[length..]) {
            return true;
        }
        let Some((shorter, _)) = text[..length].char_indices().next_back() else { return false };
        length = shorter;
    }
}

/// `sh[[ow]]` becomes `sh(o(w)?)?`.
fn complete(command: &str) -> String {
    let mut out = String::new();
    let mut rest = command;
    while let Some(start) = rest.find("[[") {
        // At least one character is inside, as in Python's `\[\[.+?\]\]`.
        let inside = &rest[start + 2..];
        let first = inside.chars().next().map_or(0, char::len_utf8);
        let Some(end) = inside.get(first..).and_then(|rest| rest.find("]]")).map(|end| end + first) else { break };
        out.push_str(&rest[..start]);
        let word = &inside[..end];
        word.chars().for_each(|c| out.extend(['(', c]));
        out.push_str(&")?".repeat(word.chars().count()));
        rest = &inside[end + 2..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(index: &str, platform: &str, command: &str, templates: &[&str]) {
        let index = Index::parse(index).expect("index");
        let found = index.lookup(platform, command).unwrap_or_default();
        assert_eq!(found, templates, "{platform} {command}");
    }

    const INDEX: &str = "# comment\n\nTemplate, Hostname, Platform, Command # here\n\n\
        a.textfsm, .*, cisco_ios, sh[[ow]] ip ro[[ute]] vrf (\\S+|\"[^\"]+\")\n#x, .*, cisco_ios, sh\n\
        b.textfsm:c.textfsm, .*, cisco_ios, sh[[ow]] ip ro[[ute]]\nd.textfsm, .*, cisco_.*, show\nbad row, cisco_ios\n";

    #[test]
    fn the_first_row_that_matches_wins() {
        check(INDEX, "cisco_ios", "show ip route vrf X", &["a.textfsm"]);
        check(INDEX, "cisco_ios", "sh ip ro", &["b.textfsm", "c.textfsm"]);
        check(INDEX, "cisco_ios", "show version", &["d.textfsm"]);
    }

    #[test]
    fn words_that_are_cut_short_match_as_their_pattern_does() {
        let commands =
            ["sh[[ow]] ip ro[[ute]]", "a[[ab]]ab c", "é[[éé]]é", "[[x]]y", "x[[]]", "a]]b", "show[[ ip]] arp"];
        let mut texts: Vec<String> =
            ["", "sh ip ro", "sho ip rout", "show ip route x", "shiw ip ro", "sh ipro"].map(str::to_owned).into();
        texts.extend(["a", "b", "ab", "aab", " c", "é", "x", "y", "show", " arp"].map(|a| a.repeat(2)));
        texts.extend(
            ["aab c", "aaab c", "aaabab c", "aabab c", "éé", "ééé", "y", "xy", "show arp", "show ip arp"]
                .map(str::to_owned),
        );
        let mut scratch = Scratch::with_fuel(1_000_000);
        for command in commands {
            let fast = Matcher::of_command(1, command).expect("a matcher");
            let Ok(pattern) = Pattern::new(&complete(command), |_| false) else { continue };
            for text in &texts {
                let slow = pattern.matches(text, &mut scratch).expect("fuel");
                assert_eq!(fast.matches(text, &mut scratch), slow, "{command} {text}");
            }
        }
    }

    #[test]
    fn platform_and_command_match_as_prefixes() {
        check(INDEX, "cisco_ios_xe", "sho ip route 10.0.0.0", &["b.textfsm", "c.textfsm"]);
        check(INDEX, "cisco_nxos", "show anything", &["d.textfsm"]);
        check(INDEX, "arista_eos", "show version", &[]);
        check(INDEX, "cisco_ios", "display version", &[]);
    }
}
