//! Where somebody who has a role at some sites only may do what it is for.

use model::object::DEVICE;
use model::{Device, DeviceId, ObjectKind, RunId};
use store::DeviceFilter;

use crate::actor::Role;
use crate::{Actor, App, AppResult, Edit};

impl App {
    /// Whether these devices may be visited.
    pub(crate) async fn must_visit(&self, actor: &Actor, devices: &[DeviceId], verb: &str) -> AppResult<()> {
        if actor.may_everywhere(Role::Operator) {
            return Ok(());
        }
        let filter = DeviceFilter { ids: Some(devices.to_vec()), ..DeviceFilter::default() };
        must_at(actor, &self.store.devices(&filter).await?, verb)
    }

    /// Whether these records may become this. Sites, roles and the like are of all sites.
    pub(crate) async fn must_change(
        &self,
        actor: &Actor,
        kind: &'static ObjectKind,
        ids: &[i64],
        (edit, make): (&Edit, bool),
    ) -> AppResult<()> {
        const VERB: &str = "change the inventory";
        self.may_change_inventory(actor, kind)?;
        if actor.may_everywhere(Role::Operator) {
            return Ok(());
        }
        if *kind != DEVICE || make {
            return actor.must(Role::Operator, VERB);
        }
        let ids: Vec<DeviceId> = ids.iter().map(|id| DeviceId(*id)).collect();
        if !ids.is_empty() {
            self.must_visit(actor, &ids, VERB).await?;
        }
        let to = edit.set.iter().filter(|(field, _)| field == "site").map(|(_, site)| site.as_str());
        let to: Vec<Option<&str>> = to.map(|site| Some(site).filter(|s| !s.trim().is_empty())).collect();
        // A new one is somewhere too.
        let nowhere = (ids.is_empty() && to.is_empty()).then_some(None);
        actor.must_at(Role::Operator, VERB, to.into_iter().chain(nowhere))
    }

    /// Whether somebody may end this run: their own, or any with the role for all sites.
    pub(crate) async fn must_end(&self, actor: &Actor, run: RunId) -> AppResult<()> {
        if actor.may_everywhere(Role::Operator) || self.store.run(run).await?.actor == actor.name {
            return Ok(());
        }
        actor.must(Role::Operator, "cancel an execution of somebody else")
    }
}

/// Whether somebody may do it on all of these.
pub(crate) fn must_at(actor: &Actor, devices: &[Device], verb: &str) -> AppResult<()> {
    actor.must_at(Role::Operator, verb, devices.iter().map(|d| d.site.as_deref()))
}
