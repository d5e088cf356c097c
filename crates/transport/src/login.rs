//! An account, as it is used for one session.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use russh::MethodKind;
use russh::keys::{Certificate, PrivateKey};
use secrecy::{ExposeSecret, SecretString};

/// Who logs in, and how that is proved. `Debug` prints names only.
#[derive(Clone)]
pub struct Login {
    /// What the credential is called, in results and in messages.
    pub name: String,
    pub username: String,
    /// The AAA group that checks it and may lock it; `local` for what each device keeps itself. `None`: not known.
    pub realm: Option<String>,
    /// It comes from where secrets are kept, and what is known of it is forgotten when its secret is changed there. What
    /// is typed may be another secret each time.
    pub kept: bool,
    /// Tried in this order, as far as the server takes them.
    pub proofs: Vec<Proof>,
    /// For privileged mode, where the device asks for a password.
    pub enable: Option<SecretString>,
}

impl Login {
    /// Whether it may be tried where one credential is pinned: of those that are kept that one alone, and what somebody typed.
    pub fn may_be_tried(&self, pinned: Option<&str>) -> bool {
        !self.kept || pinned.is_none_or(|name| name.eq_ignore_ascii_case(&self.name))
    }
}

/// One way to prove who one is. Keys and certificates are read by [`Proof::key`] and [`Proof::certificate`].
#[derive(Clone)]
pub enum Proof {
    /// By the method `password`, or by keyboard-interactive where the server takes only that.
    Password(SecretString),
    Key(Arc<PrivateKey>),
    /// A key with what a certificate authority says of it.
    Certificate {
        key: Arc<PrivateKey>,
        certificate: Arc<Certificate>,
    },
    /// Whatever the agent at this socket holds.
    Agent {
        socket: PathBuf,
    },
}

impl Login {
    /// An account with a password. The credential is called as the user; the enable secret is unknown.
    pub fn password(username: impl Into<String>, password: impl Into<SecretString>) -> Login {
        Login::new(username, vec![Proof::Password(password.into())])
    }

    /// An account with its proofs. The credential is called as the user; the enable secret is unknown.
    pub fn new(username: impl Into<String>, proofs: Vec<Proof>) -> Login {
        let username = username.into();
        Login { name: username.clone(), username, realm: None, kept: false, proofs, enable: None }
    }

    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Login {
        Login { name: name.into(), ..self }
    }

    #[must_use]
    pub fn kept(self) -> Login {
        Login { kept: true, ..self }
    }

    #[must_use]
    pub fn in_realm(self, realm: Option<String>) -> Login {
        Login { realm, ..self }
    }

    #[must_use]
    pub fn with_enable(self, enable: impl Into<SecretString>) -> Login {
        Login { enable: Some(enable.into()), ..self }
    }

    /// What answers a question for the password.
    pub(crate) fn secret(&self) -> Option<&SecretString> {
        self.proofs.iter().find_map(|proof| match proof {
            Proof::Password(secret) => Some(secret),
            _ => None,
        })
    }

    /// Replaces the secrets wherever they occur, for text that goes into messages.
    pub(crate) fn mask(&self, bytes: &[u8]) -> Vec<u8> {
        let passwords = self.proofs.iter().filter_map(|proof| match proof {
            Proof::Password(secret) => Some(secret),
            _ => None,
        });
        let secrets = passwords.chain(self.enable.as_ref()).map(|secret| secret.expose_secret().as_bytes());
        secrets.filter(|secret| !secret.is_empty()).fold(bytes.to_vec(), without)
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Login { name, username, proofs, .. } = self;
        f.debug_struct("Login")
            .field("name", name)
            .field("username", username)
            .field("proofs", proofs)
            .finish_non_exhaustive()
    }
}

impl Proof {
    /// The methods that can carry it, the better one first.
    pub(crate) fn methods(&self) -> &'static [MethodKind] {
        match self {
            Proof::Password(_) => &[MethodKind::Password, MethodKind::KeyboardInteractive],
            Proof::Key(_) | Proof::Certificate { .. } | Proof::Agent { .. } => &[MethodKind::PublicKey],
        }
    }
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Proof::Password(_) => "a password",
            Proof::Key(_) => "a key",
            Proof::Certificate { .. } => "a certificate",
            Proof::Agent { .. } => "an agent",
        })
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn without(mut text: Vec<u8>, secret: &[u8]) -> Vec<u8> {
    let mut from = 0;
    while let Some(at) = text[from..].windows(secret.len()).position(|w| w == secret) {
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
    let login = Login::password("ops", "s3cret").with_enable("en").named("core");
    assert_eq!(login.mask(b"s3cret then s3cret, en"), b"*** th*** ***, ***");
    let printed = "Login { name: \"core\", username: \"ops\", proofs: [a password], .. }";
    assert_eq!(format!("{login:?}"), printed);
}
