//! The way to one device, step by step: where it ends, and what to do about that. No secret is sent unless a log-in is asked
//! for; then it is one that the budget of its account bears.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use collect::open;
use model::FailureClass;
use model::text::shown;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use transport::{
    Door, HostKey, HostKeyVerdict, HostKeys, Known, Login, Negotiated, Phase, SessionError, Suite, Target,
};

use super::Finding;
use crate::actor::Role;
use crate::{Actor, App, AppResult, Settings};

/// Longer than the version string of an SSH server may be (RFC 4253).
const GREETING: u64 = 512;

/// Who asks when nobody is to be logged in: servers tell what they take to anyone.
const NOBODY: &str = "velocity";

/// A log-in that is to be tried.
pub struct TryLogin {
    /// One is tried, once: that of the user whom the device let in before, or else the first.
    pub logins: Vec<Login>,
    pub settings: Settings,
}

impl App {
    /// Goes the way to a device, by its name, id, serial number or address, or to any host. It ends at the step that fails.
    pub async fn reach(&self, actor: &Actor, to: &str, log_in: Option<TryLogin>) -> AppResult<Vec<Finding>> {
        actor.must(Role::Operator, "connect to devices")?;
        let mut steps = Vec::new();
        let Some((addr, username)) = self.address_to_reach(actor, to, &mut steps).await else { return Ok(steps) };
        let (settings, login) = match log_in {
            Some(TryLogin { mut logins, settings }) => {
                // Whom it let in before, it will again.
                logins.sort_by_key(|login| login.username != username);
                (settings, logins.into_iter().next())
            }
            None => (self.settings(), None),
        };
        let (env, _book) = self.environment(settings).await?;
        let (target, limits) = (env.settings.routes.to(addr), env.settings.session_limits());
        match &target.via {
            Some(tunnel) => {
                let hosts = tunnel.hosts().map(|host| host.to_string()).collect::<Vec<_>>().join(", ");
                steps.push(Finding::well("way", format!("through jump host {hosts}")));
            }
            None => {
                steps.push(Finding::well("way", "straight from this machine"));
                if !listen(addr, target.telnet, limits.connect, &mut steps).await {
                    return Ok(steps);
                }
            }
        }
        let username = login.as_ref().map_or(username.as_str(), |login| login.username.as_str());
        let witness = Arc::new(Witness { of: env.host_keys.clone(), seen: Mutex::default() });
        let keys: Arc<dyn HostKeys> = witness.clone();
        let began = Instant::now();
        match Door::reach(&target, username, &keys, &limits).await {
            Ok(_) => steps.extend(witness.steps(began)),
            Err(error) => {
                steps.extend(witness.steps(began).into_iter().filter(|_| is_after_keys(&error)));
                steps.push(broken(&error, &target));
                return Ok(steps);
            }
        }
        steps.extend(self.knock_at(&env, addr, login.as_ref()).await);
        env.settle().await;
        Ok(steps)
    }

    /// Its address, and whom it let in before.
    async fn address_to_reach(
        &self,
        actor: &Actor,
        to: &str,
        steps: &mut Vec<Finding>,
    ) -> Option<(SocketAddr, String)> {
        const STEP: &str = "name";
        if let Ok(view) = self.device(actor, to, None).await {
            let addr = SocketAddr::new(view.device.address, view.device.port);
            let seen = format!("{} is {addr}, by the inventory", shown(&view.device.name));
            steps.push(Finding::well(STEP, seen));
            let username = view.accesses.first().map_or(NOBODY, |access| access.username.as_str()).to_owned();
            return Some((addr, username));
        }
        if let Ok(addr) = crate::config::parse_address(to, 22) {
            steps.push(Finding::warning(
                STEP,
                format!("{addr} is no device of the inventory"),
                "velocity discover finds it",
            ));
            return Some((addr, NOBODY.to_owned()));
        }
        let (name, port) =
            to.rsplit_once(':').and_then(|(name, port)| Some((name, port.parse().ok()?))).unwrap_or((to, 22));
        let found = tokio::net::lookup_host((name, port)).await.map(Iterator::collect::<Vec<SocketAddr>>);
        match found.as_deref() {
            Ok([addr, ..]) => {
                let seen = format!("{} is {addr}, by the DNS; no device of the inventory", shown(name));
                steps.push(Finding::warning(STEP, seen, "velocity discover finds it"));
                Some((*addr, NOBODY.to_owned()))
            }
            _ => {
                let why = found.err().map_or_else(|| "it has no address".to_owned(), |e| e.to_string());
                let seen = format!("neither a device nor a name of the DNS: {}: {why}", shown(to));
                steps.push(Finding::ill(STEP, seen, "velocity devices list shows the names; an address will do, too"));
                None
            }
        }
    }

    async fn knock_at(&self, env: &collect::Environment, addr: SocketAddr, login: Option<&Login>) -> Vec<Finding> {
        const STEP: &str = "log-in";
        let Some(login) = login else {
            return vec![Finding::well(STEP, "not tried, so no account is at risk; --log-in tries one")];
        };
        let began = Instant::now();
        let who = format!("user `{}` of credential `{}`", shown(&login.username), shown(&login.name));
        match open(env, addr, login, env.profiles.generic()).await {
            Ok(session) => {
                let prompt = Finding::well("prompt", format!("`{}`", shown(session.prompt())));
                let _ = session.finish().await;
                vec![Finding::well(STEP, format!("{who} was let in, {}", took(began))), prompt]
            }
            Err(outcome) => {
                let class = outcome.class.unwrap_or(FailureClass::Internal);
                vec![Finding::ill(STEP, format!("{who}: {}", shown(&outcome.message)), class.advice())]
            }
        }
    }
}

