//! JSON over HTTPS from one host: no answer without an end, no way to another host, and no token in clear.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Certificate, Client, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::{AskError, AskResult};

/// For one answer.
const PATIENCE: Duration = Duration::from_secs(60);
/// To connect.
const GREETING: Duration = Duration::from_secs(15);
/// Bytes of one answer.
const LARGEST: usize = 64 << 20;
/// Times that one thing is asked.
const TRIES: u32 = 4;
/// A host that asks for more time than this is told as busy.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Characters of what a host said that are told.
const TOLD: usize = 300;

/// Whom to believe that a host is who it says.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// The authorities that the machine knows.
    #[default]
    Machine,
    /// These too: certificates as PEM.
    Also(Vec<u8>),
}

/// A host that is asked with one credential, or with none.
#[derive(Debug, Clone)]
pub struct Web {
    client: Client,
    base: Url,
    authorization: Option<HeaderValue>,
}

impl Web {
    /// `base`: where the host's own paths begin. `authorization`: the whole value of the header. With `plain` the
    /// credential may travel in clear; to this machine itself it always may.
    ///
    /// # Errors
    /// [`AskError::Usage`] says what is wrong with what was given.
    pub fn new(base: &str, authorization: &SecretString, trust: Trust, plain: bool) -> AskResult<Web> {
        let base = address(base, plain)?;
        let mut authorization = HeaderValue::from_str(authorization.expose_secret())
            .map_err(|_| AskError::Usage("the token has characters that no token has".to_owned()))?;
        authorization.set_sensitive(true);
        Self::with(base, Some(authorization), trust)
    }

    /// Says nothing of who asks. Only by https, or on this machine: by another way anybody may answer.
    ///
    /// # Errors
    /// As [`Web::new`].
    pub fn anonymous(base: &str, trust: Trust) -> AskResult<Web> {
        match address(base, true)? {
            base if base.scheme() == "https" || is_here(&base) => Self::with(base, None, trust),
            base => Err(AskError::Usage(format!(
                "`{base}` is to begin with https: over http anybody on the way may answer"
            ))),
        }
    }

    fn with(base: Url, authorization: Option<HeaderValue>, trust: Trust) -> AskResult<Web> {
        // Whoever was first has chosen the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .user_agent(concat!("velocity/", env!("CARGO_PKG_VERSION")))
            .timeout(PATIENCE)
            .connect_timeout(GREETING)
            .redirect(reqwest::redirect::Policy::none());
        if let Trust::Also(pem) = trust {
            let no = |_| AskError::Usage("the file of --ca holds no certificate in PEM form".to_owned());
            let certificates = Certificate::from_pem_bundle(&pem).map_err(no)?;
            if certificates.is_empty() {
                return Err(AskError::Usage("the file of --ca holds no certificate in PEM form".to_owned()));
            }
            client = client.tls_certs_merge(certificates);
        }
        let client = client.build().map_err(|e| AskError::Usage(format!("no HTTPS: {e}")))?;
        Ok(Web { client, base, authorization })
    }

    /// Its address, as one spells it.
    pub fn base(&self) -> String {
        self.base.as_str().trim_end_matches('/').to_owned()
    }

    /// Asks for JSON; asks again what may have been a moment's failure.
    ///
    /// # Errors
    /// [`AskError`]; `what` is told of one who may not do it.
    pub async fn get(&self, path: &str, query: &[(&str, &str)], what: &str) -> AskResult<Value> {
        self.get_within(path, query, what, &mut { LARGEST }).await
    }

    /// The same, of an answer that comes in parts: `left` is how many bytes all that is to come may have; what came is
    /// taken off.
    ///
    /// # Errors
    /// [`AskError`]; [`AskError::Broken`] for more than is left.
    pub async fn get_within(
        &self,
        path: &str,
        query: &[(&str, &str)],
        what: &str,
        left: &mut usize,
    ) -> AskResult<Value> {
        let mut url = self.base.join(path).map_err(|e| AskError::Usage(format!("`{path}` is no path: {e}")))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut tries = 1;
        loop {
            let failure = match self.once(url.clone(), what, left).await {
                Err(failure @ Failure { wait: Some(_), .. }) if tries < TRIES => failure,
                other => return other.map_err(|failure| failure.error),
            };
            let wait = failure.wait.unwrap_or_default().max(Duration::from_millis(500 << tries));
            if wait > LONGEST_WAIT {
                return Err(failure.error);
            }
            tokio::time::sleep(wait).await;
            tries += 1;
        }
    }

