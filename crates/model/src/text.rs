//! Text from a device, a file or the web is hostile: what may be shown, and what may name a file.

use std::borrow::Cow;

/// The text with control characters made visible and cut at 200 characters, fit for a terminal or a log.
pub fn shown(text: &str) -> String {
    shown_as_is(text).into_owned()
}

/// As [`shown`]: the text itself, where it is fit as it is.
pub fn shown_as_is(text: &str) -> Cow<'_, str> {
    // Without a way out of the loop it is done by many bytes at once.
    let is_plain = |text: &str| text.bytes().fold(true, |all, byte| all & (b' '..=b'~').contains(&byte));
    if text.len() <= 200 && is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len().min(256));
    for (n, c) in text.chars().enumerate() {
        if n == 200 {
            out.push('…');
            break;
        }
        if is_unsafe(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Many lines for a terminal: as [`shown`], but lines and tabs stay and nothing is cut.
pub fn shown_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) && c != '\n' && c != '\t' { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// Control characters, and those that reorder or hide text.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A name that is safe as a file name and in a URL: letters, digits, `.`, `-`, `_`; never empty, never
/// starting with a dot, at most 100 bytes. Different names may give the same slug; the store keeps them apart.
pub fn slug(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let text: String = name.trim().chars().take(100).map(kept).collect();
    let text = text.trim_matches(|c| c == '.' || c == '-');
    let text = text.replace("..", "-");
    if text.is_empty() { "unnamed".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_cannot_leave_its_folder_or_move_the_cursor() {
        for (name, safe) in [
            ("../../x", "x"),
            ("core1", "core1"),
            ("a/b\\c", "a-b-c"),
            ("", "unnamed"),
            ("..", "unnamed"),
            ("a..b", "a-b"),
            ("\u{1b}[2Jx", "2Jx"),
            ("leaf-1.example.net", "leaf-1.example.net"),
        ] {
            assert_eq!(slug(name).trim_start_matches('-').trim_start_matches('['), safe, "{name:?}");
            assert!(!slug(name).contains(['/', '\\']) && !slug(name).starts_with('.'), "{name:?}");
        }
        assert_eq!(shown("a\u{1b}[2Jb"), "a\\u{1b}[2Jb");
    }
}
