//! A world that is being served.

use std::io;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use rand::RngExt as _;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use crate::corpus::Corpus;
use crate::ssh;
use crate::world::{Change, Device, EditError, Overrides, Platform, World};
use crate::{Fault, Info, Truth};

/// Why a lab cannot be started or asked.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    #[error("cannot listen on {address}:{port}")]
    Listen { address: Ipv4Addr, port: u16, source: io::Error },
    #[error("{devices} devices need {needed} open files, the limit is {limit}: raise it with `ulimit -n`")]
    OpenFiles { devices: usize, needed: u64, limit: u64 },
    #[error("the lab has no device `{0}`")]
    NoSuchDevice(String),
    #[error(transparent)]
    Edit(#[from] EditError),
    #[error("no lab runs in {0}")]
    NotRunning(PathBuf),
    #[error("a lab runs in {0} already")]
    AlreadyRunning(PathBuf),
    #[error("the lab did not come up: {0}")]
    Start(String),
    #[error("the lab answered: {0}")]
    Refused(String),
    #[error("cannot use {path}")]
    State { path: PathBuf, source: io::Error },
    #[error("the lab sent something that is no answer")]
    Protocol(#[from] serde_json::Error),
}

/// How a world is served.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// One port for all devices. None: 22 where that is allowed, else as `Some(0)`; `Some(0)`:
    /// one that the system chooses.
    pub port: Option<u16>,
    pub username: String,
    /// None: random.
    pub password: Option<String>,
    /// None: the password.
    pub enable: Option<String>,
    /// What every command takes before it answers.
    pub latency: Duration,
    /// Recorded outputs for commands that the lab does not render.
    pub corpus: Option<PathBuf>,
    /// Sessions at once; more are dropped on arrival. None: what the limit of open files allows.
    pub max_sessions: Option<usize>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            port: None,
            username: "admin".to_owned(),
            password: None,
            enable: None,
            latency: Duration::ZERO,
            corpus: None,
            max_sessions: None,
        }
    }
}

/// What all sessions share.
pub struct Lab {
    world: RwLock<World>,
    username: String,
    password: String,
    enable: String,
    latency: Duration,
    corpus: Option<Corpus>,
    port: u16,
    seed: u64,
    faults: Vec<watch::Sender<Fault>>,
    places: Arc<Semaphore>,
    shutdown: watch::Sender<bool>,
    started: Instant,
}

/// A lab that answers. Dropping it closes every listener and every session.
pub struct Running {
    lab: Arc<Lab>,
    listeners: JoinSet<()>,
}