    async fn once(&self, url: Url, what: &str, left: &mut usize) -> Result<Value, Failure> {
        let mut request = self.client.get(url);
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let mut answer = request.header("accept", "application/json").send().await.map_err(|e| self.lost(e))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body: Vec<u8> = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|e| self.lost(e))? {
            let broken = |why: String| Failure::last(AskError::Broken { host: self.base(), why });
            if body.len() + piece.len() > LARGEST {
                return Err(broken(format!("an answer of more than {} MB", LARGEST >> 20)));
            }
            *left = left.checked_sub(piece.len()).ok_or_else(|| broken("more than is read of one list".to_owned()))?;
            body.extend_from_slice(&piece);
        }
        self.judge(status, &headers, &body, what)
    }

    fn judge(&self, status: StatusCode, headers: &HeaderMap, body: &[u8], what: &str) -> Result<Value, Failure> {
        let host = self.base();
        let is_json = headers.get(CONTENT_TYPE).and_then(|t| t.to_str().ok()).is_some_and(|t| t.contains("json"));
        let json: Option<Value> = is_json.then(|| serde_json::from_slice(body).ok()).flatten();
        let said = match &json {
            Some(Value::Object(map)) => map.get("detail").and_then(Value::as_str).map(str::to_owned),
            _ => None,
        };
        let said = said.or_else(|| json.as_ref().map(Value::to_string));
        let said: String = said.unwrap_or_else(|| status.to_string()).chars().take(TOLD).collect();
        let error = match status.as_u16() {
            200..=299 => match json {
                Some(json) => return Ok(json),
                None if is_json => AskError::Broken { host, why: "JSON that is cut or is none".to_owned() },
                None => {
                    AskError::NotThis { host, expected: "API", got: "it answers with a page, not with JSON".to_owned() }
                }
            },
            300..=399 => {
                let got = format!("it sends elsewhere ({status}); give the address that it sends to");
                AskError::NotThis { host, expected: "API", got }
            }
            401 => AskError::Refused { host, said },
            403 if said.to_lowercase().contains("permission to perform") => {
                AskError::Forbidden { host, what: what.to_owned(), said }
            }
            403 => AskError::Refused { host, said },
            404 if json.is_none() => AskError::NotThis { host, expected: "API", got: "it has no such page".to_owned() },
            408 | 429 | 502..=504 => {
                let wait = headers.get(RETRY_AFTER).and_then(|w| w.to_str().ok()).and_then(|w| w.parse().ok());
                let wait = Duration::from_secs(wait.unwrap_or_default());
                return Err(Failure { error: AskError::Busy { host, said }, wait: Some(wait) });
            }
            500..=599 => AskError::Busy { host, said },
            _ => AskError::Invalid { host, said },
        };
        Err(Failure::last(error))
    }

    /// What became of a connection.
    fn lost(&self, error: reqwest::Error) -> Failure {
        let host = self.base();
        let error = error.without_url();
        let mut why = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            why = cause.to_string();
            source = cause.source();
        }
        if why.contains("certificate") || why.contains("UnknownIssuer") {
            return Failure::last(AskError::Untrusted { host, why });
        }
        if error.is_timeout() {
            why = format!("no answer within {} s", PATIENCE.as_secs());
        }
        // A port at which nobody is does not get one in a moment.
        let wait = (!error.is_connect() && !error.is_timeout()).then_some(Duration::ZERO);
        Failure { error: AskError::Unreachable { host, why }, wait }
    }
}

struct Failure {
    error: AskError,
    /// It may go better then.
    wait: Option<Duration>,
}

impl Failure {
    fn last(error: AskError) -> Failure {
        Failure { error, wait: None }
    }
}

/// The address that a person gave: with a scheme, without a user, and ending in `/`.
fn address(text: &str, plain: bool) -> AskResult<Url> {
    let text = text.trim();
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let no = |why: &str| AskError::Usage(format!("`{text}` is no address of a server: {why}"));
    let mut url = Url::parse(&whole).map_err(|e| no(&e.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AskError::Usage(
            "an address with a password in it is not taken; put the token in the vault".into(),
        ));
    }
    url.host_str().ok_or_else(|| no("it names no host"))?;
    match url.scheme() {
        "https" => {}
        "http" if plain || is_here(&url) => {}
        "http" => {
            return Err(no("http would send the token in clear; give https, or --plain-http where that is meant"));
        }
        _ => return Err(no("it is neither https nor http")),
    }
    url.set_query(None);
    url.set_fragment(None);
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// Whether it is this machine.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let ip = host.trim_matches(['[', ']']).parse();
    host == "localhost" || ip.is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_host_and_the_token_does_not_travel_in_clear() {
        let check = |text: &str, plain: bool| address(text, plain).map(|u| u.to_string()).map_err(|e| e.to_string());
        assert_eq!(check("netbox.example.com", false).as_deref(), Ok("https://netbox.example.com/"));
        assert_eq!(check("https://h.example/netbox?x=1#y", false).as_deref(), Ok("https://h.example/netbox/"));
        assert_eq!(check("http://127.0.0.1:8001", false).as_deref(), Ok("http://127.0.0.1:8001/"));
        assert_eq!(check("http://[::1]:8001", false).as_deref(), Ok("http://[::1]:8001/"));
        assert!(check("http://netbox.example.com", false).is_err_and(|e| e.contains("in clear")));
        assert!(check("http://netbox.example.com", true).is_ok());
        assert!(check("https://u:p@h.example", false).is_err_and(|e| !e.contains(":p@")));
        assert!(check("ftp://h.example", false).is_err());
        assert!(check("", false).is_err());
    }
}
