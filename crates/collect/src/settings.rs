//! What all visits of a run share: limits, host keys, the gate; and how a session is opened under them.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use dialog::Profile;
use model::{Account, DeviceOutcome, DeviceState, FailureClass};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;
use transport::{
    Attempt, Door, Doorkeeper, Entered, HostKeys, Jump, Limits, Login, Routes, Session, SessionError, Target,
};

use crate::budget::{Ask, Verdict};
use crate::seats::{Caps, Full, Hall, Seat, Seats};
use crate::{Gate, NoEntry, Permit, Profiles};

/// How a run is paced.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Devices at once; one that has answered all and is waited for to hang up does not count.
    pub concurrency: usize,
    /// For all that is asked of one device once it has let us in; also the most for connecting, and for logging in.
    /// Waiting for an account's turn does not count.
    pub device_timeout: Duration,
    /// Between two commands of one device.
    pub command_delay: Duration,
    pub limits: Limits,
    /// By which way each device is reached.
    pub routes: Routes,
    pub caps: Caps,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            concurrency: 50,
            device_timeout: Duration::from_secs(60),
            command_delay: Duration::ZERO,
            limits: Limits::default(),
            routes: Routes::default(),
            caps: Caps::default(),
        }
    }
}

impl Settings {
    /// Connecting and logging in have limits of their own, and none of them is longer than that of the device.
    pub fn session_limits(&self) -> Limits {
        let Limits { connect, login, .. } = self.limits;
        Limits {
            connect: connect.min(self.device_timeout),
            login: login.min(self.device_timeout),
            ..self.limits.clone()
        }
    }
}

/// How long log-ins under way are waited for when their run is over.
const LAST_ANSWERS: Duration = Duration::from_secs(3);

/// What the visits of a run share.
pub struct Environment {
    pub settings: Settings,
    pub profiles: Profiles,
    pub host_keys: Arc<dyn HostKeys>,
    pub gate: Gate,
    seats: Seats,
    log_ins: TaskTracker,
    pins: HashMap<SocketAddr, String>,
}

impl Environment {
    /// `hall`: where this run takes its seats beside others.
    pub fn new(
        settings: Settings,
        profiles: Profiles,
        host_keys: Arc<dyn HostKeys>,
        gate: Gate,
        hall: Arc<Hall>,
    ) -> Self {
        let log_ins = TaskTracker::new();
        let door: Arc<dyn Doorkeeper> = Arc::new(JumpHosts { gate: gate.clone(), log_ins: log_ins.clone() });
        settings.routes.guard(&door);
        let seats = Seats::of(settings.caps, hall);
        Self { settings, profiles, host_keys, gate, seats, log_ins, pins: HashMap::new() }
    }

    /// Of what is kept these credentials alone are tried at these addresses.
    #[must_use]
    pub fn pinned(self, pins: HashMap<SocketAddr, String>) -> Self {
        Self { pins, ..self }
    }

    /// The credential that alone is tried there, of what is kept.
    pub fn pin(&self, addr: SocketAddr) -> Option<&str> {
        self.pins.get(&addr).map(String::as_str)
    }

    /// Tells at which site a host is, where that matters; what was told first stays.
    pub fn place(&self, host: IpAddr, site: impl FnOnce() -> Option<String>) {
        self.seats.place(host, site);
    }

    /// The right to a session with a host, if there is one now.
    pub fn try_seat(&self, addr: SocketAddr) -> Result<Seat, Full> {
        let via = self.settings.routes.to(addr).via;
        self.seats.try_take(addr.ip(), via.iter().flat_map(|tunnel| tunnel.hosts()))
    }

    /// Waits for the right to a session with a host.
    pub async fn seat(&self, addr: SocketAddr) -> Seat {
        let via = self.settings.routes.to(addr).via;
        self.seats.take(addr.ip(), via.iter().flat_map(|tunnel| tunnel.hosts())).await
    }

    /// Waits, not for long, until the log-ins under way know how they went: after a cancel, too, a secret that was
    /// accepted must not count as refused.
    pub async fn settle(&self) {
        self.log_ins.close();
        let _ = timeout(LAST_ANSWERS, self.log_ins.wait()).await;
        if let Err(error) = self.gate.give_back().await {
            tracing::warn!("tries that nobody used count as refused for a while: {error}");
        }
    }
}

