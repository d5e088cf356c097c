//! What a crawl may enter: address ranges and name patterns.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use model::text::shown;
use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

/// `10.0.0.0/8`, `10.1.2.3`, or a name pattern with `*` and `?` such as `*-lab-*`; names ignore case.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Matcher {
    text: String,
    test: Test,
}

#[derive(Debug, Clone)]
enum Test {
    Range(IpNet),
    Name(Regex),
}

impl Matcher {
    /// Whether it is meant by its address or its name.
    pub fn matches(&self, address: Option<IpAddr>, name: Option<&str>) -> bool {
        match &self.test {
            Test::Range(range) => address.is_some_and(|a| range.contains(&a)),
            Test::Name(pattern) => name.is_some_and(|n| pattern.is_match(n)),
        }
    }

    fn is_range(&self) -> bool {
        matches!(self.test, Test::Range(_))
    }
}

impl FromStr for Matcher {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("an empty pattern would match nothing; write a range such as 10.0.0.0/8 or a name".into());
        }
        let range = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        if range.is_err() && text.contains('/') {
            return Err(format!("`{}` is not an address range; write 10.0.0.0/8", shown(text)));
        }
        let glob = format!("^{}$", regex::escape(text).replace(r"\*", ".*").replace(r"\?", "."));
        let name = || RegexBuilder::new(&glob).case_insensitive(true).build();
        let test = match range {
            Ok(range) => Test::Range(range),
            Err(_) => Test::Name(name().map_err(|e| format!("`{}`: {e}", shown(text)))?),
        };
        Ok(Self { text: text.to_owned(), test })
    }
}

impl TryFrom<String> for Matcher {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Matcher> for String {
    fn from(matcher: Matcher) -> String {
        matcher.text
    }
}

/// What the operator wants of a crawl.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// When given, only what matches is entered. Ranges and names are each a condition of their own.
    pub only: Vec<Matcher>,
    pub exclude: Vec<Matcher>,
    /// Hops from the seeds; `None` for no limit.
    pub depth: Option<u32>,
}

impl Rules {
    /// Why a device may not be entered; `None` when it may. A name that is not known yet is no reason.
    pub fn refusal(&self, address: IpAddr, name: Option<&str>) -> Option<String> {
        if let Some(rule) = self.exclude.iter().find(|m| m.matches(Some(address), name)) {
            return Some(format!("excluded by rule --exclude {}", rule.text));
        }
        let (ranges, names): (Vec<&Matcher>, Vec<&Matcher>) = self.only.iter().partition(|m| m.is_range());
        let outside = |rules: &[&Matcher], known: bool| {
            known && !rules.is_empty() && !rules.iter().any(|m| m.matches(Some(address), name))
        };
        let left_out = outside(&ranges, true) || outside(&names, name.is_some());
        let all = self.only.iter().map(|m| m.text.as_str()).collect::<Vec<_>>().join(" ");
        left_out.then(|| format!("excluded by rule --only {all}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(only: &[&str], exclude: &[&str], device: &str, entered: bool) {
        let parse = |list: &[&str]| list.iter().map(|t| t.parse().expect("rule")).collect();
        let rules = Rules { only: parse(only), exclude: parse(exclude), depth: None };
        let (address, name) = device.split_once(' ').unwrap_or((device, ""));
        let name = Some(name).filter(|n| !n.is_empty());
        let refusal = rules.refusal(address.parse().expect("address"), name);
        assert_eq!(refusal.is_none(), entered, "{only:?} {exclude:?} {device}: {refusal:?}");
    }

    #[test]
    fn ranges_and_names_decide() {
        check(&[], &[], "10.0.0.1 core1", true);
        check(&["10.0.0.0/8"], &[], "192.0.2.1", false);
        check(&["10.0.0.0/8", "*-core-*"], &[], "10.1.1.1 fra-leaf-1", false);
        check(&["10.0.0.0/8", "*-core-*"], &[], "10.1.1.1 FRA-core-1", true);
        check(&["*-core-*"], &[], "10.1.1.1", true);
        check(&["10.0.0.0/8"], &["*lab*"], "10.1.1.1 lab-sw", false);
        check(&[], &["10.0.0.1"], "10.0.0.1", false);
    }

    #[test]
    fn a_bad_rule_says_what_to_write() {
        assert!("10.0.0.0/40".parse::<Matcher>().is_err_and(|e| e.contains("10.0.0.0/8")));
        assert!(" ".parse::<Matcher>().is_err());
    }
}
