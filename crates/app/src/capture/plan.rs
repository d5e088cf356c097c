//! What a collection will ask: which devices, which of them what, on which of their command lines.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::Arc;

use collect::{Order, Orders, Path, Visit};
use model::device::Access;
use model::job::JobHow;
use model::{Device, DeviceId, JobCommand, JobId, Platform};
use serde::{Deserialize, Serialize};
use store::{DeviceCredential, NewItem};
use transport::Login;

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult};

/// All capture types.
const ALL: &str = "all";

/// What a collection would do: devices, and what to ask each.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CapturePlan {
    pub types: Vec<String>,
    /// Devices that match and are not asked, as nobody knows where they are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_address: Vec<String>,
    pub devices: Vec<PlannedDevice>,
    /// What is asked besides capture types, and how.
    #[serde(default)]
    pub errand: Errand,
    /// How many devices the selection has, whatever the limit.
    #[serde(default)]
    pub matching: usize,
    #[serde(skip)]
    pub of: OfJob,
}

/// What a job adds to capture types.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Errand {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<JobCommand>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prepare: Vec<String>,
    #[serde(default)]
    pub how: JobHow,
    /// Captures are kept, and their facts are loaded later, when somebody asks for that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep_only: bool,
}

/// What a collection is a part of.
#[derive(Debug, Clone, Default)]
pub struct OfJob {
    pub job: Option<JobId>,
    pub batch: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlannedDevice {
    pub id: DeviceId,
    pub name: String,
    #[schema(value_type = String)]
    pub address: SocketAddr,
    pub platform: String,
    /// Ways in that worked, the last one first.
    pub accesses: Vec<Access>,
    pub accounts: Vec<String>,
    /// Credentials that worked when they were tried last, what is preferred first.
    #[serde(default)]
    pub credentials: Vec<String>,
    /// Those that did not.
    #[serde(default)]
    pub failed: Vec<String>,
    /// The one of the vault that alone is tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinned: Option<String>,
    /// What can be asked of it.
    pub types: Vec<String>,
    /// What none of its platforms has a command for.
    pub unsupported: Vec<String>,
}

impl Errand {
    pub(super) fn orders(&self) -> Orders {
        let order = |c: &JobCommand| Order { command: c.command.clone(), output: c.output.clone() };
        Orders { prepare: self.prepare.clone(), commands: self.commands.iter().map(order).collect() }
    }
}

impl PlannedDevice {
    /// Where a credential stands in the order in which they are tried.
    fn rank(&self, credential: &str) -> usize {
        let worked = self.credentials.iter().position(|name| name == credential);
        worked.unwrap_or(if self.failed.iter().any(|name| name == credential) { usize::MAX } else { usize::MAX - 1 })
    }

    /// Whether this log-in may be tried on it: of the vault the one that was pinned, and what somebody typed.
    fn takes(&self, login: &Login) -> bool {
        login.may_be_tried(self.pinned.as_deref())
    }
}

impl CapturePlan {
    pub(crate) fn ids(&self) -> Vec<DeviceId> {
        self.devices.iter().map(|d| d.id).collect()
    }

