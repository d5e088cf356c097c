//! Recording: one session with a device, with all taken out of it that tells whose network it is, as cases of its platform.

mod folder;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use collect::{Asking, Environment, adopt, may_try_next, open};
use dialog::{Output, Recording};
use ingest::{Mask, Outcome, Scrub};
use model::text::shown;
use model::{Capture, Platform};
use serde::Serialize;
use tokio::time::timeout;
use transport::{Login, Session};

use crate::actor::Role;
use crate::{Actor, App, AppError, AppResult, Settings};

/// With it the same names are replaced by the same ones in each recording of an installation.
const KEY: &str = "scrub.key";

/// Which device is recorded.
#[derive(Debug, Clone)]
pub struct RecordTarget {
    /// As it was asked for.
    pub name: String,
    pub address: SocketAddr,
    pub platform: &'static Platform,
    /// Accounts that worked before.
    pub accounts: Vec<String>,
}

/// What is asked, and where it goes.
pub struct RecordRequest {
    pub target: RecordTarget,
    /// Capture types with commas, or `all`.
    pub types: String,
    /// Commands besides.
    pub commands: Vec<String>,
    /// Goes behind the capture type in the name of a case: `version_stack`.
    pub suffix: Option<String>,
    /// More words to replace.
    pub words: Vec<String>,
    /// Where the cases go; among the user's own platforms when left out.
    pub folder: Option<PathBuf>,
    /// Show what it would be, write nothing.
    pub dry_run: bool,
    pub logins: Vec<Login>,
    pub settings: Settings,
}

/// A session on record.
#[derive(Debug, Serialize)]
pub struct Recorded {
    pub platform: String,
    pub folder: PathBuf,
    /// False when it was only tried.
    pub written: bool,
    pub cases: Vec<RecordedCase>,
    /// What was asked and is no case, and why.
    pub left_out: Vec<String>,
    /// How many different things were replaced, by what they are.
    pub replaced: BTreeMap<&'static str, usize>,
    /// As `session.txt` has it.
    pub session: String,
}

/// One answer in it.
#[derive(Debug, Serialize)]
pub struct RecordedCase {
    pub name: String,
    pub command: String,
    /// Facts that are read in it; `None` for a text.
    pub rows: Option<usize>,
    pub unread: usize,
    #[serde(skip)]
    output: String,
    #[serde(skip)]
    facts: Vec<serde_json::Value>,
}

/// What a device said, before anything is taken out.
struct Taped {
    recording: Recording,
    captures: Vec<Capture>,
    host: String,
    username: String,
}

impl App {
    /// A known device by name, or any address with the name of its platform.
    pub async fn record_target(&self, actor: &Actor, device: &str, platform: Option<&str>) -> AppResult<RecordTarget> {
        actor.must(Role::Operator, "record a session")?;
        let platforms = self.reader.platforms;
        let named = |name: &str| {
            let unknown = || {
                AppError::Usage(format!("there is no platform `{}`; `velocity platform list` shows all", shown(name)))
            };
            platforms.get(name).ok_or_else(unknown)
        };
        let wanted = platform.map(named).transpose()?;
        let known = self.store.device(device).await;
        if let (Err(_), Ok(address), Some(platform)) = (&known, crate::config::parse_address(device, 22), wanted) {
            return Ok(RecordTarget { name: device.to_owned(), address, platform, accounts: Vec::new() });
        }
        let known = known.map_err(|e| match crate::config::parse_address(device, 22) {
            Ok(_) => AppError::Usage(
                "which platform is it? name it with --platform; `velocity platform list` shows all".into(),
            ),
            Err(_) => e.into(),
        })?;
        let accesses = self.store.accesses(Some(known.id)).await?.into_iter().map(|a| a.access);
        let platform = wanted.map_or_else(|| named(&known.platform), Ok)?;
        let accounts = accesses.filter(|a| a.platform == platform.name).map(|a| a.username).collect();
        let address = SocketAddr::new(known.address, known.port);
        Ok(RecordTarget { name: known.slug, address, platform, accounts })
    }

    /// Logs in, asks, leaves; writes the session and a case for each answer. Nothing is stored in the database.
    pub async fn record_session(&self, actor: &Actor, request: RecordRequest) -> AppResult<Recorded> {
        actor.must(Role::Operator, "record a session")?;
        let platform = request.target.platform;
        let mut types = self.capture_types(&request.types)?;
        types.retain(|name| platform.captures.contains_key(name));
        if types.is_empty() && request.commands.is_empty() {
            return Err(AppError::Usage(format!(
                "{} has no command for these types; give one with --command",
                platform.name
            )));
        }
        let folder = request.folder.clone().unwrap_or_else(|| self.own_cases(platform));
        let names = types.iter().map(|name| case_name(name, request.suffix.as_deref()));
        folder::must_be_free(&folder, names)?;
        let key = folder::key(&self.home.join(KEY))?;
        let taped = self.tape(&request, &types).await?;
        let reader = self.reader.now();
        let work = move || scrubbed(&taped, &request, &reader, key, folder);
        let recorded = tokio::task::spawn_blocking(work).await;
        recorded.map_err(|e| AppError::Invalid(format!("reading the session ended badly: {e}")))?
    }

    fn own_cases(&self, platform: &Platform) -> PathBuf {
        self.home.join(crate::platforms::FOLDER).join(&platform.name).join("cases")
    }

