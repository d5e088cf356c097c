//! What platforms answer to a question, so that they are known without a hint.

use std::cmp::Reverse;

use model::platform::Fingerprint;
use model::{Platform, Platforms, pattern};

/// The fingerprints of all platforms. Their patterns are compiled when the first answer is held against them.
pub struct Signatures {
    platforms: &'static Platforms,
    /// Those that share a question stand together, and the question that most platforms answer stands first.
    all: Vec<(&'static Platform, &'static Fingerprint)>,
}

impl Signatures {
    pub fn of(platforms: &'static Platforms) -> Self {
        let of = |p: &'static Platform| p.fingerprint.iter().map(move |asked| (p, asked));
        let mut all: Vec<_> = platforms.all().iter().flat_map(of).collect();
        let asked: Vec<&str> = all.iter().map(|(_, asked)| asked.command.as_str()).collect();
        let votes = |command: &str| asked.iter().filter(|c| **c == command).count();
        all.sort_by_key(|(_, asked)| (Reverse(votes(&asked.command)), &asked.command));
        Self { platforms, all }
    }

    /// The questions in the order in which to ask them: first those of the platforms that greet in this way. `greeting`:
    /// the server's version string, its banner, what it said before the prompt, and the prompt, in lines.
    pub fn questions(&self, greeting: &str) -> Vec<&'static str> {
        let greets = |p: &&Platform| p.greets.iter().any(|own| pattern::found(own, greeting.as_bytes()));
        let greeting: Vec<&str> = self.platforms.all().iter().filter(greets).map(|p| p.name.as_str()).collect();
        let (mut first, rest): (Vec<_>, Vec<_>) =
            self.all.iter().partition(|(p, _)| greeting.contains(&p.name.as_str()));
        first.extend(rest);
        let mut questions: Vec<&'static str> = Vec::new();
        for (_, asked) in first {
            if !questions.contains(&asked.command.as_str()) {
                questions.push(&asked.command);
            }
        }
        questions
    }

    /// The platforms that answer a question in this way.
    pub fn answer<'s>(&'s self, command: &'s str, text: &'s str) -> impl Iterator<Item = &'static Platform> + 's {
        let known =
            self.all.iter().filter(move |(_, asked)| asked.command == command && matches(asked, text.as_bytes()));
        known.map(|(platform, _)| *platform)
    }
}

fn matches(asked: &Fingerprint, text: &[u8]) -> bool {
    asked.all.iter().all(|p| pattern::found(p, text)) && !asked.none.iter().any(|p| pattern::found(p, text))
}
