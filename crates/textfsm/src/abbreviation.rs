//! `sh[[ow]] ver[[sion]]`: what stands in double brackets may be cut short, or left out.

/// The text before the first `[[`, what is inside, and what follows `]]`.
fn split(pattern: &str) -> Option<(&str, &str, &str)> {
    let (before, inside) = pattern.split_once("[[")?;
    // At least one character is inside, as in Python's `\[\[.+?\]\]`.
    let first = inside.chars().next()?.len_utf8();
    let end = first + inside[first..].find("]]")?;
    Some((before, &inside[..end], &inside[end + 2..]))
}

/// The pattern as a regular expression: `sh[[ow]]` becomes `sh(o(w)?)?`.
pub(crate) fn expand(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, tail, after)) = split(rest) {
        out.push_str(before);
        tail.chars().for_each(|c| out.extend(['(', c]));
        out.push_str(&")?".repeat(tail.chars().count()));
        rest = after;
    }
    out + rest
}

/// The front of the pattern that is plain characters and abbreviations: a text that the pattern matches
/// begins with it.
pub(crate) fn plain_front(pattern: &str) -> &str {
    let (mut at, mut unit, mut depth) = (0, 0, 0u32);
    let mut front = None;
    while let Some(c) = pattern[at..].chars().next() {
        let tail = split(&pattern[at..]).filter(|(before, ..)| before.is_empty());
        let width = match tail {
            Some((_, tail, _)) => tail.len() + 4,
            None if c == '\\' => 1 + pattern[at + 1..].chars().next().map_or(0, char::len_utf8),
            None => c.len_utf8(),
        };
        if tail.is_none() && r"\.^$*+?{}[]|()".contains(c) {
            // What is repeated may be missing.
            front.get_or_insert(if "*+?{".contains(c) { unit } else { at });
            depth = if c == '(' { depth + 1 } else { depth.saturating_sub(u32::from(c == ')')) };
            if c == '|' && depth == 0 {
                return "";
            }
        }
        (unit, at) = (at, at + width);
    }
    &pattern[..front.unwrap_or(pattern.len())]
}

/// Whether the text begins with a plain pattern; not when that takes more than `fuel` tries.
pub(crate) fn fits(pattern: &str, text: &str, fuel: &mut u32) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    while let Some((before, tail, after)) = split(pattern) {
        let Some(rest) = text.strip_prefix(before) else { return false };
        let same = tail.bytes().zip(rest.bytes()).take_while(|(a, b)| a == b).count();
        for taken in (1..=same).rev().filter(|&taken| rest.is_char_boundary(taken)) {
            *fuel = fuel.saturating_sub(1);
            if *fuel == 0 || fits(after, &rest[taken..], fuel) {
                return *fuel > 0;
            }
        }
        (pattern, text) = (after, rest);
    }
    text.starts_with(pattern)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_brackets_may_be_cut_short() {
        let check = |pattern, text, expected| assert_eq!(fits(pattern, text, &mut 100), expected, "{pattern} {text}");
        check("sh[[ow]] ver[[sion]]", "show version", true);
        check("sh[[ow]] ver[[sion]]", "sh ver", true);
        check("sh[[ow]] ver[[sion]]", "sho versions", true);
        check("sh[[ow]] ver[[sion]]", "s version", false);
        check("sh[[ow]] ver[[sion]]", "shw version", false);
        check("s[[how]]how", "show", true);
        check("a[[é]]é", "aé", true);
        check("[[a]][[aa]][[aaa]]b", "aaaaaab", true);
    }

    #[test]
    fn the_search_ends() {
        let many = "[[aaaaaaaaaaaaaaaa]]".repeat(20) + "b";
        assert!(!fits(&many, &"a".repeat(400), &mut 10_000));
    }

    #[test]
    fn the_front_is_what_every_match_begins_with() {
        let check = |pattern, front| assert_eq!(plain_front(pattern), front);
        check("sh[[ow]] ver[[sion]]", "sh[[ow]] ver[[sion]]");
        check("sh[[ow]] port (\\S+ )?des[[cription]]", "sh[[ow]] port ");
        check("sh[[ow]] nei[[ghbor]]s?[[-info]]", "sh[[ow]] nei[[ghbor]]");
        check("sh[[ow]]? x", "sh");
        check("show 802\\.11[ab]", "show 802");
        check("show a|display b", "");
        check("show (a|b)", "show ");
        check("[ab|]c", "");
    }

    #[test]
    fn abbreviations_as_regular_expressions() {
        assert_eq!(expand("sh[[ow]] ver[[s]]"), "sh(o(w)?)? ver(s)?");
        assert_eq!(expand("[[]]] [[]]"), "(])? [[]]");
    }
}
