//! A world that is being served.

mod bind;
mod error;
mod lines;
mod running;

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockWriteGuard};
use std::time::{Duration, Instant};

use rand::RngExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

pub use error::LabError;
pub use lines::Peak;
pub use running::Running;

use crate::aaa::{Aaa, AaaOptions};
use crate::corpus::Corpus;
use crate::world::{Device, Platform, World};
use crate::{Fault, snmp, ssh};

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
    /// Whether each device has an SNMP agent too.
    pub snmp: bool,
    /// The UDP port of all agents. None: 161 where that is allowed, else as `Some(0)`; `Some(0)`: one that the system chooses.
    pub snmp_port: Option<u16>,
    /// Accounts in realms beside the lab's own. None: that one alone, which is never locked.
    pub aaa: Option<AaaOptions>,
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
            snmp: false,
            snmp_port: None,
            aaa: None,
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
    aaa: Option<Aaa>,
    latency: Duration,
    corpus: Option<Corpus>,
    port: u16,
    seed: u64,
    faults: Vec<watch::Sender<Fault>>,
    places: Arc<Semaphore>,
    lines: Arc<lines::Lines>,
    refused_enables: AtomicU64,
    shutdown: watch::Sender<bool>,
    started: Instant,
    /// How often the world was changed.
    version: AtomicU64,
}

impl Lab {
    /// Serves a world: one listener per device. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`LabError::OpenFiles`] when the process may not open a socket for each device,
    /// [`LabError::Listen`] when an address cannot be bound.
    pub async fn start(world: World, options: ServeOptions) -> Result<Running, LabError> {
        let limit = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(1024);
        let sockets = if options.snmp { 2 } else { 1 };
        let needed = sockets * world.devices().len() as u64 + 64;
        if limit < needed + 16 {
            return Err(LabError::OpenFiles { devices: world.devices().len(), needed, limit });
        }
        let spare = (limit - needed) as usize;
        let places = options.max_sessions.unwrap_or(spare).min(spare);
        let (port, sockets) = bind::bind_all(&world, options.port)?;
        let password = options.password.unwrap_or_else(random_password);
        let aaa = options.aaa.map(|aaa| Aaa::new(aaa, &world, (&options.username, &password)));
        let lab = Arc::new(Lab {
            seed: world.seed(),
            faults: world.devices().iter().map(|_| watch::Sender::new(Fault::None)).collect(),
            world: RwLock::new(world),
            username: options.username,
            enable: options.enable.unwrap_or_else(|| password.clone()),
            password,
            aaa,
            latency: options.latency,
            corpus: options.corpus.map(Corpus::new),
            port,
            places: Arc::new(Semaphore::new(places)),
            lines: Arc::default(),
            refused_enables: AtomicU64::new(0),
            shutdown: watch::Sender::new(false),
            started: Instant::now(),
            version: AtomicU64::new(0),
        });
        let mut listeners = JoinSet::new();
        for (device, address, socket) in sockets {
            listeners.spawn(ssh::listen(Arc::clone(&lab), device, address, socket));
        }
        let mut snmp_port = None;
        if options.snmp {
            let (port, agents) = snmp::open(&lab, options.snmp_port).await?;
            snmp::run(agents, &mut listeners);
            snmp_port = Some(port);
        }
        Ok(Running { lab, listeners, snmp_port })
    }

    /// Reads a device. The lock is held while `read` runs.
    pub(crate) fn with_device<T>(&self, device: usize, read: impl FnOnce(&World, &Device) -> T) -> T {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        world.minutes.store((self.started.elapsed().as_secs() / 60) as u32, Ordering::Relaxed);
        read(&world, &world.devices()[device])
    }

    pub(crate) fn edit(&self, device: usize, change: impl FnOnce(&mut Device)) {
        let mut world = self.writing();
        let device = world.device_mut(device);
        device.past.edits += 1;
        device.past.edited = crate::world::Edited::new(None, None, device.past.edits);
        change(device);
    }

    /// The world, to be changed.
    pub(crate) fn writing(&self) -> RwLockWriteGuard<'_, World> {
        let world = self.world.write().unwrap_or_else(PoisonError::into_inner);
        self.version.fetch_add(1, Ordering::Relaxed);
        world
    }

    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::Relaxed)
    }

    /// Every device with every address that it listens on.
    pub(crate) fn addresses(&self) -> Vec<(usize, Ipv4Addr)> {
        let world = self.world.read().unwrap_or_else(PoisonError::into_inner);
        world.devices().iter().flat_map(|d| d.addresses().map(|a| (d.id, a))).collect()
    }

    pub(crate) fn password(&self) -> &str {
        &self.password
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

    /// A shell on a device, open until it is dropped.
    pub(crate) fn line(&self, device: usize) -> lines::Line {
        self.lines.open(self.with_device(device, |_, d| d.site))
    }

    pub(crate) fn accepts(&self, device: usize, user: &str, password: &[u8]) -> bool {
        match &self.aaa {
            Some(aaa) => aaa.accepts(device, user, password, Instant::now()),
            None => user == self.username && password == self.password.as_bytes(),
        }
    }

    pub(crate) fn accepts_enable(&self, device: usize, secret: &str) -> bool {
        let accepted = secret == self.enable || self.aaa.as_ref().is_some_and(|aaa| aaa.accepts_enable(device, secret));
        self.refused_enables.fetch_add(u64::from(!(accepted || secret.is_empty())), Ordering::Relaxed);
        accepted
    }

    pub(crate) fn aaa(&self) -> Option<&Aaa> {
        self.aaa.as_ref()
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
    pub(crate) fn pause(&self) -> Option<tokio::time::Sleep> {
        (!self.latency.is_zero()).then(|| tokio::time::sleep(self.latency))
    }
}

/// Twenty letters and digits without look-alikes.
pub(crate) fn random_password() -> String {
    const SET: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut rng = rand::rng();
    (0..20).map(|_| char::from(SET[rng.random_range(0..SET.len())])).collect()
}
