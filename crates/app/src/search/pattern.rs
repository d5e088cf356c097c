//! What is searched for, and what a text must have before anything of it is unmasked for a match.
//!
//! What counts is the masked line, and whether a line is a hit must not depend on the secret in it: else one could find
//! a secret out by asking for `[a-m].*`, which matches a mask too, and looking whether the answer is empty. So the text
//! as it is may only be used to leave out what cannot match. For that, the part of the pattern is taken that no asterisk
//! of a mask can match: wherever a masked line matches, this part matches outside the masks, where nothing was changed.

use grep_regex::{RegexMatcher, RegexMatcherBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use store::Needles;

use crate::{AppError, AppResult};

/// A pattern, compiled.
pub(super) struct Pattern {
    pub matcher: RegexMatcher,
    /// Every masked line that matches, matches this one unmasked.
    pub filter: RegexMatcher,
    /// A text must have one of them for the filter to let a line of it through.
    pub needles: Option<Needles>,
    /// The filter is the pattern itself: an unmasked line that it lets through is a match.
    pub is_filter: bool,
}

/// Bytes of a compiled pattern: `(x{1000}){1000}` is refused.
const SIZE: usize = 8 << 20;
/// Bytes of a pattern as typed.
const LENGTH: usize = 16 << 10;
const NESTING: u32 = 100;

impl Pattern {
    pub fn new(pattern: &str, fixed: bool, ignore_case: bool) -> AppResult<Pattern> {
        if pattern.len() > LENGTH {
            return Err(AppError::Usage(format!("not a pattern: longer than {LENGTH} bytes")));
        }
        let pattern = if fixed { regex_syntax::escape(pattern) } else { pattern.to_owned() };
        let parsed = regex_syntax::ParserBuilder::new()
            .case_insensitive(ignore_case)
            .multi_line(true)
            .crlf(true)
            .utf8(false)
            .nest_limit(NESTING)
            .build()
            .parse(&pattern)
            .map_err(|e| bad(&e.to_string()))?;
        let matcher = compiled(&pattern, ignore_case)?;
        let must_have = must_have(&parsed);
        let filter = match &must_have {
            Some(hir) => compiled(&hir.to_string(), false)?,
            None => compiled("^", false)?,
        };
        let needles = must_have.as_ref().and_then(needles);
        Ok(Pattern { matcher, filter, needles, is_filter: must_have.is_some_and(|hir| hir == parsed) })
    }
}

fn compiled(pattern: &str, ignore_case: bool) -> AppResult<RegexMatcher> {
    RegexMatcherBuilder::new()
        .case_insensitive(ignore_case)
        .multi_line(true)
        .crlf(true)
        .size_limit(SIZE)
        .dfa_size_limit(SIZE)
        .nest_limit(NESTING * 4)
        .build(pattern)
        .map_err(|e| bad(&e.to_string()))
}

fn bad(why: &str) -> AppError {
    AppError::Usage(format!("not a pattern: {}", model::text::shown_lines(why)))
}

/// Texts of which each match has one, by how it begins or by how it ends.
fn needles(hir: &Hir) -> Option<Needles> {
    let of = |kind| {
        let all = Extractor::new().kind(kind).extract(hir);
        let shortest = all.min_literal_len()?;
        Needles::of(all.literals()?.iter().map(|literal| literal.as_bytes())).map(|needles| (shortest, needles))
    };
    let both = [ExtractKind::Prefix, ExtractKind::Suffix].into_iter().filter_map(of);
    both.max_by_key(|(shortest, _)| *shortest).map(|(_, needles)| needles)
}

/// What is matched by every match and cannot be matched by an asterisk: the longest there is.
fn must_have(hir: &Hir) -> Option<Hir> {
    if is_untouched(hir) {
        return Some(hir.clone()).filter(|hir| hir.properties().minimum_len() > Some(0));
    }
    let length = |hir: &Hir| hir.properties().minimum_len().unwrap_or_default();
    match hir.kind() {
        HirKind::Capture(group) => must_have(&group.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => must_have(&repetition.sub),
        HirKind::Alternation(all) => all.iter().map(must_have).collect::<Option<Vec<_>>>().map(Hir::alternation),
        HirKind::Concat(all) => {
            let runs = all.split(|hir| !is_untouched(hir)).map(|run| Hir::concat(run.to_vec()));
            let parts = all.iter().filter(|hir| !is_untouched(hir)).filter_map(must_have);
            runs.chain(parts).filter(|hir| length(hir) > 0).max_by_key(length)
        }
        _ => None,
    }
}

/// Whether no asterisk can be part of a match, nor decide over it from beside.
fn is_untouched(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty => true,
        HirKind::Literal(literal) => !literal.0.contains(&b'*'),
        HirKind::Class(Class::Unicode(class)) => class.iter().all(|r| !(r.start() <= '*' && '*' <= r.end())),
        HirKind::Class(Class::Bytes(class)) => class.iter().all(|r| !(r.start() <= b'*' && b'*' <= r.end())),
        HirKind::Look(look) => {
            matches!(look, Look::Start | Look::End | Look::StartLF | Look::EndLF | Look::StartCRLF | Look::EndCRLF)
        }
        HirKind::Repetition(repetition) => is_untouched(&repetition.sub),
        HirKind::Capture(group) => is_untouched(&group.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().all(is_untouched),
    }
}

#[cfg(test)]
mod tests {
    use grep_matcher::Matcher;

    use super::*;

    /// Whether the filter lets a line through.
    fn check(pattern: &str, line: &str, passes: bool) {
        let pattern = Pattern::new(pattern, false, false).unwrap_or_else(|e| panic!("{pattern}: {e}"));
        assert_eq!(pattern.filter.is_match(line.as_bytes()).ok(), Some(passes), "{line}");
    }

    #[test]
    fn what_may_be_masked_is_not_asked_for_in_the_text_as_it_is() {
        // The first letter of a secret, by a class that has the asterisk, written and not.
        for pattern in [r"community [A-Z*].* RO", r"community [!-Z]\S+ RO", r"community [^a-z]+", r"community \B"] {
            check(pattern, "snmp-server community secret RO", true);
        }
        check("community .{8} RO", "snmp-server community sixsix RO", true);
        check(r"(password|secret) \S{3,}$", "enable secret x", true);
    }

    #[test]
    fn what_no_mask_can_match_is_asked_for() {
        check("^hostname (a|b)$", "hostname c", false);
        check(r"ip address 10\.\S+ 255", "no ip address", false);
        check("(foo.*)+bar", "interface Vlan1", false);
        check("(?:alpha.|beta+)x?", "gamma", false);
        check(".*", "anything", true);
        check(r"\w+", "anything", true);
    }

    #[test]
    fn a_pattern_that_would_fill_the_memory_is_refused() {
        for pattern in ["(x{1000}){1000}", &"(".repeat(5000), &"a".repeat(LENGTH + 1), r"(\pL{500}){500}", "("] {
            assert!(
                matches!(Pattern::new(pattern, false, true), Err(AppError::Usage(_))),
                "{}",
                &pattern[..5.min(pattern.len())]
            );
        }
    }
}
