//! What platforms answer to a question, so that they are known without a hint.

use std::cmp::Reverse;

use model::{Platform, Platforms};
use regex::{Regex, RegexBuilder};

/// The fingerprints of all platforms, compiled.
pub struct Signatures {
    /// Those that share a question stand together, and the question that most platforms answer stands first.
    all: Vec<Signature>,
    greets: Vec<(&'static str, Vec<Regex>)>,
}

struct Signature {
    platform: &'static Platform,
    command: &'static str,
    all: Vec<Regex>,
    none: Vec<Regex>,
}

impl Signatures {
    /// Fails when a pattern is not a regex.
    pub fn of(platforms: &'static Platforms) -> Result<Self, regex::Error> {
        let (mut all, mut greets) = (Vec::new(), Vec::new());
        for platform in platforms.all() {
            for asked in &platform.fingerprint {
                let (expected, none) = (compile(&asked.all)?, compile(&asked.none)?);
                all.push(Signature { platform, command: &asked.command, all: expected, none });
            }
            greets.push((platform.name.as_str(), compile(&platform.greets)?));
        }
        let asked: Vec<&str> = all.iter().map(|s: &Signature| s.command).collect();
        let votes = |command: &str| asked.iter().filter(|c| **c == command).count();
        all.sort_by_key(|s| (Reverse(votes(s.command)), s.command));
        Ok(Self { all, greets })
    }

    /// The questions in the order in which to ask them: first those of the platforms that greet in this way. `greeting`:
    /// the server's version string, its banner, what it said before the prompt, and the prompt, in lines.
    pub fn questions(&self, greeting: &str) -> Vec<&'static str> {
        let greets = |p: &Platform| {
            let known = self.greets.iter().filter(|(name, _)| *name == p.name).flat_map(|(_, patterns)| patterns);
            known.into_iter().any(|pattern| pattern.is_match(greeting))
        };
        let (mut first, rest): (Vec<_>, Vec<_>) = self.all.iter().partition(|s| greets(s.platform));
        first.extend(rest);
        let mut questions: Vec<&'static str> = Vec::new();
        for signature in first {
            if !questions.contains(&signature.command) {
                questions.push(signature.command);
            }
        }
        questions
    }

    /// The platforms that answer a question in this way.
    pub fn answer<'s>(&'s self, command: &'s str, text: &'s str) -> impl Iterator<Item = &'static Platform> + 's {
        let known = self.all.iter().filter(move |s| s.command == command && s.matches(text));
        known.map(|signature| signature.platform)
    }
}

impl Signature {
    fn matches(&self, text: &str) -> bool {
        self.all.iter().all(|p| p.is_match(text)) && !self.none.iter().any(|p| p.is_match(text))
    }
}

fn compile(patterns: &[String]) -> Result<Vec<Regex>, regex::Error> {
    patterns.iter().map(|p| RegexBuilder::new(p).multi_line(true).build()).collect()
}
