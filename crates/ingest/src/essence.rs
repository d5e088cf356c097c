//! A text without what means nothing: the noise that the platform names, and the order where order means nothing.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use model::{Author, Platforms};
use regex::bytes::Regex;

/// What is left out of a capture type of a platform before it is compared.
#[derive(Debug, Clone, Default)]
pub struct Filters {
    lines: Vec<Pattern>,
    parts: Vec<Pattern>,
    blocks: Vec<(Pattern, Pattern)>,
    unordered: Vec<Pattern>,
    last_change: Vec<Pattern>,
}

#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    regex: Arc<Regex>,
}

/// Which filter left something out, as it stands in the platform file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// `noise`, `noise_parts`, `noise_blocks`, `unordered`
    pub list: &'static str,
    pub pattern: String,
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.list, self.pattern)
    }
}

/// A line that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'t> {
    /// In the whole text, from 1.
    pub number: u32,
    pub text: Cow<'t, str>,
}

/// What was left out of a line, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut<'t> {
    pub number: u32,
    pub text: &'t str,
    pub filter: Filter,
}

#[derive(Debug, Clone, Default)]
pub struct Essence<'t> {
    pub lines: Vec<Line<'t>>,
    pub left_out: Vec<LeftOut<'t>>,
    /// Lines that were compared in another order than they stand in.
    pub put_in_order: Vec<LeftOut<'t>>,
}

impl Filters {
    /// Those of the platform and those of the capture type.
    pub fn of(platforms: &Platforms, platform: &str, capture_type: &str) -> Self {
        let compiled = |text: &String| Some(Pattern { text: text.clone(), regex: model::pattern::of(text)? });
        let all = |patterns: &[String]| patterns.iter().filter_map(compiled).collect::<Vec<_>>();
        let mut filters = Filters::default();
        if let Some((_, shared)) = platforms.capture_type(capture_type) {
            (filters.lines, filters.parts) = (all(&shared.noise), all(&shared.noise_parts));
        }
        let Some(spec) = platforms.get(platform).and_then(|p| p.captures.get(capture_type)) else { return filters };
        filters.lines.extend(all(&spec.noise));
        filters.parts.extend(all(&spec.noise_parts));
        let block = |b: &model::platform::NoiseBlock| Some((compiled(&b.from)?, compiled(&b.to)?));
        filters.blocks = spec.noise_blocks.iter().filter_map(block).collect();
        filters.unordered = all(&spec.unordered);
        filters.last_change = all(&spec.last_change);
        filters
    }

    /// All of them, those that all platforms share first.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let list = |list: &'static str, patterns: &[Pattern]| {
            let name = |p: &Pattern| Filter { list, pattern: p.text.clone() }.to_string();
            patterns.iter().map(name).collect::<Vec<_>>()
        };
        let blocks: Vec<Pattern> = self.blocks.iter().map(|(from, _)| from.clone()).collect();
        let all = [
            list("noise", &self.lines),
            list("noise_parts", &self.parts),
            list("noise_blocks", &blocks),
            list("unordered", &self.unordered),
            list("last_change", &self.last_change),
        ];
        all.into_iter().flatten()
    }

    /// What of a text counts, and what was left out.
    pub fn essence<'t>(&self, text: &'t str) -> Essence<'t> {
        let lines: Vec<&str> = text.lines().collect();
        let mut essence = Essence::default();
        let mut at = 0;
        while at < lines.len() {
            at += match self.block(&lines[at..]) {
                Some((pattern, length)) => {
                    self.take(&mut essence, at, lines[at]);
                    for (n, line) in lines.iter().enumerate().skip(at + 1).take(length) {
                        essence.leave_out(n, line, "noise_blocks", pattern);
                    }
                    length + 1
                }
                None => {
                    self.take(&mut essence, at, lines[at]);
                    1
                }
            };
        }
        let mut moved = Vec::new();
        self.put_in_order(&mut essence.lines, &mut moved);
        moved.sort_unstable_by_key(|(number, _)| *number);
        let told = |(number, pattern): (u32, &Pattern)| LeftOut {
            number,
            text: lines[number as usize - 1],
            filter: Filter { list: "unordered", pattern: pattern.text.clone() },
        };
        essence.put_in_order = moved.into_iter().map(told).collect();
        essence
    }

    /// Who changed the text last, as it says itself.
    pub fn author(&self, text: &str) -> Option<Author> {
        let found = self.last_change.iter().find_map(|p| p.regex.captures(text.as_bytes()))?;
        let group = |name| found.name(name).map(|m| String::from_utf8_lossy(m.as_bytes()).trim().to_owned());
        let (user, at) = (group("user"), group("at"));
        (user.is_some() || at.is_some()).then_some(Author { user, at })
    }

    /// The filter in whose block the first line stands, and how many lines after it belong to it.
    fn block(&self, lines: &[&str]) -> Option<(&Pattern, usize)> {
        let begins = |b: &&(Pattern, Pattern)| b.0.regex.is_match(lines[0].as_bytes());
        let (from, to) = self.blocks.iter().find(begins)?;
        let end = lines[1..].iter().position(|line| to.regex.is_match(line.as_bytes()))?;
        Some((from, end + 1))
    }

    fn take<'t>(&self, essence: &mut Essence<'t>, at: usize, line: &'t str) {
        if let Some(filter) = self.lines.iter().find(|p| p.regex.is_match(line.as_bytes())) {
            return essence.leave_out(at, line, "noise", filter);
        }
        let mut kept = Cow::Borrowed(line.trim_end());
        for filter in &self.parts {
            let Some(part) = filter.regex.captures(kept.as_bytes()).and_then(|c| c.get(1)).map(|m| m.range()) else {
                continue;
            };
            let bytes = [&kept.as_bytes()[..part.start], b"...", &kept.as_bytes()[part.end..]].concat();
            kept = Cow::Owned(String::from_utf8_lossy(&bytes).into_owned());
            essence.leave_out(at, line, "noise_parts", filter);
        }
        essence.lines.push(Line { number: number(at), text: kept });
    }

    /// Sorts neighbouring blocks of one pattern of `unordered`. Lines that hold nothing but `!`, `#` or `}` may stand
    /// between them, and stay where they are.
    fn put_in_order<'f>(&'f self, lines: &mut [Line<'_>], moved: &mut Vec<(u32, &'f Pattern)>) {
        let mut at = 0;
        while at < lines.len() {
            let Some(pattern) = self.unordered.iter().find(|p| p.regex.is_match(lines[at].text.as_bytes())) else {
                at += 1;
                continue;
            };
            let run = Run::at(pattern, lines, at);
            at = run.end;
            run.blocks.iter().for_each(|block| self.put_in_order(&mut lines[block.start + 1..block.end], moved));
            let before: Vec<u32> = lines[run.start..run.end].iter().map(|l| l.number).collect();
            let range = run.start..run.end;
            run.sort(lines);
            let elsewhere = lines[range].iter().zip(before).filter(|(line, n)| line.number != *n);
            moved.extend(elsewhere.map(|(line, _)| (line.number, pattern)));
        }
    }
}