    /// The accounts that worked before, those of most devices first.
    pub fn usernames(&self) -> Vec<String> {
        let mut votes: BTreeMap<&String, usize> = BTreeMap::new();
        for account in self.devices.iter().flat_map(|d| &d.accounts) {
            *votes.entry(account).or_default() += 1;
        }
        let mut names: Vec<_> = votes.into_iter().collect();
        names.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        names.into_iter().map(|(name, _)| name.clone()).collect()
    }
}

impl App {
    /// Which devices and types it would be. An unknown type is an error that names the known ones.
    pub async fn plan_capture(
        &self,
        actor: &Actor,
        devices: &str,
        types: &str,
        limit: Option<usize>,
    ) -> AppResult<CapturePlan> {
        actor.must(Role::Viewer, "see devices")?;
        let all = types.trim() == ALL;
        let types = self.capture_types(types)?;
        let mut devices = self.select(&Selector::parse(devices)?).await?;
        let matching = devices.len();
        let (reached, elsewhere): (Vec<Device>, Vec<Device>) = devices.into_iter().partition(Device::is_reached);
        devices = reached;
        devices.truncate(limit.unwrap_or(usize::MAX));
        if devices.is_empty() {
            return Err(AppError::Invalid(match elsewhere.first() {
                Some(one) => format!(
                    "{} has no address; `velocity devices edit {} --address IP` gives it one, and `velocity discover` \
                     finds it by its name or serial number",
                    one.slug, one.slug
                ),
                None => "no device matches; `velocity devices list` shows them".to_owned(),
            }));
        }
        let mut plan = self.plan(types, Errand::default(), devices).await?;
        plan.matching = matching;
        plan.without_address = elsewhere.into_iter().map(|d| d.slug).collect();
        if all {
            // Whoever asks for all that there is has asked for nothing that a platform lacks.
            plan.devices.iter_mut().for_each(|device| device.unsupported.clear());
        }
        Ok(plan)
    }

    pub(crate) async fn plan(
        &self,
        types: Vec<String>,
        errand: Errand,
        devices: Vec<Device>,
    ) -> AppResult<CapturePlan> {
        let mut accesses: BTreeMap<DeviceId, Vec<Access>> = BTreeMap::new();
        let ids: Vec<DeviceId> = devices.iter().map(|d| d.id).collect();
        for access in self.store.accesses_of(&ids).await? {
            accesses.entry(access.device).or_default().push(access.access);
        }
        let mut known: BTreeMap<DeviceId, Vec<DeviceCredential>> = BTreeMap::new();
        for one in self.store.credentials_of_devices(&ids).await? {
            known.entry(one.device).or_default().push(one);
        }
        let mut pinned: BTreeMap<DeviceId, String> = self.store.pinned_credentials().await?.into_iter().collect();
        let plan = |d: Device| {
            let known = known.remove(&d.id).unwrap_or_default();
            let pinned = pinned.remove(&d.id);
            PlannedDevice { pinned, ..self.planned(accesses.remove(&d.id).unwrap_or_default(), known, d, &types) }
        };
        let devices: Vec<PlannedDevice> = devices.into_iter().map(plan).collect();
        let without_address = Vec::new();
        Ok(CapturePlan { types, matching: devices.len(), devices, without_address, errand, of: OfJob::default() })
    }

    fn planned(
        &self,
        accesses: Vec<Access>,
        known: Vec<DeviceCredential>,
        device: Device,
        types: &[String],
    ) -> PlannedDevice {
        let (worked, failed): (Vec<_>, Vec<_>) =
            known.into_iter().filter(|c| c.kind == "ssh").partition(DeviceCredential::works);
        let names = |all: Vec<DeviceCredential>| all.into_iter().map(|c| c.credential).collect();
        let platforms: Vec<&str> =
            accesses.iter().map(|a| a.platform.as_str()).chain([device.platform.as_str()]).collect();
        let knows = |p: &&str, ty: &String| self.reader.platforms.get(p).is_some_and(|p| p.captures.contains_key(ty));
        let (supported, unsupported) = types.iter().cloned().partition(|ty| platforms.iter().any(|p| knows(p, ty)));
        let mut accounts: Vec<String> = Vec::new();
        for access in &accesses {
            if !accounts.contains(&access.username) {
                accounts.push(access.username.clone());
            }
        }
        PlannedDevice {
            id: device.id,
            name: device.slug,
            address: SocketAddr::new(device.address, device.port),
            platform: device.platform,
            accesses,
            accounts,
            credentials: names(worked),
            failed: names(failed),
            pinned: None,
            types: supported,
            unsupported,
        }
    }

