//! Webhooks.

use hmac::{Hmac, KeyInit, Mac};
use model::Timestamp;
use reqwest::{Client, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use sha2::Sha256;

use crate::SendError;

/// The header with `sha256=` and the signature in hex.
pub const SIGNATURE: &str = "x-velocity-signature";
/// The header with the seconds since 1970 at which it was signed, so that what was caught cannot be sent again later.
pub const TIMESTAMP: &str = "x-velocity-timestamp";

/// HMAC-SHA256 of the timestamp, a full stop, and the body, as `sha256=` and hex.
pub fn signature(key: &SecretString, timestamp: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).expect("a key may have any length");
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|b| format!("{b:02x}")).collect();
    format!("sha256={hex}")
}

pub(crate) async fn post(
    client: &Client,
    url: &SecretString,
    body: Value,
    sign: Option<(&SecretString, Timestamp)>,
) -> Result<(), SendError> {
    let body = body.to_string();
    let mut request = client.post(url.expose_secret()).header("content-type", "application/json");
    if let Some((key, now)) = sign {
        let at = (now.0 / 1000).to_string();
        request = request.header(SIGNATURE, signature(key, &at, body.as_bytes())).header(TIMESTAMP, at);
    }
    // The URL may be the secret.
    let answer = request.body(body).send().await.map_err(|e| {
        let e = e.without_url();
        let why = std::error::Error::source(&e).map_or_else(|| e.to_string(), |source| format!("{e}: {source}"));
        if e.is_builder() { SendError::Refused(why) } else { SendError::Later(why) }
    })?;
    let status = answer.status();
    if status.is_success() {
        return Ok(());
    }
    let why = format!("the receiver answered {status}");
    let is_passing = status.is_server_error()
        || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS | StatusCode::TOO_EARLY);
    Err(if is_passing { SendError::Later(why) } else { SendError::Refused(why) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_knows_the_key_comes_to_the_same_signature() {
        // By another program: the HMAC-SHA256 of `1700000000.{}` with the key `Jefe`.
        let expected = "sha256=d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207";
        assert_eq!(signature(&SecretString::from("Jefe"), "1700000000", b"{}"), expected);
    }
}
