//! Proving who we are, by what the server offers.
//!
//! A refused secret may count against the account, so none is sent twice in one log-in, by whatever method. What the
//! server takes is therefore asked before the first secret is sent.

use std::path::Path;

use russh::client::{AuthResult, Handle, KeyboardInteractiveAuthResponse as Answer, Prompt};
use russh::keys::agent::AgentIdentity;
use russh::keys::agent::client::AgentClient;
use russh::keys::{Algorithm, HashAlg, PrivateKeyWithHashAlg};
use russh::{MethodKind, MethodSet};
use secrecy::{ExposeSecret, SecretString};
use tokio::net::UnixStream;

use crate::client::{Client, Connection};
use crate::error::{Phase, SessionError};
use crate::host_keys::Suite;
use crate::login::{Login, Proof};

/// The longest exchange of questions before a server is given up.
const ROUNDS: usize = 8;
/// Keys of an agent that are offered; most servers hang up at the sixth.
const IDENTITIES: usize = 5;

/// What ends an attempt without a verdict.
pub(crate) enum Obstacle {
    /// The connection is gone.
    Gone,
    /// Ours: an agent that does not answer.
    Ours(String),
}

impl From<russh::Error> for Obstacle {
    fn from(_: russh::Error) -> Obstacle {
        Obstacle::Gone
    }
}

/// A log-in under way.
struct Attempt<'a> {
    handle: &'a mut Handle<Client>,
    /// The user as this server is told of it.
    user: &'a str,
    /// What the server still takes.
    offered: MethodSet,
    /// It never said what it takes, and leaves it to us to find out.
    is_silent: bool,
    /// Whether SHA-1 will do.
    is_old: bool,
    /// Whether anything was proved or failed to be: what a server may count.
    sent: bool,
    obstacles: Vec<String>,
}

impl Connection {
    /// Asks what the server takes from this user; nothing is proved by that. `None` when it lets us in: it asks later, in
    /// the shell, or not at all.
    pub async fn takes(&mut self, username: &str) -> Result<Option<MethodSet>, SessionError> {
        let asked = self.handle.authenticate_none(self.user(username)).await;
        Ok(match asked.map_err(|_| self.lost(Phase::Methods))? {
            AuthResult::Success => None,
            AuthResult::Failure { remaining_methods, .. } => Some(remaining_methods),
        })
    }

    /// Tries the proofs of the login in their order, each once, as far as they are among what the server takes.
    pub async fn prove(&mut self, login: &Login, offered: MethodSet) -> Result<(), SessionError> {
        let takes = names(&offered);
        let is_old = self.suite == Suite::Legacy;
        let (user, is_silent) = (self.user(&login.username), offered.is_empty());
        let (handle, user) = (&mut self.handle, user.as_str());
        let mut attempt = Attempt { handle, user, offered, is_silent, is_old, sent: false, obstacles: Vec::new() };
        for proof in &login.proofs {
            match attempt.prove(proof).await {
                Ok(true) => return Ok(()),
                Ok(false) if attempt.handle.is_closed() => return Err(self.lost(Phase::Authentication)),
                Ok(false) => {}
                Err(Obstacle::Gone) => return Err(self.lost(Phase::Authentication)),
                Err(Obstacle::Ours(what)) => attempt.obstacles.push(what),
            }
        }
        let username = login.username.clone();
        if attempt.sent {
            return Err(SessionError::Refused { username, tail: self.said() });
        }
        let has = login.proofs.iter().map(ToString::to_string).chain(attempt.obstacles).collect::<Vec<_>>().join(", ");
        Err(SessionError::NothingToOffer { username, has, takes })
    }

    /// Both at once, where it is nobody's turn.
    pub async fn authenticate(&mut self, login: &Login) -> Result<(), SessionError> {
        match self.takes(&login.username).await? {
            Some(takes) => self.prove(login, takes).await,
            None => Ok(()),
        }
    }
}

fn names(methods: &MethodSet) -> String {
    methods.iter().map(<&str>::from).collect::<Vec<_>>().join(", ")
}