    /// The session, with the first account that is accepted.
    async fn tape(&self, request: &RecordRequest, types: &[String]) -> AppResult<Taped> {
        let mut settings = request.settings.clone();
        settings.limits.record = true;
        let (env, _book) = self.environment(settings).await?;
        let taped = tape(&env, request, types).await;
        env.settle().await;
        taped.map_err(|why| AppError::Invalid(format!("cannot record {}: {why}", shown(&request.target.name))))
    }
}

async fn tape(env: &Arc<Environment>, request: &RecordRequest, types: &[String]) -> Result<Taped, String> {
    let RecordTarget { address, platform, .. } = &request.target;
    let began = tokio::time::Instant::now();
    let profile = env.profiles.of(platform);
    let mut refused = None;
    for login in request.logins.iter().map(|login| Arc::new(login.clone())) {
        let mut session = match open(env, *address, &login, profile.clone()).await {
            Ok(session) => session,
            Err(outcome) if may_try_next(&outcome) => {
                refused = refused.or(Some(outcome.message));
                continue;
            }
            Err(outcome) => return Err(outcome.message),
        };
        let mut asking = Asking::default();
        let talk = talk(env, request, &mut session, &mut asking, &login, types);
        let talked = timeout(env.settings.device_timeout, talk).await;
        let host = discovery::host_in(session.prompt());
        let mut finished = session.finish().await;
        let error = match talked {
            Ok(talked) => talked.err().or(finished.error.take()),
            Err(_) => finished.error.take(),
        };
        if let Some(error) = error {
            return Err(collect::outcome_of(&error, &login, began).message);
        }
        let recording = finished.recording.take().unwrap_or_default();
        let captures = asking.captures(finished, platform);
        return Ok(Taped { recording, captures, host, username: login.username.clone() });
    }
    Err(refused.unwrap_or_else(|| "no account to log in with".to_owned()))
}

async fn talk(
    env: &Arc<Environment>,
    request: &RecordRequest,
    session: &mut Session,
    asking: &mut Asking,
    login: &Login,
    types: &[String],
) -> Result<(), transport::SessionError> {
    let RecordTarget { address, platform, .. } = &request.target;
    adopt(env, *address, session, env.profiles.of(platform), login).await?;
    asking.types(session, platform, types).await?;
    for command in &request.commands {
        asking.probe(session, command).await?;
    }
    Ok(())
}

fn case_name(capture_type: &str, suffix: Option<&str>) -> String {
    suffix.map_or_else(|| capture_type.to_owned(), |suffix| format!("{capture_type}_{}", model::text::slug(suffix)))
}

/// What the session tells of the network taken out of it; then it is played, and what it says now is read.
fn scrubbed(
    taped: &Taped,
    request: &RecordRequest,
    reader: &ingest::Reader,
    key: [u8; 32],
    folder: PathBuf,
) -> AppResult<Recorded> {
    let platform = request.target.platform;
    let raw = taped.recording.to_string();
    let mut scrub = Scrub::new(key);
    scrub.learn_name(&taped.host);
    scrub.learn_name(&taped.username);
    request.words.iter().for_each(|word| scrub.learn_name(word));
    scrub.learn_from_lines(&raw);
    let readings: Vec<_> = taped.captures.iter().map(|capture| reader.read(capture)).collect();
    readings.iter().for_each(|reading| scrub.learn_from(reading));
    let session = scrub.apply(&Mask::of(platform).apply(&raw));

    let outputs = play(platform, &session)?;
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    for (capture, before) in taped.captures.iter().zip(&readings) {
        let name = case_name(&capture.capture_type, request.suffix.as_deref());
        if let Some(reason) = capture.completeness.reason() {
            left_out.push(format!("{name}: {}", shown(reason)));
            continue;
        }
        let Some(output) = outputs.iter().find(|o| o.command == capture.command) else { continue };
        let output = String::from_utf8_lossy(&output.content).into_owned();
        let reading = reader.reading_of(&platform.name, &capture.capture_type, &capture.command, &output);
        if reading.facts.len() != before.facts.len() {
            let (now, before) = (reading.facts.len(), before.facts.len());
            left_out.push(format!("{name}: {before} rows were read before the names were replaced, and {now} after"));
            continue;
        }
        let unread = if let Outcome::Partly { unread } = &reading.outcome { unread.len() } else { 0 };
        let facts = reading.rows();
        let rows = reading.kind.map(|_| facts.len());
        cases.push(RecordedCase { name, command: capture.command.clone(), rows, unread, output, facts });
    }
    if cases.is_empty() {
        return Err(AppError::Invalid(format!("nothing in the session is worth a case: {}", left_out.join("; "))));
    }
    if !request.dry_run {
        folder::write(&folder, &cases, &session)?;
    }
    let (platform, written, replaced) = (platform.name.clone(), !request.dry_run, scrub.replaced());
    Ok(Recorded { platform, folder, written, cases, left_out, replaced, session })
}

/// What is written down must play: a case that does not is no evidence.
fn play(platform: &Platform, session: &str) -> AppResult<Vec<Output>> {
    let broken = |e: &dyn std::error::Error| AppError::Invalid(format!("the session does not play as recorded: {e}"));
    let profile = dialog::Profile::compile(&platform.session).map(Arc::new).map_err(|e| broken(&e))?;
    let recording = Recording::parse(session).map_err(|e| broken(&e))?;
    recording.play(profile.clone(), profile, []).map_err(|e| broken(&e))
}

/// Nobody overwrites evidence.
fn taken(path: &Path) -> AppError {
    AppError::Usage(format!("there is a case in {} already; give this one another name with --case", path.display()))
}
