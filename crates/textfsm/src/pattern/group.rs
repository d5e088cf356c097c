//! What an opening parenthesis starts.

use super::node::Node;
use super::parse::{Flags, Parsed, Parser};

impl Parser {
    /// Reads on after `(`. None when the group adds nothing: a comment, or flags for the whole.
    pub(super) fn group(&mut self, start: usize, first: bool) -> Parsed<Option<Node>> {
        if !self.eat('?') {
            return self.capture(start, None).map(Some);
        }
        match self.take() {
            None => Err(self.error("unexpected end of pattern")),
            Some('P') => self.python_extension(start).map(Some),
            Some(':') => self.plain(start).map(Some),
            Some('>') => self.body(start).map(|node| Some(Node::Atomic(Box::new(node)))),
            Some('#') => self.comment(start).map(|()| None),
            Some('=') => self.ahead(start, false).map(Some),
            Some('!') => self.ahead(start, true).map(Some),
            Some('<') => self.behind(start).map(Some),
            Some('(') => self.conditional(start).map(Some),
            Some(c) if is_flag(c) || c == '-' => self.flagged(c, start, first),
            Some(c) => self.error_at(start, format!("unknown extension ?{c}")),
        }
    }

    fn body(&mut self, start: usize) -> Parsed<Node> {
        let node = self.alternatives(false)?;
        if self.eat(')') { Ok(node) } else { self.error_at(start, "missing ), unterminated subpattern") }
    }

    /// A wrapper stays around the node, so that what repeats it is seen to repeat a group.
    fn plain(&mut self, start: usize) -> Parsed<Node> {
        self.body(start).map(|node| Node::Concat(vec![node]))
    }

    fn capture(&mut self, start: usize, name: Option<String>) -> Parsed<Node> {
        let group = self.groups.len();
        self.groups.push(None);
        if let Some(name) = name {
            if self.names.iter().any(|(known, _)| *known == name) {
                return self.error_at(start, format!("redefinition of group name '{name}'"));
            }
            self.names.push((name, group as u32));
        }
        let node = Box::new(self.body(start)?);
        self.groups[group] = Some(node.width());
        Ok(Node::Capture { group: group as u32, node })
    }

    fn comment(&mut self, start: usize) -> Parsed<()> {
        while let Some(c) = self.take() {
            if c == ')' {
                return Ok(());
            }
        }
        self.error_at(start, "missing ), unterminated comment")
    }

    fn ahead(&mut self, start: usize, negated: bool) -> Parsed<Node> {
        let node = Box::new(self.body(start)?);
        Ok(Node::Ahead { negated, node })
    }

    fn behind(&mut self, start: usize) -> Parsed<Node> {
        let negated = match self.take() {
            None => return Err(self.error("unexpected end of pattern")),
            Some('=') => false,
            Some('!') => true,
            Some(c) => return self.error_at(start, format!("unknown extension ?<{c}")),
        };
        let outer = self.behind;
        self.behind = outer.or(Some(self.groups.len()));
        let node = Box::new(self.body(start)?);
        self.behind = outer;
        match node.width() {
            (low, high) if low != high => self.error_at(start, "look-behind requires fixed-width pattern"),
            (low, _) => Ok(Node::Behind { negated, width: u32::try_from(low).unwrap_or(u32::MAX), node }),
        }
    }

    fn python_extension(&mut self, start: usize) -> Parsed<Node> {
        match self.take() {
            Some('<') => {
                let name = self.name('>')?;
                self.capture(start, Some(name))
            }
            Some('=') => {
                let name = self.name(')')?;
                let group = self.known(&name, start)?;
                self.backref(group, start)
            }
            Some(c) => self.error_at(start, format!("unknown extension ?P{c}")),
            None => Err(self.error("unexpected end of pattern")),
        }
    }

    fn until(&mut self, end: char) -> Parsed<String> {
        let start = self.at;
        let mut name = String::new();
        loop {
            match self.take() {
                Some(c) if c == end && name.is_empty() => return self.error_at(start, "missing group name"),
                Some(c) if c == end => return Ok(name),
                Some(c) => name.push(c),
                None if name.is_empty() => return self.error_at(start, "missing group name"),
                None => return self.error_at(start, format!("missing {end}, unterminated name")),
            }
        }
    }

    fn name(&mut self, end: char) -> Parsed<String> {
        let start = self.at;
        let name = self.until(end)?;
        if is_identifier(&name) {
            return Ok(name);
        }
        self.error_at(start, format!("bad character in group name '{name}'"))
    }