impl Attempt<'_> {
    /// Whether this let us in.
    async fn prove(&mut self, proof: &Proof) -> Result<bool, Obstacle> {
        let taken = |m: &&MethodKind| self.is_silent || self.offered.contains(m);
        let Some(method) = proof.methods().iter().find(taken).copied() else { return Ok(false) };
        match proof {
            Proof::Password(secret) if method == MethodKind::KeyboardInteractive => self.interactive(secret).await,
            Proof::Password(secret) => {
                self.sent = true;
                let result = self.handle.authenticate_password(self.user, secret.expose_secret()).await?;
                Ok(self.settle(result))
            }
            Proof::Key(key) => {
                for hash in self.hashes(&key.algorithm()).await? {
                    self.sent = true;
                    let key = PrivateKeyWithHashAlg::new(key.clone(), hash);
                    let result = self.handle.authenticate_publickey(self.user, key).await?;
                    if self.settle(result) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Proof::Certificate { key, certificate } => {
                self.sent = true;
                let certificate = certificate.as_ref().clone();
                let result = self.handle.authenticate_openssh_cert(self.user, key.clone(), certificate).await?;
                Ok(self.settle(result))
            }
            Proof::Agent { socket } => self.by_agent(socket).await,
        }
    }

    /// Notes what the server takes from now on.
    fn settle(&mut self, result: AuthResult) -> bool {
        if let AuthResult::Failure { remaining_methods, .. } = result {
            self.is_silent &= remaining_methods.is_empty();
            self.offered = remaining_methods;
            return false;
        }
        true
    }

    async fn interactive(&mut self, secret: &SecretString) -> Result<bool, Obstacle> {
        let user = self.user;
        let mut answer = self.handle.authenticate_keyboard_interactive_start(user, None::<String>).await?;
        let mut used = false;
        for _ in 0..ROUNDS {
            let Answer::InfoRequest { prompts, .. } = &answer else { break };
            let asks = prompts.iter().filter(|p| !p.echo).count();
            // A second question is for the same secret again, or for one that we do not have.
            if asks > 1 || (used && asks > 0) {
                return Ok(false);
            }
            used |= asks > 0;
            self.sent |= used;
            let responses = prompts.iter().map(|p| respond(p, user, secret)).collect();
            answer = self.handle.authenticate_keyboard_interactive_respond(responses).await?;
        }
        match answer {
            Answer::Success => Ok(true),
            Answer::Failure { remaining_methods, .. } => {
                self.offered = remaining_methods;
                Ok(false)
            }
            Answer::InfoRequest { .. } => Ok(false),
        }
    }

    /// What to sign with: SHA-2. SHA-1 only for an old host; some of them say that they know SHA-2 and do not take it.
    async fn hashes(&self, algorithm: &Algorithm) -> Result<Vec<Option<HashAlg>>, Obstacle> {
        if !matches!(algorithm, Algorithm::Rsa { .. }) {
            return Ok(vec![None]);
        }
        let best = self.handle.best_supported_rsa_hash().await?.flatten();
        Ok(match (self.is_old, best) {
            (true, Some(sha2)) => vec![Some(sha2), None],
            (true, None) => vec![None],
            (false, _) => vec![best.or(Some(HashAlg::Sha256))],
        })
    }

    async fn by_agent(&mut self, socket: &Path) -> Result<bool, Obstacle> {
        let ours = |e: russh::keys::Error| Obstacle::Ours(format!("the agent at {} fails: {e}", socket.display()));
        let mut agent = AgentClient::connect_uds(socket).await.map_err(ours)?;
        let identities = agent.request_identities().await.map_err(ours)?;
        if identities.is_empty() {
            return Err(Obstacle::Ours("the agent holds no key".to_owned()));
        }
        for identity in identities.into_iter().take(IDENTITIES) {
            match self.by_identity(&mut agent, identity).await {
                Ok(false) if !self.handle.is_closed() => {}
                verdict => return verdict,
            }
        }
        Ok(false)
    }

    async fn by_identity(
        &mut self,
        agent: &mut AgentClient<UnixStream>,
        identity: AgentIdentity,
    ) -> Result<bool, Obstacle> {
        let hash = self.hashes(&identity.public_key().algorithm()).await?.first().copied().flatten();
        let user = self.user;
        self.sent = true;
        let result = match identity {
            AgentIdentity::PublicKey { key, .. } => {
                self.handle.authenticate_publickey_with(user, key, hash, agent).await
            }
            AgentIdentity::Certificate { certificate, .. } => {
                self.handle.authenticate_certificate_with(user, certificate, hash, agent).await
            }
        };
        match result {
            Ok(result) => Ok(self.settle(result)),
            Err(_) if self.handle.is_closed() => Err(Obstacle::Gone),
            // It did not sign: the next key may be one that it does sign with.
            Err(e) => {
                self.obstacles.push(format!("the agent did not sign: {e}"));
                Ok(false)
            }
        }
    }
}

fn respond(prompt: &Prompt, username: &str, secret: &SecretString) -> String {
    if !prompt.echo {
        secret.expose_secret().to_owned()
    } else if prompt.prompt.to_lowercase().contains("user") {
        username.to_owned()
    } else {
        String::new()
    }
}