impl Lab {
    /// Serves a world: one listener per device. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`LabError::OpenFiles`] when the process may not open a socket for each device,
    /// [`LabError::Listen`] when an address cannot be bound.
    pub async fn start(world: World, options: ServeOptions) -> Result<Running, LabError> {
        let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1024);
        let needed = world.devices().len() as u64 + 64;
        if limit < needed + 16 {
            return Err(LabError::OpenFiles { devices: world.devices().len(), needed, limit });
        }
        let spare = (limit - needed) as usize;
        let places = options.max_sessions.unwrap_or(spare).min(spare);
        let (port, sockets) = bind_all(&world, options.port)?;
        let password = options.password.unwrap_or_else(random_password);
        let lab = Arc::new(Lab {
            seed: world.seed(),
            faults: world.devices().iter().map(|_| watch::Sender::new(Fault::None)).collect(),
            world: RwLock::new(world),
            username: options.username,
            enable: options.enable.unwrap_or_else(|| password.clone()),
            password,
            latency: options.latency,
            corpus: options.corpus.map(Corpus::new),
            port,
            places: Arc::new(Semaphore::new(places)),
            shutdown: watch::Sender::new(false),
            started: Instant::now(),
        });
        let mut listeners = JoinSet::new();
        for (device, address, socket) in sockets {
            listeners.spawn(ssh::listen(Arc::clone(&lab), device, address, socket));
        }
        Ok(Running { lab, listeners })
    }

    /// Reads a device. The lock is held while `read` runs.
    pub(crate) fn with_device<T>(&self, device: usize, read: impl FnOnce(&World, &Device) -> T) -> T {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        world.minutes.store((self.started.elapsed().as_secs() / 60) as u32, Ordering::Relaxed);
        read(&world, &world.devices()[device])
    }

    pub(crate) fn edit(&self, device: usize, change: impl FnOnce(&mut Device)) {
        let mut world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        change(world.device_mut(device));
    }

    pub(crate) fn watch_fault(&self, device: usize) -> watch::Receiver<Fault> {
        self.faults[device].subscribe()
    }

    /// The fault of a device as it shows: a hang without a place is given one.
    pub(crate) fn fault_of(&self, device: usize) -> Fault {
        match *self.faults[device].borrow() {
            Fault::Hang(crate::HangAt::Any) if device.is_multiple_of(2) => Fault::Hang(crate::HangAt::Connect),
            Fault::Hang(crate::HangAt::Any) => Fault::Hang(crate::HangAt::Command),
            other => other,
        }
    }

    pub(crate) fn watch_shutdown(&self) -> watch::Receiver<bool> {
        self.shutdown.subscribe()
    }

    pub(crate) fn take_place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    pub(crate) fn accepts(&self, user: &str, password: &[u8]) -> bool {
        user == self.username && password == self.password.as_bytes()
    }

    pub(crate) fn accepts_enable(&self, secret: &str) -> bool {
        secret == self.enable
    }

    pub(crate) fn username(&self) -> &str {
        &self.username
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn seed_number(&self) -> u64 {
        self.seed
    }

    pub(crate) fn corpus_output(&self, platform: Platform, command: &str) -> Option<String> {
        self.corpus.as_ref()?.output(platform.as_str(), command)
    }

    /// The time a command takes.
    pub(crate) async fn pause(&self) {
        if !self.latency.is_zero() {
            tokio::time::sleep(self.latency).await;
        }
    }
}

impl Running {
    /// The address to start a discovery from: `127.x.y.z`, with `:PORT` unless that is 22.
    pub fn seed(&self) -> String {
        self.dial(self.lab.with_device(0, |_, d| d.address))
    }

    /// An address of the lab as a client wants it: with the port unless that is 22.
    pub fn dial(&self, address: Ipv4Addr) -> String {
        if self.port() == 22 { address.to_string() } else { format!("{address}:{}", self.port()) }
    }

    pub fn port(&self) -> u16 {
        self.lab.port
    }

    pub fn username(&self) -> &str {
        &self.lab.username
    }

    pub fn password(&self) -> &str {
        &self.lab.password
    }

    pub fn enable(&self) -> &str {
        &self.lab.enable
    }

    /// The address of a device by its name.
    pub fn address(&self, device: &str) -> Option<Ipv4Addr> {
        self.read(|world| world.device(device).map(|d| d.address))
    }

    /// Reads the world. Sessions wait while `read` runs.
    pub fn read<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.lab.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn truth(&self) -> Truth {
        self.read(World::truth)
    }

    /// Sets the fault of a device; [`Fault::None`] heals it. `all` names every device.
    ///
    /// # Errors
    /// [`LabError::NoSuchDevice`].
    pub fn fault(&self, device: &str, fault: Fault) -> Result<(), LabError> {
        if device == "all" {
            for known in &self.lab.faults {
                known.send_replace(fault);
            }
            return Ok(());
        }
        self.lab.faults[self.id(device)?].send_replace(fault);
        Ok(())
    }

    /// The fault of a device.
    ///
    /// # Errors
    /// [`LabError::NoSuchDevice`].
    pub fn fault_of(&self, device: &str) -> Result<Fault, LabError> {
        Ok(*self.lab.faults[self.id(device)?].borrow())
    }

    /// Devices that have a fault, and which.
    pub fn faults(&self) -> Vec<(String, Fault)> {
        let faulty = self.lab.faults.iter().enumerate().map(|(i, f)| (i, *f.borrow())).filter(|f| f.1 != Fault::None);
        self.read(|world| faulty.map(|(i, fault)| (world.devices()[i].name.clone(), fault)).collect())
    }

