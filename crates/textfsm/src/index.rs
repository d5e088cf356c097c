//! The `index` of a set of templates: which templates read which command of which platform.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::abbreviation::{expand, fits, plain_front};
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

/// Tries for a look-up; a pattern that needs more does not match.
const FUEL: u32 = 1_000_000;

/// The table of templates. The first row whose platform and command match wins; both match as prefixes.
#[derive(Debug, Default)]
pub struct Index {
    /// Platforms as the index spells them, with the rows of each, ascending.
    platforms: Vec<(Matcher, Vec<usize>)>,
    /// First words of commands, as `sh[[ow]] `, each once.
    heads: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: usize,
    templates: Vec<String>,
    platform: String,
    /// Of [`Index::heads`]; the command goes on behind it.
    head: usize,
    /// The byte that comes then, where only one can.
    next: Option<u8>,
    command: Matcher,
}

/// A pattern of a column. Few are more than plain text with abbreviations.
#[derive(Debug)]
struct Matcher {
    source: String,
    /// Length of the plain part in front.
    front: usize,
    /// The whole as a regular expression, if it is more than its front; made when the front first fits.
    pattern: OnceLock<Option<Pattern>>,
    abbreviated: bool,
    /// The front holds abbreviations; most platforms hold none.
    cut_short: bool,
}

/// What is found out about a command once for all rows.
struct Asked<'c> {
    command: &'c str,
    /// For each head, once it is known, whether the command begins with it.
    heads: Vec<Option<bool>>,
    /// Where the first word ends, with its blank.
    word: usize,
    scratch: Scratch,
    fuel: u32,
}

impl Index {
    /// Reads the text of an `index` file: columns between commas, `#` for comments, `sh[[ow]]` for
    /// what may be cut short. Rows with too few or too many columns are passed over, as Python does.
    pub fn parse(source: &str) -> Result<Index, IndexError> {
        let index = Index::parse_lazily(source)?;
        for row in &index.rows {
            row.command.check(row.line)?;
        }
        for (platform, rows) in &index.platforms {
            platform.check(rows.first().map_or(0, |&row| index.rows[row].line))?;
        }
        Ok(index)
    }

    /// As [`Index::parse`], for an index that is known to be good: some twenty times as fast. A row whose
    /// pattern is not good matches nothing.
    pub fn parse_lazily(source: &str) -> Result<Index, IndexError> {
        let mut lines = (1..).zip(source.lines());
        let header = lines.by_ref().map(|(_, line)| line.split('#').next().unwrap_or("").trim());
        let header: Vec<&str> =
            header.into_iter().find(|line| !line.is_empty()).unwrap_or("").split(',').map(str::trim).collect();
        let column = |name| header.iter().position(|column| *column == name);
        let template = column("Template").ok_or(IndexError::NoColumn { column: "Template" })?;
        let (platform, command) = (column("Platform"), column("Command"));
        let mut index = Index::default();
        let mut platforms = HashMap::new();
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split(',').map(str::trim).collect();
            if cells.len() == header.len() {
                let cell = |column: Option<usize>| column.map_or("", |at| cells[at]);
                index.add(number, cells[template], cell(platform), cell(command), &mut platforms);
            }
        }
        Ok(index)
    }

    fn add<'s>(
        &mut self,
        line: usize,
        templates: &str,
        platform: &'s str,
        command: &str,
        platforms: &mut HashMap<&'s str, usize>,
    ) {
        let known = platforms.entry(platform).or_insert_with(|| {
            self.platforms.push((Matcher::new(platform, false), Vec::new()));
            self.platforms.len() - 1
        });
        self.platforms[*known].1.push(self.rows.len());
        let command = Matcher::new(command, true);
        let head = first_word(&command.source[..command.front]);
        let next = command.source.as_bytes()[head.len()..command.front].first().copied().filter(|&byte| byte != b'[');
        let head = self.heads.iter().position(|known| known == head).unwrap_or_else(|| {
            self.heads.push(head.to_owned());
            self.heads.len() - 1
        });
        let templates = templates.split(':').map(str::to_owned).collect();
        self.rows.push(Row { line, templates, platform: platform.to_owned(), head, next, command });
    }

    /// The templates for a command, to be merged on their keys when there are several.
    pub fn lookup(&self, platform: &str, command: &str) -> Option<&[String]> {
        let mut asked = Asked::new(self, command);
        let mut best: Option<usize> = None;
        for rows in self.rows_of(platform) {
            let rows = rows.iter().take_while(|&&row| best.is_none_or(|best| row < best));
            best = rows.copied().find(|&row| asked.is(self, &self.rows[row])).or(best);
        }
        best.map(|row| &*self.rows[row].templates)
    }

    /// The templates of every row for a platform.
    pub fn of_platform(&self, platform: &str) -> impl Iterator<Item = &[String]> {
        let mut rows: Vec<usize> = self.rows_of(platform).flatten().copied().collect();
        rows.sort_unstable();
        rows.into_iter().map(|row| &*self.rows[row].templates)
    }

    /// The templates of every row for a command, of whatever platform.
    pub fn for_command(&self, command: &str) -> impl Iterator<Item = &[String]> {
        let mut asked = Asked::new(self, command);
        self.rows.iter().filter(move |row| asked.is(self, row)).map(|row| &*row.templates)
    }

    /// Every row: templates, and the platform as the index spells it.
    pub fn rows(&self) -> impl Iterator<Item = (&[String], &str)> {
        self.rows.iter().map(|row| (&*row.templates, &*row.platform))
    }

    /// The rows of each spelling that the platform matches.
    fn rows_of<'i>(&'i self, platform: &'i str) -> impl Iterator<Item = &'i [usize]> {
        let (mut fuel, mut scratch) = (FUEL, Scratch::with_fuel(FUEL.into()));
        let rows = move |(pattern, rows): &'i (Matcher, Vec<usize>)| {
            pattern.matches(platform, &mut fuel, &mut scratch).then_some(&**rows)
        };
        self.platforms.iter().filter_map(rows)
    }
}

