//! Visits, many at once; results over a channel as they come.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use model::{Capture, ChangeKind, Completeness, DeviceOutcome, DeviceState, FailureClass, Platform};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use transport::{Login, Session};

use crate::choice::REFUSALS_OF_A_DEVICE;
use crate::seats::{Line, Seat};
use crate::settings::{failed, outcome};
use crate::{Asking, Crew, Environment, Orders, Place, adopt, may_try_next, open, outcome_of};

/// A device to visit.
pub struct Visit {
    /// The caller's own key, given back with the result.
    pub key: i64,
    pub addr: SocketAddr,
    /// Usually one; more where a device has a command line for each account.
    pub paths: Vec<Path>,
}

/// A command line of a device: the account that gets it, and what to ask there.
pub struct Path {
    /// Tried in this order; the next one only when one was refused.
    pub logins: Vec<Arc<Login>>,
    pub platform: &'static Platform,
    pub types: Vec<String>,
    /// Asked after the types.
    pub orders: Arc<Orders>,
}

/// A visit, what it shares with others of its run, and what stops these.
pub struct Task {
    pub visit: Visit,
    pub env: Arc<Environment>,
    pub stop: CancellationToken,
}

/// Where visits come from: a list, or a queue that others take from too.
pub trait Source: Send + 'static {
    /// How long one that could begin waits for others to be asked for together.
    const GATHER: Duration = Duration::ZERO;

    /// Waits for visits, and gives as many as `room` at most. None: there will be no more.
    fn next(&mut self, room: usize) -> impl Future<Output = Vec<Task>> + Send;
}

#[derive(Debug)]
pub enum Event {
    Started {
        key: i64,
    },
    Done {
        key: i64,
        visited: Visited,
    },
    /// Its run was stopped: there is no result.
    Dropped {
        key: i64,
    },
}

/// What a device said and how it went.
#[derive(Debug)]
pub struct Visited {
    pub captures: Vec<Capture>,
    pub outcome: DeviceOutcome,
}

/// Visits all that the source gives, so many at once; every visit gives one [`Event::Done`], unless it was stopped.
///
/// A visit is asked for when there is a place for it, and not before. After a cancel no new visit starts, and those under way
/// are dropped without a word; they give no result, so a resumed run visits them again.
pub async fn run(source: impl Source, at_once: usize, events: mpsc::Sender<Event>, cancel: CancellationToken) {
    let mut crew = Crew::of(at_once);
    let mut line = Line::default();
    let mut fresh: VecDeque<Task> = VecDeque::new();
    let mut feed = Feed::from(source);
    while !cancel.is_cancelled() {
        crew.begin(
            || line.next(|| fresh.pop_front(), |task: &Task| task.env.try_seat(task.visit.addr)),
            |(task, seat), place| one(task, events.clone(), place, seat),
        );
        feed.ask(crew.room());
        if feed.is_over && crew.is_idle() && line.is_empty() {
            return;
        }
        tokio::select! {
            () = cancel.cancelled() => return,
            tasks = feed.given(), if feed.is_asked => fresh.extend(tasks),
            _ = crew.change(), if !crew.is_idle() => {}
            () = line.freed() => {}
        }
    }
}

/// A source in a task of its own: what it has begun to take is not lost when something else happens first.
struct Feed {
    room: watch::Sender<usize>,
    asked: mpsc::Sender<()>,
    given: mpsc::Receiver<Vec<Task>>,
    is_asked: bool,
    is_over: bool,
}

impl Feed {
    fn from<S: Source>(mut source: S) -> Self {
        let (room, room_now) = watch::channel(0);
        let (asked, mut questions) = mpsc::channel(1);
        let (give, given) = mpsc::channel(1);
        tokio::spawn(async move {
            while questions.recv().await.is_some() {
                tokio::time::sleep(S::GATHER).await;
                let room = *room_now.borrow();
                if give.send(source.next(room).await).await.is_err() {
                    return;
                }
            }
        });
        Self { room, asked, given, is_asked: false, is_over: false }
    }

    fn ask(&mut self, room: usize) {
        self.room.send_replace(room.max(1));
        if room > 0 && !self.is_asked && !self.is_over {
            self.is_asked = self.asked.try_send(()).is_ok();
        }
    }

    async fn given(&mut self) -> Vec<Task> {
        let tasks = self.given.recv().await.unwrap_or_default();
        self.is_asked = false;
        self.is_over = tasks.is_empty();
        tasks
    }
}

async fn one(task: Task, events: mpsc::Sender<Event>, place: Place, seat: Seat) {
    let Task { visit, env, stop } = task;
    let key = visit.key;
    // The receiver is gone only when all is.
    let _ = events.send(Event::Started { key }).await;
    let visited = tokio::select! {
        visited = walk(&visit, &env, place) => Some(visited),
        () = stop.cancelled() => None,
    };
    drop(seat);
    let event = visited.map_or(Event::Dropped { key }, |visited| Event::Done { key, visited });
    let _ = events.send(event).await;
}