    /// Changes the running configuration of a device, differently at each call.
    ///
    /// # Errors
    /// [`LabError::Edit`] when there is no such device.
    pub fn change(&self, device: &str) -> Result<Change, LabError> {
        Ok(self.write(|world| world.change(device))?)
    }

    /// Plugs a host into a new port of another switch.
    ///
    /// # Errors
    /// [`LabError::Edit`] when there is no such host or device, or no network for it there.
    pub fn move_host(&self, host: &str, to: &str) -> Result<Change, LabError> {
        Ok(self.write(|world| world.move_host(host, to))?)
    }

    /// Makes a device misbehave. A second address gets a listener of its own.
    ///
    /// # Errors
    /// [`LabError::Edit`] when there is no such device, [`LabError::Listen`] for the address.
    pub fn set_overrides(&mut self, device: &str, overrides: Overrides) -> Result<(), LabError> {
        let id = self.id(device)?;
        let new = overrides.second_address;
        let old = self.lab.with_device(id, |_, d| d.overrides.second_address);
        if let Some(address) = new.filter(|_| new != old) {
            let port = self.port();
            let socket = ssh::bind(address, port).map_err(|source| LabError::Listen { address, port, source })?;
            self.listeners.spawn(ssh::listen(Arc::clone(&self.lab), id, address, socket));
        }
        Ok(self.write(|world| world.set_overrides(device, overrides))?)
    }

    /// Sessions that are open now.
    pub fn sessions(&self) -> usize {
        self.lab.shutdown.receiver_count()
    }

    pub fn info(&self) -> Info {
        self.read(|world| Info {
            seed: self.dial(world.devices()[0].address),
            port: self.port(),
            username: self.lab.username.clone(),
            password: self.lab.password.clone(),
            enable: self.lab.enable.clone(),
            devices: world.devices().len(),
            sites: world.site_count(),
            random_seed: world.seed(),
            latency_ms: self.lab.latency.as_millis() as u64,
            base: world.base().to_string(),
            pid: std::process::id(),
            state: None,
        })
    }

    fn id(&self, device: &str) -> Result<usize, LabError> {
        let found = self.read(|world| world.device(device).map(|d| d.id));
        found.ok_or_else(|| LabError::NoSuchDevice(device.to_owned()))
    }

    fn write<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.lab.world.write().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.lab.shutdown.send_replace(true);
        self.listeners.abort_all();
    }
}

type Sockets = Vec<(usize, Ipv4Addr, TcpListener)>;

/// One listener per address, all on one port. A port that was not asked for and turns out to be
/// taken somewhere is given up for another.
fn bind_all(world: &World, port: Option<u16>) -> Result<(u16, Sockets), LabError> {
    let tries: &[u16] = match port {
        Some(0) => &[0; 8],
        Some(port) => return bind_on(world, port),
        None => &[22, 0, 0, 0, 0, 0, 0, 0],
    };
    let mut result = bind_on(world, tries[0]);
    for &port in &tries[1..] {
        if result.is_ok() {
            break;
        }
        result = bind_on(world, port);
    }
    result
}

fn bind_on(world: &World, port: u16) -> Result<(u16, Sockets), LabError> {
    let fail = |address, port| move |source| LabError::Listen { address, port, source };
    let mut sockets = Vec::with_capacity(world.devices().len());
    let mut port = port;
    for device in world.devices() {
        for address in device.addresses() {
            let socket = ssh::bind(address, port).map_err(fail(address, port))?;
            port = socket.local_addr().map_err(fail(address, port))?.port();
            sockets.push((device.id, address, socket));
        }
    }
    Ok((port, sockets))
}

/// Twenty letters and digits without look-alikes.
fn random_password() -> String {
    const SET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut rng = rand::rng();
    (0..20).map(|_| char::from(SET[rng.random_range(0..SET.len())])).collect()
}
