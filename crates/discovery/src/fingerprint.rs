//! Who is it: one log-in, one question or two, and the platform is known without a hint. In the same session the
//! device tells its hardware and its neighbours.

use std::net::SocketAddr;
use std::sync::Arc;

use collect::{Asking, Environment, Place, adopt, open, outcome_of};
use ingest::{Reader, Reading};
use model::device::Access;
use model::{Capture, DeviceOutcome, DeviceState, FailureClass, Platform};
use tokio::time::{Instant, timeout};
use transport::{Login, Session};

use crate::signatures::Signatures;
use crate::{Agents, Placing, Probe, Via};

/// What the crawl asks of every device, as far as its platform has it.
const TYPES: [&str; 5] = ["version", "chassis", "inventory", "lldp", "cdp"];

/// Visits candidates.
pub struct Prober {
    pub env: Arc<Environment>,
    /// Accounts in the order in which they are tried.
    pub logins: Vec<Arc<Login>>,
    pub reader: Reader,
    /// SNMP agents; `None` when only command lines are asked.
    pub(crate) agents: Option<Agents>,
    pub(crate) via: Via,
    pub(crate) placing: Option<Arc<Placing>>,
    signatures: Signatures,
}

/// One command line of a device, questioned.
struct Talk {
    platform: &'static Platform,
    username: String,
    credential: String,
    host: String,
    captures: Vec<Capture>,
    /// What ended it early.
    error: Option<DeviceOutcome>,
}

/// All command lines of a device; the first is its own.
struct Talks {
    all: Vec<Talk>,
    /// Accounts that led to no command line, and why.
    missing: Vec<String>,
}

impl Talks {
    /// Whether it is another command line of the same device, and one that was not asked yet.
    fn welcomes(&self, talk: &Talk) -> bool {
        let known = self.all.iter().any(|t| t.platform.name == talk.platform.name);
        !known && self.all[0].platform.companions.contains(&talk.platform.name)
    }
}

impl Prober {
    pub fn new(env: Arc<Environment>, logins: Vec<Arc<Login>>, reader: Reader) -> Self {
        let signatures = Signatures::of(env.profiles.platforms());
        Self { env, logins, reader, agents: None, via: Via::Ssh, placing: None, signatures }
    }

    /// Logs in with the first account that is accepted, finds out the platform, asks for hardware and neighbours.
    pub(crate) async fn probe_by_ssh(&self, addr: SocketAddr, place: Option<Place>) -> Result<Probe, DeviceOutcome> {
        let began = Instant::now();
        let talks = self.talks(addr, place).await?;
        let reader = self.reader.clone();
        let read = move || talks_to_probe(talks, &reader, began);
        let probe = tokio::task::spawn_blocking(read).await;
        probe.map_err(|e| failed(FailureClass::Internal, format!("reading what {addr} said: {e}"), began))
    }

    /// The command line of the first account that is accepted; then those of its companions, if other accounts
    /// lead there.
    async fn talks(&self, addr: SocketAddr, mut place: Option<Place>) -> Result<Talks, DeviceOutcome> {
        let pinned = self.env.pin(addr);
        let mut logins = self.logins.iter().filter(|login| login.may_be_tried(pinned));
        let (mut first, mut refused) = (None, 0);
        for login in logins.by_ref() {
            match self.talk(addr, login, None, &mut place).await {
                Err(refusal) if collect::may_try_next(&refusal) => {
                    refused += usize::from(refusal.class == Some(FailureClass::AuthenticationFailed));
                    first = first.or(Some(Err(refusal)));
                    if refused >= collect::REFUSALS_OF_A_DEVICE {
                        break;
                    }
                }
                result => {
                    first = Some(result);
                    break;
                }
            }
        }
        let no_account = || match pinned {
            Some(name) => collect::not_the_pinned(name),
            None => failed(FailureClass::AuthenticationFailed, "no account to log in with".into(), Instant::now()),
        };
        let mut talks = Talks { all: vec![first.unwrap_or_else(|| Err(no_account()))?], missing: Vec::new() };
        for login in logins {
            if talks.all[0].platform.companions.is_empty() {
                break;
            }
            // A second way in is welcome, and its absence is no failure of the device.
            match self.talk(addr, login, Some(talks.all[0].platform), &mut place).await {
                Ok(talk) if talks.welcomes(&talk) => talks.all.push(talk),
                Ok(_) => {}
                Err(e) => talks.missing.push(format!("not by `{}`: {}", login.username, e.message)),
            }
        }
        // The command line with the running configuration is the device's own, whatever the order of the accounts.
        talks.all.sort_by_key(|t| !t.platform.captures.contains_key("configs"));
        Ok(talks)
    }