    /// Each capture type is asked on the first command line of the device that has it. A device without a way in
    /// that worked before is tried with the accounts in their order.
    /// What the user wrote is asked on the first of them.
    pub(crate) fn visit(&self, key: i64, device: &PlannedDevice, orders: &Arc<Orders>, logins: &[Arc<Login>]) -> Visit {
        let mut orders = Some(orders.clone()).filter(|o| !o.commands.is_empty());
        let mut left: BTreeSet<&String> = device.types.iter().collect();
        let mut paths = Vec::new();
        for (logins, platform) in self.ways(device, logins) {
            let mut types: Vec<String> = device.types.iter().filter(|t| left.contains(t)).cloned().collect();
            types.retain(|t| platform.captures.contains_key(t));
            left.retain(|t| !types.contains(t));
            if !types.is_empty() || orders.is_some() {
                paths.push(Path { logins, platform, types, orders: orders.take().unwrap_or_default() });
            }
        }
        Visit { key, addr: device.address, paths }
    }

    /// The credential that worked last goes first, then those that worked before, then the rest in their order (the
    /// default of the vault first), those that were refused when they were tried last at the end; on each command
    /// line those that are not known to lead elsewhere.
    fn ways(&self, device: &PlannedDevice, logins: &[Arc<Login>]) -> Vec<(Vec<Arc<Login>>, &'static Platform)> {
        let mut logins: Vec<_> = logins.iter().filter(|login| device.takes(login)).cloned().collect();
        logins.sort_by_cached_key(|login| device.rank(&login.name));
        let platform = |name: &str| self.reader.platforms.get(name);
        let mut ways: Vec<(Vec<Arc<Login>>, &'static Platform)> = Vec::new();
        for access in &device.accesses {
            // More than one credential may have the account, each with another password.
            let known: Vec<_> = logins.iter().filter(|l| l.username == access.username).cloned().collect();
            let Some(platform) = platform(&access.platform).filter(|_| !known.is_empty()) else { continue };
            match ways.iter_mut().find(|(_, p)| p.name == platform.name) {
                Some((logins, _)) => logins.extend(known),
                None => ways.push((known, platform)),
            }
        }
        let is_new = |l: &&Arc<Login>| !device.accesses.iter().any(|a| a.username == l.username);
        for (known, _) in &mut ways {
            known.extend(logins.iter().filter(is_new).cloned());
            known.sort_by_cached_key(|login| device.rank(&login.name));
        }
        // The device's own platform goes first: it has the running configuration.
        ways.sort_by_key(|(_, p)| p.name != device.platform);
        if ways.is_empty() {
            ways.extend(platform(&device.platform).map(|p| (logins, p)));
        }
        ways
    }

    /// The canonical names of capture types.
    pub(crate) fn capture_types(&self, text: &str) -> AppResult<Vec<String>> {
        let platforms = self.reader.platforms;
        if text.trim() == ALL {
            // What only agents are asked is not meant by whoever asks command lines.
            let spoken = platforms.capture_types().filter(|(_, t)| t.snmp.is_empty());
            return Ok(spoken.map(|(name, _)| name.to_owned()).collect());
        }
        let known = || platforms.capture_types().map(|(name, _)| name).collect::<Vec<_>>().join(", ");
        let unknown = |name: &str| {
            AppError::Usage(format!("`{}` is no capture type; there are {}", model::text::shown(name), known()))
        };
        let mut types: Vec<String> = Vec::new();
        for name in text.split(',').map(str::trim).filter(|n| !n.is_empty()) {
            let (name, _) = platforms.capture_type(name).ok_or_else(|| unknown(name))?;
            if !types.iter().any(|t| t == name) {
                types.push(name.to_owned());
            }
        }
        if types.is_empty() { Err(unknown(text)) } else { Ok(types) }
    }
}

pub(crate) fn item(device: &PlannedDevice) -> NewItem {
    NewItem {
        device: Some(device.id),
        address: Some(device.address.ip()),
        port: device.address.port(),
        name: device.name.clone(),
        depth: 0,
        parent: None,
    }
}
