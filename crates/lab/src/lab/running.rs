//! A lab in this process: its addresses, and what can be done to it.

use std::net::Ipv4Addr;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

use tokio::task::JoinSet;

use super::{Lab, LabError, Peak};
use crate::world::{Change, Edit, Overrides, World};
use crate::{AaaAccounts, AaaStatus, Facts, Fault, Info, SnmpInfo, Truth, ssh};

/// A lab that answers. Dropping it closes every listener and every session.
pub struct Running {
    pub(super) lab: Arc<Lab>,
    pub(super) listeners: JoinSet<()>,
    pub(super) snmp_port: Option<u16>,
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

    /// The UDP port of the agents, where there are any.
    pub fn snmp_port(&self) -> Option<u16> {
        self.snmp_port
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

    /// A table of facts, as a collection must give it.
    ///
    /// # Errors
    /// [`LabError::NoSuchFacts`].
    pub fn facts(&self, kind: &str) -> Result<Facts, LabError> {
        self.read(|world| world.facts(kind)).ok_or_else(|| LabError::NoSuchFacts(kind.to_owned()))
    }

    /// Changes the running configuration of a device, differently at each call.
    ///
    /// # Errors
    /// [`LabError::Edit`] when there is no such device.
    pub fn change(&self, device: &str) -> Result<Change, LabError> {
        self.edit(device, &Edit::default())
    }

    /// Changes a device.
    ///
    /// # Errors
    /// [`LabError::Edit`] when there is no such device, or nothing on it to change so.
    pub fn edit(&self, device: &str, edit: &Edit) -> Result<Change, LabError> {
        Ok(self.write(|world| world.change(device, edit))?)
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

    /// What happened on the AAA servers, where there are any.
    pub fn aaa(&self) -> Option<AaaStatus> {
        self.lab.aaa().map(|aaa| aaa.status())
    }

    /// The accounts in realms, and which device takes which; none without realms.
    pub fn accounts(&self) -> Option<AaaAccounts> {
        let aaa = self.lab.aaa()?;
        Some(self.read(|world| aaa.accounts(world)))
    }

    /// Sessions that are open now.
    pub fn sessions(&self) -> usize {
        self.lab.shutdown.receiver_count()
    }

    /// How many secrets for privileged mode were refused; empty ones are none.
    pub fn refused_enables(&self) -> u64 {
        self.lab.refused_enables.load(Ordering::Relaxed)
    }

    /// The most shells that were open at once since this was asked last.
    pub fn peak(&self) -> Peak {
        self.lab.lines.take_peak()
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
            snmp: self.snmp_port.map(|port| SnmpInfo {
                port,
                community: self.lab.password.clone(),
                user: self.lab.username.clone(),
                password: self.lab.password.clone(),
                digest: crate::snmp::DIGEST.to_owned(),
                cipher: crate::snmp::CIPHER.to_owned(),
            }),
            aaa: self.lab.aaa().map(|aaa| aaa.options().clone()),
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
        change(&mut self.lab.writing())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.lab.shutdown.send_replace(true);
        self.listeners.abort_all();
    }
}