    /// What the command line of `first` answers is not asked again. The place is given back when no more will be asked.
    async fn talk(
        &self,
        addr: SocketAddr,
        login: &Login,
        first: Option<&Platform>,
        place: &mut Option<Place>,
    ) -> Result<Talk, DeviceOutcome> {
        let began = Instant::now();
        let broken = |e: &transport::SessionError| outcome_of(e, login, began);
        let mut session = open(&self.env, addr, login, self.env.profiles.generic()).await?;
        let mut asking = Asking::default();
        let limit = self.env.settings.device_timeout;
        let late = |asking: &Asking| {
            let text = format!("{addr} was not done within {} s, it was at {}", limit.as_secs(), asking.doing());
            failed(FailureClass::Timeout, text, began)
        };
        let asked = Instant::now();
        let identified = timeout(limit, self.identify(addr, &mut session, &mut asking, login)).await;
        let left = limit.saturating_sub(asked.elapsed());
        let platform = identified.as_ref().ok().and_then(|known| *known.as_ref().ok()?);
        let error = match (identified, platform) {
            (Err(_), _) => Some(late(&asking)),
            (Ok(Err(error)), _) => Some(broken(&error)),
            (Ok(Ok(_)), None) => None,
            (Ok(Ok(_)), Some(platform)) => {
                let adopted = adopt(&self.env, addr, &mut session, self.env.profiles.of(platform), login).await;
                let answered = |t: &str| asking.has(t) || first.is_some_and(|p| p.captures.contains_key(t));
                let types: Vec<String> = TYPES.iter().filter(|t| !answered(t)).map(|t| (*t).to_owned()).collect();
                let talk = async {
                    adopted?;
                    asking.types(&mut session, platform, &types).await
                };
                let talked = timeout(left, talk).await;
                talked.map_or_else(|_| Some(late(&asking)), |talked| talked.err().map(|e| broken(&e)))
            }
        };
        let prompt = session.prompt().to_owned();
        drop(place.take_if(|_| platform.is_some_and(|p| p.companions.is_empty())));
        let finished = session.finish().await;
        let error = error.or_else(|| finished.error.as_ref().map(broken));
        match (platform, error) {
            // Who it is was learnt: what it said until then counts, and so do the neighbours that it named.
            (Some(platform), error) => {
                let captures = asking.captures(finished, platform);
                let (username, credential) = (login.username.clone(), login.name.clone());
                Ok(Talk { platform, username, credential, host: host_in(&prompt), captures, error })
            }
            (None, Some(error)) => Err(error),
            (None, None) => {
                let seen = model::text::shown(&prompt);
                let text = format!("{addr} answers with the prompt `{seen}`, but as no platform that we know");
                Err(failed(FailureClass::UnknownPlatform, text, began))
            }
        }
    }