/// Blocks of one pattern that stand next to each other, with what stands between them.
struct Run {
    start: usize,
    end: usize,
    blocks: Vec<std::ops::Range<usize>>,
}

impl Run {
    fn at(pattern: &Pattern, lines: &[Line<'_>], start: usize) -> Run {
        let depth = indent(&lines[start].text);
        let (mut blocks, mut at) = (Vec::new(), start);
        loop {
            let first = at;
            at += 1;
            while at < lines.len() && indent(&lines[at].text) > depth && !lines[at].text.is_empty() {
                at += 1;
            }
            blocks.push(first..at);
            let next = (at..lines.len()).find(|n| !is_separator(&lines[*n].text));
            let like =
                |n: &usize| indent(&lines[*n].text) == depth && pattern.regex.is_match(lines[*n].text.as_bytes());
            match next.filter(like) {
                Some(next) => at = next,
                None => return Run { start, end: at, blocks },
            }
        }
    }

    fn sort(self, lines: &mut [Line<'_>]) {
        if self.blocks.len() < 2 {
            return;
        }
        let mut sorted: Vec<&[Line<'_>]> = self.blocks.iter().map(|b| &lines[b.clone()]).collect();
        sorted.sort_by(|a, b| a.iter().map(|l| &l.text).cmp(b.iter().map(|l| &l.text)));
        let mut result = Vec::with_capacity(self.end - self.start);
        let mut after = self.start;
        for (block, place) in sorted.into_iter().zip(&self.blocks) {
            result.extend_from_slice(&lines[after..place.start]);
            result.extend_from_slice(block);
            after = place.end;
        }
        lines[self.start..self.end].clone_from_slice(&result);
    }
}

impl<'t> Essence<'t> {
    fn leave_out(&mut self, at: usize, text: &'t str, list: &'static str, pattern: &Pattern) {
        let filter = Filter { list, pattern: pattern.text.clone() };
        self.left_out.push(LeftOut { number: number(at), text, filter });
    }

    /// The lines under which a line stands, the outermost first: `interface Vlan10`, `address-family ipv4`.
    pub fn sections(&self, at: usize) -> Vec<&str> {
        let mut depth = self.lines.get(at).map_or(0, |l| indent(&l.text));
        let mut above = Vec::new();
        for line in self.lines[..at.min(self.lines.len())].iter().rev() {
            if depth == 0 {
                break;
            }
            let here = indent(&line.text);
            if here < depth && !is_separator(&line.text) {
                depth = here;
                above.push(&*line.text);
            }
        }
        above.reverse();
        above
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn is_separator(line: &str) -> bool {
    matches!(line.trim(), "" | "!" | "#" | "}")
}

#[cfg(test)]
mod tests;