/// Lets into jump hosts by the same budget as into devices.
pub(crate) struct JumpHosts {
    pub gate: Gate,
    pub log_ins: TaskTracker,
}

impl Doorkeeper for JumpHosts {
    fn admit<'a>(&'a self, jump: &'a Jump, log_in: Attempt<'a>) -> Attempt<'a> {
        Box::pin(async move {
            let permit = self.gate.enter(ask(&jump.login, &jump.login.username, jump.addr), jump.addr).await;
            let permit = permit?;
            let log_in = async {
                let result = log_in.await;
                let settled = permit.settle(verdict(result.as_ref().err())).await;
                self.gate.take_log_ins(jump.addr);
                result.and(settled.map_err(SessionError::from))
            };
            self.log_ins.track_future(log_in).await
        })
    }
}

/// What the server may have counted.
fn verdict(error: Option<&SessionError>) -> Verdict {
    match error {
        None => Verdict::Accepted,
        Some(error) if error.may_count_against_account() => Verdict::Refused,
        Some(_) => Verdict::NotTried,
    }
}

/// Opens a session when the account's turn has come, and tells the gate how it went.
///
/// The host is reached before: neither a dead address nor a slow key exchange holds up the canary, and it is the
/// account's turn only for as long as its secret is under way.
pub async fn open(
    env: &Environment,
    addr: SocketAddr,
    login: &Login,
    profile: Arc<Profile>,
) -> Result<Session, DeviceOutcome> {
    let began = Instant::now();
    let (limits, target) = (env.settings.session_limits(), env.settings.routes.to(addr));
    let host = Host { target, login: login.clone(), host_keys: env.host_keys.clone(), limits };
    let door = host.reach().await.map_err(|e| failed(e.class(), chain(&e), None, began))?;
    // It goes on by itself when nobody waits for it any more: the answer to a secret that was sent is worth a try. But
    // then it waits for no turn.
    let (_wanted, unwanted) = oneshot::channel::<()>();
    let (gate, ask) = (env.gate.clone(), ask(login, &login.username, addr));
    let log_in = env.log_ins.spawn(async move {
        let (door, permit) = host.turn(door, &gate, &ask, unwanted, began).await?;
        host.log_in(door, permit, profile, began).await
    });
    let ended = |e| failed(FailureClass::Internal, format!("the log-in ended badly: {e}"), None, began);
    log_in.await.map_err(ended)?
}

/// A device that is being logged in to.
struct Host {
    target: Target,
    login: Login,
    host_keys: Arc<dyn HostKeys>,
    limits: Limits,
}

impl Host {
    async fn reach(&self) -> Result<Door, SessionError> {
        Door::reach(&self.target, &self.login.username, &self.host_keys, &self.limits).await
    }

    /// Waits for the account's turn, as long as anybody wants it. A host that was left waiting for too long is reached again.
    async fn turn(
        &self,
        mut door: Door,
        gate: &Gate,
        ask: &Ask,
        mut unwanted: oneshot::Receiver<()>,
        began: Instant,
    ) -> Result<(Door, Permit), DeviceOutcome> {
        let broken = |e: SessionError| failed(e.class(), chain(&e), None, began);
        loop {
            let permit = tokio::select! {
                biased;
                permit = gate.enter(ask.clone(), self.target.addr) => permit.map_err(|no| no_entry(no, began))?,
                _ = &mut unwanted => return Err(failed(FailureClass::Cancelled, "cancelled".into(), None, began)),
            };
            if door.is_open() {
                return Ok((door, permit));
            }
            let again = timeout(self.patience(), self.reach()).await;
            if let Ok(Ok(open)) = again {
                return Ok((open, permit));
            }
            settle(permit, Verdict::NotTried, began).await?;
            door = match again {
                Ok(reached) => reached.map_err(broken)?,
                // Its way may need the very account whose turn this was, to log in to a jump host again.
                Err(_) => self.reach().await.map_err(broken)?,
            };
        }
    }

