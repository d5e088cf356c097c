//! Devices: lists, and one with what is kept of it.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use model::device::Access;
use model::fact::SYSTEM;
use model::{Device, DeviceId, Timestamp, Value};
use serde::Serialize;
use store::{DeviceCredential, DeviceFilter, FactFilter, Note, Record, SourceRecord, StoredFact};

use crate::actor::Role;
use crate::captures::latest_captures;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult, CaptureView, CryptoView};

/// A device and what is kept of it; facts, changes and links are asked for by themselves.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DeviceView {
    #[serde(flatten)]
    pub device: Device,
    /// What a person keeps of it, with its version.
    pub record: Record,
    /// Notes on it, and notes elsewhere that link to it.
    pub notes: Vec<Note>,
    pub mentions: Vec<Note>,
    /// Fields that are somebody's word, which discovery leaves alone.
    pub said: Vec<Said>,
    #[schema(value_type = Vec<String>)]
    pub other_addresses: Vec<IpAddr>,
    /// Accounts that worked.
    pub accesses: Vec<Access>,
    /// How credentials fared: what is preferred first.
    pub credentials: Vec<DeviceCredential>,
    /// The latest good one of each type.
    pub captures: Vec<CaptureView>,
    /// Capture types that its platform cannot be asked for, and why.
    pub not_asked: BTreeMap<String, String>,
    /// How it is spoken to.
    pub crypto: Option<CryptoView>,
    /// What outside systems say of it.
    pub sources: Vec<SourceRecord>,
}

/// Who says what a field is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Said {
    pub field: String,
    pub actor: String,
    pub at: model::Timestamp,
}

impl App {
    /// Devices by a selection such as `all`, `site=usa` or names.
    pub async fn devices(&self, actor: &Actor, selection: &str) -> AppResult<Vec<Device>> {
        self.devices_at(actor, selection, None).await
    }

    /// As [`App::devices`]; with a time those that were known then, with the software and hardware that they had.
    pub async fn devices_at(&self, actor: &Actor, selection: &str, at: Option<Timestamp>) -> AppResult<Vec<Device>> {
        actor.must(Role::Viewer, "see devices")?;
        let devices = self.select(&Selector::parse(selection)?).await?;
        self.devices_then(devices, at).await
    }

    /// Of these devices those that were known at a time, as far as facts tell how they were.
    pub(crate) async fn devices_then(&self, mut devices: Vec<Device>, at: Option<Timestamp>) -> AppResult<Vec<Device>> {
        let Some(at) = at else { return Ok(devices) };
        devices.retain(|d| d.first_seen <= at);
        let facts = self.store.facts(&SYSTEM, &FactFilter { at: Some(at), ..FactFilter::default() }).await?;
        let mut by_device: HashMap<DeviceId, Vec<StoredFact>> = HashMap::new();
        for fact in facts {
            by_device.entry(fact.device).or_default().push(fact);
        }
        for device in &mut devices {
            device.last_seen = device.last_seen.min(at);
            device.last_captured = device.last_captured.map(|captured| captured.min(at));
            let facts = by_device.get(&device.id).map(Vec::as_slice).unwrap_or_default();
            then(device, facts);
        }
        Ok(devices)
    }

    /// # Errors
    /// [`AppError::Invalid`] when it was not known at that time.
    pub(crate) async fn device_then(&self, reference: &str, at: Option<Timestamp>) -> AppResult<Device> {
        let device = self.store.device(reference).await?;
        let (slug, found) = (device.slug.clone(), device.first_seen);
        let device = self.devices_then(vec![device], at).await?.pop();
        device.ok_or_else(|| AppError::Invalid(format!("{slug} was found later, at {found}")))
    }

    pub(crate) async fn select(&self, selector: &Selector) -> AppResult<Vec<Device>> {
        if let Selector::These(names) = selector {
            let mut devices: Vec<Device> = Vec::with_capacity(names.len());
            for name in names {
                let device = self.store.device(name).await?;
                if devices.iter().all(|d| d.id != device.id) {
                    devices.push(device);
                }
            }
            return Ok(devices);
        }
        let terms = match selector {
            Selector::Where(terms) => terms.clone(),
            Selector::All | Selector::These(_) => Vec::new(),
        };
        Ok(self.store.devices(&DeviceFilter { terms, ..DeviceFilter::default() }).await?)
    }

    /// As [`App::devices_at`], so many at most, of those that come after a name.
    pub async fn device_page(
        &self,
        actor: &Actor,
        selection: &str,
        after: Option<String>,
        limit: Option<u32>,
        at: Option<Timestamp>,
    ) -> AppResult<Vec<Device>> {
        actor.must(Role::Viewer, "see devices")?;
        let devices = match Selector::parse(selection)? {
            Selector::Where(terms) => {
                self.store.devices(&DeviceFilter { terms, after, limit, ..Default::default() }).await?
            }
            Selector::All => self.store.devices(&DeviceFilter { after, limit, ..Default::default() }).await?,
            these => self.select(&these).await?,
        };
        self.devices_then(devices, at).await
    }

    /// One device by name, id, address or serial number; with a time, as far as facts and captures tell how it was.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when it was not known at that time.
    pub async fn device(&self, actor: &Actor, reference: &str, at: Option<Timestamp>) -> AppResult<DeviceView> {
        actor.must(Role::Viewer, "see devices")?;
        let device = self.device_then(reference, at).await?;
        let shown = &device;
        let look = |app: App| async move {
            let beside = app.store.beside(shown, at).await?;
            let crypto = app.crypto_of(shown, &beside.host_keys, beside.crypto.as_ref()).await?;
            AppResult::Ok((beside, crypto))
        };
        let (beside, crypto) = self.gather(look).await?;
        let captures = latest_captures(beside.captures, &beside.loads, at);
        let said = beside.owned_fields.into_iter().map(|(field, actor, at)| Said { field, actor, at }).collect();
        let not_asked = self.reader.platforms.not_asked(&device.platform);
        let is_elsewhere = |note: &Note| beside.notes.iter().all(|own| own.id != note.id);
        Ok(DeviceView {
            mentions: beside.mentions.into_iter().filter(is_elsewhere).collect(),
            notes: beside.notes,
            record: beside.record,
            said,
            other_addresses: beside.addresses.into_iter().filter(|a| *a != device.address).collect(),
            accesses: beside.accesses.into_iter().map(|a| a.access).collect(),
            credentials: beside.credentials,
            captures,
            not_asked,
            crypto,
            sources: beside.sources,
            device,
        })
    }
}

/// What the facts of a time say of a device.
fn then(device: &mut Device, facts: &[StoredFact]) {
    let get = |column| {
        let values = facts.iter().filter_map(|f| SYSTEM.position(column).and_then(|n| f.values.get(n)));
        values.map(Value::plain).find(|text| !text.is_empty())
    };
    device.model = get("model").or(device.model.take());
    device.os_version = get("os_version").or(device.os_version.take());
    if let Some(serials) = get("serials") {
        let each = serials.split([',', ' ']).map(str::trim).filter(|s| !s.is_empty());
        device.serials = each.map(str::to_owned).collect();
    }
}
