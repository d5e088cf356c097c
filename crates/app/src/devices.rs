//! Devices: lists, and one with all that is known of it.

use std::net::{IpAddr, SocketAddr};

use model::Device;
use model::device::Access;
use serde::Serialize;
use store::DeviceCredential;

use crate::actor::Role;
use crate::select::Selector;
use crate::{Actor, App, AppResult, CaptureView, CredentialMark, CryptoView, LinkView};

/// A device with its neighbours and captures.
#[derive(Debug, Clone, Serialize)]
pub struct DeviceView {
    #[serde(flatten)]
    pub device: Device,
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
        let mut devices = self.store.devices(&store::DeviceFilter::default()).await?;
        let known = self.device_credentials().await?;
        let mark = |d: &Device| known.get(&d.id).map_or(CredentialMark::Untested, |k| CredentialMark::of(k));
        devices.retain(|device| selector.matches(device, mark(device)));
        devices.sort_by_key(|d| model::interface::natural_key(&d.slug));
        Ok(devices)
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
        let crypto = self.crypto_of(actor, SocketAddr::new(device.address, device.port)).await?;
        Ok(DeviceView { device, other_addresses, accesses, credentials, links, captures, crypto })
    }
}