    /// How long it may take to reach a host again while its account waits.
    fn patience(&self) -> Duration {
        let Limits { connect, login, .. } = self.limits;
        if self.target.via.is_some() { login } else { connect * 4 + login }
    }

    async fn log_in(
        &self,
        door: Door,
        permit: Permit,
        profile: Arc<Profile>,
        began: Instant,
    ) -> Result<Session, DeviceOutcome> {
        let broken = |e: SessionError| outcome_of(&e, &self.login, began);
        let entered = match door.enter(&self.login, &self.limits).await {
            // What was accepted need not wait for the prompt.
            Ok(entered) if entered.is_proved() => {
                settle(permit, Verdict::Accepted, began).await?;
                return self.begin(entered, profile).await.map_err(broken);
            }
            entered => entered,
        };
        let result = match entered {
            Ok(entered) => self.begin(entered, profile).await,
            Err(error) => Err(error),
        };
        let settled = settle(permit, verdict(result.as_ref().err()), began).await;
        let session = result.map_err(broken)?;
        settled.map(|()| session)
    }

    async fn begin(&self, entered: Entered, profile: Arc<Profile>) -> Result<Session, SessionError> {
        Session::begin(entered, &self.login, &self.limits, profile).await
    }
}

async fn settle(permit: Permit, verdict: Verdict, began: Instant) -> Result<(), DeviceOutcome> {
    permit.settle(verdict).await.map_err(|e| failed(FailureClass::Internal, e.to_string(), None, began))
}

/// What a device greets a user with before any proof of who that is: nothing counts against an account.
pub async fn greeting(env: &Environment, addr: SocketAddr, username: &str) -> Result<String, DeviceOutcome> {
    let (began, target) = (Instant::now(), env.settings.routes.to(addr));
    let greeting = target.greeting(username, &env.host_keys, &env.settings.session_limits()).await;
    greeting.map_err(|e| failed(e.class(), chain(&e), None, began))
}

fn ask(login: &Login, username: &str, addr: SocketAddr) -> Ask {
    Ask {
        account: Account::of(login.realm.as_deref(), username, addr.ip()),
        credential: login.name.clone(),
        device: addr.to_string(),
        kept: login.kept,
        canary: true,
        known: false,
    }
}

fn no_entry(no: NoEntry, began: Instant) -> DeviceOutcome {
    let error = SessionError::from(no);
    failed(error.class(), error.to_string(), None, began)
}

/// Whether another account may do where this one did not: it was refused here, or it is left alone everywhere.
pub fn may_try_next(outcome: &DeviceOutcome) -> bool {
    matches!(outcome.class, Some(FailureClass::AuthenticationFailed | FailureClass::AccountProtected))
}

/// A failed session as the result of a device.
pub fn outcome_of(error: &SessionError, login: &Login, began: Instant) -> DeviceOutcome {
    let logged_in = error.class() != FailureClass::AuthenticationFailed;
    failed(error.class(), chain(error), logged_in.then_some(login), began)
}

/// `login` is what was accepted before it failed.
pub(crate) fn failed(class: FailureClass, message: String, login: Option<&Login>, began: Instant) -> DeviceOutcome {
    let state = match class {
        FailureClass::AccountProtected | FailureClass::Cancelled | FailureClass::Unsupported => DeviceState::Skipped,
        _ => DeviceState::Failed,
    };
    DeviceOutcome { class: Some(class), ..outcome(state, message, login, began) }
}

pub(crate) fn outcome(state: DeviceState, message: String, login: Option<&Login>, began: Instant) -> DeviceOutcome {
    let (username, credential) = (login.map(|l| l.username.clone()), login.map(|l| l.name.clone()));
    DeviceOutcome { state, class: None, message, username, credential, duration_ms: millis(began) }
}

pub(crate) fn millis(began: Instant) -> i64 {
    i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX)
}

/// The error and what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// None of the credentials of a run is the one that is pinned to the device; others are not tried in its place.
pub fn not_the_pinned(name: &str) -> DeviceOutcome {
    let message = format!(
        "credential `{name}` is pinned to it and is not among those of this run; `velocity devices edit` pins another, or none"
    );
    failed(FailureClass::AuthenticationFailed, message, None, Instant::now())
}