/// Takes each path in turn. The first failure is the device's; what was said
/// until then, and what the other paths gave, is kept.
async fn walk(visit: &Visit, env: &Environment, place: Place) -> Visited {
    let began = Instant::now();
    if visit.paths.is_empty() {
        let message = "none of its platforms has a command for what was asked".to_owned();
        return Visited { captures: Vec::new(), outcome: failed(FailureClass::Unsupported, message, None, began) };
    }
    let mut captures = Vec::new();
    let mut failure = None;
    let mut login = None;
    let mut place = Some(place);
    for (n, path) in visit.paths.iter().enumerate() {
        let until_asked = place.take_if(|_| n + 1 == visit.paths.len());
        match ask(visit.addr, path, env, until_asked).await {
            Ok(Said { captures: mut said, account, error }) => {
                captures.append(&mut said);
                login = login.or(Some(account));
                failure = failure.or(error);
            }
            Err(outcome) => failure = failure.or(Some(outcome)),
        }
    }
    let outcome = failure.unwrap_or_else(|| judge_captures(&captures, login, env, began));
    Visited { captures, outcome }
}

struct Said<'p> {
    captures: Vec<Capture>,
    account: &'p Login,
    error: Option<DeviceOutcome>,
}

/// `place` is given back when all was asked.
async fn ask<'p>(
    addr: SocketAddr,
    path: &'p Path,
    env: &Environment,
    place: Option<Place>,
) -> Result<Said<'p>, DeviceOutcome> {
    let (login, mut session) = log_in(addr, path, env).await?;
    let began = Instant::now();
    let mut asking = Asking::paced(env.settings.command_delay);
    let adopted = adopt(env, addr, &mut session, env.profiles.of(path.platform), login).await;
    let talk = async {
        adopted?;
        asking.types(&mut session, path.platform, &path.types).await?;
        asking.orders(&mut session, &path.orders).await
    };
    let limit = env.settings.device_timeout;
    let error = match timeout(limit, talk).await {
        Ok(talked) => talked.err().map(|e| outcome_of(&e, login, began)),
        Err(_) => {
            let text = format!("{addr} was not done within {} s, it was at {}", limit.as_secs(), asking.doing());
            Some(failed(FailureClass::Timeout, text, Some(login), began))
        }
    };
    drop(place);
    let finished = session.finish().await;
    let error = error.or_else(|| finished.error.as_ref().map(|e| outcome_of(e, login, began)));
    let captures = asking.captures(finished, path.platform);
    Ok(Said { captures, account: login, error })
}

/// With the first account that is not refused; after some refusals the device is left alone.
async fn log_in<'p>(
    addr: SocketAddr,
    path: &'p Path,
    env: &Environment,
) -> Result<(&'p Login, Session), DeviceOutcome> {
    let (mut refused, mut refusals, mut rests) = (None, 0, false);
    for (n, login) in path.logins.iter().enumerate() {
        if rests && !env.gate.is_known(addr, &login.name) {
            continue;
        }
        match open(env, addr, login, env.profiles.of(path.platform)).await {
            Ok(session) => return Ok((login, session)),
            Err(outcome) if may_try_next(&outcome) => {
                let is_refusal = outcome.class == Some(FailureClass::AuthenticationFailed);
                refusals += usize::from(is_refusal);
                // It works here and has to rest: no reason to guess at others.
                rests |= !is_refusal && env.gate.is_known(addr, &login.name);
                let first = refused.get_or_insert(outcome);
                let left = path.logins.len() - n - 1;
                if refusals >= REFUSALS_OF_A_DEVICE && left > 0 {
                    let text =
                        format!("; {left} more credentials are not tried: `velocity creds discover` finds the one");
                    first.message.push_str(&text);
                    break;
                }
            }
            Err(outcome) => return Err(outcome),
        }
    }
    let none = || match env.pin(addr) {
        Some(name) => crate::not_the_pinned(name),
        None => {
            let message = format!("no account to log in to {addr} with");
            failed(FailureClass::AuthenticationFailed, message, None, Instant::now())
        }
    };
    Err(refused.unwrap_or_else(none))
}

/// All asked and answered. An output that is cut is a failure, and so is a configuration that was refused; any
/// other command that the device does not know is told with its success, unless it knew none.
fn judge_captures(captures: &[Capture], login: Option<&Login>, env: &Environment, began: Instant) -> DeviceOutcome {
    let told = captures.iter().filter_map(|c| Some(format!("{}: {}", c.capture_type, c.completeness.reason()?)));
    let told = told.collect::<Vec<_>>().join("; ");
    let whole = captures.iter().filter(|c| c.completeness.is_complete()).count();
    let is_failure = |c: &Capture| match &c.completeness {
        Completeness::Complete => false,
        Completeness::Cut(_) | Completeness::Invalid(_) => true,
        Completeness::Refused(_) => whole == 0 || is_config(c, env),
    };
    if captures.iter().any(is_failure) {
        return failed(FailureClass::IncompleteOutput, told, login, began);
    }
    let refused = if told.is_empty() { told } else { format!(", refused: {told}") };
    outcome(DeviceState::Success, format!("{whole} captures{refused}"), login, began)
}

fn is_config(capture: &Capture, env: &Environment) -> bool {
    let known = env.profiles.platforms().capture_type(&capture.capture_type);
    known.is_some_and(|(_, ty)| ty.change == Some(ChangeKind::Config))
}
