//! Lists of devices, page by page: filtered, sorted and counted by the database.

use std::collections::BTreeMap;

use model::{Device, DeviceId, Timestamp};
use serde::Serialize;
use store::{DeviceFilter, DeviceOrder, DevicePlace, DeviceSort};

use crate::actor::Role;
use crate::creds::CredentialMark;
use crate::select::Selector;
use crate::{Actor, App, AppError, AppResult};

/// All that are given must hold.
#[derive(Debug, Clone, Default)]
pub struct DeviceList {
    /// As [`App::devices`] takes it: `site=usa,role=leaf`, or names.
    pub select: Option<String>,
    /// A part of the name, an address, a serial number, the model or the version.
    pub search: Option<String>,
    /// A column, with `-` before it for the other way round: `-last_seen`. By name when it is none.
    pub sort: Option<String>,
    /// Where the page before ended: [`DevicePage::next`].
    pub after: Option<DevicePlace>,
    pub limit: u32,
    pub at: Option<Timestamp>,
}

/// A device in a list.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DeviceRow {
    #[serde(flatten)]
    pub device: Device,
    /// Whether anything lets us in.
    pub credential: CredentialMark,
}

pub struct DevicePage {
    pub devices: Vec<DeviceRow>,
    /// Of all pages.
    pub total: u64,
    /// Where the next page begins; none on the last.
    pub next: Option<DevicePlace>,
}

impl App {
    pub async fn device_list(&self, actor: &Actor, list: &DeviceList) -> AppResult<DevicePage> {
        actor.must(Role::Viewer, "see devices")?;
        let mut filter = self.filter_of(list).await?;
        filter.limit = Some(list.limit + 1);
        filter.past.clone_from(&list.after);
        let (mut listed, total) = self.store.device_page(&filter).await?;
        let more = listed.len() > list.limit as usize;
        listed.truncate(list.limit as usize);
        let last = listed.last().filter(|_| more).map(|d| filter.order.place_of(&d.device));
        let marks: BTreeMap<DeviceId, CredentialMark> =
            listed.iter().map(|d| (d.device.id, CredentialMark::of_word(&d.credential))).collect();
        let devices = self.devices_then(listed.into_iter().map(|d| d.device).collect(), list.at).await?;
        let mark = |id: DeviceId| marks.get(&id).copied().unwrap_or(CredentialMark::Untested);
        let devices = devices.into_iter().map(|d| DeviceRow { credential: mark(d.id), device: d }).collect();
        Ok(DevicePage { devices, total, next: last })
    }

    async fn filter_of(&self, list: &DeviceList) -> AppResult<DeviceFilter> {
        let mut filter = DeviceFilter { order: order(list.sort.as_deref())?, ..DeviceFilter::default() };
        match list.select.as_deref().map(str::trim).filter(|s| !s.is_empty()).map(Selector::parse).transpose()? {
            None | Some(Selector::All) => {}
            Some(Selector::Where(terms)) => filter.terms = terms,
            Some(these) => filter.ids = Some(self.select(&these).await?.into_iter().map(|d| d.id).collect()),
        }
        filter.search = list.search.clone().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        Ok(filter)
    }
}

fn order(sort: Option<&str>) -> AppResult<DeviceOrder> {
    let Some(text) = sort.map(str::trim).filter(|s| !s.is_empty()) else { return Ok(DeviceOrder::default()) };
    let (descending, word) = text.strip_prefix('-').map_or((false, text), |word| (true, word));
    let by = DeviceSort::ALL.iter().find(|(name, _)| *name == word).map(|(_, by)| *by);
    let by = by.ok_or_else(|| {
        let known: Vec<&str> = DeviceSort::ALL.iter().map(|(name, _)| *name).collect();
        AppError::Usage(format!(
            "devices are not sorted by `{}`; but by {}",
            model::text::shown(word),
            known.join(", ")
        ))
    })?;
    Ok(DeviceOrder { by, descending })
}
