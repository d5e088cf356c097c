//! A lab that goes on when the command that started it has returned.
//!
//! `up` leaves its wishes in a file that only the owner can read, starts the same program with
//! `lab serve --state DIR`, and waits until that one answers. Passwords travel by that file,
//! never as an argument or in the environment.

use std::net::Ipv4Addr;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::RngExt as _;
use serde::{Deserialize, Serialize};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

use crate::state::{State, default_dir};
use crate::{AaaOptions, Info, Lab, LabError, Running, ServeOptions, World, WorldOptions, client, control, ssh};

/// An agent keeps a buffer for the largest datagram: above this number of devices there are none.
const MOST_AGENTS: usize = 1000;

/// What `velocity lab up` can be told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct UpOptions {
    pub devices: usize,
    /// Seed of the randomness. None: a random one, which [`Info::random_seed`] tells.
    pub seed: Option<u64>,
    pub latency_ms: u64,
    /// None: 22 where that is allowed, else one that the system chooses; `Some(0)`: always so.
    pub port: Option<u16>,
    /// The start of the /16 for the devices. None: a free one.
    pub base: Option<Ipv4Addr>,
    pub username: String,
    /// None: random.
    pub password: Option<String>,
    /// None: the password.
    pub enable: Option<String>,
    pub corpus: Option<PathBuf>,
    pub numeric_port_ids: bool,
    /// The UDP port of the SNMP agents. None: 161 where that is allowed, else one that the system chooses.
    pub snmp_port: Option<u16>,
    /// Accounts in realms.
    pub aaa: Option<AaaOptions>,
    /// The state directory. None: [`default_dir`].
    pub state: Option<PathBuf>,
    /// The program to start with `lab serve --state DIR`. None: this one.
    pub program: Option<PathBuf>,
}

impl Default for UpOptions {
    fn default() -> Self {
        Self {
            devices: 12,
            seed: None,
            latency_ms: 0,
            port: None,
            base: None,
            username: "admin".to_owned(),
            password: None,
            enable: None,
            corpus: None,
            numeric_port_ids: false,
            snmp_port: None,
            aaa: None,
            state: None,
            program: None,
        }
    }
}

impl UpOptions {
    fn state(&self) -> State {
        State::at(self.state.clone().unwrap_or_else(default_dir))
    }

    /// Paths that mean the same in another working directory.
    fn absolute(&self) -> Result<Self, LabError> {
        let full =
            |path: &Path| std::path::absolute(path).map_err(|source| LabError::State { path: path.to_owned(), source });
        let corpus = self.corpus.as_deref().map(full).transpose()?;
        let state = Some(full(&self.state().dir)?);
        Ok(Self { corpus, state, ..self.clone() })
    }
}

