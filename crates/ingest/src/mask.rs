//! Secrets in what a device said: found by the platform's patterns, never shown.

use model::Platform;
use regex::{Captures, Regex, RegexBuilder};

/// Replaces what group 1 of a pattern matches, line by line.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    patterns: Vec<Regex>,
}

const MASKED: &str = "********";

impl Mask {
    /// The patterns of a platform; one that is not a regex is left out (a test reads them all).
    pub fn of(platform: &Platform) -> Self {
        let compile = |p: &String| RegexBuilder::new(p).multi_line(true).build().ok();
        Self { patterns: platform.secrets.iter().filter_map(compile).collect() }
    }

    pub fn apply(&self, text: &str) -> String {
        self.patterns.iter().fold(text.to_owned(), |text, pattern| {
            let replaced = pattern.replace_all(&text, |found: &Captures<'_>| match found.get(1) {
                Some(secret) => {
                    let whole = found.get(0).map_or(secret.range(), |w| w.range());
                    format!("{}{MASKED}{}", &text[whole.start..secret.start()], &text[secret.end()..whole.end])
                }
                None => found[0].to_owned(),
            });
            replaced.into_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use model::Platforms;

    use super::*;

    #[test]
    fn only_the_secret_itself_is_masked() {
        let ios = Platforms::builtin().get("cisco_ios").expect("platform");
        let masked =
            Mask::of(ios).apply("username a secret 9 $9$abc\nsnmp-server community public RO\ninterface Vlan1\n");
        assert_eq!(masked, "username a secret 9 ********\nsnmp-server community ******** RO\ninterface Vlan1\n");
    }
}