    /// Asks the fingerprint commands until a platform knows its own; when none does, once more in privileged mode, since
    /// some tell nothing of themselves to others.
    async fn identify(
        &self,
        addr: SocketAddr,
        session: &mut Session,
        asking: &mut Asking,
        login: &Login,
    ) -> Result<Option<&'static Platform>, transport::SessionError> {
        let known = self.ask_who(session, asking).await?;
        if known.is_some() {
            return Ok(known);
        }
        let before = session.prompt().to_owned();
        adopt(&self.env, addr, session, self.env.profiles.generic(), login).await?;
        if session.prompt() == before { Ok(None) } else { self.ask_who(session, asking).await }
    }

    async fn ask_who(
        &self,
        session: &mut Session,
        asking: &mut Asking,
    ) -> Result<Option<&'static Platform>, transport::SessionError> {
        let greeting = format!("{}\n{}", session.banner(), session.prompt());
        for command in self.signatures.questions(&greeting) {
            let output = asking.probe(session, command).await?;
            let text = String::from_utf8_lossy(&output.content);
            if let Some(platform) = self.signatures.answer(command, &text).next() {
                let version = platform.captures.get("version");
                if version.is_some_and(|v| v.commands.iter().any(|c| c == command)) {
                    asking.keep_last_as("version");
                }
                return Ok(Some(platform));
            }
        }
        Ok(None)
    }
}

pub(crate) fn failed(class: FailureClass, message: String, began: Instant) -> DeviceOutcome {
    let duration_ms = i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
    DeviceOutcome {
        state: DeviceState::Failed,
        class: Some(class),
        message,
        username: None,
        credential: None,
        duration_ms,
    }
}

fn talks_to_probe(talks: Talks, reader: &Reader, began: Instant) -> Probe {
    let Talks { all: talks, missing } = talks;
    let platform = talks[0].platform;
    let (host, credential) = (talks[0].host.clone(), talks[0].credential.clone());
    let access = |t: &Talk| Access { username: t.username.clone(), platform: t.platform.name.clone() };
    let accesses: Vec<Access> = talks.iter().map(access).collect();
    let ways: Vec<String> = accesses.iter().map(|a| format!("{} by `{}`", a.platform, a.username)).collect();
    let error = talks.iter().find_map(|t| t.error.clone());
    let mut captures: Vec<(Capture, Reading)> = Vec::new();
    for capture in talks.into_iter().flat_map(|t| t.captures) {
        // A capture type has one answer: that of the device's own command line.
        if !captures.iter().any(|(known, _)| known.capture_type == capture.capture_type) {
            let reading = reader.read(&capture);
            captures.push((capture, reading));
        }
    }
    let outcome = DeviceOutcome {
        state: DeviceState::Success,
        class: None,
        message: [vec![ways.join(", ")], missing].concat().join("; "),
        username: Some(accesses[0].username.clone()),
        credential: Some(credential),
        duration_ms: i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX),
    };
    let mut probe = Probe::of(platform, captures, accesses, error.unwrap_or(outcome));
    if probe.identity.name.is_empty() {
        probe.identity.name = host;
    }
    probe
}

/// The host name inside a prompt such as `core1#`, `admin@core1> `, `linux@leaf1:~$ `, `<core1>`, `*A:core1#`,
/// `RP/0/RSP0/CPU0:core1#`.
pub fn host_in(prompt: &str) -> String {
    let last = prompt.trim().lines().last().unwrap_or_default();
    let last = last.rsplit_once('@').map_or(last, |(_, host)| host);
    let last = last.trim_start_matches(['<', '[', '(', '~', '*', '!', ' ']);
    let card = |before: &str| before.starts_with("RP/") || (before.len() == 1 && last.ends_with('#'));
    let last = last.split_once(':').filter(|(before, _)| card(before)).map_or(last, |(_, host)| host);
    let end = last.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(last.len());
    last[..end].to_owned()
}

#[test]
fn a_prompt_names_the_host() {
    for (prompt, host) in [
        ("core1#", "core1"),
        ("{master:0}\nops@core1> ", "core1"),
        ("linux@leaf1:~$ ", "leaf1"),
        ("<core1>", "core1"),
        ("[admin@core 1] > ", "core"),
        ("*A:core1#", "core1"),
        ("A:admin@core1# ", "core1"),
        ("RP/0/RSP0/CPU0:core1#", "core1"),
        ("core1.17 # ", "core1.17"),
    ] {
        assert_eq!(host_in(prompt), host, "{prompt}");
    }
}
