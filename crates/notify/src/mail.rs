//! Mail through an SMTP server.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use crate::{Message, SendError};

/// Where a mail goes, and through which server.
#[derive(Debug)]
pub struct Mail {
    /// Name or address; not a URL.
    pub host: String,
    /// That of `security` when left out.
    pub port: Option<u16>,
    pub security: Security,
    /// User and password.
    pub login: Option<(String, SecretString)>,
    pub from: String,
    pub to: Vec<String>,
}

/// How a mail server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the start, port 465.
    Tls,
    /// TLS before anything is said, port 587. A server that knows none gets no mail.
    StartTls,
    /// In clear, port 25. A password is not sent this way.
    None,
}

pub(crate) async fn send(mail: &Mail, message: &Message, patience: Duration) -> Result<(), SendError> {
    let letter = letter(mail, message)?;
    let refused = |e: lettre::transport::smtp::Error| SendError::Refused(e.to_string());
    let tls = || TlsParameters::new(mail.host.clone()).map_err(refused);
    let (security, port) = match mail.security {
        Security::Tls => (Tls::Wrapper(tls()?), 465),
        Security::StartTls => (Tls::Required(tls()?), 587),
        Security::None => (Tls::None, 25),
    };
    let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&mail.host);
    let mut builder = builder.port(mail.port.unwrap_or(port)).tls(security).timeout(Some(patience));
    if let Some((user, password)) = &mail.login {
        if mail.security == Security::None {
            let text = "a password is not sent in clear; give the channel `--security starttls` or `tls`";
            return Err(SendError::Refused(text.to_owned()));
        }
        builder = builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
    }
    match builder.build().send(letter).await {
        Ok(_) => Ok(()),
        Err(e) if is_of_account(&e, mail.login.is_some()) => {
            Err(SendError::Account(format!("the mail server lets nobody in: {e}")))
        }
        Err(e) if e.is_permanent() => Err(SendError::Refused(format!("the mail server refused it: {e}"))),
        Err(e) => Err(SendError::Later(format!("the mail server: {e}"))),
    }
}

/// Not let in without an account, with this one, or by any way that we know (RFC 4954); a log-in that cannot be tried is the
/// one thing that the client itself refuses after it has connected.
fn is_of_account(e: &lettre::transport::smtp::Error, logs_in: bool) -> bool {
    let code = e.status().map(u16::from);
    matches!(code, Some(530 | 534 | 535 | 538)) || logs_in && e.is_client()
}

fn letter(mail: &Mail, message: &Message) -> Result<lettre::Message, SendError> {
    let mailbox = |text: &str| -> Result<Mailbox, SendError> {
        text.trim().parse().map_err(|e| SendError::Refused(format!("`{text}` is not a mail address: {e}")))
    };
    let mut letter: MessageBuilder = lettre::Message::builder().from(mailbox(&mail.from)?).subject(message.title());
    for to in &mail.to {
        letter = letter.to(mailbox(to)?);
    }
    let letter = letter.header(ContentType::TEXT_PLAIN).body(message.text());
    letter.map_err(|e| SendError::Refused(e.to_string()))
}
