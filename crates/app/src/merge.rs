//! Two records that are one device, and one record that is two.

use std::net::IpAddr;

use model::device::Same;
use model::object::DEVICE;
use model::{DeviceId, DeviceIdentity};
use serde::Serialize;
use serde_json::Value;
use store::{Dependent, SaveAs};

use crate::actor::Role;
use crate::inventory::{edited, values};
use crate::{Actor, App, AppError, AppResult, Edited, Write, Written};

/// What a merge does, and why one may think that both are one device.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Merge {
    pub survivor: String,
    pub gone: String,
    pub survivor_identity: DeviceIdentity,
    pub gone_identity: DeviceIdentity,
    /// The strongest mark that both have.
    pub argument: Option<String>,
    /// A stronger one that differs.
    pub objection: Option<String>,
    /// What goes over to the survivor.
    pub moves: Vec<Dependent>,
    pub written: Written,
}

impl App {
    /// All that is known of the second device goes to the first, and the second is gone.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when they have different serial numbers or chassis MACs, unless it is forced.
    pub async fn merge_devices(
        &self,
        actor: &Actor,
        (survivor, gone): (&str, &str),
        force: bool,
        dry_run: bool,
    ) -> AppResult<Merge> {
        actor.must(Role::Operator, "change the inventory")?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let (a, b) = (tx.record(&DEVICE, survivor).await?, tx.record(&DEVICE, gone).await?);
        if a.id == b.id {
            return Err(AppError::Usage(format!("both are {}", a.slug())));
        }
        let (keep, lose) = (DeviceId(a.id), DeviceId(b.id));
        let mut identities = tx.identities(&[keep, lose]).await?;
        let (ours, theirs) =
            (identities.remove(&keep).unwrap_or_default(), identities.remove(&lose).unwrap_or_default());
        let objection = objection(&ours, &theirs);
        if let (Some(objection), false, false) = (&objection, force, dry_run) {
            return Err(AppError::Invalid(format!("{objection}; --force merges them nevertheless")));
        }
        let mut moves = tx.dependents(&DEVICE, b.id).await?;
        moves.retain(|d| d.fate != store::Fate::Own);
        let ops = tx.merge_devices(keep, lose, now).await?;
        let after = tx.record_by_id(&DEVICE, a.id).await?;
        let known = b.values.iter().filter(|(_, v)| !v.is_null());
        let fields = known.map(|(f, v)| (f.clone(), v.clone(), Value::Null)).collect();
        let lost = Edited { kind: DEVICE.name, name: b.slug(), id: b.id, effect: "delete", fields };
        let records = vec![edited(&DEVICE, Some(&a), &after), lost];
        let write = Write { dry_run, ..Write::default() };
        let written = self.finish(actor, "merge", &DEVICE, records, (tx, &ops), &write, now).await?;
        let argument = same(&ours, &theirs).map(|s| s.to_string());
        let (survivor, gone) = (a.slug(), b.slug());
        let (survivor_identity, gone_identity) = (ours, theirs);
        Ok(Merge { survivor, gone, survivor_identity, gone_identity, argument, objection, moves, written })
    }

    /// Another device that has an address, and serial numbers, which were thought to be those of the first. What was
    /// captured stays with the first: nobody knows which of them said it.
    pub async fn split_device(
        &self,
        actor: &Actor,
        reference: &str,
        address: IpAddr,
        serials: &[String],
        name: Option<String>,
        dry_run: bool,
    ) -> AppResult<Written> {
        actor.must(Role::Operator, "change the inventory")?;
        let now = self.now();
        let mut tx = self.store.begin().await?;
        let before = tx.record(&DEVICE, reference).await?;
        let (address, id) = (address.to_string(), DeviceId(before.id));
        if before.text("address") == address {
            return Err(AppError::Invalid(format!(
                "{} is reached at {address}; give it another address first: velocity devices edit {} --address IP",
                before.slug(),
                before.slug()
            )));
        }
        let own: Vec<&str> = serials.iter().map(String::as_str).collect();
        let has = before.text("serial");
        if let Some(other) = own.iter().find(|s| !has.split_whitespace().any(|h| h == **s)) {
            return Err(AppError::Invalid(format!(
                "{} has no serial number {}",
                before.slug(),
                model::text::shown(other)
            )));
        }
        let watch = tx.watch_records(&DEVICE, &[id.0]).await?;
        if tx.take_marks(id, &address, serials).await? == 0 {
            return Err(AppError::Invalid(format!("{} has no address {address}", before.slug())));
        }
        let mut set =
            vec![("name".to_owned(), name.unwrap_or_else(|| before.text("name"))), ("address".to_owned(), address)];
        set.extend(["site", "role", "platform", "manufacturer"].map(|f| (f.to_owned(), before.text(f))));
        set.push(("serial".to_owned(), own.join(" ")));
        let how = SaveAs { actor: &actor.name, version: None, make: false, owned: &["name", "address"] };
        let new = tx.add_record(&DEVICE, &values(&DEVICE, &set)?, how, now).await?;
        tx.touch_records(&DEVICE, &[id.0], None, now).await?;
        let (after, new) = (tx.record_by_id(&DEVICE, id.0).await?, tx.record_by_id(&DEVICE, new).await?);
        let ops = tx.record_ops(watch, &[id.0, new.id]).await?;
        let records = vec![edited(&DEVICE, Some(&before), &after), edited(&DEVICE, None, &new)];
        self.finish(actor, "split", &DEVICE, records, (tx, &ops), &Write { dry_run, ..Write::default() }, now).await
    }
}

/// As [`DeviceIdentity::same_as`], but a name may count too: a person asks.
fn same(a: &DeviceIdentity, b: &DeviceIdentity) -> Option<Same> {
    let named = !a.name.is_empty() && a.name.eq_ignore_ascii_case(&b.name) && objection(a, b).is_none();
    a.same_as(b).or_else(|| named.then(|| Same::Name(a.name.clone())))
}

fn objection(a: &DeviceIdentity, b: &DeviceIdentity) -> Option<String> {
    let differ =
        |what: &str, ours: &std::collections::BTreeSet<String>, theirs: &std::collections::BTreeSet<String>| {
            let both = !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(theirs);
            let list = |set: &std::collections::BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
            both.then(|| format!("{what} differ: {} and {}", list(ours), list(theirs)))
        };
    if !a.serials.is_disjoint(&b.serials) {
        return None;
    }
    differ("serial numbers", &a.serials, &b.serials)
        .or_else(|| differ("chassis MACs", &a.chassis_macs, &b.chassis_macs))
}
