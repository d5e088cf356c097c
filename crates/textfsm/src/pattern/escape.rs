//! What a backslash and a bracket start.

use super::class::Class;
use super::node::{Node, Place};
use super::parse::{Parsed, Parser};

/// One item of a bracket: a character, or a shorthand such as `\d`.
enum Item {
    Char(char),
    Shorthand(Class),
}

impl Parser {
    /// Reads on after a backslash outside brackets. `start` is the backslash.
    pub(super) fn escape(&mut self, start: usize) -> Parsed<Node> {
        let Some(c) = self.take() else {
            return self.error_at(start, "bad escape (end of pattern)");
        };
        if let Some(class) = Class::shorthand(c, self.flags.ascii) {
            return Ok(Node::Class(Box::new(class)));
        }
        match c {
            'A' => Ok(Node::At(Place::Start)),
            'Z' => Ok(Node::At(Place::End)),
            'b' if self.flags.ascii => Ok(Node::At(Place::AsciiWordEdge)),
            'B' if self.flags.ascii => Ok(Node::At(Place::NotAsciiWordEdge)),
            'b' => Ok(Node::At(Place::WordEdge)),
            'B' => Ok(Node::At(Place::NotWordEdge)),
            '1'..='9' => self.numbered(c, start),
            '0' => self.octal(start, 2).map(|c| self.literal(c)),
            c => self.character(c, start).map(|c| self.literal(c)),
        }
    }

    /// `\1`, `\12`, or three octal digits.
    fn numbered(&mut self, c: char, start: usize) -> Parsed<Node> {
        let octal = |c: &char| ('0'..='7').contains(c);
        let mut group = c as usize - '0' as usize;
        if let Some(second) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            if octal(&c) && octal(&second) && self.peek().is_some_and(|c| octal(&c)) {
                self.at = start + 1;
                return self.octal(start, 3).map(|c| self.literal(c));
            }
            group = group * 10 + second as usize - '0' as usize;
        }
        if group < self.groups.len() {
            return self.backref(group, start);
        }
        self.error_at(start, format!("invalid group reference {group}"))
    }

    /// Up to `most` octal digits, at least none.
    fn octal(&mut self, start: usize, most: usize) -> Parsed<char> {
        let mut value = 0;
        for _ in 0..most {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            value = value * 8 + digit;
            self.at += 1;
        }
        match char::from_u32(value).filter(|_| value <= 0o377) {
            Some(c) => Ok(c),
            None => self.error_at(start, "octal escape value outside of range 0-0o377"),
        }
    }

    /// An escape that stands for one character, in and outside brackets.
    fn character(&mut self, c: char, start: usize) -> Parsed<char> {
        match c {
            'a' => Ok('\x07'),
            'f' => Ok('\x0c'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            'v' => Ok('\x0b'),
            'x' => self.hex(start, 2),
            'u' => self.hex(start, 4),
            'U' => self.hex(start, 8),
            c if c.is_ascii_alphanumeric() => self.error_at(start, format!("bad escape \\{c}")),
            c => Ok(c),
        }
    }

    fn hex(&mut self, start: usize, digits: usize) -> Parsed<char> {
        let mut value = 0u32;
        for _ in 0..digits {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(16)) else {
                return self.error_at(start, "incomplete escape");
            };
            value = value << 4 | digit;
            self.at += 1;
        }
        // A lone surrogate is a character for Python; no text of ours can hold one.
        char::from_u32(value).map_or_else(|| self.error_at(start, "bad escape"), Ok)
    }

    /// Reads on after `[`.
    pub(super) fn set(&mut self, start: usize) -> Parsed<Node> {
        let negated = self.eat('^');
        let mut class = Class::default();
        let first = self.at;
        loop {
            let at = self.at;
            if at != first && self.eat(']') {
                break;
            }
            let low = self.item(start)?;
            if !self.eat('-') {
                add(&mut class, low);
                continue;
            }
            if self.eat(']') {
                add(&mut class, low);
                class.add('-', '-');
                break;
            }
            match (low, self.item(start)?) {
                (Item::Char(low), Item::Char(high)) if low <= high => class.add(low, high),
                _ => return self.error_at(at, "bad character range"),
            }
        }
        Ok(Node::Class(Box::new(class.finish(negated, self.flags.fold))))
    }

    fn item(&mut self, set: usize) -> Parsed<Item> {
        let start = self.at;
        match self.take() {
            None => self.error_at(set, "unterminated character set"),
            Some('\\') => self.item_escape(start),
            Some(c) => Ok(Item::Char(c)),
        }
    }

    fn item_escape(&mut self, start: usize) -> Parsed<Item> {
        let Some(c) = self.take() else {
            return self.error_at(start, "bad escape (end of pattern)");
        };
        if let Some(class) = Class::shorthand(c, self.flags.ascii) {
            return Ok(Item::Shorthand(class));
        }
        match c {
            'b' => Ok(Item::Char('\x08')),
            '0'..='7' => {
                self.at -= 1;
                self.octal(start, 3).map(Item::Char)
            }
            c => self.character(c, start).map(Item::Char),
        }
    }
}

fn add(class: &mut Class, item: Item) {
    match item {
        Item::Char(c) => class.add(c, c),
        Item::Shorthand(other) => class.merge(&other),
    }
}