/// TCP, and what the host says first. Whether it is worth to go on.
async fn listen(addr: SocketAddr, telnet: bool, patience: Duration, steps: &mut Vec<Finding>) -> bool {
    const TCP: &str = "TCP";
    const BANNER: &str = "banner";
    let began = Instant::now();
    let stream = match timeout(patience, TcpStream::connect(addr)).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(e)) if e.kind() == std::io::ErrorKind::ConnectionRefused => {
            let advice = "it is there, but nothing listens on that port: is SSH on, is the port right?";
            steps.push(Finding::ill(TCP, format!("{addr} refused the connection after {}", took(began)), advice));
            return false;
        }
        Ok(Err(e)) => {
            steps.push(Finding::ill(TCP, format!("{addr}: {e}"), "is there a route to it? ping, traceroute"));
            return false;
        }
        Err(_) => {
            let advice = "it is off, or a firewall or an access list drops the connection: try from another machine";
            steps.push(Finding::ill(TCP, format!("{addr}: no answer within {} s", patience.as_secs()), advice));
            return false;
        }
    };
    steps.push(Finding::well(TCP, format!("{addr} answered after {}", took(began))));
    let mut line = Vec::new();
    let mut reader = BufReader::new(stream).take(GREETING);
    let read = timeout(patience, async {
        // Servers may say lines before their version (RFC 4253, 4.2).
        while !line.starts_with(b"SSH-") {
            line.clear();
            if reader.read_until(b'\n', &mut line).await? == 0 {
                break;
            }
        }
        std::io::Result::Ok(())
    });
    let read = read.await;
    let said = shown(String::from_utf8_lossy(&line).trim_end());
    let (seen, advice) = match read {
        Ok(Ok(())) if line.starts_with(b"SSH-") => {
            steps.push(Finding::well(BANNER, said));
            return true;
        }
        // Telnet has no version; whoever may use it finds out with the log-in.
        _ if telnet => {
            steps.push(Finding::warning(
                BANNER,
                "no SSH; telnet is allowed for it",
                "what is sent can be read on the way",
            ));
            return true;
        }
        Ok(Ok(())) if said.is_empty() => (
            "it closed the connection without a word".to_owned(),
            "does it take more sessions? who may connect to its vty lines?",
        ),
        Ok(Ok(())) => {
            (format!("no SSH: `{said}`"), "is the port right? --telnet is for devices that have nothing else")
        }
        Ok(Err(e)) => (e.to_string(), "does it take more sessions? who may connect to its vty lines?"),
        Err(_) => (
            format!("silence for {} s", patience.as_secs()),
            "something listens that is no SSH server, or the device is overloaded",
        ),
    };
    steps.push(Finding::ill(BANNER, seen, advice));
    false
}

/// Whether the keys were exchanged before this.
fn is_after_keys(error: &SessionError) -> bool {
    match error {
        SessionError::Timeout { phase, .. }
        | SessionError::Lost { phase, .. }
        | SessionError::Protocol { phase, .. } => *phase == Phase::Methods,
        _ => false,
    }
}

fn broken(error: &SessionError, target: &Target) -> Finding {
    let step = match error {
        SessionError::Unreachable { .. } | SessionError::ConnectionRefused { .. } => "TCP",
        SessionError::Jump { .. } => "way",
        SessionError::HostKeyChanged { .. } | SessionError::HostKeyRevoked { .. } => "host key",
        SessionError::Timeout { phase, .. }
        | SessionError::Lost { phase, .. }
        | SessionError::Protocol { phase, .. } => match phase {
            Phase::Connect => "TCP",
            Phase::Banner => "banner",
            Phase::Handshake => "key exchange",
            _ => "log-in methods",
        },
        _ => "key exchange",
    };
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    Finding::ill(step, format!("{}: {}", target.addr, shown(&text)), error.class().advice())
}

fn took(began: Instant) -> String {
    format!("{} ms", began.elapsed().as_millis())
}

/// Sees what the host shows, and passes it on to who knows hosts.
struct Witness {
    of: Arc<dyn HostKeys>,
    seen: Mutex<Shown>,
}

#[derive(Clone, Default)]
struct Shown {
    key: Option<(HostKey, HostKeyVerdict)>,
    agreed: Option<Negotiated>,
}

impl Witness {
    fn steps(&self, began: Instant) -> Vec<Finding> {
        let Shown { key, agreed } = self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut steps = Vec::new();
        match agreed {
            Some(agreed) if agreed.suite == Suite::Telnet => {}
            Some(Negotiated { suite, kex, host_key, cipher, .. }) => {
                let seen = format!("{kex}, {host_key}, {cipher}, {}", took(began));
                steps.push(match suite {
                    Suite::Legacy => Finding::warning(
                        "key exchange",
                        format!("old algorithms: {seen}"),
                        "newer software of the device may know better ones",
                    ),
                    _ => Finding::well("key exchange", seen),
                });
            }
            None => {}
        }
        if let Some((key, verdict)) = key {
            let shown = format!("{} {}", key.algorithm, key.fingerprint);
            steps.push(match verdict {
                HostKeyVerdict::Trusted => Finding::well("host key", format!("the known one: {shown}")),
                _ => Finding::well("host key", format!("new, the first log-in remembers it: {shown}")),
            });
        }
        steps
    }
}

impl HostKeys for Witness {
    fn recall(&self, addr: SocketAddr) -> Known {
        self.of.recall(addr)
    }

    fn check(&self, addr: SocketAddr, key: &HostKey) -> HostKeyVerdict {
        let verdict = self.of.check(addr, key);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).key = Some((key.clone(), verdict.clone()));
        verdict
    }

    fn agreed(&self, addr: SocketAddr, negotiated: &Negotiated) {
        self.of.agreed(addr, negotiated);
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).agreed = Some(negotiated.clone());
    }
}
