//! Devices: lists, and one with all that is known of it.

use std::net::{IpAddr, SocketAddr};

use model::Device;
use model::device::Access;
use serde::Serialize;
use store::{DeviceCredential, DeviceFilter, Note, Record};

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppResult, CaptureView, CryptoView, LinkView};

/// A device with its neighbours and captures.
#[derive(Debug, Clone, Serialize)]
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
    pub other_addresses: Vec<IpAddr>,
    /// Accounts that worked.
    pub accesses: Vec<Access>,
    /// How credentials fared: what is preferred first.
    pub credentials: Vec<DeviceCredential>,
    pub links: Vec<LinkView>,
    /// The latest good one of each type.
    pub captures: Vec<CaptureView>,
    /// How it is spoken to.
    pub crypto: Option<CryptoView>,
}

/// Who says what a field is.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub field: String,
    pub actor: String,
    pub at: model::Timestamp,
}

impl App {
    /// Devices by a selection such as `all`, `site=usa` or names.
    pub async fn devices(&self, actor: &Actor, selection: &str) -> AppResult<Vec<Device>> {
        actor.must(Role::Viewer, "see devices")?;
        self.select(&Selector::parse(selection)?).await
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

    /// As [`App::devices`], so many at most, of those that come after a name.
    pub async fn device_page(
        &self,
        actor: &Actor,
        selection: &str,
        after: Option<String>,
        limit: Option<u32>,
    ) -> AppResult<Vec<Device>> {
        actor.must(Role::Viewer, "see devices")?;
        match Selector::parse(selection)? {
            Selector::Where(terms) => {
                Ok(self.store.devices(&DeviceFilter { terms, after, limit, ..Default::default() }).await?)
            }
            Selector::All => Ok(self.store.devices(&DeviceFilter { after, limit, ..Default::default() }).await?),
            these => self.select(&these).await,
        }
    }

    /// One device by name, id, address or serial number.
    pub async fn device(&self, actor: &Actor, reference: &str) -> AppResult<DeviceView> {
        actor.must(Role::Viewer, "see devices")?;
        let device = self.store.device(reference).await?;
        let accesses = self.store.accesses(Some(device.id)).await?.into_iter().map(|a| a.access).collect();
        let mut other_addresses = self.store.device_addresses(device.id).await?;
        other_addresses.retain(|a| *a != device.address);
        let credentials = self.store.device_credentials(Some(device.id)).await?;
        let links = self.links_of(&device).await?;
        let captures = self.latest_captures(&device).await?;
        let record = self.store.record_by_id(&model::object::DEVICE, device.id.0).await?;
        let (notes, mentions) = self.notes_of(&device).await?;
        let said = self.store.owned_fields(device.id.0).await?;
        let said = said.into_iter().map(|(field, actor, at)| Said { field, actor, at }).collect();
        let crypto = self.crypto_of(actor, SocketAddr::new(device.address, device.port)).await?;
        Ok(DeviceView {
            device,
            record,
            notes,
            mentions,
            said,
            other_addresses,
            accesses,
            credentials,
            links,
            captures,
            crypto,
        })
    }
}
