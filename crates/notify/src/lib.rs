//! Telling persons what happened: by mail, to a webhook, in Slack or Teams.
//!
//! Takes plain values and gives what came of it; what is told to whom, and when it is tried again, is decided elsewhere.

mod mail;
mod message;
mod web;

use std::time::Duration;

use model::Timestamp;
use secrecy::SecretString;

pub use mail::{Mail, Security};
pub use message::Message;
pub use web::{SIGNATURE, TIMESTAMP, signature};

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The way to somebody, with what it needs to know.
#[derive(Debug)]
pub enum Way {
    Mail(Mail),
    /// JSON, signed with the key when there is one, see [`signature`].
    Webhook {
        url: SecretString,
        key: Option<SecretString>,
    },
    /// An incoming webhook of Slack; its URL is the secret.
    Slack {
        url: SecretString,
    },
    /// A workflow of Teams that waits for a webhook; its URL is the secret.
    Teams {
        url: SecretString,
    },
}

/// Why it did not arrive. No text holds a URL or a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It would fail again.
    #[error("{0}")]
    Refused(String),
    /// The account is not let in: whatever is sent by it fails, and more tries could lock it.
    #[error("{0}")]
    Account(String),
    /// It may go better later.
    #[error("{0}")]
    Later(String),
}

/// Sends messages; keeps connections open between them.
#[derive(Debug, Clone)]
pub struct Sender {
    client: reqwest::Client,
}

impl Sender {
    /// # Errors
    /// When the machine has no certificates of authorities that could be read.
    pub fn new() -> Result<Self, SendError> {
        // Whoever was first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .user_agent(concat!("velocity/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build();
        client.map(|client| Self { client }).map_err(|e| SendError::Refused(format!("no HTTPS: {e}")))
    }

    /// Sends a message once. `now` is what a webhook's signature is made with.
    pub async fn send(&self, way: &Way, message: &Message, now: Timestamp) -> Result<(), SendError> {
        match way {
            Way::Mail(mail) => mail::send(mail, message, PATIENCE).await,
            Way::Webhook { url, key } => {
                web::post(&self.client, url, message.webhook(), key.as_ref().map(|key| (key, now))).await
            }
            Way::Slack { url } => web::post(&self.client, url, message.slack(), None).await,
            Way::Teams { url } => web::post(&self.client, url, message.teams(), None).await,
        }
    }
}