/// Starts a lab in the background and returns when it answers.
///
/// # Errors
/// [`LabError::AlreadyRunning`] when the state directory has one, [`LabError::Start`] with the
/// reason when it does not come up, [`LabError::State`].
pub fn up(options: &UpOptions) -> Result<Info, LabError> {
    let options = &options.absolute()?;
    let state = options.state();
    claim(&state)?;
    State::write(&state.options(), options)?;
    let mut child = spawn(options, &state)?;
    let patience = Duration::from_secs(60 + options.devices as u64 / 50);
    let start = Instant::now();
    loop {
        if let Ok(status) = client::status(&state.dir) {
            return Ok(status.info);
        }
        let ended = child.try_wait().ok().flatten().is_some();
        if ended || start.elapsed() > patience {
            let said = std::fs::read_to_string(state.log()).unwrap_or_default();
            let reason = said.trim().lines().last().unwrap_or("it ended without a word").to_owned();
            state.clear();
            return Err(LabError::Start(reason));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Makes the state directory ours; what a dead lab left there is removed.
fn claim(state: &State) -> Result<(), LabError> {
    state.create()?;
    if client::status(&state.dir).is_ok() {
        return Err(LabError::AlreadyRunning(state.dir.clone()));
    }
    state.clear();
    Ok(())
}

fn spawn(options: &UpOptions, state: &State) -> Result<Child, LabError> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |source| LabError::State { path, source }
    };
    let program = match &options.program {
        Some(program) => program.clone(),
        None => std::env::current_exe().map_err(fail(Path::new("this program")))?,
    };
    let log = std::fs::File::create(state.log()).map_err(fail(&state.log()))?;
    Command::new(&program)
        .args(["lab", "serve", "--state"])
        .arg(&state.dir)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .process_group(0)
        .spawn()
        .map_err(fail(&program))
}

/// The background process: serves what `up` left in the state directory until it is told to
/// stop, by `down` or by a signal.
///
/// # Errors
/// As [`Lab::start`]; the caller prints the error to stderr, where `up` finds it.
pub async fn serve(dir: &Path) -> Result<(), LabError> {
    let state = State::at(dir);
    let options: UpOptions = State::read(&state.options())?;
    host(&state, &options, |_| {}).await
}

/// The same in this process: `ready` is called when the lab answers; Ctrl-C ends it.
///
/// # Errors
/// As [`up`] and [`Lab::start`].
pub async fn foreground(options: &UpOptions, ready: impl FnOnce(&Info)) -> Result<(), LabError> {
    let state = options.state();
    claim(&state)?;
    host(&state, options, ready).await
}

async fn host(state: &State, options: &UpOptions, ready: impl FnOnce(&Info)) -> Result<(), LabError> {
    let fail = |source| LabError::State { path: state.dir.clone(), source };
    let mut interrupt = signal(SignalKind::interrupt()).map_err(fail)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(fail)?;
    // Listening for it is what keeps the end of a terminal from ending the lab.
    let _hangup = signal(SignalKind::hangup()).map_err(fail)?;
    let running = Arc::new(start(options).await?);
    let info = Info { state: Some(state.dir.clone()), ..running.info() };
    State::write(&state.info(), &info)?;
    let stop = Arc::new(Notify::new());
    control::answer(Arc::clone(&running), &state.socket(), info.clone(), Arc::clone(&stop)).await?;
    // The password is in the info file by now.
    let _ = std::fs::remove_file(state.options());
    ready(&info);
    tokio::select! {
        () = stop.notified() => {}
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    state.clear();
    Ok(())
}

async fn start(options: &UpOptions) -> Result<Running, LabError> {
    let seed = options.seed.unwrap_or_else(|| rand::rng().random_range(1..1_000_000));
    let base = options.base.unwrap_or_else(|| free_base(options.port));
    let world_options = WorldOptions { base, numeric_port_ids: options.numeric_port_ids };
    let world = World::generate(options.devices, seed, &world_options);
    let serve = ServeOptions {
        port: options.port,
        username: options.username.clone(),
        password: options.password.clone(),
        enable: options.enable.clone(),
        latency: Duration::from_millis(options.latency_ms),
        corpus: options.corpus.clone(),
        snmp: options.devices <= MOST_AGENTS,
        snmp_port: options.snmp_port,
        aaa: options.aaa.clone(),
        max_sessions: None,
    };
    Lab::start(world, serve).await
}

/// A /16 of loopback addresses in which nobody has the port. Needs a tokio runtime.
fn free_base(port: Option<u16>) -> Ipv4Addr {
    let mut base = Ipv4Addr::new(127, 16, 0, 0);
    for _ in 0..64 {
        base = Ipv4Addr::new(127, rand::rng().random_range(16..250), 0, 0);
        let first = Ipv4Addr::from(u32::from(base) + 1);
        let taken = std::net::TcpStream::connect((first, port.filter(|p| *p != 0).unwrap_or(22))).is_ok();
        if !taken && ssh::bind(first, port.unwrap_or(0)).is_ok() {
            break;
        }
    }
    base
}