    fn known(&self, name: &str, start: usize) -> Parsed<usize> {
        match self.names.iter().find(|(known, _)| known == name) {
            Some((_, group)) => Ok(*group as usize),
            None => self.error_at(start, format!("unknown group name '{name}'")),
        }
    }

    /// A reference to a closed group.
    pub(super) fn backref(&mut self, group: usize, start: usize) -> Parsed<Node> {
        let Some(width) = self.groups.get(group).copied().flatten() else {
            return self.error_at(start, "cannot refer to an open group");
        };
        self.check_behind(group, start)?;
        Ok(Node::Backref { group: group as u32, fold: self.flags.fold, width })
    }

    fn check_behind(&self, group: usize, start: usize) -> Parsed<()> {
        match self.behind {
            Some(_) if self.groups.get(group).copied().flatten().is_none() => {
                self.error_at(start, "cannot refer to an open group")
            }
            Some(before) if group >= before => {
                self.error_at(start, "cannot refer to group defined in the same lookbehind subpattern")
            }
            _ => Ok(()),
        }
    }

    fn conditional(&mut self, start: usize) -> Parsed<Node> {
        let name_at = self.at;
        let name = self.until(')')?;
        let group = if is_identifier(&name) {
            self.known(&name, name_at)?
        } else {
            let number = name.trim().parse::<usize>();
            match number {
                Ok(0) => return self.error_at(name_at, "bad group number"),
                Ok(group) => group,
                Err(_) => return self.error_at(name_at, format!("bad character in group name '{name}'")),
            }
        };
        self.asked.push((group, name_at));
        self.check_behind(group, name_at)?;
        let yes = Box::new(self.sequence(false)?);
        let no = Box::new(if self.eat('|') { self.sequence(false)? } else { Node::empty() });
        if self.peek() == Some('|') {
            return Err(self.error("conditional backref with more than two branches"));
        }
        if !self.eat(')') {
            return self.error_at(start, "missing ), unterminated subpattern");
        }
        Ok(Node::Conditional { group: group as u32, yes, no })
    }

    /// `(?i)` for the whole or `(?i-s:x)` for a part.
    fn flagged(&mut self, c: char, start: usize, first: bool) -> Parsed<Option<Node>> {
        let before = self.flags;
        let Some(flags) = self.read_flags(c)? else {
            if !first {
                return self.error_at(start, "global flags not at the start of the expression");
            }
            return Ok(None);
        };
        self.flags = flags;
        let node = self.plain(start)?;
        self.flags = before;
        Ok(Some(node))
    }

    /// None when the flags are for the whole pattern; they are then set.
    fn read_flags(&mut self, c: char) -> Parsed<Option<Flags>> {
        let mut flags = self.flags;
        let (mut on, mut off) = (String::new(), String::new());
        let mut next = Some(c);
        while let Some(c) = next.filter(|&c| is_flag(c)) {
            set(&mut flags, c, true);
            on.push(c);
            next = self.take();
        }
        if on.contains('L') || on.contains('a') && on.contains('u') {
            return Err(self.error("bad inline flags: 'L' is for bytes, 'a' and 'u' are incompatible"));
        }
        match next {
            Some(')') => {
                self.flags = flags;
                return Ok(None);
            }
            Some('-') => {
                next = self.take();
                while let Some(c) = next.filter(|&c| is_flag(c)) {
                    set(&mut flags, c, false);
                    off.push(c);
                    next = self.take();
                }
                if off.is_empty() {
                    return Err(self.error("missing flag"));
                }
            }
            _ => {}
        }
        if off.contains(['a', 'L', 'u']) || on.chars().any(|c| off.contains(c)) {
            return Err(self.error("bad inline flags: turned off wrongly, or turned on and off"));
        }
        match next {
            Some(':') => Ok(Some(flags)),
            Some(c) if c.is_alphabetic() => Err(self.error("unknown flag")),
            _ => Err(self.error("missing -, : or )")),
        }
    }
}

fn is_flag(c: char) -> bool {
    matches!(c, 'i' | 'L' | 'm' | 's' | 'x' | 'a' | 'u')
}

/// `m` changes nothing: a line has no line feed in it.
fn set(flags: &mut Flags, c: char, on: bool) {
    match c {
        'i' => flags.fold = on,
        's' => flags.dot_all = on,
        'x' => flags.verbose = on,
        'a' => flags.ascii = on,
        'u' => flags.ascii = !on,
        _ => {}
    }
}

/// `str.isidentifier`, near enough: letters, digits and underscores, no digit first.
pub(crate) fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c == '_' || c.is_alphabetic()) && chars.all(|c| c == '_' || c.is_alphanumeric())
}
