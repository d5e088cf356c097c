//! An account, as it is used for one session.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Who logs in. `Debug` shows the user name alone.
#[derive(Clone)]
pub struct Login {
    pub username: String,
    pub password: SecretString,
    /// For privileged mode, where the device asks for a password.
    pub enable: Option<SecretString>,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("username", &self.username).finish_non_exhaustive()
    }
}

impl Login {
    /// Replaces both secrets wherever they occur, for text that goes into messages.
    pub(crate) fn mask(&self, bytes: &[u8]) -> Vec<u8> {
        let mut masked = bytes.to_vec();
        for secret in [Some(&self.password), self.enable.as_ref()].into_iter().flatten() {
            masked = without(masked, secret.expose_secret().as_bytes());
        }
        masked
    }
}

fn without(mut text: Vec<u8>, secret: &[u8]) -> Vec<u8> {
    let mut from = 0;
    while let Some(at) = text[from..].windows(secret.len().max(1)).position(|w| w == secret) {
        text.splice(from + at..from + at + secret.len(), *b"***");
        from += at + 3;
    }
    text
}

/// Words in a line of output after which a secret of the device may stand.
const TELLTALES: [&str; 10] =
    ["password", "passwd", "passphrase", "secret", "community", "key", "md5", "token", "psk", "credential"];

/// The last `limit` bytes as far as they are whole lines, without the lines that may hold a secret. Where a line
/// begins is where its meaning is: half of one is not shown. A question such as `Password:` holds none, nor does what
/// a device says itself, such as `% Bad secrets`.
pub(crate) fn without_secret_lines(bytes: &[u8], limit: usize) -> Vec<u8> {
    let from = bytes.len().saturating_sub(limit);
    let begin = match from {
        0 => 0,
        _ => bytes[from - 1..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| from + at),
    };
    let lines = bytes[begin..].split_inclusive(|b| *b == b'\n');
    lines
        .flat_map(|line| if may_hold_secret(line) { &b"(a line that may hold a secret)\n"[..] } else { line })
        .copied()
        .collect()
}

fn may_hold_secret(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line).to_lowercase();
    let text = text.trim();
    TELLTALES.iter().any(|word| text.contains(word)) && !text.ends_with([':', '?']) && !text.starts_with('%')
}

#[test]
fn a_tail_shows_whole_lines_and_no_secret_of_the_device() {
    let tail = |text: &str, limit| String::from_utf8(without_secret_lines(text.as_bytes(), limit)).expect("text");
    assert_eq!(tail("Password: ", 200), "Password: ");
    assert_eq!(
        tail("hostname a\nsnmp-server community public RO\nend", 200),
        "hostname a\n(a line that may hold a secret)\nend"
    );
    assert_eq!(tail("snmp-server community public RO\nend\n", 20), "end\n");
    assert_eq!(tail("one long line that goes on", 8), "");
}

#[test]
fn secrets_are_masked() {
    let login = Login { username: "ops".into(), password: "s3cret".into(), enable: Some("en".into()) };
    assert_eq!(login.mask(b"s3cret then s3cret, en"), b"*** th*** ***, ***");
    assert_eq!(format!("{login:?}"), "Login { username: \"ops\", .. }");
}
