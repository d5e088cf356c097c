//! Everything that is kept of a device in other tables, by one statement: most of it is a few rows, or none.

use std::net::{IpAddr, SocketAddr};

use model::object::DEVICE;
use model::{Device, Timestamp};

use crate::access::{AccessRow, access};
use crate::captures::CaptureRow;
use crate::device_credentials::CredentialRow;
use crate::facts::LoadRow;
use crate::host_keys::{CryptoRow, HostKeyRow};
use crate::notes::{NoteRow, note};
use crate::records::{RecordRow, record};
use crate::sources::{SourceRow, record as source_record};
use crate::sql::on_store;
use crate::{
    CaptureFilter, DeviceAccess, DeviceCredential, HostCrypto, HostKey, LoadState, Note, NoteFilter, NoteOn, Record,
    SourceFilter, SourceRecord, StoreError, StoreResult, StoredCapture, Tx, devices,
};

/// What is kept of a device.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    pub record: Record,
    /// The one where it is reached first.
    pub addresses: Vec<IpAddr>,
    /// What worked last comes first.
    pub accesses: Vec<DeviceAccess>,
    /// What is preferred first.
    pub credentials: Vec<DeviceCredential>,
    /// Notes on it, and notes anywhere that link to it.
    pub notes: Vec<Note>,
    pub mentions: Vec<Note>,
    /// Fields that are somebody's word: field, actor, since when.
    pub owned_fields: Vec<(String, String, Timestamp)>,
    pub loads: Vec<LoadState>,
    /// The good one of each type: the latest, or that of a time.
    pub captures: Vec<StoredCapture>,
    pub sources: Vec<SourceRecord>,
    /// Those of its address and port.
    pub host_keys: Vec<HostKey>,
    pub crypto: Option<HostCrypto>,
}

impl Tx {
    /// What is kept of a device, its captures as of a time or now.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when it is gone.
    pub async fn beside(&mut self, device: &Device, at: Option<Timestamp>) -> StoreResult<Beside> {
        let (id, addr) = (device.id, SocketAddr::new(device.address, device.port));
        let on = NoteFilter { on: Some(NoteOn::Device(id.0)), ..NoteFilter::default() };
        let linking = vec![device.slug.clone(), device.name.clone()];
        let linking = NoteFilter { linking, ..NoteFilter::default() };
        let captures =
            CaptureFilter { device: Some(id), latest_only: at.is_none(), valid_at: at, ..CaptureFilter::default() };
        let sources = SourceFilter { device: Some(id), ..SourceFilter::default() };
        let mut all = self
            .together(vec![
                (6, self.select_record(&DEVICE, id.0)),
                (1, self.select_addresses(id)),
                (5, self.select_accesses(Some(id))),
                (8, self.select_credentials(Some(id))),
                (10, self.select_notes(&on)),
                (10, self.select_notes(&linking)),
                (3, self.select_owned_fields(id.0)),
                (11, self.select_loads(Some(id))),
                (15, self.select_captures(&captures)),
                (13, self.select_source_records(&sources)),
                (8, self.select_host_keys(addr)),
                (9, self.select_host_crypto(addr)),
            ])
            .await?;
        let gone = || StoreError::not_found("device", id);
        Ok(Beside {
            record: record(&DEVICE, all.rows::<RecordRow>()?.pop().ok_or_else(gone)?)?,
            addresses: all.rows()?.into_iter().map(devices::address).collect::<StoreResult<_>>()?,
            accesses: all.rows::<AccessRow>()?.into_iter().map(access).collect(),
            credentials: all.rows::<CredentialRow>()?.into_iter().map(CredentialRow::into_credential).collect(),
            notes: all.rows::<NoteRow>()?.into_iter().map(note).collect(),
            mentions: all.rows::<NoteRow>()?.into_iter().map(note).collect(),
            owned_fields: all.rows()?.into_iter().map(|(field, actor, at)| (field, actor, Timestamp(at))).collect(),
            loads: all.rows::<LoadRow>()?.into_iter().map(LoadRow::into_state).collect::<StoreResult<_>>()?,
            captures: all
                .rows::<CaptureRow>()?
                .into_iter()
                .map(CaptureRow::into_capture)
                .collect::<StoreResult<_>>()?,
            sources: all.rows::<SourceRow>()?.into_iter().map(source_record).collect::<StoreResult<_>>()?,
            host_keys: all.rows::<HostKeyRow>()?.into_iter().map(HostKeyRow::into_key).collect::<StoreResult<_>>()?,
            crypto: all.rows::<CryptoRow>()?.pop().map(CryptoRow::into_crypto).transpose()?,
        })
    }
}

on_store! {
    read beside(device: &Device, at: Option<Timestamp>) -> Beside;
}