impl<'c> Asked<'c> {
    fn new(index: &Index, command: &'c str) -> Asked<'c> {
        let word = command.find(' ').map_or(command.len(), |blank| blank + 1);
        let scratch = Scratch::with_fuel(FUEL.into());
        Asked { command, heads: vec![None; index.heads.len()], word, scratch, fuel: FUEL }
    }

    /// Whether the row is for the command.
    fn is(&mut self, index: &Index, row: &Row) -> bool {
        let head = &index.heads[row.head];
        let fuel = &mut self.fuel;
        if !*self.heads[row.head].get_or_insert_with(|| fits(head, self.command, fuel)) {
            return false;
        }
        let behind = if head.is_empty() { 0 } else { self.word };
        let here = self.command.as_bytes().get(behind).copied();
        (row.next.is_none() || row.next == here) && row.command.matches(self.command, fuel, &mut self.scratch)
    }
}

/// The first word of a plain pattern with its blank, so that it can end in one place of a text only.
fn first_word(front: &str) -> &str {
    let word = front.split_inclusive(' ').next().filter(|word| word.ends_with(' '));
    word.filter(|word| word.matches("[[").count() == word.matches("]]").count()).unwrap_or("")
}

impl Matcher {
    fn new(source: &str, abbreviated: bool) -> Matcher {
        let source = if source == ".*" { "" } else { source };
        let front = if abbreviated || !source.contains("[[") { plain_front(source).len() } else { 0 };
        let cut_short = source[..front].contains("[[");
        Matcher { source: source.to_owned(), front, pattern: OnceLock::new(), abbreviated, cut_short }
    }

    fn is_plain(&self) -> bool {
        self.front == self.source.len()
    }

    fn check(&self, line: usize) -> Result<(), IndexError> {
        if self.is_plain() { Ok(()) } else { self.compile(line).map(drop) }
    }

    fn compile(&self, line: usize) -> Result<Pattern, IndexError> {
        let pattern = if self.abbreviated { expand(&self.source) } else { self.source.clone() };
        Pattern::new(&pattern, |_| false).map_err(|error| IndexError::Pattern { line, pattern, problem: error.what })
    }

    fn matches(&self, text: &str, fuel: &mut u32, scratch: &mut Scratch) -> bool {
        let front = &self.source[..self.front];
        if !(if self.cut_short { fits(front, text, fuel) } else { text.starts_with(front) }) {
            return false;
        }
        let pattern = || self.pattern.get_or_init(|| self.compile(0).ok());
        self.is_plain() || pattern().as_ref().is_some_and(|pattern| pattern.matches(text, scratch).unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn arguments_and_platforms_may_be_patterns() {
        const INDEX: &str = "Template, Platform, Command\n\
            a, cisco_.*, (adm[[in]] )?sh[[ow]] inv[[entory]]\nb, [[x]os, sh[[ow]] port (\\S+ )?des[[cription]]\n\
            c, cisco_ios, show (a|b)$\nd, cisco_ios, show c|display c\ne, .*, [[all]]\n";
        check(INDEX, "cisco_xr", "adm show inv", &["a"]);
        check(INDEX, "cisco_xr", "sh inventory all", &["a"]);
        check(INDEX, "xos", "sh port 1/1 des", &["b"]);
        check(INDEX, "[os", "sh port des", &["b"]);
        check(INDEX, "yos", "sh port des", &["e"]);
        check(INDEX, "cisco_ios", "show b", &["c"]);
        check(INDEX, "cisco_ios", "show bc", &["e"]);
        check(INDEX, "cisco_ios", "display c", &["d"]);
    }

    #[test]
    fn a_bad_pattern_is_refused_with_its_line() {
        let error = Index::parse("Template, Platform, Command\na, b, show\nc, d, show (a\n").expect_err("an error");
        assert!(matches!(error, IndexError::Pattern { line: 3, .. }), "{error}");
        assert!(error.to_string().ends_with("in `show (a`"), "{error}");
    }

    #[test]
    fn platform_and_command_match_as_prefixes() {
        check(INDEX, "cisco_ios_xe", "sho ip route 10.0.0.0", &["b.textfsm", "c.textfsm"]);
        check(INDEX, "cisco_nxos", "show anything", &["d.textfsm"]);
        check(INDEX, "arista_eos", "show version", &[]);
        check(INDEX, "cisco_ios", "display version", &[]);
    }

    fn joined(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(pieces), 0..most).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// What is plain is matched without a regular expression: the answer is the same.
        #[test]
        fn a_command_matches_as_its_regular_expression_does(
            pattern in joined(&["sh[[ow]]", " ", " ", "a[[bc]]", "b", "[[ab]]", "(a|b)?", "\\S+", "|", "c?", "[ab]", "( a)*", "\\ ", "$"], 8),
            text in joined(&["sh", "show", " ", " ", "a", "ab", "abc", "b", "c"], 8),
        ) {
            let Ok(index) = Index::parse(&format!("Template, Command\nx, {pattern}")) else { return Ok(()) };
            let slow = Pattern::new(&expand(pattern.trim()), |_| false).expect("a pattern");
            let slow = slow.matches(&text, &mut Scratch::with_fuel(1_000_000)).expect("fuel");
            prop_assert_eq!(index.lookup("", &text).is_some(), slow);
        }
    }
}
